//! Table `returned_number`: numbers that a department's system has given, each with the first case that it was given to.

use casework::nouns::{CardNumber, CaseId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::parsed,
};

impl Ledger {
    /// The case that a system has given this number to; `None` while it was given to none.
    pub fn returned_to(&self, number: &CardNumber) -> Result<Option<CaseId>, LedgerError> {
        let found: Option<String> = self
            .connection()
            .prepare_cached("SELECT case_id FROM returned_number WHERE number = ?1")
            .and_then(|mut select| select.query_row([number.as_str()], |row| row.get(0)).optional())
            .doing("read the numbers that a system has given")?;
        found.map(|case| parsed("returned_number", number.as_str(), &case)).transpose()
    }
}

/// The first case keeps the number: whether a second one may have it was judged before.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    case: &CaseId,
    at: Timestamp,
    number: &CardNumber,
) -> Result<(), LedgerError> {
    tx.prepare_cached("INSERT INTO returned_number (number, case_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
        .and_then(|mut write| write.execute((number.as_str(), case.as_str(), at.to_string())))
        .map(drop)
        .doing("write a number that a system has given")
}
