//! Table `outbox`: what has to reach a platform, written in the transaction of the facts it tells of.
//!
//! What an answer means is decided by `casework::outbox`; this file only keeps it.

use std::collections::BTreeMap;

use casework::{
    journal::sm3,
    nouns::{CaseId, PlatformId},
    outbox::{self, MessageKind, NewMessage, Next},
};
use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction};

use crate::{
    error::{Doing, LedgerError, breaks_a_rule},
    ledger::Ledger,
    table::parsed,
};

const READING: &str = "read the outbox";
const WRITING: &str = "write the outbox";
/// A partial index is used only where its own condition stands in the question, so it does.
const DUE: &str = "state = 'due' AND state <> 'done' AND due_at <= ?1 AND NOT EXISTS (
     SELECT 1 FROM outbox earlier
     WHERE earlier.case_id = o.case_id AND earlier.seq_in_case < o.seq_in_case AND earlier.state <> 'done')";
const PUT_BACK: &str = "UPDATE outbox SET state = 'due' WHERE state = 'in_flight' AND state <> 'done'";
/// Asked at every beat and every start; a test holds them to their indexes.
#[cfg(test)]
pub(crate) const ASKED_ALL_DAY: [&str; 2] = [
    PUT_BACK,
    "SELECT id FROM outbox o WHERE state = 'due' AND state <> 'done' AND due_at <= 1 AND NOT EXISTS (
     SELECT 1 FROM outbox earlier
     WHERE earlier.case_id = o.case_id AND earlier.seq_in_case < o.seq_in_case AND earlier.state <> 'done')",
];
const COLUMNS: &str = "id, case_id, seq_in_case, kind, platform, key, body, state, attempt, unreadable, due_at, last_code, last_text, receipt";

/// A message of the outbox. `body` is personal and frozen: it is sent byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub id: i64,
    pub case: CaseId,
    /// Place of the fact it came from: the messages of a case reach their platforms in this order.
    pub seq_in_case: u32,
    pub kind: MessageKind,
    pub platform: PlatformId,
    /// The same for every attempt, so that a platform can tell a repetition.
    pub key: String,
    pub body: String,
    pub state: MessageState,
    /// Number of times it was sent.
    pub attempt: u32,
    /// How many answers in a row were unreadable.
    pub unreadable: u32,
    /// When it is to be sent next.
    pub due_at: Timestamp,
    /// Why it waits or was refused, in one word.
    pub last_code: Option<String>,
    /// The platform's words, masked.
    pub last_text: Option<String>,
    pub receipt: Option<String>,
}

/// [`outbox::State`] in an order that a list can be kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageState {
    Due,
    InFlight,
    Done,
    Rejected,
    Unknown,
}

impl Ledger {
    /// Messages to send now, oldest first, at most one a case: a message waits until every earlier one of its case is
    /// done, and a rejected or unknown one holds the later ones of its own case and of no other.
    pub fn due_messages(&self, now: Timestamp) -> Result<Vec<Message>, LedgerError> {
        messages(self.connection(), DUE, now.as_millisecond())
    }

    /// One message, `None` when there is none of that id.
    pub fn message(&self, id: i64) -> Result<Option<Message>, LedgerError> {
        Ok(messages(self.connection(), "id = ?1", id)?.pop())
    }

    /// Every message, in the order in which they were written.
    pub fn all_messages(&self) -> Result<Vec<Message>, LedgerError> {
        messages(self.connection(), "?1 = 0", 0)
    }

