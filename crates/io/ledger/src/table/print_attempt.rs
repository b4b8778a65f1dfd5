//! Table `print_attempt`: every decision to print, committed before the job is sent, and what became of it.
//!
//! An outcome is what the device or spooler said; a verdict is what a person saw. Only a verdict settles an attempt.

use casework::{
    fact::Fact,
    nouns::{AttemptId, CardNumber, CaseId, PrintOutcome},
};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction};

use crate::{
    error::{Doing, LedgerError, breaks_a_rule},
    ledger::Ledger,
    table::parsed,
};

const READING: &str = "read the print attempts";
const WRITING: &str = "write a print attempt";

/// A print of which nobody has said whether a card came out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsettledAttempt {
    pub attempt: AttemptId,
    pub case: CaseId,
    pub number: CardNumber,
    /// Counted from 1 within the case.
    pub ordinal: u32,
    pub at: Timestamp,
    pub queue: String,
    /// Whether a queue said that it took the job. Without it the job may have been sent all the same.
    pub submitted: bool,
    /// What is known of its end; `None` while nothing is.
    pub outcome: Option<Outcome>,
}

/// [`PrintOutcome`] without its words, as far as an unsettled attempt can have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    DeviceConfirmed,
    SpoolerConfirmed,
    Unknown,
}

/// What a person said of a print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Confirmed,
    Spoiled,
}

impl Ledger {
    /// Attempts that were decided or submitted, did not fail by the device's own word, have no person's verdict, and
    /// were not followed by a reprint of the same number. After a restart each of them may have made a card: none is
    /// printed again before a person at the machine has said.
    pub fn unsettled_attempts(&self) -> Result<Vec<UnsettledAttempt>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT attempt, case_id, number, ordinal, at, queue, job IS NOT NULL, outcome
                 FROM print_attempt p
                 WHERE verdict IS NULL AND outcome IS NOT 'failed'
                   AND NOT EXISTS (SELECT 1 FROM print_attempt later WHERE later.number = p.number AND later.ordinal > p.ordinal)
                 ORDER BY at, case_id, ordinal",
            )
            .doing(READING)?;
        let rows = select.query_map([], |row| Ok(unsettled(row))).doing(READING)?;
        rows.map(|row| row.doing(READING)?).collect()
    }
}

/// Writes the attempt of a [`Fact::PrintAttempted`]. Its number has to be reserved for the same case.
pub(crate) fn attempted(tx: &Transaction<'_>, case: &CaseId, at: Timestamp, fact: &Fact) -> Result<(), LedgerError> {
    let Fact::PrintAttempted { attempt, number, reprint, pdf: _, queue, calibration: _, archived: _ } = fact else {
        unreachable!("called for print_attempted only");
    };
    let written = tx
        .prepare_cached(
            "INSERT INTO print_attempt (attempt, case_id, ordinal, number, reprint, at, queue)
         SELECT ?1, ?2, 1 + (SELECT count(*) FROM print_attempt WHERE case_id = ?2), number, ?4, ?5, ?6
         FROM card_number WHERE number = ?3 AND case_id = ?2 AND state IN ('reserved', 'printed')",
        )
        .and_then(|mut write| {
            write.execute((attempt.as_str(), case.as_str(), number.as_str(), reprint, at.to_string(), queue))
        });
    match written {
        Ok(1) => Ok(()),
        Ok(_) => Err(LedgerError::NumberState { number: number.clone(), to: "printed" }),
        Err(error) if breaks_a_rule(&error) => Err(LedgerError::PrintTaken { number: number.clone() }),
        Err(error) => Err(error).doing(WRITING),
    }
}

pub(crate) fn submitted(
    tx: &Transaction<'_>,
    case: &CaseId,
    attempt: &AttemptId,
    job: &str,
) -> Result<(), LedgerError> {
    let changed = tx
        .prepare_cached(
            "UPDATE print_attempt SET job = ?3 WHERE attempt = ?1 AND case_id = ?2 AND job IS NULL AND verdict IS NULL",
        )
        .and_then(|mut write| write.execute((attempt.as_str(), case.as_str(), job)));
    one(changed, attempt)
}

