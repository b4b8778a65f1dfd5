//! Table `station_fact`: what happened at the station and belongs to no case, in order.

use casework::{
    journal::{Hash, body_hash},
    station_fact::StationRecorded,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::parsed,
};

const DOING: &str = "read the facts of the station";

/// A station's fact as its row holds it.
pub(crate) struct StationFactRow {
    pub seq: u32,
    pub at: String,
    pub actor: String,
    pub kind: String,
    pub body: String,
    pub body_hash: String,
}

impl Ledger {
    /// All facts of the station in order.
    pub fn station_facts(&self) -> Result<Vec<StationRecorded>, LedgerError> {
        let mut select = self
            .connection()
            .prepare("SELECT seq, at, actor, kind, body, body_hash FROM station_fact ORDER BY seq")
            .doing(DOING)?;
        let rows = select.query_map([], row).doing(DOING)?;
        rows.map(|row| read_back(&row.doing(DOING)?)).collect()
    }
}

/// The fact at this place; `None` when there is none.
pub(crate) fn by_seq(connection: &Connection, seq: u32) -> Result<Option<StationRecorded>, LedgerError> {
    let found = connection
        .prepare_cached("SELECT seq, at, actor, kind, body, body_hash FROM station_fact WHERE seq = ?1")
        .and_then(|mut select| select.query_row([seq], row).optional())
        .doing(DOING)?;
    found.map(|row| read_back(&row)).transpose()
}

/// Place of the newest fact; 0 when there is none.
pub(crate) fn last_seq(tx: &Transaction<'_>) -> Result<u32, LedgerError> {
    tx.query_row("SELECT coalesce(max(seq), 0) FROM station_fact", [], |row| row.get(0)).doing(DOING)
}

/// Writes a fact and returns the hash of its body.
pub(crate) fn insert(tx: &Transaction<'_>, recorded: &StationRecorded) -> Result<Hash, LedgerError> {
    let body = recorded.fact.body();
    let hash = body_hash(&body);
    tx.execute(
        "INSERT INTO station_fact (seq, at, actor, kind, body, body_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (recorded.seq, recorded.at.to_string(), recorded.actor.as_str(), recorded.fact.tag(), &body, hash.to_hex()),
    )
    .doing("write a fact of the station")?;
    Ok(hash)
}

/// A row as it was written.
pub(crate) fn read_back(row: &StationFactRow) -> Result<StationRecorded, LedgerError> {
    let name = row.seq.to_string();
    Ok(StationRecorded {
        seq: row.seq,
        at: parsed("station_fact", &name, &row.at)?,
        actor: parsed("station_fact", &name, &row.actor)?,
        fact: serde_json::from_str(&row.body).map_err(|error| LedgerError::Unreadable {
            table: "station_fact",
            row: name,
            source: error.into(),
        })?,
    })
}

pub(crate) fn row(row: &Row<'_>) -> rusqlite::Result<StationFactRow> {
    Ok(StationFactRow {
        seq: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        kind: row.get(3)?,
        body: row.get(4)?,
        body_hash: row.get(5)?,
    })
}