    /// Number of messages in each state; states without one are absent.
    pub fn outbox_counts(&self) -> Result<BTreeMap<MessageState, u32>, LedgerError> {
        let mut select =
            self.connection().prepare_cached("SELECT state, n FROM outbox_tally WHERE n > 0").doing(READING)?;
        let rows: Vec<(String, u32)> =
            select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).and_then(Iterator::collect).doing(READING)?;
        rows.into_iter().map(|(state, count)| Ok((state_of(&state, "counts")?, count))).collect()
    }

    /// Marks a due message as being sent, and counts the attempt. Done before a byte of it leaves.
    ///
    /// # Errors
    /// [`LedgerError::MessageState`] when it is not due.
    pub fn mark_in_flight(&mut self, id: i64) -> Result<(), LedgerError> {
        self.write(WRITING, |tx| {
            let changed = tx.execute(
                "UPDATE outbox SET state = 'in_flight', attempt = attempt + 1 WHERE id = ?1 AND state = 'due'",
                [id],
            );
            one(changed, id)
        })
    }

    /// Keeps what an answer meant.
    ///
    /// # Errors
    /// [`LedgerError::MessageState`] when the message is not in flight.
    pub fn settle(&mut self, id: i64, next: &Next) -> Result<(), LedgerError> {
        self.write(WRITING, |tx| {
            let changed = match next {
                Next::Done { receipt } => tx.execute(
                    "UPDATE outbox SET state = 'done', receipt = ?2, last_code = NULL, last_text = NULL
                     WHERE id = ?1 AND state = 'in_flight'",
                    (id, receipt),
                ),
                Next::Later { at, unreadable, cause } => tx.execute(
                    "UPDATE outbox SET state = 'due', due_at = ?2, unreadable = ?3, last_code = ?4, last_text = NULL
                     WHERE id = ?1 AND state = 'in_flight'",
                    (id, at.as_millisecond(), unreadable, cause.name()),
                ),
                Next::Rejected { code, text } => tx.execute(
                    "UPDATE outbox SET state = 'rejected', last_code = ?2, last_text = ?3
                     WHERE id = ?1 AND state = 'in_flight'",
                    (id, code, text),
                ),
                Next::Unknown => tx.execute(
                    "UPDATE outbox SET state = 'unknown', last_code = NULL, last_text = NULL
                     WHERE id = ?1 AND state = 'in_flight'",
                    [id],
                ),
                Next::Settled => return Ok(()),
            };
            one(changed, id)
        })
    }
}

