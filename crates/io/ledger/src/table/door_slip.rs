//! Table `door_slip`: slips for people without a case, numbered by window and day.

use casework::{
    nouns::{Actor, PictureHash, ReasonCode, SlipNumber, WindowCode},
    station_fact::StationFact,
};
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    pictures,
    record_station::StationEntry,
    table::{parsed, picture},
};

/// A slip that was given out at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorSlip {
    pub number: SlipNumber,
    pub window: WindowCode,
    /// The day of its number, and its place on that day, from 1.
    pub day: Date,
    pub ordinal: u32,
    pub at: Timestamp,
    pub actor: Actor,
    /// At least one.
    pub reasons: Vec<ReasonCode>,
    /// The very sheet, stored as a picture; `None` once its time was over.
    pub pdf: Option<PictureHash>,
}

impl Ledger {
    /// The ordinal of the next slip that this window gives out at the door on a civil day, from 1.
    pub fn next_door_slip(&self, window: &WindowCode, day: Date) -> Result<u32, LedgerError> {
        let sql = "SELECT coalesce(max(ordinal), 0) + 1 FROM door_slip WHERE window = ?1 AND day = ?2";
        self.connection()
            .query_row(sql, (window.as_str(), day.to_string()), |row| row.get(0))
            .doing("count the slips of a day")
    }

    /// Puts a slip on record: a fact of the station, its row of the journal and its line here. It is there when this returns,
    /// and may then be printed.
    ///
    /// # Errors
    /// [`LedgerError::PictureNotStored`] without its sheet; [`LedgerError::Storage`] when the number was given before.
    pub fn record_door_slip(&mut self, slip: &DoorSlip) -> Result<(), LedgerError> {
        let DoorSlip { number, window, day, ordinal, at, actor, reasons, pdf } = slip;
        let Some(pdf) = pdf.clone() else { return Ok(()) };
        let facts = [StationFact::DoorSlipGiven {
            slip: number.clone(),
            window: window.clone(),
            day: *day,
            ordinal: *ordinal,
            reasons: reasons.clone(),
            pdf,
        }];
        self.record_station(StationEntry { at: *at, actor, facts: &facts, password: None, tries: None })
    }

    /// Takes away the sheets of slips that were given before this day; gives their number. Numbers, days and reasons stay.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn erase_door_slips(&mut self, before: Date, at: Timestamp, actor: &Actor) -> Result<u32, LedgerError> {
        const DOING: &str = "take the sheets of slips away";
        let sheets = sheets_before(self.connection(), before).doing(DOING)?;
        let slips = u32::try_from(sheets.len()).unwrap_or(u32::MAX);
        if slips > 0 {
            let facts = [StationFact::DoorSlipsErased { before, slips }];
            self.record_station(StationEntry { at, actor, facts: &facts, password: None, tries: None })?;
        }
        for sheet in sheets {
            let hash: PictureHash = parsed("door_slip", &sheet, &sheet)?;
            if picture::secret(self.connection(), &hash)?.is_none()
                && let Err(error) = std::fs::remove_file(pictures::path_of(self.dir(), &hash))
            {
                // Its key is gone, so what stays is noise; the next start sweeps it.
                tracing::warn!(%error, "a file without a key could not be removed");
            }
        }
        Ok(slips)
    }

    /// A slip by its number, `None` when none was given under it.
    pub fn door_slip(&self, number: &SlipNumber) -> Result<Option<DoorSlip>, LedgerError> {
        const DOING: &str = "read a slip given at the door";
        let sql = "SELECT window, day, ordinal, at, actor, reasons, pdf FROM door_slip WHERE number = ?1";
        let text = |row: &rusqlite::Row<'_>, column: usize| row.get::<_, String>(column);
        let row = self
            .connection()
            .query_row(sql, [number.as_str()], |row| {
                let texts = [text(row, 0)?, text(row, 1)?, text(row, 3)?, text(row, 4)?, text(row, 5)?];
                Ok((texts, row.get::<_, u32>(2)?, row.get::<_, Option<String>>(6)?))
            })
            .optional()
            .doing(DOING)?;
        let Some(([window, day, at, actor, reasons], ordinal, pdf)) = row else { return Ok(None) };
        let name = number.as_str();
        Ok(Some(DoorSlip {
            number: number.clone(),
            window: parsed("door_slip", name, &window)?,
            day: parsed("door_slip", name, &day)?,
            ordinal,
            at: parsed("door_slip", name, &at)?,
            actor: parsed("door_slip", name, &actor)?,
            reasons: reasons
                .split(' ')
                .map(|code| parsed("door_slip", name, code))
                .collect::<Result<_, LedgerError>>()?,
            pdf: pdf.map(|pdf| parsed("door_slip", name, &pdf)).transpose()?,
        }))
    }
}

/// A line for a slip that is the station's fact `seq`. Its sheet has to be stored.
pub(crate) fn insert(tx: &Transaction<'_>, seq: u32, slip: &DoorSlip) -> Result<(), LedgerError> {
    let DoorSlip { number, window, day, ordinal, at, actor, reasons, pdf } = slip;
    if let Some(hash) = pdf
        && picture::secret(tx, hash)?.is_none()
    {
        return Err(LedgerError::PictureNotStored { hash: hash.clone() });
    }
    let reasons: Vec<&str> = reasons.iter().map(ReasonCode::as_str).collect();
    tx.execute(
        "INSERT INTO door_slip (number, window, day, ordinal, at, actor, reasons, pdf, station_seq)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            number.as_str(),
            window.as_str(),
            day.to_string(),
            ordinal,
            at.to_string(),
            actor.as_str(),
            reasons.join(" "),
            pdf.as_ref().map(PictureHash::as_str),
            seq,
        ],
    )
    .doing("record a slip given at the door")?;
    Ok(())
}

/// Takes the sheets of slips away that were given before this day, and the keys of those that nothing else uses.
pub(crate) fn erase_before(tx: &Transaction<'_>, before: Date) -> Result<(), LedgerError> {
    const DOING: &str = "take the sheets of slips away";
    let sheets = sheets_before(tx, before).doing(DOING)?;
    tx.execute("UPDATE door_slip SET pdf = NULL WHERE pdf IS NOT NULL AND day < ?1", [before.to_string()])
        .doing(DOING)?;
    for sheet in sheets {
        tx.execute("UPDATE picture SET uses = uses - 1 WHERE hash = ?1 AND uses > 0", [&sheet]).doing(DOING)?;
        tx.execute("DELETE FROM picture WHERE hash = ?1 AND uses = 0", [&sheet]).doing(DOING)?;
    }
    Ok(())
}

fn sheets_before(connection: &Connection, before: Date) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT pdf FROM door_slip INDEXED BY door_slip_with_sheet WHERE pdf IS NOT NULL AND day < ?1")?
        .query_map([before.to_string()], |row| row.get(0))?
        .collect()
}
