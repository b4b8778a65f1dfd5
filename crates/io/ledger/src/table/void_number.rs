//! Table `void_number`: old numbers, of this counter or another, that the delivery of a new card has made void.

use casework::nouns::{CardNumber, CaseId};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::parsed,
};

/// Since when a number is void, and by which case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidNumber {
    pub number: CardNumber,
    pub case: CaseId,
    pub at: Timestamp,
}

impl Ledger {
    /// Whether a number is void, since when, and by which case; `None` while it is not.
    pub fn void_number(&self, number: &CardNumber) -> Result<Option<VoidNumber>, LedgerError> {
        let found: Option<(String, String)> = self
            .connection()
            .prepare_cached("SELECT case_id, at FROM void_number WHERE number = ?1")
            .and_then(|mut select| select.query_row([number.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .doing("read the void numbers")?;
        let Some((case, at)) = found else { return Ok(None) };
        let row = number.as_str();
        Ok(Some(VoidNumber {
            number: number.clone(),
            case: parsed("void_number", row, &case)?,
            at: parsed("void_number", row, &at)?,
        }))
    }
}

/// A number that is void already stays void by the case that made it so: the clerk may have typed it twice.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    case: &CaseId,
    at: Timestamp,
    number: &CardNumber,
) -> Result<(), LedgerError> {
    tx.prepare_cached("INSERT INTO void_number (number, case_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
        .and_then(|mut write| write.execute((number.as_str(), case.as_str(), at.to_string())))
        .map(drop)
        .doing("make an old number void")
}
