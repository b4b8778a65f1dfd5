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
        journal,
        setting::{self, ARCHIVE_SECRET},
    },
};

const READING: &str = "read the chained facts of a case";

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

    /// The 32 secret bytes of the key with which this station signs archive packages. They are drawn when they are first
    /// asked for, and never change.
    ///
    /// # Errors
    /// [`LedgerError::KeyFile`] without random bytes, [`LedgerError::Unreadable`], [`LedgerError::Storage`].
    pub fn archive_secret(&mut self) -> Result<[u8; 32], LedgerError> {
        if let Some(kept) = setting::read(self.connection(), ARCHIVE_SECRET)? {
            let kept: Hash = parsed_hex(&kept)?;
            return Ok(*kept.bytes());
        }
        let mut secret = [0; 32];
        random_bytes(&mut secret).map_err(|source| LedgerError::KeyFile { doing: "draw a signing key", source })?;
        let text = hex::encode(secret);
        self.write("keep the signing key", |tx| setting::write(tx, ARCHIVE_SECRET, &text))?;
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
