//! Verifying a whole ledger: every row against every other, every picture against its name.
//!
//! It does not stop at the first problem: whoever has to explain a damaged ledger needs the whole list.

use std::{collections::BTreeMap, path::Path};

use casework::{
    fact::Fact,
    journal::{Head, body_hash},
    nouns::PictureHash,
};
use rusqlite::Connection;

use crate::{
    connection::{check_file, connect_to_look},
    error::{Doing, LedgerError},
    key::LedgerKey,
    ledger::{Ledger, database, lock},
    migration::{KNOWN_SCHEMA, schema_of},
    pictures,
    table::{card_number, fact, journal, outbox, picture},
};

/// What was looked at, and everything that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub cases: u64,
    pub facts: u64,
    pub journal_rows: u64,
    /// The journal's newest row, to be compared with one that was noted outside.
    pub head: Head,
    pub messages: u64,
    /// Card numbers in any state.
    pub numbers: u64,
    /// Stored pictures whose file was read, decrypted and hashed.
    pub pictures: u64,
    /// Each names the row or file it speaks of; no personal data. Empty in a sound ledger.
    pub problems: Vec<String>,
}

impl Report {
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

impl Ledger {
    /// Verifies the ledger in `dir` without changing it.
    ///
    /// # Errors
    /// Those of opening: held elsewhere, wrong key, another schema. What is wrong inside is in the report.
    pub fn verify(dir: &Path, key: &LedgerKey) -> Result<Report, LedgerError> {
        let _lock = lock(dir)?;
        let connection = connect_to_look(&database(dir), key)?;
        let found = schema_of(&connection)?;
        if found > KNOWN_SCHEMA {
            return Err(LedgerError::NewerSchema { found, known: KNOWN_SCHEMA });
        }
        report(&connection, dir)
    }

