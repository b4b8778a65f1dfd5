//! The doors beside the steps: open, park, resume, refuse, withdraw (八·一).

use jiff::civil::Date;

use crate::{
    case::{Answered, Case, Stage},
    fact::Fact,
    nouns::{CaseKind, ReasonCode, WindowCode, WindowLevel},
    pack::{Call, ItemStatus, NonLocal, PolicyPack},
    steps::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, archive, awake, eligibility, printing::said, reason},
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

/// The reasons for which somebody may be refused before a case is made, as this pack has them: out of scope, what its
/// rules say of the person, and the common errors that the person has to settle elsewhere. When the item is not taken
/// on this day at all, that is the one reason.
pub fn refusable_at_the_door(pack: &PolicyPack, today: Date) -> Vec<ReasonCode> {
    if let Some(code) = not_taken(pack, today) {
        return vec![code];
    }
    let rules = pack.rules();
    let mut codes = vec![
        reason("ITEM_NOT_IN_SCOPE"),
        rules.min_age.reason.clone(),
        rules.accepted_id_types.reason.clone(),
        rules.id_in_date.reason.clone(),
        rules.one_card_a_person.reason.clone(),
    ];
    match rules.non_local.value {
        NonLocal::Refuse => codes.push(rules.non_local.reason.clone()),
        NonLocal::ResidencePermit => {}
    }
    let errors = pack.materials().iter().flat_map(|material| &material.common_errors);
    codes.extend(errors.filter(|code| elsewhere(pack, code)).cloned());
    let mut seen = Vec::new();
    codes.retain(|code| {
        let new = pack.blocks(code) && pack.reason(code).is_some() && !seen.contains(code);
        seen.push(code.clone());
        new
    });
    codes
}

/// The reasons for which this case may be refused now: those of a verdict or of a department that said no. Before a
/// verdict, and beside one that said yes, what the clerk sees and the program cannot: those of the door that no rule
/// has passed.
pub fn refusable(case: &Case, pack: &PolicyPack, today: Date) -> Vec<ReasonCode> {
    match case.stage() {
        Stage::Draft(draft) => {
            let said = eligibility::reasons(case);
            if !said.is_empty() {
                return said;
            }
            let mut codes = refusable_at_the_door(pack, today);
            let passed = draft.verdict().is_some_and(|verdict| verdict.on == today);
            let rules = pack.rules();
            let judged = [&rules.min_age.reason, &rules.one_card_a_person.reason, &rules.non_local.reason];
            codes.retain(|code| !(passed && judged.contains(&code)));
            let checks = case.materials().values().filter_map(|state| state.check.as_ref());
            for code in checks.flat_map(|check| &check.errors).filter(|code| pack.blocks(code)) {
                if !codes.contains(code) {
                    codes.push(code.clone());
                }
            }
            codes
        }
        Stage::Accepted(dossier) => match &dossier.answer {
            // A department may say no without a reason that this pack knows.
            Answered::Rejected { reasons, .. } if reasons.is_empty() => vec![reason("APPROVAL_REFUSED")],
            Answered::Rejected { reasons, .. } => reasons.clone(),
            Answered::NotYet | Answered::Approved { .. } => Vec::new(),
        },
        Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => Vec::new(),
    }
}

/// Whether a reason is settled elsewhere and not at this counter.
fn elsewhere(pack: &PolicyPack, code: &ReasonCode) -> bool {
    match pack.reason(code).map(|reason| reason.call) {
        Some(Call::Department | Call::Hotline) => true,
        Some(Call::Counter) | None => false,
    }
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
