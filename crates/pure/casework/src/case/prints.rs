//! What numbers and prints change: a number is bound, printed, confirmed, or spent with a cause. It never goes back.

use super::{Answered, Attempt, AttemptState, Break, Card, Case, Dossier, SpentNumber, Stage, fold::by_a_person};
use crate::nouns::{AttemptId, CardNumber, NumberFrom, PrintOutcome};

pub(super) fn reserve(
    case: &mut Case,
    number: &CardNumber,
    from: NumberFrom,
    out_of_order: Break,
) -> Result<(), Break> {
    let Stage::Accepted(dossier) = &case.stage else { return Err(out_of_order) };
    if case.spent.iter().any(|spent| spent.number == *number) {
        return Err(Break::Number);
    }
    let given = match from {
        NumberFrom::Block | NumberFrom::Blank => true,
        NumberFrom::System => dossier.answer.card_number() == Some(number),
    };
    if !given {
        return Err(Break::Number);
    }
    case.stage = Stage::Numbered { dossier: dossier.clone(), number: number.clone() };
    Ok(())
}

pub(super) fn spoil_number(
    case: &mut Case,
    number: &CardNumber,
    cause: &str,
    out_of_order: Break,
) -> Result<(), Break> {
    let Stage::Numbered { dossier, number: own } = &case.stage else { return Err(out_of_order) };
    let (dossier, own) = (dossier.clone(), own.clone());
    spend(case, dossier, &own, number, cause)
}

/// The system is asked for a number: once, and only while the approval has none that is good.
pub(super) fn ask_number(case: &mut Case, instead_of: Option<&CardNumber>, out_of_order: Break) -> Result<(), Break> {
    let Stage::Accepted(dossier) = &case.stage else { return Err(out_of_order) };
    let Answered::Approved { card_number, .. } = &dossier.answer else { return Err(out_of_order) };
    let is_spent = |number: &CardNumber| case.spent.iter().any(|spent| spent.number == *number);
    if case.number_asked || card_number.as_ref() != instead_of || !instead_of.is_none_or(is_spent) {
        return Err(Break::Number);
    }
    case.number_asked = true;
    Ok(())
}

/// A print is decided for the reserved number: only one at a time, and with a reason unless it is the first.
pub(super) fn attempt(case: &mut Case, attempt: Attempt, out_of_order: Break) -> Result<(), Break> {
    let (Stage::Numbered { dossier, number: own } | Stage::Printing { dossier, number: own }) = &case.stage else {
        return Err(out_of_order);
    };
    if *own != attempt.number {
        return Err(Break::Number);
    }
    let first = case.attempts.is_empty();
    let settled = case.open_attempt().is_none();
    if !settled || first == attempt.reprint.is_some() || case.attempt(&attempt.id).is_some() {
        return Err(Break::Attempt);
    }
    case.stage = Stage::Printing { dossier: dossier.clone(), number: own.clone() };
    case.attempts.push(attempt);
    Ok(())
}

pub(super) fn submit(case: &mut Case, attempt: &AttemptId, job: &str) -> Result<(), Break> {
    let current = current(case, attempt)?;
    if current.state != AttemptState::Decided {
        return Err(Break::Attempt);
    }
    current.job = Some(job.to_owned());
    current.state = AttemptState::Submitted;
    Ok(())
}

/// A queue reports once. Where nobody knew, a person who has looked may still say that nothing came out.
pub(super) fn end(case: &mut Case, attempt: &AttemptId, outcome: &PrintOutcome, person: bool) -> Result<(), Break> {
    let current = current(case, attempt)?;
    match &current.state {
        AttemptState::Decided | AttemptState::Submitted => {}
        AttemptState::Ended(PrintOutcome::Unknown) => match outcome {
            PrintOutcome::Failed { .. } if person => {}
            PrintOutcome::Failed { .. } => return Err(Break::NotAPerson),
            PrintOutcome::DeviceConfirmed | PrintOutcome::SpoolerConfirmed | PrintOutcome::Unknown => {
                return Err(Break::Attempt);
            }
        },
        AttemptState::Ended(_) | AttemptState::Confirmed | AttemptState::Spoiled { .. } => return Err(Break::Attempt),
    }
    current.state = AttemptState::Ended(outcome.clone());
    Ok(())
}

pub(super) fn confirm(case: &mut Case, card: Card, out_of_order: Break) -> Result<(), Break> {
    let Stage::Printing { dossier, number: own } = &case.stage else { return Err(out_of_order) };
    let dossier = dossier.clone();
    if *own != card.number {
        return Err(Break::Number);
    }
    by_a_person(&card.confirmed_by)?;
    let current = current(case, &card.attempt)?;
    let AttemptState::Ended(_) = current.state else { return Err(Break::Attempt) };
    current.state = AttemptState::Confirmed;
    case.stage = Stage::Made { dossier, card };
    Ok(())
}

pub(super) fn spoil_card(
    case: &mut Case,
    attempt: &AttemptId,
    number: &CardNumber,
    cause: &str,
    out_of_order: Break,
) -> Result<(), Break> {
    let (dossier, own) = match &case.stage {
        Stage::Printing { dossier, number } => (dossier.clone(), number.clone()),
        Stage::Made { dossier, card } => (dossier.clone(), card.number.clone()),
        Stage::Draft(_)
        | Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => return Err(out_of_order),
    };
    let current = current(case, attempt)?;
    let (AttemptState::Ended(_) | AttemptState::Confirmed) = current.state else { return Err(Break::Attempt) };
    current.state = AttemptState::Spoiled { cause: cause.to_owned() };
    spend(case, dossier, &own, number, cause)
}

/// The last attempt, if it is the named one.
fn current<'a>(case: &'a mut Case, attempt: &AttemptId) -> Result<&'a mut Attempt, Break> {
    case.attempts.last_mut().filter(|last| last.id == *attempt).ok_or(Break::Attempt)
}

/// Back to a case without a number; the one it had is spent.
fn spend(
    case: &mut Case,
    dossier: Box<Dossier>,
    own: &CardNumber,
    number: &CardNumber,
    cause: &str,
) -> Result<(), Break> {
    if own != number {
        return Err(Break::Number);
    }
    let was_made = case.card().is_some();
    case.spent.push(SpentNumber { number: number.clone(), cause: cause.to_owned(), was_made });
    case.stage = Stage::Accepted(dossier);
    Ok(())
}
