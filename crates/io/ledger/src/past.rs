//! The bulk door: what happened to invented cases, many entries in one transaction.
//!
//! [`Ledger::record`] makes one act durable at a time, because a person waits for it and nothing of it may be lost. A
//! training ledger that is filled with invented years has nobody waiting, and is made anew when it is lost. Everything
//! else is the same: the same rows, chain, accounts and look-ups, by the same code.

use casework::fact::Fact;
use rusqlite::Transaction;

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    record::{Entry, record},
    start_check,
    table::outbox,
};

/// An entry of the past, with what the platforms answered.
#[derive(Debug, Clone, Copy)]
pub struct PastEntry<'a> {
    pub entry: Entry<'a>,
    /// The receipt that the platform gave for each of the entry's messages; without one they are still to be sent.
    pub receipt: Option<&'a str>,
}

impl Ledger {
    /// Records entries of invented cases, all or none. For training ledgers only.
    ///
    /// # Errors
    /// [`LedgerError::NotTraining`] when the ledger, or one of the entries, holds a case that is not training; else as
    /// [`Ledger::record`].
    pub fn record_past(&mut self, entries: &[PastEntry<'_>]) -> Result<(), LedgerError> {
        /// Decrypted pages that are kept while the past is written, in KiB: hashes come in no order, and each page of their
        /// indexes would else be read and decrypted again for nearly every row.
        const PAGES: i64 = 400_000;
        self.connection().pragma_update(None, "cache_size", -PAGES).doing("make room for the past")?;
        self.write("record entries of the past", |tx| {
            refuse_production(tx)?;
            for past in entries {
                if let Some(Fact::Opened { training: false, .. }) = past.entry.facts.first() {
                    return Err(LedgerError::NotTraining);
                }
                record(tx, past.entry)?;
                if let Some(receipt) = past.receipt {
                    for message in past.entry.messages {
                        outbox::answered(tx, message, receipt)?;
                    }
                }
            }
            // These rows were chained by this very transaction: the next start need not walk years of them.
            start_check::note_written(tx)
        })
    }
}

/// A ledger is all training or all production; the oldest and the newest line tell.
fn refuse_production(tx: &Transaction<'_>) -> Result<(), LedgerError> {
    let production: bool = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM (SELECT training FROM case_line ORDER BY place LIMIT 1) WHERE training = 0)
                 OR EXISTS (SELECT 1 FROM (SELECT training FROM case_line ORDER BY place DESC LIMIT 1) WHERE training = 0)",
        )
        .and_then(|mut select| select.query_row([], |row| row.get(0)))
        .doing("see whether this is a training ledger")?;
    if production { Err(LedgerError::NotTraining) } else { Ok(()) }
}