    /// Verifies this ledger while it is open.
    pub fn report(&self) -> Result<Report, LedgerError> {
        report(self.connection(), self.dir())
    }
}

fn report(connection: &Connection, dir: &Path) -> Result<Report, LedgerError> {
    let mut problems = Vec::new();
    note(&mut problems, check_file(connection));
    check_references(connection, &mut problems)?;
    let (journal_rows, head) = check_journal(connection, &mut problems)?;
    let facts = check_facts(connection, &mut problems)?;
    check_numbers(connection, &mut problems)?;
    for id in outbox::thawed(connection)? {
        problems.push(format!("message {id}: its body is not the one that was frozen"));
    }
    let mut pictures = 0;
    for (hash, secret) in picture::all(connection)? {
        pictures += u64::from(note(&mut problems, pictures::read(dir, &hash, &secret)));
    }
    Ok(Report {
        cases: count(connection, "SELECT count(*) FROM case_line")?,
        facts,
        journal_rows,
        head,
        messages: count(connection, "SELECT count(*) FROM outbox")?,
        numbers: count(connection, "SELECT count(*) FROM card_number")?,
        pictures,
        problems,
    })
}

/// Every row that names another one against that one.
fn check_references(connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
    const DOING: &str = "verify the references between tables";
    let mut select = connection
        .prepare("SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2")
        .doing(DOING)?;
    let dangling: Vec<(String, String, u32)> = select
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .and_then(Iterator::collect)
        .doing(DOING)?;
    for (table, parent, count) in dangling {
        problems.push(format!("table {table}: {count} rows name a row of {parent} that is not there"));
    }
    Ok(())
}

/// Every journal row against the one before it, and the newest one.
fn check_journal(connection: &Connection, problems: &mut Vec<String>) -> Result<(u64, Head), LedgerError> {
    note(problems, journal::check_chain(connection));
    Ok((count(connection, "SELECT count(*) FROM journal")?, journal::head(connection)?))
}

/// Every fact against its own hash, its journal row, its place in the case and the pictures it names.
fn check_facts(connection: &Connection, problems: &mut Vec<String>) -> Result<u64, LedgerError> {
    const DOING: &str = "verify the facts";
    let journaled: BTreeMap<(String, u32), journal::StoredRow> = {
        let mut rows = BTreeMap::new();
        note(
            problems,
            journal::each(connection, |stored| {
                rows.insert((stored.linked.row.case.to_string(), stored.linked.row.seq), stored);
                Ok(())
            }),
        );
        rows
    };
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    let mut facts = 0;
    let mut select = connection
        .prepare("SELECT case_id, seq, at, actor, kind, body, body_hash FROM fact ORDER BY case_id, seq")
        .doing(DOING)?;
    for row in select.query_map([], fact::row).doing(DOING)? {
        let row = row.doing(DOING)?;
        facts += 1;
        let name = format!("fact {}/{}", row.case_id, row.seq);
        let before = last.insert(row.case_id.clone(), row.seq).unwrap_or(0);
        if row.seq != before + 1 {
            problems.push(format!("{name}: it follows fact {before}"));
        }
        if body_hash(&row.body).to_hex() != row.body_hash {
            problems.push(format!("{name}: its body is not the one that was hashed"));
        }
        match journaled.get(&(row.case_id.clone(), row.seq)) {
            None => problems.push(format!("{name}: the journal does not know it")),
            Some(stored) => {
                let journal = &stored.linked.row;
                let same = journal.body_hash.to_hex() == row.body_hash
                    && journal.kind == row.kind
                    && journal.at.to_string() == row.at
                    && journal.actor.as_str() == row.actor;
                if !same {
                    problems.push(format!("{name}: journal row {} holds something else", journal.n));
                }
            }
        }
        match fact::recorded(&row) {
            Ok(recorded) => check_pictures_named(connection, &name, &recorded.fact, problems)?,
            Err(error) => problems.push(error.to_string()),
        }
    }
    check_lines(connection, &last, problems)?;
    for ((case, seq), stored) in journaled {
        if last.get(&case).is_none_or(|last| seq > *last) {
            problems.push(format!("journal row {}: fact {case}/{seq} is gone", stored.linked.row.n));
        }
    }
    Ok(facts)
}

fn check_pictures_named(
    connection: &Connection,
    name: &str,
    fact: &Fact,
    problems: &mut Vec<String>,
) -> Result<(), LedgerError> {
    let missing = |hash: &&PictureHash| Ok::<_, LedgerError>(picture::secret(connection, hash)?.is_none());
    for hash in fact::pictures_named(fact) {
        if missing(&hash)? {
            problems.push(format!("{name}: it names picture {hash}, which is not stored"));
        }
    }
    Ok(())
}

/// The lobby's lines against the facts they were worked out from.
fn check_lines(
    connection: &Connection,
    last: &BTreeMap<String, u32>,
    problems: &mut Vec<String>,
) -> Result<(), LedgerError> {
    const DOING: &str = "verify the list of cases";
    let mut select = connection.prepare("SELECT case_id, last_seq FROM case_line ORDER BY case_id").doing(DOING)?;
    let lines: Vec<(String, u32)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).and_then(Iterator::collect).doing(DOING)?;
    for (case, line) in lines {
        let facts = last.get(&case).copied().unwrap_or(0);
        if line != facts {
            problems.push(format!("case {case}: its line stands at fact {line}, its facts end at {facts}"));
        }
    }
    Ok(())
}

/// Every number drawn has a row, and every reserved number a fact, and the other way round.
fn check_numbers(connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
    const DOING: &str = "verify the card numbers";
    for balance in card_number::balance(connection)? {
        if !balance.is_sound() {
            problems.push(format!(
                "numbers {} to {}: {} drawn, {} accounted for",
                balance.lo, balance.hi, balance.drawn, balance.accounted
            ));
        }
    }
    let mut select = connection
        .prepare(
            "SELECT coalesce(c.number, f.number), c.number IS NULL
             FROM card_number c
             FULL JOIN (SELECT body ->> 'number' AS number, case_id FROM fact WHERE kind = 'number_reserved') f
               ON f.number = c.number AND f.case_id = c.case_id
             WHERE c.number IS NULL OR f.number IS NULL",
        )
        .doing(DOING)?;
    let lone: Vec<(String, bool)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).and_then(Iterator::collect).doing(DOING)?;
    for (number, without_row) in lone {
        problems.push(match without_row {
            true => format!("number {number}: a fact reserves it, but the stock does not know it"),
            false => format!("number {number}: no fact reserves it"),
        });
    }
    Ok(())
}

fn count(connection: &Connection, sql: &'static str) -> Result<u64, LedgerError> {
    connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs).doing("count the ledger's rows")
}

/// Notes a failure as a problem; true when there was none.
fn note<T>(problems: &mut Vec<String>, checked: Result<T, LedgerError>) -> bool {
    match checked {
        Ok(_) => true,
        Err(error) => {
            problems.push(error.to_string());
            false
        }
    }
}
