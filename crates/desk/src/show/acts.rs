//! What may be done now, and if not, why. The page shows the answer; it never works it out.

use casework::case::{AttemptState, Case};
use casework::nouns::PrintOutcome;
use casework::steps::Step;

use super::Ground;
use crate::contract::Act;

pub fn acts(case: &Case, here: Step, ground: &Ground) -> Vec<Act> {
    if case.is_closed() {
        return vec![yes("close_case")];
    }
    let mut acts = vec![yes("park_case")];
    acts.push(match case.number() {
        None => yes("withdraw_case"),
        Some(_) => no("withdraw_case", "已经取号，请先办完或把卡作废。"),
    });
    acts.extend(match here {
        Step::Identify if ground.reading => vec![no("read_card", "正在等身份证。"), yes("cancel_read")],
        Step::Identify => vec![yes("read_card")],
        Step::Applicant => vec![yes("fill_applicant"), yes("read_card")],
        Step::Eligibility => vec![yes("judge_eligibility"), refuse(case)],
        Step::Materials => vec![yes("scan_material"), yes("check_material"), yes("return_material")],
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
        Step::Numbering if ground.numbers_left == 0 => vec![no("reserve_number", "本窗口的号段用完了。")],
        Step::Numbering => vec![yes("reserve_number")],
        Step::Printing => printing(case, ground),
        Step::Delivery => vec![yes("deliver")],
        Step::Rating => vec![yes("give_rating"), yes("decline_rating")],
        Step::Archive => vec![
            yes("hand_over"),
            match case.handover() {
                Some(_) => yes("seal"),
                None => no("seal", "请先移交材料。"),
            },
        ],
    });
    acts
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
    [vec![print], answer].concat()
}

fn refuse(case: &Case) -> Act {
    match case.verdict() {
        Some(verdict) if !verdict.eligible => yes("refuse_case"),
        Some(_) | None => no("refuse_case", "只有核对不通过才能不予收件。"),
    }
}

fn yes(ask: &str) -> Act {
    Act { ask: ask.to_owned(), allowed: true, why_not: None }
}

fn no(ask: &str, why: &str) -> Act {
    Act { ask: ask.to_owned(), allowed: false, why_not: Some(why.to_owned()) }
}
