//! Verifying a whole ledger: every row against every other, every picture against its name.
//!
//! It does not stop at the first problem: whoever has to explain a damaged ledger needs the whole list.

use std::path::Path;

use casework::{
    fact::Fact,
    journal::{Head, body_hash},
    nouns::PictureHash,
};
use rusqlite::{Connection, OptionalExtension};

use crate::{
    connection::{check_file, connect_to_look},
    erase,
    error::{Doing, LedgerError},
    key::LedgerKey,
    ledger::{Ledger, database, lock},
    migration::{KNOWN_SCHEMA, schema_of},
    pictures,
    table::{card_number, fact, journal, name_part, outbox, picture},
    verify_batches, verify_erasures, verify_ratings, verify_slips, verify_station, verify_stock,
};

/// What was looked at, and everything that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub cases: u64,
    /// Of cases.
    pub facts: u64,
    /// Of the station itself: people, signing in, unmasking.
    pub station_facts: u64,
    pub journal_rows: u64,
    /// The journal's newest row, to be compared with one that was noted outside.
    pub head: Head,
    pub messages: u64,
    /// Card numbers in any state.
    pub numbers: u64,
    /// Blanks in any state.
    pub blanks: u64,
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

/// What the verifier is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Every page of the file and every reference between tables; counted as one.
    File,
    /// Journal rows against one another.
    Chain,
    /// Facts against their journal rows, and lines against their facts.
    Facts,
    /// Numbers and messages; counted as one.
    Numbers,
    Pictures,
}

/// How far the verifier is: `done` of `of` in this part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub part: Part,
    pub done: u64,
    pub of: u64,
}

impl Ledger {
    /// Verifies the ledger in `dir` without changing it.
    ///
    /// # Errors
    /// Those of opening: held elsewhere, wrong key, another schema. What is wrong inside is in the report.
    pub fn verify(dir: &Path, key: &LedgerKey) -> Result<Report, LedgerError> {
        Self::verify_telling(dir, key, &mut |_| {})
    }

    /// The same, telling `heard` how far it is: at the beginning and the end of each part, and now and then in between.
    ///
    /// # Errors
    /// As [`Ledger::verify`].
    pub fn verify_telling(dir: &Path, key: &LedgerKey, heard: &mut dyn FnMut(Progress)) -> Result<Report, LedgerError> {
        let _lock = lock(dir)?;
        let connection = connect_to_look(&database(dir), key)?;
        match schema_of(&connection)? {
            KNOWN_SCHEMA => report(&connection, dir, heard),
            found if found > KNOWN_SCHEMA => Err(LedgerError::NewerSchema { found, known: KNOWN_SCHEMA }),
            found => Err(LedgerError::OlderSchema { found, known: KNOWN_SCHEMA }),
        }
    }

    /// Verifies this ledger while it is open.
    pub fn report(&self) -> Result<Report, LedgerError> {
        report(self.connection(), self.dir(), &mut |_| {})
    }
}

/// One part of the verification, as far as it is told.
struct Walk<'a> {
    heard: &'a mut dyn FnMut(Progress),
    at: Progress,
}

impl<'a> Walk<'a> {
    fn begin(heard: &'a mut dyn FnMut(Progress), part: Part, of: u64) -> Self {
        let at = Progress { part, done: 0, of };
        heard(at);
        Self { heard, at }
    }

    fn step(&mut self) {
        /// Rows between two tellings.
        const EVERY: u64 = 20_000;
        self.at.done += 1;
        if self.at.done.is_multiple_of(EVERY) {
            (self.heard)(self.at);
        }
    }

    fn end(self) {
        (self.heard)(Progress { done: self.at.of, ..self.at });
    }
}

