//! Step 7: one number for one card (八·七; domain 2.3).

use super::{Judgement, Obstacle, Post, Refusal, awake, reason};
use crate::{
    case::{Answered, Case, Stage},
    fact::Fact,
    nouns::{CardNumber, NumberFrom},
    pack::{NumberingMode, PolicyPack},
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

/// What gives this pack's cards their numbers.
pub fn gives(pack: &PolicyPack) -> NumberFrom {
    match pack.rules().numbering_mode.value {
        NumberingMode::BlockAllocated => NumberFrom::Block,
        NumberingMode::PreprintedStock => NumberFrom::Blank,
        NumberingMode::ReturnedBySystem => NumberFrom::System,
    }
}

/// The number that came with the department's result and that no card of this case has spent.
///
/// # Errors
/// `Refused` with `NUMBER_NOT_RETURNED` while there is none.
pub fn returned(case: &Case) -> Result<&CardNumber, Refusal> {
    let number = case.stage().dossier().and_then(|dossier| dossier.answer.card_number());
    number
        .filter(|number| case.spent().iter().all(|spent| spent.number != **number))
        .ok_or_else(|| Refusal::Refused(vec![reason("NUMBER_NOT_RETURNED")]))
}

/// The department's system is asked for another number when the one that it gave goes to waste; nothing where numbers come
/// from elsewhere.
pub(crate) fn another(pack: &PolicyPack, spent: &CardNumber) -> Option<Fact> {
    (gives(pack) == NumberFrom::System).then(|| Fact::NumberAsked { instead_of: Some(spent.clone()) })
}

/// Whether an approved case still needs a number of the department's system: none came, or the one that came is spent.
pub fn awaits_number(case: &Case, pack: &PolicyPack) -> bool {
    match case.stage() {
        Stage::Accepted(dossier) => match dossier.answer {
            Answered::Approved { .. } => gives(pack) == NumberFrom::System && returned(case).is_err(),
            Answered::NotYet | Answered::Rejected { .. } => false,
        },
        Stage::Draft(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => false,
    }
}

/// Binds a number to the case. It comes from the ledger's block, from the blank in the clerk's hand or with the
/// department's result, as the pack says, and is spent in the same transaction; a refusal spends nothing.
///
/// # Errors
/// As [`permit`] and [`returned`]; `NotNow` when a number is already bound, this one was spent on this case, or it is not
/// the one that the system gave.
pub fn reserve(case: &Case, pack: &PolicyPack, number: CardNumber, post: Post) -> Judgement {
    permit(case, pack, post)?;
    let from = gives(pack);
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
    match from {
        NumberFrom::Block | NumberFrom::Blank => {}
        NumberFrom::System if *returned(case)? == number => {}
        NumberFrom::System => return Err(Refusal::NotNow(Obstacle::OtherNumber)),
    }
    if case.spent().iter().any(|spent| spent.number == number) {
        return Err(Refusal::NotNow(Obstacle::NumberSpent));
    }
    Ok(vec![Fact::NumberReserved { number, from }])
}

/// Spends a reserved number that was never printed, with its cause. It never returns to the pool. Where the department's
/// system gave it, the same act asks for another one.
///
/// # Errors
/// `NotNow` unless a number is reserved and no print was decided for it; `Correct` without a cause.
pub fn spoil(case: &Case, pack: &PolicyPack, cause: &str) -> Judgement {
    awake(case, pack)?;
    let Stage::Numbered { number, .. } = case.stage() else { return Err(Refusal::NotNow(Obstacle::NoNumber)) };
    let cause = super::printing::said("cause", cause)?;
    let spoiled = Fact::NumberSpoiled { number: number.clone(), cause };
    Ok([spoiled].into_iter().chain(another(pack, number)).collect())
}

/// Records the handling department's answer, which a hall waits for. `card_number` comes with it where the department's
/// system gives the numbers.
///
/// # Errors
/// `NotNow` before acceptance, on a closed case, and when the department has answered already and this brings no
/// other number. A case that is put aside
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
    match dossier.answer.takes(approved, card_number.as_ref()) {
        true => Ok(vec![Fact::DepartmentAnswered { approved, reference, reasons, card_number, said: None }]),
        false => Err(Refusal::NotNow(Obstacle::AlreadyAnswered)),
    }
}
