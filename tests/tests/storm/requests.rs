//! Any request whatever, with entries that are right, wrong or strange.

use desk::contract::{
    CollectorForm, HukouSide, Kind, Mode, Proof, Request, Screen, Secret, StationRole, StepBody, Taker, View,
};
use proptest::prelude::*;

/// Which request, and numbers that choose its entries.
#[derive(Debug, Clone)]
pub struct Wish {
    ask: usize,
    pick: usize,
    yes: bool,
}

pub fn wish() -> impl Strategy<Value = Wish> {
    (0_usize..38, any::<usize>(), any::<bool>()).prop_map(|(ask, pick, yes)| Wish { ask, pick, yes })
}

/// Texts that a person might leave in a field.
const TEXTS: [&str; 6] = ["", " ", "花了", "0737-4400000", "𬭚\u{0}\u{202e}", "很长很长很长很长很长很长很长很长"];

/// The request of a wish, aimed at what the view shows where it can be.
pub fn request(wish: Wish, view: &View) -> Request {
    let Wish { ask, pick, yes } = wish;
    let text = || TEXTS[pick % TEXTS.len()].to_owned();
    match ask {
        0 => Request::Look,
        1 => Request::OpenCase { kind: [Kind::First, Kind::ReissueLost, Kind::ReissueDamaged][pick % 3] },
        2 => Request::ResumeCase { case: case(view, pick) },
        3 => Request::ParkCase,
        4 => Request::WithdrawCase { reason: text() },
        5 => Request::CloseCase,
        6 => Request::ReadCard,
        7 => Request::CancelRead,
        8 => Request::FillApplicant {
            mode: if yes { Mode::InPerson } else { Mode::Agent },
            hukou: if pick % 2 == 0 { HukouSide::Local } else { HukouSide::Outside },
            hukou_basis: text(),
            phone: text(),
            contact_address: text(),
            department: if yes { "heshan".to_owned() } else { text() },
        },
        9 => Request::JudgeEligibility,
        10 => Request::ScanMaterial { material: material(view, pick) },
        11 => Request::CheckMaterial { material: material(view, pick), original_inspected: yes, errors: Vec::new() },
        12 => Request::ReturnMaterial { material: material(view, pick) },
        13 => Request::TakePhoto,
        14 => Request::JudgePhoto { same_person: yes, bareheaded: pick % 2 == 0, recent: pick % 3 == 0 },
        15 => Request::Accept,
        16 => Request::ReserveNumber,
        17 => Request::PrintCard { reprint: yes.then(text) },
        18 => Request::ConfirmCard,
        19 => Request::SpoilCard { cause: text() },
        20 => Request::NothingCameOut { seen: text() },
        21 => Request::Deliver {
            proofs: [vec![], vec![Proof::IdCard], vec![Proof::ReceiptList], vec![Proof::IdCard, Proof::ReceiptList]]
                [pick % 4]
                .clone(),
            receiver: [Taker::Applicant, Taker::Agent, Taker::Other][pick % 3],
            collector: yes.then(|| CollectorForm { name: text(), contact: text() }),
            late: yes.then(text),
        },
        22 if pick % 5 == 0 => Request::CorrectRating { level: (pick % 7) as u8, codes: Vec::new(), text: text() },
        22 if pick % 5 == 1 => Request::DeclineRating,
        22 => {
            let codes = if yes { Vec::new() } else { vec![text()] };
            Request::GiveRating { level: (pick % 7) as u8, codes, text: text() }
        }
        23 if yes => Request::HandOver { to: text(), password: (pick % 2 == 0).then(|| Secret::new(text())) },
        23 => Request::RefuseCase { reasons: Vec::new() },
        24 if yes => Request::Seal,
        25 => Request::SignOut,
        26 => Request::Unmask { reason: text() },
        27 => Request::AddPerson { name: text(), roles: vec![StationRole::Tester], password: Secret::new(text()) },
        28 if yes => Request::ShowOutbox,
        28 => Request::ClosePage,
        29 => Request::RetryMessage { message: message(view, pick) },
        30 => Request::RetryPlatform { platform: ["city", "ageing", "filing", "没有的平台"][pick % 4].to_owned() },
        31 => Request::SettleMessage { message: message(view, pick), receipt: yes.then(text) },
        32 => Request::RemindDepartment { channel: "phone".to_owned(), person: text(), said: text() },
        33 if yes => Request::HelpRegister { guide: ["site", "wechat", "app", "没有"][pick % 4].to_owned() },
        33 => Request::DeclineHelp,
        34 => Request::GoOn,
        36 if yes => Request::ShowBatch,
        36 => Request::EndBatch,
        37 if yes => Request::OpenBatch { standing: text(), typed: None },
        37 => Request::NextOfBatch { kind: [Kind::First, Kind::ReissueLost, Kind::ReissueDamaged][pick % 3] },
        _ => Request::Understood,
    }
}

fn message(view: &View, pick: usize) -> String {
    let Screen::Outbox(shown) = &view.screen else { return String::new() };
    shown.lines.get(pick % shown.lines.len().max(1)).map(|line| line.message.clone()).unwrap_or_default()
}

fn case(view: &View, pick: usize) -> String {
    if let Screen::Lobby { cases, .. } = &view.screen
        && !cases.is_empty()
    {
        return cases[pick % cases.len()].case.clone();
    }
    let Screen::Case(case) = &view.screen else { return "HS0101-20211108-9999".to_owned() };
    case.case.clone()
}

fn material(view: &View, pick: usize) -> String {
    if let Screen::Case(case) = &view.screen
        && let StepBody::Materials { rows, .. } = &case.body
        && !rows.is_empty()
    {
        return rows[pick % rows.len()].material.clone();
    }
    ["id_card", "", "没有的材料"][pick % 3].to_owned()
}
