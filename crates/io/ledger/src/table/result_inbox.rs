//! Table `result_inbox`: every result that a platform offered, and what became of it.

use casework::{
    nouns::{CaseId, PlatformId, ResultId},
    results::Mismatch,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    record::{Entry, record},
    table::{parsed, setting},
};

const READING: &str = "read the results that came";
const WRITING: &str = "write a result that came";
const COLUMNS: &str = "n, platform, result_id, at, case_named, approved, reference, verdict, reason, told";

/// A result as it came in.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    pub platform: &'a PlatformId,
    /// `None` for a line without a name, which cannot be answered.
    pub id: Option<&'a ResultId>,
    /// SM3 of the line, hex.
    pub sm3: &'a str,
    pub at: Timestamp,
    /// The case as the line names it.
    pub case_named: &'a str,
    pub approved: Option<bool>,
    pub reference: Option<&'a str>,
    pub became: Became,
}

/// What became of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Became {
    /// It is a fact of its case.
    Fits,
    /// The case knew it already.
    Known,
    Refused(Mismatch),
}

/// A result that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Counted from 1 in the order of arrival.
    pub n: i64,
    pub platform: PlatformId,
    pub id: Option<ResultId>,
    pub at: Timestamp,
    pub case_named: String,
    pub approved: Option<bool>,
    pub reference: Option<String>,
    pub became: Became,
    /// The platform knows what became of it.
    pub told: bool,
}

impl Ledger {
    /// The same line of the same platform, if it came before.
    pub fn arrived(&self, platform: &PlatformId, sm3: &str) -> Result<Option<Arrived>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM result_inbox WHERE platform = ?1 AND line_sm3 = ?2");
        let mut select = self.connection().prepare_cached(&sql).doing(READING)?;
        let row = select.query_row((platform.as_str(), sm3), |row| Ok(arrived(row))).optional().doing(READING)?;
        row.transpose()
    }

    /// Records a result and, in the same transaction, the facts that it makes of its case.
    ///
    /// # Errors
    /// As [`Ledger::record`]; [`LedgerError::Storage`] for a line that came before.
    pub fn record_result(&mut self, arrival: Arrival<'_>, entry: Option<Entry<'_>>) -> Result<(), LedgerError> {
        self.write(WRITING, |tx| {
            let fact = match entry {
                Some(entry) => record(tx, entry)?.last().map(|last| (last.case.clone(), last.seq)),
                None => None,
            };
            insert(tx, arrival, fact)
        })
    }

    /// The newest results, newest first.
    pub fn results(&self, most: usize) -> Result<Vec<Arrived>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM result_inbox WHERE ?1 > 0 ORDER BY n DESC LIMIT ?1");
        rows(self.connection(), &sql, most)
    }

    /// Results of which the platform does not know yet what became of them, oldest first.
    pub fn untold_results(&self, most: usize) -> Result<Vec<Arrived>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM result_inbox WHERE told = 0 ORDER BY n LIMIT ?1");
        rows(self.connection(), &sql, most)
    }

    /// The platform knows what became of its result of this name.
    pub fn result_told(&mut self, platform: &PlatformId, id: &ResultId) -> Result<(), LedgerError> {
        self.write(WRITING, |tx| {
            tx.execute(
                "UPDATE result_inbox SET told = 1 WHERE told = 0 AND platform = ?1 AND result_id = ?2",
                (platform.as_str(), id.as_str()),
            )
            .doing(WRITING)?;
            Ok(())
        })
    }

    /// How far the results of a platform were read: its own word for it.
    pub fn results_read_to(&self, platform: &PlatformId) -> Result<Option<String>, LedgerError> {
        self.setting(&read_to(platform))
    }

    /// Results up to here are in the ledger.
    pub fn note_results_read(&mut self, platform: &PlatformId, to: &str) -> Result<(), LedgerError> {
        self.write(WRITING, |tx| setting::write(tx, &read_to(platform), to))
    }
}

fn read_to(platform: &PlatformId) -> String {
    format!("results.read_to.{platform}")
}

fn insert(tx: &Transaction<'_>, arrival: Arrival<'_>, fact: Option<(CaseId, u32)>) -> Result<(), LedgerError> {
    let (verdict, reason) = match arrival.became {
        Became::Fits => ("fits", None),
        Became::Known => ("known", None),
        Became::Refused(mismatch) => ("refused", Some(mismatch.name())),
    };
    let (case, seq) = fact.unzip();
    tx.prepare_cached(
        "INSERT INTO result_inbox
             (platform, result_id, line_sm3, at, case_named, approved, reference, verdict, reason, case_id, seq, told)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )
    .and_then(|mut insert| {
        insert.execute((
            arrival.platform.as_str(),
            arrival.id.map(ResultId::as_str),
            arrival.sm3,
            arrival.at.to_string(),
            arrival.case_named,
            arrival.approved,
            arrival.reference,
            verdict,
            reason,
            case.as_ref().map(CaseId::as_str),
            seq,
            // What has no name cannot be told.
            arrival.id.is_none(),
        ))
    })
    .doing(WRITING)?;
    Ok(())
}

fn rows(connection: &Connection, sql: &str, most: usize) -> Result<Vec<Arrived>, LedgerError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut select = connection.prepare_cached(sql).doing(READING)?;
    let rows = select.query_map([most], |row| Ok(arrived(row))).doing(READING)?;
    rows.map(|row| row.doing(READING)?).collect()
}

fn arrived(row: &Row<'_>) -> Result<Arrived, LedgerError> {
    let n: i64 = row.get(0).doing(READING)?;
    let name = n.to_string();
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let maybe = |column: usize| row.get::<_, Option<String>>(column).doing(READING);
    let became = match (text(7)?.as_str(), maybe(8)?) {
        ("fits", _) => Became::Fits,
        ("known", _) => Became::Known,
        (_, reason) => Became::Refused(parsed("result_inbox", &name, &reason.unwrap_or_default())?),
    };
    Ok(Arrived {
        n,
        platform: parsed("result_inbox", &name, &text(1)?)?,
        id: maybe(2)?.map(|id| parsed("result_inbox", &name, &id)).transpose()?,
        at: parsed("result_inbox", &name, &text(3)?)?,
        case_named: text(4)?,
        approved: row.get(5).doing(READING)?,
        reference: maybe(6)?,
        became,
        told: row.get(9).doing(READING)?,
    })
}
