//! Table `journal`: the SM3 chain over all facts of all cases. The chain itself is casework's; here are its rows.

use casework::fact::Recorded;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    pending::{GENESIS, JournalRow, link},
    table::parsed,
};

const READING: &str = "read the journal";

/// The newest row of the journal: what an outside anchor has to remember to find a cut-off tail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of rows, 0 in a new ledger.
    pub n: u64,
    /// Hash of the newest row, 64 hex digits; 64 zeros in a new ledger.
    pub hash: String,
}

/// A row as it is stored.
pub(crate) struct StoredRow {
    pub row: JournalRow,
    pub prev: String,
    pub hash: String,
}

impl Ledger {
    /// The journal's newest row.
    pub fn head(&self) -> Result<Head, LedgerError> {
        head(self.connection())
    }
}

/// Chains one fact to the newest row.
pub(crate) fn append(tx: &Transaction<'_>, recorded: &Recorded, body_hash: String) -> Result<(), LedgerError> {
    let head = head(tx)?;
    let row = JournalRow {
        n: head.n + 1,
        at: recorded.at,
        actor: recorded.actor.clone(),
        case: recorded.case.clone(),
        seq: recorded.seq,
        kind: recorded.fact.tag().to_owned(),
        body_hash,
    };
    let hash = link(&head.hash, &row);
    tx.prepare_cached(
        "INSERT INTO journal (n, at, actor, case_id, seq, kind, body_hash, prev, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )
    .and_then(|mut insert| {
        insert.execute((
            row.n as i64,
            row.at.to_string(),
            row.actor.as_str(),
            row.case.as_str(),
            row.seq,
            &row.kind,
            &row.body_hash,
            &head.hash,
            &hash,
        ))
    })
    .doing("write the journal")?;
    Ok(())
}

/// Walks the whole chain. A row that was changed, removed, inserted or moved breaks it.
///
/// # Errors
/// [`LedgerError::BrokenChain`] names the first row that does not follow from the one before it.
pub(crate) fn check_chain(connection: &Connection) -> Result<Head, LedgerError> {
    let mut head = Head { n: 0, hash: GENESIS.to_owned() };
    each(connection, |stored| {
        let broken = |why: &str| Err(LedgerError::BrokenChain { at: head.n + 1, why: why.to_owned() });
        if stored.row.n != head.n + 1 {
            return broken("the row is missing");
        }
        if stored.prev != head.hash {
            return broken("it does not hold the hash of the row before it");
        }
        if stored.hash != link(&head.hash, &stored.row) {
            return broken("its hash is not that of its content");
        }
        head = Head { n: stored.row.n, hash: stored.hash };
        Ok(())
    })?;
    Ok(head)
}

/// Hands every row to `look`, in order.
pub(crate) fn each(
    connection: &Connection,
    mut look: impl FnMut(StoredRow) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let mut select = connection
        .prepare("SELECT n, at, actor, case_id, seq, kind, body_hash, prev, hash FROM journal ORDER BY n")
        .doing(READING)?;
    let mut rows = select.query([]).doing(READING)?;
    while let Some(row) = rows.next().doing(READING)? {
        look(stored(row)?)?;
    }
    Ok(())
}

pub(crate) fn head(connection: &Connection) -> Result<Head, LedgerError> {
    let newest = connection
        .prepare_cached("SELECT n, hash FROM journal ORDER BY n DESC LIMIT 1")
        .and_then(|mut select| {
            select
                .query_row([], |row| Ok(Head { n: row.get::<_, i64>(0)?.unsigned_abs(), hash: row.get(1)? }))
                .optional()
        })
        .doing(READING)?;
    Ok(newest.unwrap_or_else(|| Head { n: 0, hash: GENESIS.to_owned() }))
}

fn stored(row: &Row<'_>) -> Result<StoredRow, LedgerError> {
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let n = row.get::<_, i64>(0).doing(READING)?.unsigned_abs();
    let name = n.to_string();
    Ok(StoredRow {
        row: JournalRow {
            n,
            at: parsed("journal", &name, &text(1)?)?,
            actor: parsed("journal", &name, &text(2)?)?,
            case: parsed("journal", &name, &text(3)?)?,
            seq: row.get(4).doing(READING)?,
            kind: text(5)?,
            body_hash: text(6)?,
        },
        prev: text(7)?,
        hash: text(8)?,
    })
}
