//! Table `handover_list`: the lists that both sides signed, by their numbers, with the very sheet of each.

use casework::nouns::{ListKind, ListNumber, PictureHash, WindowCode};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::{parsed, picture},
};

const WRITING: &str = "write a hand-over list";

/// Where a list stands among those of its window and day.
#[derive(Debug, Clone, Copy)]
pub struct ListPlace<'a> {
    pub window: &'a WindowCode,
    pub day: Date,
    /// From 1.
    pub ordinal: u32,
}

impl Ledger {
    /// The ordinal of the next list of this kind that the window signs on a civil day, from 1.
    pub fn next_list(&self, kind: ListKind, window: &WindowCode, day: Date) -> Result<u32, LedgerError> {
        let sql =
            "SELECT coalesce(max(ordinal), 0) + 1 FROM handover_list WHERE kind = ?1 AND window = ?2 AND day = ?3";
        self.connection()
            .query_row(sql, (kind.name(), window.as_str(), day.to_string()), |row| row.get(0))
            .doing("count the lists of a day")
    }

    /// The sheet of a list, `None` when none was signed under this number.
    pub fn list_sheet(&self, number: &ListNumber) -> Result<Option<PictureHash>, LedgerError> {
        let pdf: Option<String> = self
            .connection()
            .query_row("SELECT pdf FROM handover_list WHERE number = ?1", [number.as_str()], |row| row.get(0))
            .optional()
            .doing("read a hand-over list")?;
        pdf.map(|pdf| parsed("handover_list", number.as_str(), &pdf)).transpose()
    }
}

/// A number is given once; the sheet has to be stored.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    number: &ListNumber,
    kind: ListKind,
    place: ListPlace<'_>,
    pdf: &PictureHash,
) -> Result<(), LedgerError> {
    if picture::secret(tx, pdf)?.is_none() {
        return Err(LedgerError::PictureNotStored { hash: pdf.clone() });
    }
    let ListPlace { window, day, ordinal } = place;
    let row = (number.as_str(), kind.name(), window.as_str(), day.to_string(), ordinal, pdf.as_str());
    tx.execute(
        "INSERT INTO handover_list (number, kind, window, day, ordinal, pdf) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        row,
    )
    .doing(WRITING)?;
    Ok(())
}
