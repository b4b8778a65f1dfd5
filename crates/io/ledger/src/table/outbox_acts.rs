//! Table `outbox`, what people see of it and do to it: what is not done, what waits, and the acts of the outbox page.
//!
//! Each act is a fact of the station and goes through [`Ledger::record_station`]; this file changes the rows for it.

use std::collections::BTreeMap;

use casework::{nouns::PlatformId, outbox::limits::Backlog};
use jiff::{Timestamp, civil::Date, tz};
use rusqlite::Transaction;

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::{
        outbox::{Message, MessageState},
        parsed,
    },
};

const READING: &str = "read the outbox";
const WRITING: &str = "write the outbox";

/// On its way, or waiting for it, and no refused message of its own case before it.
const TRAVELS: &str = "state IN ('due', 'in_flight') AND state <> 'done' AND NOT EXISTS (
     SELECT 1 FROM outbox earlier
     WHERE earlier.case_id = o.case_id AND (earlier.seq_in_case, earlier.place) < (o.seq_in_case, o.place)
       AND earlier.state IN ('rejected', 'unknown'))";
/// Of those, what may go by hand as well: a platform without keys would take it in twice, and what follows it would come
/// out of order.
const EXPORTABLE: &str = "keyed = 1 AND NOT EXISTS (
     SELECT 1 FROM outbox earlier
     WHERE earlier.case_id = o.case_id AND (earlier.seq_in_case, earlier.place) < (o.seq_in_case, o.place)
       AND earlier.keyed = 0 AND earlier.state <> 'done')";

impl Ledger {
    /// Messages that are not done: those on which a person has to look, then those that go next, then those that stand
    /// behind another one of their case; each sort newest first, at most `most`.
    pub fn undone_messages(&self, most: u32) -> Result<Vec<Message>, LedgerError> {
        self.chosen(
            "SELECT id FROM outbox o WHERE state <> 'done'
             ORDER BY CASE state WHEN 'due' THEN 1 WHEN 'in_flight' THEN 1 ELSE 0 END * (1 + EXISTS (
                 SELECT 1 FROM outbox earlier
                 WHERE earlier.case_id = o.case_id AND (earlier.seq_in_case, earlier.place) < (o.seq_in_case, o.place)
                   AND earlier.state NOT IN ('done', 'closed'))), id DESC LIMIT ?1",
            [most],
        )
    }

    /// How many messages are not done.
    pub fn count_undone(&self) -> Result<u32, LedgerError> {
        self.connection()
            .query_row("SELECT coalesce(sum(n), 0) FROM outbox_tally WHERE state <> 'done'", [], |row| row.get(0))
            .doing(READING)
    }

    /// The message with this key, `None` when there is none.
    pub fn message_with_key(&self, key: &str) -> Result<Option<Message>, LedgerError> {
        Ok(self.chosen("SELECT id FROM outbox WHERE key = ?1", [key])?.pop())
    }

    /// The state of the first message of the same case that has to go before this one; `None` when none has to.
    pub fn undone_before(&self, message: &Message) -> Result<Option<MessageState>, LedgerError> {
        let first = self.chosen(
            "SELECT id FROM outbox
             WHERE case_id = ?1 AND (seq_in_case, place) < (?2, ?3) AND state NOT IN ('done', 'closed')
             ORDER BY seq_in_case, place LIMIT 1",
            (message.case.as_str(), message.seq_in_case, message.place),
        )?;
        Ok(first.first().map(|first| first.state))
    }

    /// What may go to the county on a stick, in the order in which it was written.
    pub fn exportable_messages(&self) -> Result<Vec<Message>, LedgerError> {
        self.chosen(&format!("SELECT id FROM outbox o WHERE {TRAVELS} AND {EXPORTABLE} ORDER BY id"), [])
    }

    /// How many those are.
    pub fn count_exportable(&self) -> Result<u32, LedgerError> {
        self.connection()
            .prepare_cached(&format!("SELECT count(*) FROM outbox o WHERE {TRAVELS} AND {EXPORTABLE}"))
            .and_then(|mut select| select.query_row([], |row| row.get(0)))
            .doing(READING)
    }

    /// How many messages wait for each platform, and how many more its closing keeps back.
    pub fn waiting_by_platform(&self) -> Result<BTreeMap<PlatformId, u32>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT platform, count(*) FROM outbox
                 WHERE state IN ('due', 'closed') AND state <> 'done' GROUP BY platform",
            )
            .doing(READING)?;
        let rows: Vec<(String, u32)> =
            select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).and_then(Iterator::collect).doing(READING)?;
        rows.into_iter().map(|(platform, count)| Ok((parsed("outbox", "platform", &platform)?, count))).collect()
    }

    /// What waits for a network. `free` is left open: the disk is looked at elsewhere.
    pub fn backlog(&self) -> Result<Backlog, LedgerError> {
        let mut select = self.connection().prepare_cached(&backlog_question()).doing(READING)?;
        let (pending, first): (u32, Option<i64>) =
            select.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).doing(READING)?;
        let Some(first) = first else { return Ok(Backlog { pending, ..Backlog::default() }) };
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT f.at FROM outbox o JOIN fact f ON f.case_id = o.case_id AND f.seq = o.seq_in_case WHERE o.id = ?1",
            )
            .doing(READING)?;
        let at: Option<String> =
            rusqlite::OptionalExtension::optional(select.query_row([first], |row| row.get(0))).doing(READING)?;
        let oldest = at.map(|at| parsed("fact", &first.to_string(), &at)).transpose()?;
        Ok(Backlog { pending, oldest, free: None })
    }

    /// Messages that arrived on a civil day of China Standard Time.
    pub fn count_arrived(&self, day: Date) -> Result<u32, LedgerError> {
        self.connection()
            .prepare_cached("SELECT coalesce(sum(done), 0) FROM outbox_day WHERE day = ?1")
            .and_then(|mut select| select.query_row([day.to_string()], |row| row.get(0)))
            .doing(READING)
    }

    fn chosen(&self, sql: &str, arguments: impl rusqlite::Params) -> Result<Vec<Message>, LedgerError> {
        let mut select = self.connection().prepare_cached(sql).doing(READING)?;
        let ids: Vec<i64> = select.query_map(arguments, |row| row.get(0)).and_then(Iterator::collect).doing(READING)?;
        ids.into_iter().filter_map(|id| self.message(id).transpose()).collect()
    }
}