fn report(connection: &Connection, dir: &Path, heard: &mut dyn FnMut(Progress)) -> Result<Report, LedgerError> {
    let mut problems = Vec::new();
    let walk = Walk::begin(heard, Part::File, 1);
    note(&mut problems, check_file(connection));
    check_references(connection, &mut problems)?;
    walk.end();
    let journal_rows = count(connection, "SELECT count(*) FROM journal")?;
    let mut walk = Walk::begin(heard, Part::Chain, journal_rows);
    note(&mut problems, journal::check_chain(connection, &mut || walk.step()));
    walk.end();
    let mut walk = Walk::begin(heard, Part::Facts, journal_rows);
    let facts = check_facts(connection, &mut problems, &mut walk)?;
    let station_facts = verify_station::check_facts(connection, &mut problems, &mut || walk.step())?;
    walk.end();
    let walk = Walk::begin(heard, Part::Numbers, 1);
    check_numbers(connection, &mut problems)?;
    let blanks = verify_stock::check(connection, &mut problems)?;
    verify_ratings::check(connection, &mut problems)?;
    verify_slips::check(connection, &mut problems)?;
    for id in outbox::thawed(connection)? {
        problems.push(format!("message {id}: its body is not the one that was frozen"));
    }
    for (state, kept, rows) in outbox::miscounted(connection)? {
        problems.push(format!("messages that are {state}: {kept} are kept count of, and there are {rows}"));
    }
    walk.end();
    let stored = picture::all(connection)?;
    let mut walk = Walk::begin(heard, Part::Pictures, stored.len() as u64);
    let mut pictures = 0;
    for (hash, secret) in stored {
        pictures += u64::from(note(&mut problems, pictures::read(dir, &hash, &secret)));
        walk.step();
    }
    walk.end();
    Ok(Report {
        cases: count(connection, "SELECT count(*) FROM case_line")?,
        facts,
        station_facts,
        journal_rows,
        head: journal::head(connection)?,
        messages: count(connection, "SELECT count(*) FROM outbox")?,
        numbers: count(connection, "SELECT count(*) FROM card_number")?,
        blanks,
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

/// Every fact against its own hash, its journal row, its place in the case and the pictures it names; and every line
/// against its facts. Rows are read one at a time: a ledger of many years does not fit into memory.
fn check_facts(connection: &Connection, problems: &mut Vec<String>, walk: &mut Walk<'_>) -> Result<u64, LedgerError> {
    const DOING: &str = "verify the facts";
    let mut facts = 0;
    let mut case = CaseWalk::default();
    let mut select = connection
        .prepare(
            "SELECT f.case_id, f.seq, f.at, f.actor, f.kind, f.body, f.body_hash,
                    j.n, j.at, j.actor, j.kind, j.body_hash
             FROM fact f LEFT JOIN journal j ON j.case_id = f.case_id AND j.seq = f.seq
             ORDER BY f.case_id, f.seq",
        )
        .doing(DOING)?;
    let mut rows = select.query([]).doing(DOING)?;
    while let Some(read) = rows.next().doing(DOING)? {
        let row = fact::row(read).doing(DOING)?;
        facts += 1;
        walk.step();
        if row.case_id != case.id {
            case.check_line(connection, problems)?;
            case = CaseWalk { id: row.case_id.clone(), seq: 0 };
        }
        let name = format!("fact {}/{}", row.case_id, row.seq);
        if row.seq != case.seq + 1 {
            problems.push(format!("{name}: it follows fact {}", case.seq));
        }
        case.seq = row.seq;
        if row.body == fact::ERASED {
            if !erase::is_erased(connection, &row.case_id)? {
                problems.push(format!("{name}: its body was taken away, and no erasure of its case is on record"));
            }
        } else if body_hash(&row.body).to_hex() != row.body_hash {
            problems.push(format!("{name}: its body is not the one that was hashed"));
        }
        let text = |column: usize| read.get::<_, Option<String>>(column).doing(DOING);
        match read.get::<_, Option<i64>>(7).doing(DOING)? {
            None => problems.push(format!("{name}: the journal does not know it")),
            Some(n) => {
                let journaled = [text(8)?, text(9)?, text(10)?, text(11)?];
                let told = [&row.at, &row.actor, &row.kind, &row.body_hash];
                if journaled.iter().map(Option::as_ref).ne(told.map(Some)) {
                    problems.push(format!("{name}: journal row {n} holds something else"));
                }
            }
        }
        match fact::recorded(&row) {
            Ok(_) if erase::is_erased(connection, &row.case_id)? => {}
            Ok(recorded) => check_pictures_named(connection, &name, &recorded.fact, problems)?,
            Err(LedgerError::Erased { .. }) => {}
            Err(error) => problems.push(error.to_string()),
        }
    }
    case.check_line(connection, problems)?;
    verify_erasures::check(connection, problems)?;
    verify_batches::check(connection, problems)?;
    check_lone_rows(connection, problems)?;
    Ok(facts)
}

/// The case whose facts are being read.
#[derive(Default)]
struct CaseWalk {
    id: String,
    seq: u32,
}

impl CaseWalk {
    /// The line of a case whose facts have all been read: where it stands, and the parts of its name.
    fn check_line(&self, connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
        const DOING: &str = "verify the list of cases";
        let Self { id, seq } = self;
        let line: Option<(u32, Option<String>, i64)> = connection
            .prepare_cached("SELECT last_seq, name, place FROM case_line WHERE case_id = ?1")
            .and_then(|mut select| select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional())
            .doing(DOING)?;
        // A fact without a line is found with the other dangling references.
        let Some((line, name, place)) = line else { return Ok(()) };
        if line != *seq {
            problems.push(format!("case {id}: its line stands at fact {line}, its facts end at {seq}"));
        }
        for part in name.as_deref().map(name_part::parts).unwrap_or_default() {
            if !name_part::holds(connection, &part, place, id)? {
                problems.push(format!("case {id}: it is not found by every part of its name"));
                break;
            }
        }
        Ok(())
    }
}

/// Rows that speak of something that is not there: journal rows without a fact, lines without one.
fn check_lone_rows(connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
    const DOING: &str = "verify the journal against the facts";
    let mut select = connection
        .prepare(
            "SELECT n, case_id, seq FROM journal j
             WHERE case_id IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.case_id = j.case_id AND f.seq = j.seq) ORDER BY n",
        )
        .doing(DOING)?;
    let gone: Vec<(i64, String, u32)> = select
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .and_then(Iterator::collect)
        .doing(DOING)?;
    for (n, case, seq) in gone {
        problems.push(format!("journal row {n}: fact {case}/{seq} is gone"));
    }
    let mut select = connection
        .prepare(
            "SELECT case_id, last_seq FROM case_line l
             WHERE NOT EXISTS (SELECT 1 FROM fact f WHERE f.case_id = l.case_id) ORDER BY case_id",
        )
        .doing(DOING)?;
    let bare: Vec<(String, u32)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).and_then(Iterator::collect).doing(DOING)?;
    for (case, line) in bare {
        problems.push(format!("case {case}: its line stands at fact {line}, its facts end at 0"));
    }
    let stray: i64 = connection
        .query_row(
            "SELECT count(*) FROM name_part p
             WHERE NOT EXISTS (SELECT 1 FROM case_line l WHERE l.case_id = p.case_id AND l.place = p.place)",
            [],
            |row| row.get(0),
        )
        .doing(DOING)?;
    if stray > 0 {
        problems.push(format!("{stray} parts of names are of no case"));
    }
    Ok(())
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

/// Every number drawn has a row, and every reserved number a fact, and the other way round.
fn check_numbers(connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
    const DOING: &str = "verify the card numbers";
    for (counted, kept) in
        card_number::counted_balance(connection)?.into_iter().zip(card_number::kept_balance(connection)?)
    {
        let block = format!("numbers {} to {}", counted.lo, counted.hi);
        if !counted.is_sound() {
            problems.push(format!("{block}: {} drawn, {} accounted for", counted.drawn, counted.accounted));
        } else if counted != kept {
            problems.push(format!("{block}: the account that is kept is not that of its rows"));
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
