//! What an archive package takes out of the ledger besides facts and pictures: the rows that chain a case, and the secret
//! with which the station signs.

use casework::{
    journal::{Hash, JournalRow},
    nouns::CaseId,
};

use crate::{
    error::{Doing, LedgerError},
    key::random_bytes,
    ledger::Ledger,
    table::{
        journal, parsed,
        setting::{self, ARCHIVE_SECRET, CARD_CODE_SECRET},
    },
};

const READING: &str = "read the chained facts of a case";
/// Sealed cases whose people are still known and whose package nobody has taken out.
const WAITING: &str = "FROM case_line l INDEXED BY case_line_remembered
     WHERE erased = 0 AND stage IN ('sealed', 'refused', 'withdrawn', 'draft') AND stage = 'sealed'
       AND NOT EXISTS (SELECT 1 FROM station_fact s INDEXED BY station_fact_of_exported_case
                       WHERE s.kind = 'archive_exported' AND s.body ->> 'case' = l.case_id)";

/// A fact of a case as the journal chains it.
#[derive(Clone, PartialEq, Eq)]
pub struct ChainedFact {
    pub row: JournalRow,
    /// The hash of the row before it in the journal, whatever that speaks of.
    pub prev: Hash,
    pub hash: Hash,
    /// The canonical body, as it was hashed.
    pub body: String,
}

/// A body is about a person.
impl std::fmt::Debug for ChainedFact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChainedFact").field("row", &self.row).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Every fact of a case with its row of the journal, in order.
    pub fn chained_facts(&self, case: &CaseId) -> Result<Vec<ChainedFact>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT j.n, j.at, j.actor, j.case_id, j.seq, j.station_seq, j.kind, j.body_hash, j.prev, j.hash, f.body
                 FROM journal j JOIN fact f ON f.case_id = j.case_id AND f.seq = j.seq
                 WHERE j.case_id = ?1 ORDER BY j.seq",
            )
            .doing(READING)?;
        let mut rows = select.query([case.as_str()]).doing(READING)?;
        let mut facts = Vec::new();
        while let Some(row) = rows.next().doing(READING)? {
            let body = row.get(10).doing(READING)?;
            let stored = journal::stored(row)?;
            facts.push(ChainedFact { row: stored.linked.row, prev: stored.prev, hash: stored.linked.hash, body });
        }
        Ok(facts)
    }

    /// Sealed cases whose package has not left the station yet, oldest first, at most `most` of them.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], [`LedgerError::Unreadable`].
    pub fn packages_waiting(&self, most: u32) -> Result<Vec<CaseId>, LedgerError> {
        const DOING: &str = "read whose package has not left";
        let mut select = self
            .connection()
            .prepare_cached(&format!("SELECT case_id {WAITING} ORDER BY moved_at, case_id LIMIT ?1"))
            .doing(DOING)?;
        let ids: Vec<String> = select.query_map([most], |row| row.get(0)).and_then(Iterator::collect).doing(DOING)?;
        ids.iter().map(|id| parsed("case_line", id, id)).collect()
    }

    /// How many there are.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn count_packages_waiting(&self) -> Result<u32, LedgerError> {
        self.connection()
            .prepare_cached(&format!("SELECT count(*) {WAITING}"))
            .and_then(|mut select| select.query_row([], |row| row.get(0)))
            .doing("count whose package has not left")
    }

    /// Whether the package of a case has left the station, by the journal.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn package_has_left(&self, case: &CaseId) -> Result<bool, LedgerError> {
        self.connection()
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM station_fact s INDEXED BY station_fact_of_exported_case
                                WHERE s.kind = 'archive_exported' AND s.body ->> 'case' = ?1)",
            )
            .and_then(|mut select| select.query_row([case.as_str()], |row| row.get(0)))
            .doing("ask whether a package has left")
    }

    /// The 32 secret bytes of the key with which this station signs archive packages. They are drawn when they are first
    /// asked for, and never change.
    ///
    /// # Errors
    /// [`LedgerError::KeyFile`] without random bytes, [`LedgerError::Unreadable`], [`LedgerError::Storage`].
    pub fn archive_secret(&mut self) -> Result<[u8; 32], LedgerError> {
        self.secret(ARCHIVE_SECRET)
    }

    /// The same for the key with which it signs the codes of its cards.
    ///
    /// # Errors
    /// As [`Self::archive_secret`].
    pub fn card_code_secret(&mut self) -> Result<[u8; 32], LedgerError> {
        self.secret(CARD_CODE_SECRET)
    }

    fn secret(&mut self, name: &'static str) -> Result<[u8; 32], LedgerError> {
        if let Some(kept) = setting::read(self.connection(), name)? {
            let kept: Hash = parsed_hex(&kept)?;
            return Ok(*kept.bytes());
        }
        let mut secret = [0; 32];
        random_bytes(&mut secret).map_err(|source| LedgerError::KeyFile { doing: "draw a signing key", source })?;
        let text = hex::encode(secret);
        self.write("keep the signing key", |tx| setting::write(tx, name, &text))?;
        Ok(secret)
    }
}

fn parsed_hex(text: &str) -> Result<Hash, LedgerError> {
    Hash::from_hex(text).ok_or_else(|| LedgerError::Unreadable {
        table: "setting",
        row: ARCHIVE_SECRET.to_owned(),
        source: "a secret is not 64 hex digits".into(),
    })
}
