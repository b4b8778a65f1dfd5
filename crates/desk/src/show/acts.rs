//! What may be done now, and if not, why. The page shows the answer; it never works it out.

use casework::aftercare;
use casework::case::{AttemptState, Case, Rating, Stage};
use casework::nouns::{ApplicantMode, PrintOutcome};
use casework::steps::{Refusal, Step, materials, rating};
use casework::{doors, slips};

use super::Ground;
use crate::contract::Act;
use crate::people::{self, Session};
use crate::station::StationFile;

/// What keeps every case open (S-11).
const NOT_BACK: &str = "原件还在柜台上，请先还给申请人。";

/// What may be done about papers. Which of it a single paper takes is said in its row.
const PAPERS: [&str; 11] = [
    "scan_material",
    "scan_pages",
    "rescan_page",
    "arrange_pages",
    "keep_page",
    "reuse_history",
    "commit_tolerance",
    "record_loss_notice",
    "record_old_card",
    "check_material",
    "return_material",
];

pub fn acts(case: &Case, here: Step, ground: &Ground) -> Vec<Act> {
    if case.is_closed() {
        let package = case.is_sealed().then(|| yes("export_package"));
        return std::iter::once(yes("close_case")).chain(package).collect();
    }
    let waiting = !materials::unreturned(case, ground.pack).is_empty();
    let mut acts = vec![yes("park_case"), yes("keep_entry"), yes("go_to")];
    if case.identity().is_some() {
        acts.push(match ground.unmasked {
            false => yes("unmask"),
            true => no("unmask", "已经显示完整证号，离开这件事就会重新遮住。"),
        });
    }
    if here == Step::Rating || (ground.at_hand.looking_at.is_some() && here != Step::Archive) {
        acts.push(yes("go_on"));
    }
    if aftercare::reminding(case, ground.pack).is_some() {
        acts.push(yes("remind_department"));
    }
    if !aftercare::guides(case, ground.pack).is_empty() {
        acts.extend([yes("help_register"), yes("decline_help")]);
    }
    acts.push(match case.number() {
        None if waiting => no("withdraw_case", NOT_BACK),
        None => yes("withdraw_case"),
        Some(_) => no("withdraw_case", "已经取号，请先办完或把卡作废。"),
    });
    // An original that lies on the counter can go back at any step.
    if waiting && here != Step::Materials {
        acts.push(yes("return_material"));
    }
    match case.stage() {
        Stage::Draft(_) => {
            if case.identity().is_some() {
                acts.extend([yes("set_aside"), yes("correct_entry"), yes("correct_material")]);
            }
            acts.push(refuse(case, ground));
            acts.push(notice(case, ground));
        }
        Stage::Accepted(_) if !doors::refusable(case, ground.pack, ground.now.today).is_empty() => {
            acts.extend([refuse(case, ground), yes("reprint_receipt")]);
        }
        Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. } => acts.push(yes("reprint_receipt")),
        Stage::Sealed { .. } | Stage::Refused { .. } | Stage::Withdrawn { .. } => {}
    }
    acts.extend(match here {
        Step::Identify if ground.reading => {
            let waiting = "正在等身份证。";
            vec![no("read_card", waiting), no("read_agent_card", waiting), yes("cancel_read")]
        }
        Step::Identify => vec![yes("read_card"), agent_card(case), yes("type_identity")],
        Step::Applicant => vec![yes("fill_applicant"), yes("read_card")],
        Step::Eligibility => match case.stage() {
            Stage::Draft(_) => vec![yes("judge_eligibility")],
            Stage::Accepted(_)
            | Stage::Numbered { .. }
            | Stage::Printing { .. }
            | Stage::Made { .. }
            | Stage::Delivered { .. }
            | Stage::Sealed { .. }
            | Stage::Refused { .. }
            | Stage::Withdrawn { .. } => vec![no("judge_eligibility", "已经受理，核对的结果不再改。")],
        },
        Step::Materials => PAPERS.map(yes).to_vec(),
        Step::Photo => vec![
            yes("take_photo"),
            match case.photo() {
                Some(_) => yes("judge_photo"),
                None => no("judge_photo", "请先取照片。"),
            },
        ],
        Step::Acceptance => vec![if super::step::gaps(case, ground).is_empty() {
            yes("accept")
        } else {
            no("accept", "还有没补齐的，请看上面。")
        }],
        // It waits for the department, or is for the issuing post: there is no number to take (S-49).
        Step::Numbering if super::results::awaiting(case, ground).is_some() => Vec::new(),
        Step::Numbering => vec![super::stock::number(case, ground)],
        Step::Printing => printing(case, ground),
        Step::Delivery if ground.reading => {
            vec![no("deliver", "正在等身份证。"), no("read_collector", "正在等身份证。"), yes("cancel_read")]
        }
        Step::Delivery => vec![yes("deliver"), yes("read_collector")],
        Step::Rating => rating_acts(case),
        Step::Archive => vec![
            if waiting { no("hand_over", NOT_BACK) } else { yes("hand_over") },
            match case.handover() {
                _ if waiting => no("seal", NOT_BACK),
                Some(_) => yes("seal"),
                None => no("seal", "请先移交材料。"),
            },
        ],
    });
    acts
}

