//! The doors beside the steps: open, park, resume, refuse, withdraw (八·一).

use jiff::civil::Date;

use crate::{
    case::{Answered, Case, Stage},
    fact::Fact,
    nouns::{CaseKind, ReasonCode, WindowCode, WindowLevel},
    pack::{ItemStatus, PolicyPack},
    steps::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, archive, awake, printing::said, reason},
};

/// The first fact of a case, under the pack in force.
///
/// # Errors
/// `Refused` with `ITEM_ENDED` when the item has ended or the pack's last day is past: no case is made then; with
/// `ITEM_NOT_IN_SCOPE` before the pack's first day.
pub fn open(
    pack: &PolicyPack,
    kind: CaseKind,
    window: WindowCode,
    level: WindowLevel,
    training: bool,
    today: Date,
) -> Judgement {
    if let Some(code) = not_taken(pack, today) {
        return Err(Refusal::Refused(vec![code]));
    }
    Ok(vec![Fact::Opened { kind, window, level, pack: pack.stamp(), training }])
}

/// Why a pack makes no case on this day: the item has ended, or the pack does not begin before a later day.
pub(crate) fn not_taken(pack: &PolicyPack, today: Date) -> Option<ReasonCode> {
    let from = pack.effective().from;
    match pack.status() {
        ItemStatus::Ended => Some(reason("ITEM_ENDED")),
        ItemStatus::Active if today < from => Some(reason("ITEM_NOT_IN_SCOPE")),
        ItemStatus::Active if !pack.in_force(today) => Some(reason("ITEM_ENDED")),
        ItemStatus::Active => None,
    }
}

/// Puts the case aside; every entry stays.
///
/// # Errors
/// `NotNow` when it is closed or put aside already; `Correct` without a reason.
pub fn park(case: &Case, why: &str) -> Judgement {
    open_case(case)?;
    if case.parked().is_some() {
        return Err(Refusal::NotNow(Obstacle::Parked));
    }
    Ok(vec![Fact::Parked { reason: said("reason", why)? }])
}

/// Takes the case up again.
///
/// # Errors
/// `NotNow` unless it is put aside.
pub fn resume(case: &Case) -> Judgement {
    open_case(case)?;
    case.parked().ok_or(Refusal::NotNow(Obstacle::NotParked))?;
    Ok(vec![Fact::Resumed])
}

/// The rule says no, for good (S-39): before acceptance, or when the handling department did not approve.
///
/// # Errors
/// `Correct` without a reason, or with one that the pack does not word or that does not block; `NotNow` once
/// accepted; `Refused` while an original is still here.
pub fn refuse(case: &Case, pack: &PolicyPack, reasons: Vec<ReasonCode>) -> Judgement {
    awake(case, pack)?;
    match case.stage() {
        Stage::Draft(_) => {}
        Stage::Accepted(dossier) => match dossier.answer {
            Answered::Rejected { .. } => {}
            Answered::NotYet | Answered::Approved { .. } => return Err(Refusal::NotNow(Obstacle::AlreadyAccepted)),
        },
        Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => return Err(Refusal::NotNow(Obstacle::AlreadyAccepted)),
    }
    let fault = |why| Err(Refusal::Correct(vec![FieldFault::new("reasons", why)]));
    if reasons.is_empty() {
        return fault(FieldWhy::Missing);
    }
    if !reasons.iter().all(|code| pack.reason(code).is_some() && pack.blocks(code)) {
        return fault(FieldWhy::UnknownReason);
    }
    archive::originals_are_back(case, pack)?;
    Ok(vec![Fact::Refused { reasons }])
}

/// The person takes the application back, for good: while no number is bound to it.
///
/// # Errors
/// `NotNow` with a number reserved or a card made; `Correct` without a reason; `Refused` while an original is still
/// here.
pub fn withdraw(case: &Case, pack: &PolicyPack, why: &str) -> Judgement {
    awake(case, pack)?;
    match case.stage() {
        Stage::Draft(_) | Stage::Accepted(_) => {}
        Stage::Numbered { .. } | Stage::Printing { .. } | Stage::Made { .. } | Stage::Delivered { .. } => {
            return Err(Refusal::NotNow(Obstacle::NumberReserved));
        }
        Stage::Sealed { .. } | Stage::Refused { .. } | Stage::Withdrawn { .. } => {
            return Err(Refusal::NotNow(Obstacle::Closed));
        }
    }
    let reason = said("reason", why)?;
    archive::originals_are_back(case, pack)?;
    Ok(vec![Fact::Withdrawn { reason }])
}

fn open_case(case: &Case) -> Result<(), Refusal> {
    if case.is_closed() { Err(Refusal::NotNow(Obstacle::Closed)) } else { Ok(()) }
}