/// Writes what is known of the end. Returns the number that was printed, unless a person has settled the attempt
/// already: a late word of the device is kept, and moves nothing.
pub(crate) fn ended(
    tx: &Transaction<'_>,
    case: &CaseId,
    attempt: &AttemptId,
    outcome: &PrintOutcome,
) -> Result<Option<CardNumber>, LedgerError> {
    let text = match outcome {
        PrintOutcome::DeviceConfirmed => "device_confirmed",
        PrintOutcome::SpoolerConfirmed => "spooler_confirmed",
        PrintOutcome::Failed { .. } => "failed",
        PrintOutcome::Unknown => "unknown",
    };
    let changed = tx
        .prepare_cached("UPDATE print_attempt SET outcome = ?3 WHERE attempt = ?1 AND case_id = ?2")
        .and_then(|mut write| write.execute((attempt.as_str(), case.as_str(), text)));
    one(changed, attempt)?;
    let number: Option<String> = tx
        .query_row(
            "SELECT number FROM print_attempt WHERE attempt = ?1 AND verdict IS NULL",
            [attempt.as_str()],
            |row| row.get(0),
        )
        .optional()
        .doing(READING)?;
    number.map(|number| parsed("print_attempt", attempt.as_str(), &number)).transpose()
}

/// Writes a person's verdict; each attempt gets one, once.
pub(crate) fn settled(
    tx: &Transaction<'_>,
    case: &CaseId,
    attempt: &AttemptId,
    number: &CardNumber,
    verdict: Verdict,
) -> Result<(), LedgerError> {
    let (verdict, replaced) = match verdict {
        Verdict::Confirmed => ("confirmed", None),
        // A card that was good in hand may still be spoiled before it is delivered.
        Verdict::Spoiled => ("spoiled", Some("confirmed")),
    };
    let changed = tx
        .prepare_cached(
            "UPDATE print_attempt SET verdict = ?4
         WHERE attempt = ?1 AND case_id = ?2 AND number = ?3 AND (verdict IS NULL OR verdict IS ?5)",
        )
        .and_then(|mut write| write.execute((attempt.as_str(), case.as_str(), number.as_str(), verdict, replaced)));
    one(changed, attempt)
}

fn one(changed: rusqlite::Result<usize>, attempt: &AttemptId) -> Result<(), LedgerError> {
    match changed {
        Ok(1) => Ok(()),
        Ok(_) => Err(LedgerError::AttemptState { attempt: attempt.to_string() }),
        Err(error) if breaks_a_rule(&error) => Err(LedgerError::AttemptState { attempt: attempt.to_string() }),
        Err(error) => Err(error).doing(WRITING),
    }
}

fn unsettled(row: &Row<'_>) -> Result<UnsettledAttempt, LedgerError> {
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let name = text(0)?;
    let outcome = match row.get::<_, Option<String>>(7).doing(READING)?.as_deref() {
        None => None,
        Some("device_confirmed") => Some(Outcome::DeviceConfirmed),
        Some("spooler_confirmed") => Some(Outcome::SpoolerConfirmed),
        Some("unknown") => Some(Outcome::Unknown),
        Some(other) => {
            let source = format!("outcome {other:?}").into();
            return Err(LedgerError::Unreadable { table: "print_attempt", row: name, source });
        }
    };
    Ok(UnsettledAttempt {
        attempt: parsed("print_attempt", &name, &name)?,
        case: parsed("print_attempt", &name, &text(1)?)?,
        number: parsed("print_attempt", &name, &text(2)?)?,
        ordinal: row.get(3).doing(READING)?,
        at: parsed("print_attempt", &name, &text(4)?)?,
        queue: text(5)?,
        submitted: row.get(6).doing(READING)?,
        outcome,
    })
}
