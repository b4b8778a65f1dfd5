//! Table `door_slip`: slips for people without a case, numbered by window and day.

use casework::nouns::{Actor, PictureHash, ReasonCode, SlipNumber, WindowCode};
use jiff::{Timestamp, civil::Date};
use rusqlite::OptionalExtension;

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
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
    /// The very sheet, stored as a picture.
    pub pdf: PictureHash,
}

impl Ledger {
    /// The ordinal of the next slip that this window gives out at the door on a civil day, from 1.
    pub fn next_door_slip(&self, window: &WindowCode, day: Date) -> Result<u32, LedgerError> {
        let sql = "SELECT coalesce(max(ordinal), 0) + 1 FROM door_slip WHERE window = ?1 AND day = ?2";
        self.connection()
            .query_row(sql, (window.as_str(), day.to_string()), |row| row.get(0))
            .doing("count the slips of a day")
    }

    /// Puts a slip on record. It is there when this returns, and may then be printed.
    ///
    /// # Errors
    /// [`LedgerError::PictureNotStored`] without its sheet; [`LedgerError::Storage`] when the number was given before.
    pub fn record_door_slip(&mut self, slip: &DoorSlip) -> Result<(), LedgerError> {
        const DOING: &str = "record a slip given at the door";
        self.write(DOING, |tx| {
            if picture::secret(tx, &slip.pdf)?.is_none() {
                return Err(LedgerError::PictureNotStored { hash: slip.pdf.clone() });
            }
            let reasons: Vec<&str> = slip.reasons.iter().map(ReasonCode::as_str).collect();
            tx.execute(
                "INSERT INTO door_slip (number, window, day, ordinal, at, actor, reasons, pdf)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                (
                    slip.number.as_str(),
                    slip.window.as_str(),
                    slip.day.to_string(),
                    slip.ordinal,
                    slip.at.to_string(),
                    slip.actor.as_str(),
                    reasons.join(" "),
                    slip.pdf.as_str(),
                ),
            )
            .doing(DOING)?;
            Ok(())
        })
    }

    /// A slip by its number, `None` when none was given under it.
    pub fn door_slip(&self, number: &SlipNumber) -> Result<Option<DoorSlip>, LedgerError> {
        const DOING: &str = "read a slip given at the door";
        let sql = "SELECT window, day, ordinal, at, actor, reasons, pdf FROM door_slip WHERE number = ?1";
        let text = |row: &rusqlite::Row<'_>, column: usize| row.get::<_, String>(column);
        let row = self
            .connection()
            .query_row(sql, [number.as_str()], |row| {
                let texts = [text(row, 0)?, text(row, 1)?, text(row, 3)?, text(row, 4)?, text(row, 5)?, text(row, 6)?];
                Ok((texts, row.get::<_, u32>(2)?))
            })
            .optional()
            .doing(DOING)?;
        let Some(([window, day, at, actor, reasons, pdf], ordinal)) = row else { return Ok(None) };
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
            pdf: parsed("door_slip", name, &pdf)?,
        }))
    }
}
