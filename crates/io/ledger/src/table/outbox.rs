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
    table::{outbox_acts, parsed},
};

const READING: &str = "read the outbox";
const WRITING: &str = "write the outbox";
/// A partial index is used only where its own condition stands in the question, so it does. Closed messages stay out: of a
/// system that was closed for good there may be years of them, and they hold nothing back.
const WAITING: &str = "state IN ('due', 'in_flight', 'rejected', 'unknown') AND state <> 'done'";
const PUT_BACK: &str =
    "UPDATE outbox SET state = iif(keyed, 'due', 'unknown') WHERE state = 'in_flight' AND state <> 'done'";
/// Asked at every beat and every start; a test holds them to their indexes.
#[cfg(test)]
pub(crate) const ASKED_ALL_DAY: [&str; 2] = [
    PUT_BACK,
    "SELECT id FROM outbox o WHERE state IN ('due', 'in_flight', 'rejected', 'unknown') AND state <> 'done'",
];
const COLUMNS: &str =
    "id, case_id, seq_in_case, place, kind, platform, key, keyed, body, state, attempt, unreadable, since, due_at,
     last_code, last_text, receipt";

/// A message of the outbox. `body` is personal and frozen: it is sent byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub id: i64,
    pub case: CaseId,
    /// Place of the fact it came from: the messages of a case reach their platforms in this order.
    pub seq_in_case: u32,
    /// Place among the messages of that fact, from 1.
    pub place: u8,
    pub kind: MessageKind,
    pub platform: PlatformId,
    /// The same for every attempt, so that a platform can tell a repetition.
    pub key: String,
    /// Its platform honours the key, so that sending it again is harmless.
    pub keyed: bool,
    pub body: String,
    pub state: MessageState,
    /// Number of times it was sent.
    pub attempt: u32,
    /// How many answers in a row were unreadable.
    pub unreadable: u32,
    /// When it came into its state; for one that waits, when its pause was decided.
    pub since: Timestamp,
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
    Closed,
}

impl Ledger {
    /// Every message that waits for its turn, for an answer or for a person, without its body, for
    /// [`outbox::Reach::go_out`], which says what is sent now.
    pub fn queue(&self) -> Result<Vec<outbox::Queued>, LedgerError> {
        const SELECT: &str = "SELECT id, case_id, seq_in_case, place, platform, state, attempt, since, due_at, last_code FROM outbox o WHERE";
        let mut select = self.connection().prepare_cached(&format!("{SELECT} {WAITING}")).doing(READING)?;
        let rows = select.query_map([], |row| Ok(queued(row))).doing(READING)?;
        rows.map(|row| row.doing(READING)?).collect()
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

    /// Marks due messages as being sent, counts the attempt of each, and gives them. Done before a byte of them leaves, in
    /// one transaction. One that falls back because the program dies is due from this moment: a moment from before could
    /// lie far ahead if the clock was set back since.
    ///
    /// # Errors
    /// [`LedgerError::MessageState`] names one that is not due; then none is marked.
    pub fn begin_sending(&mut self, ids: &[i64], now: Timestamp) -> Result<Vec<Message>, LedgerError> {
        const MARK: &str = "UPDATE outbox SET state = 'in_flight', since = ?2, due_at = ?2, attempt = attempt + 1
             WHERE id = ?1 AND state = 'due'";
        self.write(WRITING, |tx| {
            let mut sent = Vec::with_capacity(ids.len());
            for id in ids {
                one(tx.prepare_cached(MARK).and_then(|mut mark| mark.execute((id, now.as_millisecond()))), *id)?;
                sent.extend(messages(tx, "id = ?1", *id)?);
            }
            Ok(sent)
        })
    }

    /// Keeps what an answer meant. A message that is due again may still be told, by a late answer, that it arrived.
    ///
    /// # Errors
    /// [`LedgerError::MessageState`] when the message is neither in flight nor, for an answer that ends it, due.
    pub fn settle(&mut self, id: i64, next: &Next, now: Timestamp) -> Result<(), LedgerError> {
        let at = now;
        let now = at.as_millisecond();
        self.write(WRITING, |tx| {
            let changed = match next {
                Next::Done { receipt } => tx.execute(
                    "UPDATE outbox SET state = 'done', since = ?2, receipt = ?3, last_code = NULL, last_text = NULL
                     WHERE id = ?1 AND (state = 'in_flight' OR state = 'due' AND attempt > 0)",
                    (id, now, receipt),
                ),
                Next::Later { at, unreadable, cause } => tx.execute(
                    "UPDATE outbox SET state = 'due', since = ?2, due_at = ?3, unreadable = ?4, last_code = ?5, last_text = NULL
                     WHERE id = ?1 AND state = 'in_flight'",
                    (id, now, at.as_millisecond(), unreadable, cause.name()),
                ),
                Next::Rejected { code, text } => ended(tx, id, "rejected", now, Some((code, text))),
                Next::Closed { code, text } => ended(tx, id, "closed", now, Some((code, text))),
                Next::Unknown => ended(tx, id, "unknown", now, None),
                Next::Settled => return Ok(()),
            };
            one(changed, id)?;
            if matches!(next, Next::Done { .. }) { outbox_acts::count_arrival(tx, at) } else { Ok(()) }
        })
    }
}

/// Nothing goes on by itself with this message.
fn ended(
    tx: &Transaction<'_>,
    id: i64,
    state: &str,
    now: i64,
    said: Option<(&String, &String)>,
) -> rusqlite::Result<usize> {
    let (code, text) = said.unzip();
    tx.execute(
        "UPDATE outbox SET state = ?2, since = ?3, last_code = ?4, last_text = ?5
         WHERE id = ?1 AND (state = 'in_flight' OR state = 'due' AND attempt > 0)",
        (id, state, now, code, text),
    )
}

impl MessageState {
    /// The word of the ledger's `state` column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::InFlight => "in_flight",
            Self::Done => "done",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
            Self::Closed => "closed",
        }
    }
}

