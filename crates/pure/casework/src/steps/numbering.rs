//! Step 7: one number for one card (八·七; domain 2.3).

use super::{Judgement, Obstacle, Post, Refusal, awake, reason};
use crate::{
    case::{Answered, Case, Stage},
    fact::Fact,
    nouns::CardNumber,
    pack::PolicyPack,
};

/// Whether a card may be made here and now, without a number yet.
///
/// Where the pack says so (`cards_made_at`: a village window) the window makes cards; elsewhere only the issuing post does
/// (S-49), and only after the handling department has approved (S-53). A village waits for the department where its pack
/// says so (D-21).
///
/// # Errors
/// `Refused` with the pack's reason, or `NotNow`.
pub fn permit(case: &Case, pack: &PolicyPack, post: Post) -> Result<(), Refusal> {
    awake(case, pack)?;
    let dossier = case.stage().dossier().ok_or(Refusal::NotNow(Obstacle::NotAccepted))?;
    let here = case.situation().is_some_and(|at| pack.holds(&pack.rules().cards_made_at.value, &at));
    match post {
        Post::Issuer => {}
        Post::IntakeClerk if here => {}
        Post::IntakeClerk => return Err(Refusal::Refused(vec![reason("CARD_NOT_MADE_HERE")])),
    }
    match &dossier.answer {
        Answered::Approved { .. } => Ok(()),
        Answered::NotYet if here && !pack.rules().village_issue_requires_approval.value => Ok(()),
        Answered::NotYet => Err(Refusal::Refused(vec![reason("APPROVAL_PENDING")])),
        Answered::Rejected { reasons, .. } => {
            let mut reasons = reasons.clone();
            reasons.insert(0, reason("APPROVAL_REFUSED"));
            Err(Refusal::Refused(reasons))
        }
    }
}

/// Binds a number to the case. It comes from the ledger's block or stock and is spent in the same transaction; a
/// refusal spends nothing.
///
/// # Errors
/// As [`permit`]; `NotNow` when a number is already bound, or this one was spent on this case.
pub fn reserve(case: &Case, pack: &PolicyPack, number: CardNumber, post: Post) -> Judgement {
    permit(case, pack, post)?;
    match case.stage() {
        Stage::Accepted(_) => {}
        Stage::Draft(_) => return Err(Refusal::NotNow(Obstacle::NotAccepted)),
        Stage::Numbered { .. } | Stage::Printing { .. } | Stage::Made { .. } | Stage::Delivered { .. } => {
            return Err(Refusal::NotNow(Obstacle::NumberReserved));
        }
        Stage::Sealed { .. } | Stage::Refused { .. } | Stage::Withdrawn { .. } => {
            return Err(Refusal::NotNow(Obstacle::Closed));
        }
    }
    if case.spent().iter().any(|spent| spent.number == number) {
        return Err(Refusal::NotNow(Obstacle::NumberSpent));
    }
    Ok(vec![Fact::NumberReserved { number }])
}

/// Spends a reserved number that was never printed, with its cause. It never returns to the pool.
///
/// # Errors
/// `NotNow` unless a number is reserved and no print was decided for it; `Correct` without a cause.
pub fn spoil(case: &Case, pack: &PolicyPack, cause: &str) -> Judgement {
    awake(case, pack)?;
    let Stage::Numbered { number, .. } = case.stage() else { return Err(Refusal::NotNow(Obstacle::NoNumber)) };
    let cause = super::printing::said("cause", cause)?;
    Ok(vec![Fact::NumberSpoiled { number: number.clone(), cause }])
}

/// Records the handling department's answer, which a hall waits for. `card_number` comes with it where the department's
/// system gives the numbers.
///
/// # Errors
/// `NotNow` before acceptance, on a closed case, and when the department has answered already. A case that is put aside
/// still takes it.
pub fn department_answered(
    case: &Case,
    approved: bool,
    reference: String,
    reasons: Vec<crate::nouns::ReasonCode>,
    card_number: Option<CardNumber>,
) -> Judgement {
    if case.is_closed() {
        return Err(Refusal::NotNow(Obstacle::Closed));
    }
    let dossier = case.stage().dossier().ok_or(Refusal::NotNow(Obstacle::NotAccepted))?;
    match dossier.answer {
        Answered::NotYet => {
            Ok(vec![Fact::DepartmentAnswered { approved, reference, reasons, card_number, said: None }])
        }
        Answered::Approved { .. } | Answered::Rejected { .. } => Err(Refusal::NotNow(Obstacle::AlreadyAnswered)),
    }
}
