//! Verifying the facts of the station: each against its own hash, its place and its journal row, and the other way round.

use casework::{journal::body_hash, retention::without_words};
use rusqlite::Connection;

use crate::{
    error::{Doing, LedgerError},
    table::station_fact::{self, StationFactRow},
};

const DOING: &str = "verify the facts of the station";

/// Checks them and gives their number; what is wrong goes to `problems`. `walked` is called after each.
pub(crate) fn check_facts(
    connection: &Connection,
    problems: &mut Vec<String>,
    walked: &mut dyn FnMut(),
) -> Result<u64, LedgerError> {
    let mut last = 0;
    let mut facts = 0;
    let mut select = connection
        .prepare(
            "SELECT f.seq, f.at, f.actor, f.kind, f.body, f.body_hash, j.n, j.at, j.actor, j.kind, j.body_hash
             FROM station_fact f LEFT JOIN journal j ON j.station_seq = f.seq ORDER BY f.seq",
        )
        .doing(DOING)?;
    let mut rows = select.query([]).doing(DOING)?;
    while let Some(read) = rows.next().doing(DOING)? {
        let row = station_fact::row(read).doing(DOING)?;
        facts += 1;
        walked();
        let name = format!("fact of the station {}", row.seq);
        if row.seq != last + 1 {
            problems.push(format!("{name}: it follows fact {last}"));
        }
        last = row.seq;
        if body_hash(&row.body).to_hex() != row.body_hash {
            problems.extend(check_words(connection, &row)?.map(|what| format!("{name}: {what}")));
        }
        let text = |column: usize| read.get::<_, Option<String>>(column).doing(DOING);
        match read.get::<_, Option<i64>>(6).doing(DOING)? {
            None => problems.push(format!("{name}: the journal does not know it")),
            Some(n) => {
                let journaled = [text(7)?, text(8)?, text(9)?, text(10)?];
                let told = [&row.at, &row.actor, &row.kind, &row.body_hash];
                if journaled.iter().map(Option::as_ref).ne(told.map(Some)) {
                    problems.push(format!("{name}: journal row {n} holds something else"));
                }
            }
        }
        if let Err(error) = station_fact::read_back(&row) {
            problems.push(error.to_string());
        }
    }
    check_lone_rows(connection, problems)?;
    Ok(facts)
}

/// A body that is not the one that was hashed: nothing but words about cases that were erased may be gone, by an erasure that
/// names this fact.
fn check_words(connection: &Connection, row: &StationFactRow) -> Result<Option<&'static str>, LedgerError> {
    let mut select = connection
        .prepare_cached(
            "SELECT w.case_id, EXISTS (
                 SELECT 1 FROM erasure e JOIN station_fact s ON s.seq = e.station_seq, json_each(s.body, '$.words') n
                 WHERE e.case_id = w.case_id AND n.value = w.station_seq)
             FROM words_erased w WHERE w.station_seq = ?1",
        )
        .doing(DOING)?;
    let gone: Vec<(String, bool)> =
        select.query_map([row.seq], |row| Ok((row.get(0)?, row.get(1)?))).and_then(Iterator::collect).doing(DOING)?;
    if gone.is_empty() {
        return Ok(Some("its body is not the one that was hashed"));
    }
    // A body that reads as nothing is told by whoever reads it next.
    let Ok(left) = station_fact::read_back(row) else { return Ok(None) };
    for (case, named) in gone {
        let silent = case.parse().is_ok_and(|case| without_words(&left.fact, &case).is_none());
        if !named || !silent || left.fact.tag() != row.kind {
            return Ok(Some("what was taken out of it is not what its erasure names"));
        }
    }
    Ok(None)
}

/// Journal rows whose fact is not there.
fn check_lone_rows(connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
    let mut select = connection
        .prepare(
            "SELECT n, station_seq FROM journal j WHERE station_seq IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM station_fact f WHERE f.seq = j.station_seq) ORDER BY n",
        )
        .doing(DOING)?;
    let gone: Vec<(i64, u32)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).and_then(Iterator::collect).doing(DOING)?;
    for (n, seq) in gone {
        problems.push(format!("journal row {n}: fact of the station {seq} is gone"));
    }
    Ok(())
}
