//! Step 8: attempts, outcomes, and the person who says whether a good card is there (八·七; print.md 3.2).
//!
//! An attempt is written before the job is sent and its outcome after. The program never claims a card: only a
//! person confirms or spoils one, and nothing is printed again before somebody has looked.

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Post, Refusal, awake, numbering};
use crate::{
    case::{Attempt, AttemptState, Case, Stage},
    fact::Fact,
    nouns::{Actor, AttemptId, CardNumber, PictureHash, PrintOutcome},
    pack::PolicyPack,
};

/// Longest reason or cause, in characters.
const LONGEST: usize = 200;

/// The name of the next attempt.
pub fn next_attempt(case: &Case) -> AttemptId {
    let n = u32::try_from(case.attempts().len()).unwrap_or(u32::MAX).saturating_add(1);
    AttemptId::new(case.id(), n).expect("a case number leaves room for the attempt's")
}

/// Whether a print may be decided now, and whether it is a reprint (`Ok(true)`).
///
/// # Errors
/// As [`attempt`].
pub fn permit(case: &Case, pack: &PolicyPack, post: Post) -> Result<bool, Refusal> {
    numbering::permit(case, pack, post)?;
    match case.stage() {
        Stage::Numbered { .. } | Stage::Printing { .. } => {}
        Stage::Draft(_) => return Err(Refusal::NotNow(Obstacle::NotAccepted)),
        Stage::Accepted(_) => return Err(Refusal::NotNow(Obstacle::NoNumber)),
        Stage::Made { .. } | Stage::Delivered { .. } => return Err(Refusal::NotNow(Obstacle::OtherAttempt)),
        Stage::Sealed { .. } | Stage::Refused { .. } | Stage::Withdrawn { .. } => {
            return Err(Refusal::NotNow(Obstacle::Closed));
        }
    }
    if case.open_attempt().is_some() {
        return Err(Refusal::NotNow(Obstacle::PrintUnsettled));
    }
    Ok(!case.attempts().is_empty())
}

/// Decides a print of the reserved number. Any print but the case's first needs a reason, and comes only after the
/// one before has failed or was spoiled: never two open attempts.
///
/// # Errors
/// `NotNow` without a number or with an unsettled attempt; `Correct` for a reprint without a reason; as
/// [`numbering::permit`].
pub fn attempt(
    case: &Case,
    pack: &PolicyPack,
    post: Post,
    reprint: Option<&str>,
    pdf: PictureHash,
    queue: &str,
) -> Judgement {
    let again = permit(case, pack, post)?;
    let number = case.number().ok_or(Refusal::NotNow(Obstacle::NoNumber))?.clone();
    let reprint = if again { Some(said("reprint", reprint.unwrap_or_default())?) } else { None };
    let (attempt, queue) = (next_attempt(case), queue.to_owned());
    Ok(vec![Fact::PrintAttempted { attempt, number, reprint, pdf, queue, calibration: None, archived: None }])
}

/// Notes by which calibration the page of a decided print was put right, `sm3` of it as 64 hex digits, and under which name
/// the same card was stored for the archive.
pub fn made_so(mut decided: Vec<Fact>, sm3: Option<&str>, card: &PictureHash) -> Vec<Fact> {
    for fact in &mut decided {
        if let Fact::PrintAttempted { calibration, archived, .. } = fact {
            *calibration = sm3.map(str::to_owned);
            *archived = Some(card.clone());
        }
    }
    decided
}

/// The queue took the job of the current attempt. Also written while the case is put aside.
///
/// # Errors
/// `NotNow` unless the attempt is the current one and was just decided.
pub fn submitted(case: &Case, attempt: &AttemptId, job: &str) -> Judgement {
    match current(case, attempt)?.state {
        AttemptState::Decided => Ok(vec![Fact::JobSubmitted { attempt: attempt.clone(), job: job.to_owned() }]),
        AttemptState::Submitted | AttemptState::Ended(_) | AttemptState::Confirmed | AttemptState::Spoiled { .. } => {
            Err(Refusal::NotNow(Obstacle::OtherAttempt))
        }
    }
}

/// What became known of the job. A restart that finds an attempt without an outcome writes `Unknown`.
///
/// # Errors
/// `NotNow` when the attempt has an outcome already.
pub fn ended(case: &Case, attempt: &AttemptId, outcome: PrintOutcome) -> Judgement {
    match current(case, attempt)?.state {
        AttemptState::Decided | AttemptState::Submitted => {
            Ok(vec![Fact::PrintEnded { attempt: attempt.clone(), outcome }])
        }
        AttemptState::Ended(_) | AttemptState::Confirmed | AttemptState::Spoiled { .. } => {
            Err(Refusal::NotNow(Obstacle::OtherAttempt))
        }
    }
}

