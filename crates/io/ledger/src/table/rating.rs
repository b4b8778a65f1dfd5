//! Table `rating`: what was offered and whether it was answered. How somebody rated stands in the fact alone.

use casework::{
    fact::{Again, AgainHow, Recorded},
    nouns::{Actor, CaseId, Rater, RatingPoint},
};
use jiff::Timestamp;
use rusqlite::{Row, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::parsed,
};

const WRITING: &str = "write whether a rating was answered";
const READING: &str = "read whether ratings were answered";

/// A rating that was offered, without its level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingLine {
    pub case: CaseId,
    pub point: RatingPoint,
    pub offered_at: Timestamp,
    /// Who was at work when it was offered.
    pub present: Actor,
    /// `None` while nobody has answered.
    pub outcome: Option<RatingOutcome>,
    /// When the first answer came.
    pub answered_at: Option<Timestamp>,
    pub rater: Option<Rater>,
    /// Answers on record, duplicates and corrections included.
    pub answers: u32,
}

/// Whether the person rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatingOutcome {
    Given,
    Declined,
}

impl Ledger {
    /// Ratings that were offered from one moment to before another, oldest first, at most `most` of them.
    pub fn ratings_offered(&self, from: Timestamp, to: Timestamp, most: u32) -> Result<Vec<RatingLine>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT case_id, point, offered_at, present, outcome, answered_at, rater, answers FROM rating
                 WHERE offered_at >= ?1 AND offered_at < ?2 ORDER BY offered_at, case_id, point LIMIT ?3",
            )
            .doing(READING)?;
        let rows = select.query_map((from.to_string(), to.to_string(), most), |row| Ok(line(row))).doing(READING)?;
        rows.map(|row| row.doing(READING)?).collect()
    }
}

pub(crate) fn offered(tx: &Transaction<'_>, recorded: &Recorded, point: RatingPoint) -> Result<(), LedgerError> {
    tx.execute(
        "INSERT INTO rating (case_id, point, offered_at, present) VALUES (?1, ?2, ?3, ?4)",
        (recorded.case.as_str(), word(point), recorded.at.to_string(), recorded.actor.as_str()),
    )
    .doing(WRITING)?;
    Ok(())
}

/// A duplicate and a correction are counted and change nothing else: who answered first, and when, stays.
pub(crate) fn given(
    tx: &Transaction<'_>,
    recorded: &Recorded,
    point: RatingPoint,
    by: Option<Rater>,
    again: Option<&Again>,
) -> Result<(), LedgerError> {
    match again.map(|again| again.how) {
        None | Some(AgainHow::AfterDeclining) => answered(tx, recorded, point, "given", by),
        Some(AgainHow::Correction | AgainHow::Duplicate) => {
            tx.execute(
                "UPDATE rating SET answers = answers + 1 WHERE case_id = ?1 AND point = ?2",
                (recorded.case.as_str(), word(point)),
            )
            .doing(WRITING)?;
            Ok(())
        }
    }
}

pub(crate) fn declined(
    tx: &Transaction<'_>,
    recorded: &Recorded,
    point: RatingPoint,
    by: Option<Rater>,
) -> Result<(), LedgerError> {
    answered(tx, recorded, point, "declined", by)
}

fn answered(
    tx: &Transaction<'_>,
    recorded: &Recorded,
    point: RatingPoint,
    outcome: &str,
    by: Option<Rater>,
) -> Result<(), LedgerError> {
    let rater = by.map(|by| match by {
        Rater::Applicant => "applicant",
        Rater::Agent => "agent",
    });
    tx.execute(
        "UPDATE rating SET outcome = ?3, answered_at = ?4, rater = ?5, answers = answers + 1
         WHERE case_id = ?1 AND point = ?2",
        (recorded.case.as_str(), word(point), outcome, recorded.at.to_string(), rater),
    )
    .doing(WRITING)?;
    Ok(())
}

fn word(point: RatingPoint) -> &'static str {
    match point {
        RatingPoint::Acceptance => "acceptance",
        RatingPoint::Delivery => "delivery",
    }
}

fn line(row: &Row<'_>) -> Result<RatingLine, LedgerError> {
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let maybe = |column: usize| row.get::<_, Option<String>>(column).doing(READING);
    let name = text(0)?;
    // The table's own checks leave no other words.
    Ok(RatingLine {
        case: parsed("rating", &name, &name)?,
        point: if text(1)? == "delivery" { RatingPoint::Delivery } else { RatingPoint::Acceptance },
        offered_at: parsed("rating", &name, &text(2)?)?,
        present: parsed("rating", &name, &text(3)?)?,
        outcome: maybe(4)?
            .map(|outcome| if outcome == "given" { RatingOutcome::Given } else { RatingOutcome::Declined }),
        answered_at: maybe(5)?.map(|at| parsed("rating", &name, &at)).transpose()?,
        rater: maybe(6)?.map(|rater| if rater == "agent" { Rater::Agent } else { Rater::Applicant }),
        answers: row.get(7).doing(READING)?,
    })
}
