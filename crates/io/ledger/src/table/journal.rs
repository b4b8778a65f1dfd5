//! Table `journal`: the SM3 chain over all facts of all cases and of the station. The chain itself is casework's; here
//! are its rows.

use casework::{
    journal::{Hash, Head, JournalRow, LinkedRow, Subject, link, verify_from},
    nouns::Actor,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::parsed,
};

const READING: &str = "read the journal";

/// A row as it is stored.
pub(crate) struct StoredRow {
    pub linked: LinkedRow,
    /// The hash of the row before it, as this row tells it.
    pub prev: Hash,
}

impl Ledger {
    /// The journal's newest row: what an outside anchor has to remember to find a cut-off tail.
    pub fn head(&self) -> Result<Head, LedgerError> {
        head(self.connection())
    }

    /// Who did what, and when: up to `most` rows after row `after`, in order.
    pub fn journal(&self, after: u64, most: u32) -> Result<Vec<JournalRow>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT n, at, actor, case_id, seq, station_seq, kind, body_hash, prev, hash FROM journal
                 WHERE n > ?1 ORDER BY n LIMIT ?2",
            )
            .doing(READING)?;
        let mut rows = select.query((after as i64, most)).doing(READING)?;
        let mut journal = Vec::new();
        while let Some(row) = rows.next().doing(READING)? {
            journal.push(stored(row)?.linked.row);
        }
        Ok(journal)
    }
}

/// Chains one fact to the newest row.
pub(crate) fn append(
    tx: &Transaction<'_>,
    of: Subject,
    at: Timestamp,
    actor: &Actor,
    kind: &str,
    body_hash: Hash,
) -> Result<(), LedgerError> {
    let head = head(tx)?;
    let row = JournalRow { n: head.n + 1, at, actor: actor.clone(), of, kind: kind.to_owned(), body_hash };
    let hash = link(&head.hash, &row);
    let (case, seq, station_seq) = match &row.of {
        Subject::Case { case, seq } => (Some(case.as_str()), Some(*seq), None),
        Subject::Station { seq } => (None, None, Some(*seq)),
    };
    tx.prepare_cached(
        "INSERT INTO journal (n, at, actor, case_id, seq, station_seq, kind, body_hash, prev, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )
    .and_then(|mut insert| {
        insert.execute((
            row.n as i64,
            row.at.to_string(),
            row.actor.as_str(),
            case,
            seq,
            station_seq,
            &row.kind,
            row.body_hash.to_hex(),
            head.hash.to_hex(),
            hash.to_hex(),
        ))
    })
    .doing("write the journal")?;
    Ok(())
}

/// Walks the whole chain, with a call after each row. A row that was changed, removed, inserted or moved breaks it.
///
/// # Errors
/// [`LedgerError::BrokenChain`] names the first row that does not follow from the one before it.
pub(crate) fn check_chain(connection: &Connection, walked: &mut dyn FnMut()) -> Result<Head, LedgerError> {
    check_chain_between(connection, Head { n: 0, hash: Hash::GENESIS }, i64::MAX.unsigned_abs(), walked)
}

/// Walks from a row that is trusted up to row `to`, or to the newest.
///
/// # Errors
/// As [`check_chain`].
pub(crate) fn check_chain_between(
    connection: &Connection,
    from: Head,
    to: u64,
    walked: &mut dyn FnMut(),
) -> Result<Head, LedgerError> {
    let mut head = from;
    let mut select = connection
        .prepare(
            "SELECT n, at, actor, case_id, seq, station_seq, kind, body_hash, prev, hash FROM journal
             WHERE n > ?1 AND n <= ?2 ORDER BY n",
        )
        .doing(READING)?;
    let mut rows = select.query([from.n as i64, to as i64]).doing(READING)?;
    while let Some(row) = rows.next().doing(READING)? {
        let stored = stored(row)?;
        let before = head;
        head = verify_from(before, [&stored.linked])
            .map_err(|broken| LedgerError::BrokenChain { at: broken.at, why: broken.why.to_string() })?;
        if stored.prev != before.hash {
            let why = "it does not hold the hash of the row before it".to_owned();
            return Err(LedgerError::BrokenChain { at: head.n, why });
        }
        walked();
    }
    Ok(head)
}

/// The hash of one row, `None` when it is not there. Before the first row stands what it follows.
pub(crate) fn hash_at(connection: &Connection, n: u64) -> Result<Option<Hash>, LedgerError> {
    if n == 0 {
        return Ok(Some(Hash::GENESIS));
    }
    let hash: Option<String> = connection
        .query_row("SELECT hash FROM journal WHERE n = ?1", [n as i64], |row| row.get(0))
        .optional()
        .doing(READING)?;
    hash.map(|hash| hash_of(&n.to_string(), &hash)).transpose()
}

pub(crate) fn head(connection: &Connection) -> Result<Head, LedgerError> {
    let newest: Option<(i64, String)> = connection
        .prepare_cached("SELECT n, hash FROM journal ORDER BY n DESC LIMIT 1")
        .and_then(|mut select| select.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional())
        .doing(READING)?;
    match newest {
        Some((n, hash)) => Ok(Head { n: n.unsigned_abs(), hash: hash_of(&n.to_string(), &hash)? }),
        None => Ok(Head { n: 0, hash: Hash::GENESIS }),
    }
}

pub(crate) fn stored(row: &Row<'_>) -> Result<StoredRow, LedgerError> {
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let n = row.get::<_, i64>(0).doing(READING)?.unsigned_abs();
    let name = n.to_string();
    Ok(StoredRow {
        linked: LinkedRow {
            row: JournalRow {
                n,
                at: parsed("journal", &name, &text(1)?)?,
                actor: parsed("journal", &name, &text(2)?)?,
                of: subject(row, &name)?,
                kind: text(6)?,
                body_hash: hash_of(&name, &text(7)?)?,
            },
            hash: hash_of(&name, &text(9)?)?,
        },
        prev: hash_of(&name, &text(8)?)?,
    })
}

fn subject(row: &Row<'_>, name: &str) -> Result<Subject, LedgerError> {
    match row.get::<_, Option<String>>(3).doing(READING)? {
        Some(case) => Ok(Subject::Case { case: parsed("journal", name, &case)?, seq: row.get(4).doing(READING)? }),
        None => Ok(Subject::Station { seq: row.get(5).doing(READING)? }),
    }
}

fn hash_of(row: &str, text: &str) -> Result<Hash, LedgerError> {
    Hash::from_hex(text).ok_or_else(|| LedgerError::Unreadable {
        table: "journal",
        row: row.to_owned(),
        source: "a hash is not 64 hex digits".into(),
    })
}
