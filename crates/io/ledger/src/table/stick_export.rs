//! Tables `stick_export`, `stick_export_message` and `stick_import`: what went to the county on a stick, and what came back.

use casework::station_fact::{StickAnswer, StickOutcome};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError, breaks_a_rule},
    ledger::Ledger,
    table::{outbox::MessageState, outbox_acts, parsed},
};

const READING: &str = "read the exports to the stick";
const WRITING: &str = "write an export to the stick";

/// One export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StickExport {
    /// Counted from 1 without gaps.
    pub serial: u32,
    pub at: Timestamp,
    /// SM3 of its file, 64 hex digits.
    pub sm3: String,
    /// When all of it was on the stick; `None` when nobody knows of that.
    pub written_at: Option<Timestamp>,
    /// Number of messages in it.
    pub messages: u32,
}

impl Ledger {
    /// Serial of the next export.
    pub fn next_export_serial(&self) -> Result<u32, LedgerError> {
        self.connection()
            .query_row("SELECT coalesce(max(serial), 0) + 1 FROM stick_export", [], |row| row.get(0))
            .doing(READING)
    }

    /// The export of that serial, `None` when there is none.
    pub fn stick_export(&self, serial: u32) -> Result<Option<StickExport>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT at, sm3, written_at, (SELECT count(*) FROM stick_export_message m WHERE m.serial = e.serial)
                 FROM stick_export e WHERE serial = ?1",
            )
            .doing(READING)?;
        let row: Option<(String, String, Option<String>, u32)> = select
            .query_row([serial], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()
            .doing(READING)?;
        let Some((at, sm3, written_at, messages)) = row else { return Ok(None) };
        let name = serial.to_string();
        let time = |text: &str| parsed("stick_export", &name, text);
        let written_at = written_at.as_deref().map(time).transpose()?;
        Ok(Some(StickExport { serial, at: time(&at)?, sm3, written_at, messages }))
    }

    /// The newest export that is known to be on a stick.
    pub fn last_stick_export(&self) -> Result<Option<StickExport>, LedgerError> {
        let serial: Option<u32> = self
            .connection()
            .query_row("SELECT max(serial) FROM stick_export WHERE written_at IS NOT NULL", [], |row| row.get(0))
            .doing(READING)?;
        serial.map_or(Ok(None), |serial| self.stick_export(serial))
    }

    /// The newest export that holds this message and is known to be on a stick.
    pub fn exported_at(&self, key: &str) -> Result<Option<Timestamp>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT max(e.written_at) FROM stick_export_message m JOIN stick_export e ON e.serial = m.serial
                 WHERE m.key = ?1",
            )
            .doing(READING)?;
        let at: Option<String> = select.query_row([key], |row| row.get(0)).doing(READING)?;
        at.map(|at| parsed("stick_export", key, &at)).transpose()
    }

    /// Whether this export holds this message.
    pub fn is_in_export(&self, serial: u32, key: &str) -> Result<bool, LedgerError> {
        self.connection()
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM stick_export_message WHERE key = ?1 AND serial = ?2)")
            .and_then(|mut select| select.query_row((key, serial), |row| row.get(0)))
            .doing(READING)
    }

    /// Whether the file of answers with this SM3 was taken in before.
    pub fn is_imported(&self, sm3: &str) -> Result<bool, LedgerError> {
        self.connection()
            .query_row("SELECT EXISTS (SELECT 1 FROM stick_import WHERE sm3 = ?1)", [sm3], |row| row.get(0))
            .doing(READING)
    }

    /// All of the export is on the stick. It changes no message: what went out on a stick stays due.
    pub fn note_export_written(&mut self, serial: u32, at: Timestamp) -> Result<(), LedgerError> {
        self.write(WRITING, |tx| {
            tx.execute("UPDATE stick_export SET written_at = ?2 WHERE serial = ?1", (serial, at.to_string()))
                .doing(WRITING)?;
            Ok(())
        })
    }
}

pub(crate) fn exported(
    tx: &Transaction<'_>,
    at: Timestamp,
    serial: u32,
    sm3: &str,
    keys: &[String],
) -> Result<(), LedgerError> {
    let refused = |error: rusqlite::Error| match breaks_a_rule(&error) {
        true => Err(LedgerError::StickRefused { why: "the export, or a message of it, is there already" }),
        false => Err(error).doing(WRITING),
    };
    tx.execute("INSERT INTO stick_export (serial, at, sm3) VALUES (?1, ?2, ?3)", (serial, at.to_string(), sm3))
        .or_else(refused)?;
    for key in keys {
        tx.prepare_cached("INSERT INTO stick_export_message (key, serial) VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute((key, serial)))
            .or_else(refused)?;
    }
    Ok(())
}

/// Settles the messages that the county answered for. What arrived over the network meanwhile keeps its own receipt.
pub(crate) fn imported(
    tx: &Transaction<'_>,
    at: Timestamp,
    serial: u32,
    sm3: &str,
    answers: &[StickAnswer],
) -> Result<(), LedgerError> {
    const INSERT: &str = "INSERT INTO stick_import (sm3, serial, at) VALUES (?1, ?2, ?3)";
    match tx.execute(INSERT, (sm3, serial, at.to_string())) {
        Ok(_) => {}
        Err(error) if breaks_a_rule(&error) => {
            return Err(LedgerError::StickRefused { why: "these answers were taken in before, or answer no export" });
        }
        Err(error) => return Err(error).doing(WRITING),
    }
    for answer in answers {
        let known: bool = tx
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM stick_export_message m JOIN outbox o ON o.key = m.key
                 WHERE m.serial = ?1 AND m.key = ?2 AND o.case_id = ?3)",
            )
            .and_then(|mut select| select.query_row((serial, &answer.key, answer.case.as_str()), |row| row.get(0)))
            .doing(READING)?;
        if !known {
            return Err(LedgerError::StickRefused {
                why: "an answer is about a message that the export does not hold",
            });
        }
        match &answer.outcome {
            StickOutcome::Done { receipt } => outbox_acts::arrived_by_stick(tx, at, &answer.key, receipt)?,
            StickOutcome::Rejected { code, text } => {
                outbox_acts::ended_by_stick(tx, at, &answer.key, MessageState::Rejected, code, text)?;
            }
            StickOutcome::Closed { code, text } => {
                outbox_acts::ended_by_stick(tx, at, &answer.key, MessageState::Closed, code, text)?;
            }
        }
    }
    Ok(())
}