impl Message {
    /// The message as planning sees it. `keyed` says whether its platform honours idempotency keys.
    pub fn entry(&self, keyed: bool) -> outbox::Entry {
        let state = match self.state {
            MessageState::Due => outbox::State::Due,
            MessageState::InFlight => outbox::State::InFlight,
            MessageState::Done => outbox::State::Done,
            MessageState::Rejected => outbox::State::Rejected,
            MessageState::Unknown => outbox::State::Unknown,
        };
        outbox::Entry { state, attempt: self.attempt, unreadable: self.unreadable, keyed }
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .field("case", &self.case)
            .field("seq_in_case", &self.seq_in_case)
            .field("kind", &self.kind)
            .field("platform", &self.platform)
            .field("state", &self.state)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

pub(crate) fn insert(
    tx: &Transaction<'_>,
    case: &CaseId,
    at: Timestamp,
    message: &NewMessage,
) -> Result<(), LedgerError> {
    const INSERT: &str = "INSERT INTO outbox (case_id, seq_in_case, kind, platform, key, body, body_sm3, state, due_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'due', ?8)";
    let written = tx.prepare_cached(INSERT).and_then(|mut insert| {
        insert.execute((
            case.as_str(),
            message.seq_in_case,
            message.kind.name(),
            message.platform.as_str(),
            message.key.as_str(),
            &message.body,
            sm3(message.body.as_bytes()).to_hex(),
            at.as_millisecond(),
        ))
    });
    match written {
        Ok(_) => Ok(()),
        Err(error) if breaks_a_rule(&error) => Err(LedgerError::MessageTaken { key: message.key.to_string() }),
        Err(error) => Err(error).doing(WRITING),
    }
}

/// A message of the past that its platform took the first time.
pub(crate) fn answered(tx: &Transaction<'_>, message: &NewMessage, receipt: &str) -> Result<(), LedgerError> {
    const UPDATE: &str = "UPDATE outbox SET state = 'done', attempt = 1, receipt = ?2 WHERE key = ?1";
    tx.prepare_cached(UPDATE).and_then(|mut update| update.execute((message.key.as_str(), receipt))).doing(WRITING)?;
    Ok(())
}

/// At start: whatever was under way when the last run ended is sent again, under the same key.
pub(crate) fn put_back_in_flight(tx: &Transaction<'_>) -> Result<(), LedgerError> {
    tx.execute(PUT_BACK, []).doing(WRITING)?;
    Ok(())
}

/// States whose kept number is not that of their rows, with both.
pub(crate) fn miscounted(connection: &Connection) -> Result<Vec<(String, i64, i64)>, LedgerError> {
    let mut select = connection
        .prepare(
            "SELECT t.state, t.n, (SELECT count(*) FROM outbox o WHERE o.state = t.state) AS rows
             FROM outbox_tally t WHERE t.n <> rows ORDER BY t.state",
        )
        .doing(READING)?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.and_then(Iterator::collect).doing(READING)
}

/// Ids of messages whose body is not the one that was frozen.
pub(crate) fn thawed(connection: &Connection) -> Result<Vec<i64>, LedgerError> {
    let mut select = connection.prepare("SELECT id, body, body_sm3 FROM outbox ORDER BY id").doing(READING)?;
    let mut rows = select.query([]).doing(READING)?;
    let mut thawed = Vec::new();
    while let Some(row) = rows.next().doing(READING)? {
        let body: String = row.get(1).doing(READING)?;
        let hash: String = row.get(2).doing(READING)?;
        if sm3(body.as_bytes()).to_hex() != hash {
            thawed.push(row.get(0).doing(READING)?);
        }
    }
    Ok(thawed)
}

fn messages(connection: &Connection, condition: &'static str, argument: i64) -> Result<Vec<Message>, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox o WHERE {condition} ORDER BY id");
    let mut select = connection.prepare_cached(&sql).doing(READING)?;
    let rows = select.query_map([argument], |row| Ok(message(row))).doing(READING)?;
    rows.map(|row| row.doing(READING)?).collect()
}

fn message(row: &Row<'_>) -> Result<Message, LedgerError> {
    let id: i64 = row.get(0).doing(READING)?;
    let name = id.to_string();
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let maybe = |column: usize| row.get::<_, Option<String>>(column).doing(READING);
    let due_at: i64 = row.get(10).doing(READING)?;
    Ok(Message {
        id,
        case: parsed("outbox", &name, &text(1)?)?,
        seq_in_case: row.get(2).doing(READING)?,
        kind: parsed("outbox", &name, &text(3)?)?,
        platform: parsed("outbox", &name, &text(4)?)?,
        key: text(5)?,
        body: text(6)?,
        state: state_of(&text(7)?, &name)?,
        attempt: row.get(8).doing(READING)?,
        unreadable: row.get(9).doing(READING)?,
        due_at: Timestamp::from_millisecond(due_at).map_err(|error| LedgerError::Unreadable {
            table: "outbox",
            row: name.clone(),
            source: error.into(),
        })?,
        last_code: maybe(11)?,
        last_text: maybe(12)?,
        receipt: maybe(13)?,
    })
}

fn state_of(text: &str, row: &str) -> Result<MessageState, LedgerError> {
    match text {
        "due" => Ok(MessageState::Due),
        "in_flight" => Ok(MessageState::InFlight),
        "done" => Ok(MessageState::Done),
        "rejected" => Ok(MessageState::Rejected),
        "unknown" => Ok(MessageState::Unknown),
        other => {
            let source = format!("state {other:?}").into();
            Err(LedgerError::Unreadable { table: "outbox", row: row.to_owned(), source })
        }
    }
}

fn one(changed: rusqlite::Result<usize>, id: i64) -> Result<(), LedgerError> {
    match changed.doing(WRITING)? {
        1 => Ok(()),
        _ => Err(LedgerError::MessageState { id }),
    }
}