impl Message {
    /// The message as planning sees it.
    pub fn entry(&self) -> outbox::Entry {
        let state = self.state.into();
        outbox::Entry { state, attempt: self.attempt, unreadable: self.unreadable, keyed: self.keyed }
    }
}

impl From<MessageState> for outbox::State {
    fn from(state: MessageState) -> Self {
        match state {
            MessageState::Due => Self::Due,
            MessageState::InFlight => Self::InFlight,
            MessageState::Done => Self::Done,
            MessageState::Rejected => Self::Rejected,
            MessageState::Unknown => Self::Unknown,
            MessageState::Closed => Self::Closed,
        }
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .field("case", &self.case)
            .field("seq_in_case", &self.seq_in_case)
            .field("place", &self.place)
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
    const INSERT: &str = "INSERT INTO outbox
         (case_id, seq_in_case, place, kind, platform, key, keyed, body, body_sm3, state, since, due_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'due', ?10, ?10)";
    let written = tx.prepare_cached(INSERT).and_then(|mut insert| {
        insert.execute((
            case.as_str(),
            message.seq_in_case,
            message.place,
            message.kind.name(),
            message.platform.as_str(),
            message.key.as_str(),
            message.keyed,
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

/// At start: whatever was under way when the last run ended is sent again, under the same key. Where keys are not honoured
/// nobody knows what became of it, and a person decides.
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
    let erased = "body = '' AND EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = outbox.case_id)";
    let mut select = connection
        .prepare(&format!("SELECT id, body, body_sm3 FROM outbox WHERE NOT ({erased}) ORDER BY id"))
        .doing(READING)?;
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
    Ok(Message {
        id,
        case: parsed("outbox", &name, &text(1)?)?,
        seq_in_case: row.get(2).doing(READING)?,
        place: row.get(3).doing(READING)?,
        kind: parsed("outbox", &name, &text(4)?)?,
        platform: parsed("outbox", &name, &text(5)?)?,
        key: text(6)?,
        keyed: row.get(7).doing(READING)?,
        body: text(8)?,
        state: state_of(&text(9)?, &name)?,
        attempt: row.get(10).doing(READING)?,
        unreadable: row.get(11).doing(READING)?,
        since: moment(row, 12, &name)?,
        due_at: moment(row, 13, &name)?,
        last_code: maybe(14)?,
        last_text: maybe(15)?,
        receipt: maybe(16)?,
    })
}

fn queued(row: &Row<'_>) -> Result<outbox::Queued, LedgerError> {
    let id: i64 = row.get(0).doing(READING)?;
    let name = id.to_string();
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let state = state_of(&text(5)?, &name)?;
    let code: Option<String> = row.get(9).doing(READING)?;
    Ok(outbox::Queued {
        id,
        case: parsed("outbox", &name, &text(1)?)?,
        seq_in_case: row.get(2).doing(READING)?,
        place: row.get(3).doing(READING)?,
        platform: parsed("outbox", &name, &text(4)?)?,
        state: state.into(),
        attempt: row.get(6).doing(READING)?,
        since: moment(row, 7, &name)?,
        due_at: moment(row, 8, &name)?,
        // A message that does not wait has a platform's own code there, or none.
        cause: code.filter(|_| state == MessageState::Due).and_then(|code| code.parse().ok()),
    })
}

fn moment(row: &Row<'_>, column: usize, name: &str) -> Result<Timestamp, LedgerError> {
    let millis: i64 = row.get(column).doing(READING)?;
    Timestamp::from_millisecond(millis).map_err(|error| LedgerError::Unreadable {
        table: "outbox",
        row: name.to_owned(),
        source: error.into(),
    })
}

pub(crate) fn state_of(text: &str, row: &str) -> Result<MessageState, LedgerError> {
    match text {
        "due" => Ok(MessageState::Due),
        "in_flight" => Ok(MessageState::InFlight),
        "done" => Ok(MessageState::Done),
        "rejected" => Ok(MessageState::Rejected),
        "unknown" => Ok(MessageState::Unknown),
        "closed" => Ok(MessageState::Closed),
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