/// What can be done from the lobby.
pub fn lobby_acts() -> Vec<Act> {
    [
        "open_case",
        "resume_case",
        "search",
        "refuse_at_door",
        "take_over",
        "cancel_read",
        "show_results",
        "show_pack",
        "show_outbox",
        "show_statistics",
        "show_follow_ups",
        "show_stock",
        "show_day",
        "show_hand_over",
        "show_batch",
        "show_retention",
        "show_card_code",
        "show_calibration",
    ]
    .map(yes)
    .to_vec()
}

/// What can be done on the outbox page.
pub fn outbox_acts() -> Vec<Act> {
    ["retry_message", "retry_platform", "settle_message", "export_outbox", "import_answers"].map(yes).to_vec()
}

/// Whether somebody may take statistics out of the station.
pub fn export(session: Option<&Session>, station: &StationFile) -> Act {
    let acts = people::forbid(vec![yes("export_statistics")], session, station);
    acts.into_iter().next().expect("an act stays an act")
}

/// What the person may do at the screen that is turned to them.
fn rating_acts(case: &Case) -> Vec<Act> {
    let point = rating::at_hand(case);
    match point.and_then(|point| case.ratings().get(&point)) {
        Some(Rating::Offered) => vec![yes("give_rating"), yes("decline_rating")],
        Some(Rating::Declined) => vec![yes("give_rating")],
        Some(Rating::Given(_)) if point.is_some_and(|point| rating::may_correct(case, point)) => {
            vec![yes("correct_rating")]
        }
        Some(Rating::Given(_)) => vec![no("correct_rating", "已经评过了。")],
        None => Vec::new(),
    }
}

fn printing(case: &Case, ground: &Ground) -> Vec<Act> {
    let answer = match case.open_attempt() {
        Some(attempt) => match &attempt.state {
            AttemptState::Ended(PrintOutcome::Unknown) => {
                vec![yes("confirm_card"), yes("spoil_card"), yes("nothing_came_out")]
            }
            AttemptState::Ended(_) => vec![yes("confirm_card"), yes("spoil_card")],
            AttemptState::Decided
            | AttemptState::Submitted
            | AttemptState::Confirmed
            | AttemptState::Spoiled { .. } => {
                vec![no("confirm_card", "打印机还没有说打完。"), no("spoil_card", "打印机还没有说打完。")]
            }
        },
        None => Vec::new(),
    };
    let print = match (case.open_attempt(), ground.preview) {
        (Some(_), _) => no("print_card", "请先回答上一张卡是好是坏。"),
        (None, None) => no("print_card", "卡片还排不出来，请看上面的提示。"),
        (None, Some(_)) => yes("print_card"),
    };
    // A number that was never printed can be spent, and the blank with it; so can a card that the machine has torn.
    let waste = match (case.stage(), case.attempts().last().map(|attempt| &attempt.state)) {
        (Stage::Numbered { .. }, _) => vec![yes("spoil_number")],
        (Stage::Printing { .. }, Some(AttemptState::Ended(PrintOutcome::Failed { .. }))) => vec![yes("spoil_card")],
        _ => Vec::new(),
    };
    [vec![print], answer, waste].concat()
}

/// An agent's card may be read before anybody said who came; a case of a person who came alone has none.
fn agent_card(case: &Case) -> Act {
    match case.applicant().map(|entry| entry.mode) {
        Some(ApplicantMode::InPerson) => no("read_agent_card", "这件事是本人来办，没有代理人。"),
        Some(ApplicantMode::Agent) | None => yes("read_agent_card"),
    }
}

/// A refusal ends the case, so no original may be left behind on the counter (S-11).
fn refuse(case: &Case, ground: &Ground) -> Act {
    if materials::unreturned(case, ground.pack).is_empty() { yes("refuse_case") } else { no("refuse_case", NOT_BACK) }
}

/// The notice tells every gap at once, so it waits until the clerk has looked at everything.
fn notice(case: &Case, ground: &Ground) -> Act {
    let counter = slips::Counter {
        window: String::new(),
        county: ground.station.window.district.clone(),
        clerk: casework::nouns::Actor::system(),
        today: ground.now.today,
    };
    match slips::one_time_notice(case, ground.pack, &counter) {
        Ok(_) => yes("issue_notice"),
        Err(Refusal::Incomplete(gaps)) => {
            let first = gaps.first().and_then(|gap| ground.pack.reason(&gap.reason));
            let first = first.map(|reason| reason.public.to_string()).unwrap_or_default();
            no("issue_notice", &format!("{first}全部看过才能一次告知。"))
        }
        Err(Refusal::NotNow(_) | Refusal::Correct(_) | Refusal::Refused(_)) => no("issue_notice", "没有要补正的。"),
    }
}

pub(super) fn yes(ask: &str) -> Act {
    Act { ask: ask.to_owned(), allowed: true, why_not: None }
}

pub(super) fn no(ask: &str, why: &str) -> Act {
    Act { ask: ask.to_owned(), allowed: false, why_not: Some(why.to_owned()) }
}
