//! A practised clerk: looks at the view, as a person would, and asks for the next thing.
//!
//! It remembers nothing, so it goes on with a case that another clerk, or a killed program, left behind.

use desk::contract::{
    CaseView, HukouSide, Kind, MaterialRow, Mode, NumberGiver, PrintState, Proof, Rated, Request, Screen, StepBody,
    Taker, View,
};

use crate::people;

/// What to do about a view.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one answer at a time, taken apart at once")]
pub enum Next {
    Ask(Request),
    /// A device is busy; look again later.
    Wait,
    /// The visit is over: the case is closed.
    Over,
}

/// What the clerk sees with their own eyes.
pub struct Eyes<'a> {
    /// Whether a good card with this number lies in the tray.
    pub card_in_tray: &'a dyn Fn(&str) -> bool,
}

/// The next act of a first issue, applicant in person, local hukou.
pub fn next(view: &View, eyes: &Eyes) -> Next {
    match &view.screen {
        Screen::FirstRun { .. } => Next::Ask(people::first()),
        Screen::SignIn => Next::Ask(people::CLERK.sign_in()),
        Screen::People(_) => Next::Ask(Request::SignOut),
        Screen::Lobby { cases, .. } => match cases.first() {
            Some(line) => Next::Ask(Request::ResumeCase { case: line.case.clone() }),
            None => Next::Ask(Request::OpenCase { kind: Kind::First }),
        },
        Screen::Search(_) => Next::Ask(Request::CloseSearch),
        Screen::Pack(_)
        | Screen::Outbox(_)
        | Screen::Statistics(_)
        | Screen::FollowUps(_)
        | Screen::Retention(_)
        | Screen::CardCode(_)
        | Screen::Calibration(_)
        | Screen::Stock(_)
        | Screen::Day(_)
        | Screen::Results(_)
        | Screen::HandOver(_)
        | Screen::Batch(_) => Next::Ask(Request::ClosePage),
        Screen::Case(case) => within(case, eyes),
    }
}

fn within(case: &CaseView, eyes: &Eyes) -> Next {
    match &case.body {
        StepBody::Identify { reading: true, .. } => Next::Wait,
        StepBody::Identify { reading: false, .. } => Next::Ask(Request::ReadCard),
        StepBody::Applicant { departments, .. } => Next::Ask(Request::FillApplicant {
            mode: Mode::InPerson,
            hukou: HukouSide::Local,
            hukou_basis: "户口簿登记在本区".to_owned(),
            phone: "0737-4400000".to_owned(),
            contact_address: "同身份证住址".to_owned(),
            department: departments.first().map(|choice| choice.value.clone()).unwrap_or_default(),
        }),
        // A verdict that says yes is only shown to somebody who went back to read it.
        StepBody::Eligibility { verdict: Some(verdict) } if verdict.eligible => Next::Ask(Request::GoOn),
        StepBody::Eligibility { .. } => Next::Ask(Request::JudgeEligibility),
        StepBody::Materials { rows, .. } => rows.iter().find_map(about_material).unwrap_or(Next::Wait),
        StepBody::Photo { photo: None } => Next::Ask(Request::TakePhoto),
        StepBody::Photo { photo: Some(_) } => {
            Next::Ask(Request::JudgePhoto { same_person: true, bareheaded: true, recent: true })
        }
        StepBody::Acceptance { .. } => Next::Ask(Request::Accept),
        // Where the blank gives the number, the clerk takes the next one of the pile.
        StepBody::Numbering { gives: NumberGiver::Blank, next_blank, .. } => {
            Next::Ask(Request::TakeBlank { serial: next_blank.clone().unwrap_or_default() })
        }
        StepBody::Numbering { gives: NumberGiver::System, returned: None, .. } => Next::Wait,
        // The answer comes by itself; a clerk puts the case aside, and there is nobody else here.
        StepBody::Awaiting { .. } => Next::Wait,
        StepBody::Numbering { .. } => Next::Ask(Request::ReserveNumber),
        StepBody::Printing { number, state, .. } => about_print(number, *state, eyes),
        StepBody::Delivery { proofs, late, .. } => {
            // The identity card is what people have with them, where the pack takes it.
            let proof =
                if proofs.iter().any(|proof| proof.value == "id_card") { Proof::IdCard } else { Proof::ReceiptList };
            Next::Ask(Request::Deliver {
                proofs: vec![proof],
                receiver: Taker::Applicant,
                collector: None,
                late: late.then(|| "排队的人多".to_owned()),
            })
        }
        StepBody::Rating { rating } => Next::Ask(match rating.rated {
            Rated::Open => Request::DeclineRating,
            Rated::Given | Rated::Declined => Request::GoOn,
        }),
        StepBody::Archive { handed_over: false, .. } => {
            Next::Ask(Request::HandOver { to: people::CLERK.name.to_owned(), password: Some(people::CLERK.secret()) })
        }
        StepBody::Archive { handed_over: true, .. } => Next::Ask(Request::Seal),
        StepBody::Closed { .. } => Next::Over,
    }
}

fn about_material(row: &MaterialRow) -> Option<Next> {
    let material = row.material.clone();
    if row.tolerance.as_ref().is_some_and(|tolerance| tolerance.committed) {
        return None;
    }
    if row.needs_scan && row.pages.is_empty() {
        return Some(Next::Ask(Request::ScanMaterial { material }));
    }
    if row.loss_notice.as_ref().is_some_and(|form| !form.recorded) {
        let (paper, published, page) = ("样例日报".to_owned(), "2021-11-01".to_owned(), "第3版".to_owned());
        return Some(Next::Ask(Request::RecordLossNotice { paper, published, page }));
    }
    if let Some(form) = row.old_card.as_ref().filter(|form| !form.recorded) {
        let condition = if form.condition.is_empty() { "折断，字迹看不清" } else { &form.condition };
        return Some(Next::Ask(Request::RecordOldCard {
            number: form.known.clone().unwrap_or_default(),
            condition: condition.to_owned(),
        }));
    }
    if !row.checked {
        return Some(Next::Ask(Request::CheckMaterial { material, original_inspected: true, errors: Vec::new() }));
    }
    if row.needs_return && !row.returned {
        return Some(Next::Ask(Request::ReturnMaterial { material }));
    }
    None
}

fn about_print(number: &str, state: PrintState, eyes: &Eyes) -> Next {
    match state {
        PrintState::Ready => Next::Ask(Request::PrintCard { reprint: None }),
        PrintState::Printing => Next::Wait,
        PrintState::AskPerson | PrintState::Unknown if (eyes.card_in_tray)(number) => Next::Ask(Request::ConfirmCard),
        PrintState::AskPerson => Next::Ask(Request::SpoilCard { cause: "打出来的卡不对".to_owned() }),
        PrintState::Unknown => Next::Ask(Request::NothingCameOut { seen: "出卡口没有卡".to_owned() }),
        PrintState::Failed | PrintState::Spoiled => {
            Next::Ask(Request::PrintCard { reprint: Some("上一张没有印好".to_owned()) })
        }
        PrintState::Made => Next::Wait,
    }
}