/// Asked with every view; a test holds it to its index.
pub(crate) fn backlog_question() -> String {
    format!("SELECT count(*), min(id) FROM outbox o WHERE {TRAVELS}")
}

/// Free bytes on the disk that holds `dir`; `None` where the system does not say.
#[cfg(unix)]
pub fn free_space(dir: &std::path::Path) -> Option<u64> {
    let disk = nix::sys::statvfs::statvfs(dir).ok()?;
    Some(disk.blocks_available() * disk.fragment_size())
}

/// Nothing here asks Windows yet: there the limit on the disk is not held, and nothing is claimed of it.
#[cfg(not(unix))]
pub fn free_space(_dir: &std::path::Path) -> Option<u64> {
    None
}

/// Sent again at once, under the same key, whatever it waited for.
pub(crate) fn retry(tx: &Transaction<'_>, at: Timestamp, key: &str) -> Result<(), LedgerError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'due', since = ?2, due_at = ?2, unreadable = 0, last_code = NULL, last_text = NULL
         WHERE key = ?1 AND state NOT IN ('in_flight', 'done')",
        (key, at.as_millisecond()),
    );
    moved(changed, key, 1)
}

/// Everything that waits for a platform, or was kept back when it closed.
pub(crate) fn retry_platform(
    tx: &Transaction<'_>,
    at: Timestamp,
    platform: &PlatformId,
    messages: u32,
) -> Result<(), LedgerError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'due', since = ?2, due_at = ?2, last_code = NULL, last_text = NULL
         WHERE platform = ?1 AND state IN ('due', 'closed') AND state <> 'done'",
        (platform.as_str(), at.as_millisecond()),
    );
    moved(changed, platform.as_str(), messages)
}

/// Of an unknown one a person has found out that it arrived.
pub(crate) fn arrived(tx: &Transaction<'_>, at: Timestamp, key: &str, receipt: &str) -> Result<(), LedgerError> {
    let changed = tx.execute(
        "UPDATE outbox SET state = 'done', since = ?3, receipt = ?2, last_code = NULL, last_text = NULL
         WHERE key = ?1 AND state = 'unknown'",
        (key, receipt, at.as_millisecond()),
    );
    moved(changed, key, 1)?;
    count_arrival(tx, at)
}

/// Whatever it waited for; one that is done already stays as it is.
pub(crate) fn arrived_by_stick(
    tx: &Transaction<'_>,
    at: Timestamp,
    key: &str,
    receipt: &str,
) -> Result<(), LedgerError> {
    const UPDATE: &str =
        "UPDATE outbox SET state = 'done', since = ?3, receipt = ?2, last_code = NULL, last_text = NULL
                          WHERE key = ?1 AND state <> 'done'";
    let changed = tx
        .prepare_cached(UPDATE)
        .and_then(|mut update| update.execute((key, receipt, at.as_millisecond())))
        .doing(WRITING)?;
    if changed == 0 { Ok(()) } else { count_arrival(tx, at) }
}

/// One that is on the wire this moment waits for its own answer.
pub(crate) fn ended_by_stick(
    tx: &Transaction<'_>,
    at: Timestamp,
    key: &str,
    state: MessageState,
    code: &str,
    text: &str,
) -> Result<(), LedgerError> {
    const UPDATE: &str = "UPDATE outbox SET state = ?5, since = ?4, last_code = ?2, last_text = ?3
                          WHERE key = ?1 AND state NOT IN ('done', 'in_flight', 'rejected', 'closed')";
    tx.prepare_cached(UPDATE)
        .and_then(|mut update| update.execute((key, code, text, at.as_millisecond(), state.name())))
        .doing(WRITING)?;
    Ok(())
}

pub(crate) fn count_arrival(tx: &Transaction<'_>, at: Timestamp) -> Result<(), LedgerError> {
    const UPSERT: &str =
        "INSERT INTO outbox_day (day, done) VALUES (?1, 1) ON CONFLICT (day) DO UPDATE SET done = done + 1";
    let day = tz::offset(8).to_datetime(at).date().to_string();
    tx.prepare_cached(UPSERT).and_then(|mut upsert| upsert.execute([day])).doing(WRITING)?;
    Ok(())
}

/// So many rows have to have moved: the caller has looked, and nobody else writes.
fn moved(changed: rusqlite::Result<usize>, what: &str, wanted: u32) -> Result<(), LedgerError> {
    match changed.doing(WRITING)? {
        changed if changed == wanted as usize => Ok(()),
        _ => Err(LedgerError::MessageMoved { what: what.to_owned() }),
    }
}