/// A person has looked after an `Unknown` and says that nothing came out: the number is still good and may be
/// printed again with a reason.
///
/// # Errors
/// `NotNow` unless the current attempt ended in `Unknown` and a person says so.
pub fn nothing_came_out(case: &Case, pack: &PolicyPack, actor: &Actor, seen: &str) -> Judgement {
    awake(case, pack)?;
    person(actor)?;
    let last = last(case)?;
    match &last.state {
        AttemptState::Ended(PrintOutcome::Unknown) => {
            let outcome = PrintOutcome::Failed { reason: said("cause", seen)? };
            Ok(vec![Fact::PrintEnded { attempt: last.id.clone(), outcome }])
        }
        AttemptState::Ended(_)
        | AttemptState::Decided
        | AttemptState::Submitted
        | AttemptState::Confirmed
        | AttemptState::Spoiled { .. } => Err(Refusal::NotNow(Obstacle::OtherAttempt)),
    }
}

/// A person holds the good card and has compared its number.
///
/// # Errors
/// `NotNow` while the job has no outcome, or when `number` is not the reserved one.
pub fn confirm(case: &Case, pack: &PolicyPack, actor: &Actor, number: &CardNumber) -> Judgement {
    awake(case, pack)?;
    person(actor)?;
    let last = last(case)?;
    match &last.state {
        AttemptState::Ended(_) if last.number == *number => {
            Ok(vec![Fact::CardConfirmed { attempt: last.id.clone(), number: number.clone() }])
        }
        AttemptState::Decided | AttemptState::Submitted => Err(Refusal::NotNow(Obstacle::PrintUnsettled)),
        AttemptState::Ended(_) | AttemptState::Confirmed | AttemptState::Spoiled { .. } => {
            Err(Refusal::NotNow(Obstacle::OtherAttempt))
        }
    }
}

/// A person says that the card is waste, before delivery. Its number is spent; the next print needs a new one.
///
/// # Errors
/// `NotNow` while the job has no outcome or there is no card; `Correct` without a cause.
pub fn spoil(case: &Case, pack: &PolicyPack, actor: &Actor, cause: &str) -> Judgement {
    awake(case, pack)?;
    person(actor)?;
    match case.stage() {
        Stage::Printing { .. } | Stage::Made { .. } => {}
        Stage::Draft(_)
        | Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => return Err(Refusal::NotNow(Obstacle::NothingPrinted)),
    }
    let last = last(case)?;
    match &last.state {
        AttemptState::Ended(_) | AttemptState::Confirmed => {
            let (attempt, number) = (last.id.clone(), last.number.clone());
            let another = numbering::another(pack, &number);
            let spoiled = Fact::CardSpoiled { attempt, number, cause: said("cause", cause)? };
            Ok([spoiled].into_iter().chain(another).collect())
        }
        AttemptState::Decided | AttemptState::Submitted => Err(Refusal::NotNow(Obstacle::PrintUnsettled)),
        AttemptState::Spoiled { .. } => Err(Refusal::NotNow(Obstacle::NothingPrinted)),
    }
}

/// A reason in words: not blank, not endless.
pub(crate) fn said(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let fault = |why| Err(Refusal::Correct(vec![FieldFault::new(field, why)]));
    match text.chars().count() {
        0 => fault(FieldWhy::Missing),
        1..=LONGEST => Ok(text.to_owned()),
        _ => fault(FieldWhy::TooLong),
    }
}

fn last(case: &Case) -> Result<&Attempt, Refusal> {
    case.attempts().last().ok_or(Refusal::NotNow(Obstacle::NothingPrinted))
}

fn current<'a>(case: &'a Case, attempt: &AttemptId) -> Result<&'a Attempt, Refusal> {
    if case.is_closed() {
        return Err(Refusal::NotNow(Obstacle::Closed));
    }
    last(case).ok().filter(|last| last.id == *attempt).ok_or(Refusal::NotNow(Obstacle::OtherAttempt))
}

fn person(actor: &Actor) -> Result<(), Refusal> {
    if actor.is_person() { Ok(()) } else { Err(Refusal::NotNow(Obstacle::NotAPerson)) }
}
