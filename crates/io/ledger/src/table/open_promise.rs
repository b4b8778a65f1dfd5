//! Table `open_promise`: cases that were accepted and whose card is in nobody's hand yet, with the end of their clock.

use casework::nouns::{CaseId, PlatformId};
use jiff::Timestamp;
use rusqlite::Transaction;

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::parsed,
};

const READING: &str = "read the open promises";
const WRITING: &str = "write the open promises";
const ENDING: &str =
    "SELECT case_id FROM open_promise WHERE due_at IS NOT NULL AND due_at < ?1 ORDER BY due_at, case_id LIMIT ?2";
const COUNT: &str = "SELECT count(*) FROM open_promise WHERE due_at IS NOT NULL AND due_at < ?1";
const AWAITED: &str = "SELECT DISTINCT o.platform FROM open_promise p
     JOIN outbox o ON o.case_id = p.case_id AND o.kind = 'acceptance' AND o.state IN ('done', 'unknown')
     WHERE p.waits = 1 AND (p.due_at IS NULL OR ?1)";
const WAITING: &str = "SELECT count(*) FROM open_promise WHERE waits = 1 AND (due_at IS NULL OR ?1)";
/// Asked all day long; a test holds them to their indexes.
#[cfg(test)]
pub(crate) const ASKED_ALL_DAY: [&str; 4] = [ENDING, COUNT, AWAITED, WAITING];

impl Ledger {
    /// Cases whose promised time ends before `before` and whose card is in nobody's hand, the oldest promise first.
    pub fn promises_ending(&self, before: Timestamp, most: usize) -> Result<Vec<CaseId>, LedgerError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut select = self.connection().prepare_cached(ENDING).doing(READING)?;
        let rows: Vec<String> = select
            .query_map((before.as_millisecond(), most), |row| row.get(0))
            .and_then(Iterator::collect)
            .doing(READING)?;
        rows.iter().map(|case| parsed("open_promise", case, case)).collect()
    }

    /// How many they are.
    pub fn count_promises_ending(&self, before: Timestamp) -> Result<u32, LedgerError> {
        let mut select = self.connection().prepare_cached(COUNT).doing(READING)?;
        select.query_row([before.as_millisecond()], |row| row.get(0)).doing(READING)
    }

    /// Platforms that took in a case which still waits for its department. Where a clock runs a case waits only if the
    /// pack says so: then `clocked` is true.
    pub fn platforms_awaited(&self, clocked: bool) -> Result<Vec<PlatformId>, LedgerError> {
        let mut select = self.connection().prepare_cached(AWAITED).doing(READING)?;
        let rows: Vec<String> =
            select.query_map([clocked], |row| row.get(0)).and_then(Iterator::collect).doing(READING)?;
        rows.iter().map(|platform| parsed("outbox", platform, platform)).collect()
    }

    /// How many cases wait for their department, `clocked` as in [`Ledger::platforms_awaited`].
    pub fn count_awaiting(&self, clocked: bool) -> Result<u32, LedgerError> {
        let mut select = self.connection().prepare_cached(WAITING).doing(READING)?;
        select.query_row([clocked], |row| row.get(0)).doing(READING)
    }
}

/// The case was accepted: its promise begins.
pub(crate) fn begin(tx: &Transaction<'_>, case: &CaseId, due: Option<Timestamp>) -> Result<(), LedgerError> {
    let due = due.map(Timestamp::as_millisecond);
    tx.prepare_cached("INSERT INTO open_promise (case_id, due_at, waits) VALUES (?1, ?2, 1)")
        .and_then(|mut insert| insert.execute((case.as_str(), due)))
        .doing(WRITING)?;
    Ok(())
}

/// Whether the department is waited for. It is not any more when it has answered or a number is bound, and it is again
/// when its system was asked for a number.
pub(crate) fn waits(tx: &Transaction<'_>, case: &CaseId, waits: bool) -> Result<(), LedgerError> {
    tx.prepare_cached("UPDATE open_promise SET waits = ?2 WHERE case_id = ?1")
        .and_then(|mut update| update.execute((case.as_str(), waits)))
        .doing(WRITING)?;
    Ok(())
}

/// The card is in a hand, or the case ended without one.
pub(crate) fn end(tx: &Transaction<'_>, case: &CaseId) -> Result<(), LedgerError> {
    tx.prepare_cached("DELETE FROM open_promise WHERE case_id = ?1")
        .and_then(|mut delete| delete.execute([case.as_str()]))
        .doing(WRITING)?;
    Ok(())
}
