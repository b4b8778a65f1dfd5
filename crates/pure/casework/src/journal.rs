//! The journal chain: each row's hash covers the row and the hash before it, so that one changed, missing or moved
//! row is found. A row holds the hash of a fact's body and not the body, so that erasing personal data later does
//! not break the chain.

use jiff::Timestamp;
use sm3::{Digest, Sm3};

use crate::nouns::{Actor, CaseId};

/// An SM3 value, 32 bytes; 64 hex digits in text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash([u8; 32]);

/// One row as it is chained. The ledger's columns are these and the two hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Place in the journal, counted from 1 without gaps.
    pub n: u64,
    pub at: Timestamp,
    pub actor: Actor,
    pub of: Subject,
    /// [`crate::fact::Fact::tag`] or [`crate::station_fact::StationFact::tag`].
    pub kind: String,
    /// [`body_hash`] of the fact's body.
    pub body_hash: Hash,
}

/// What a row speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The fact at this place in a case.
    Case { case: CaseId, seq: u32 },
    /// The fact at this place among the station's own.
    Station { seq: u32 },
}

/// A row with the hash that the ledger holds for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedRow {
    pub row: JournalRow,
    pub hash: Hash,
}

/// The end of a sound chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of rows; 0 for an empty journal.
    pub n: u64,
    pub hash: Hash,
}

/// Where a chain breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("journal row {at}: {why}")]
pub struct Broken {
    /// Place of the first row that does not fit.
    pub at: u64,
    pub why: BrokenWhy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BrokenWhy {
    #[error("the rows are counted without gaps, and this one is missing")]
    Missing,
    #[error("its hash does not follow from its content and the row before it")]
    Changed,
}

impl Hash {
    /// What the first row follows.
    pub const GENESIS: Self = Self([0; 32]);

    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 hex digits, lower case.
    pub fn to_hex(&self) -> String {
        hex::encode(self.0)
    }

    /// `None` unless the text is 64 hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_hex())
    }
}

/// SM3 of bytes: of a fact's body, of a stored file, of a pack.
pub fn sm3(bytes: &[u8]) -> Hash {
    Hash(Sm3::digest(bytes).into())
}

/// SM3 of a fact's canonical body ([`crate::fact::Fact::body`]).
pub fn body_hash(body: &str) -> Hash {
    sm3(body.as_bytes())
}

/// The text that is hashed for a row: one line, tab between the fields, none of which can hold a tab or a line feed.
/// Times are RFC 3339 in UTC as `jiff` writes them, with as many decimals as they need. A row of the station begins with
/// another word, so that it can be taken for no case's, whatever that case is called.
pub fn canonical(row: &JournalRow) -> String {
    let JournalRow { n, at, actor, of, kind, body_hash } = row;
    match of {
        Subject::Case { case, seq } => {
            format!("journal-1\t{n}\t{at}\t{actor}\t{case}\t{seq}\t{kind}\t{body_hash}\n")
        }
        Subject::Station { seq } => format!("journal-station-1\t{n}\t{at}\t{actor}\t{seq}\t{kind}\t{body_hash}\n"),
    }
}

/// The hash of a row that follows `prev`: SM3 over the 32 bytes of `prev` and the canonical text.
pub fn link(prev: &Hash, row: &JournalRow) -> Hash {
    let mut sum = Sm3::new();
    sum.update(prev.0);
    sum.update(canonical(row).as_bytes());
    Hash(sum.finalize().into())
}

/// Walks a whole chain from the first row.
///
/// # Errors
/// The first row that does not fit.
pub fn verify<'a>(rows: impl IntoIterator<Item = &'a LinkedRow>) -> Result<Head, Broken> {
    verify_from(Head { n: 0, hash: Hash::GENESIS }, rows)
}

/// Walks on from a head that is trusted, for example a checkpoint printed on a receipt.
///
/// # Errors
/// As [`verify`].
pub fn verify_from<'a>(head: Head, rows: impl IntoIterator<Item = &'a LinkedRow>) -> Result<Head, Broken> {
    let mut head = head;
    for linked in rows {
        let due = head.n + 1;
        if linked.row.n != due {
            return Err(Broken { at: due, why: BrokenWhy::Missing });
        }
        if link(&head.hash, &linked.row) != linked.hash {
            return Err(Broken { at: due, why: BrokenWhy::Changed });
        }
        head = Head { n: due, hash: linked.hash };
    }
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Cases and the station take turns.
    fn subject(n: u64) -> Subject {
        let seq = u32::try_from(n).unwrap();
        match n % 2 {
            0 => Subject::Station { seq },
            _ => Subject::Case { case: "HS-20211108-0001".parse().unwrap(), seq },
        }
    }

    fn chain(length: u64) -> Vec<LinkedRow> {
        let mut prev = Hash::GENESIS;
        (1..=length)
            .map(|n| {
                let row = JournalRow {
                    n,
                    at: Timestamp::from_second(1_636_329_600 + i64::try_from(n).unwrap()).unwrap(),
                    actor: "周敏".parse().unwrap(),
                    of: subject(n),
                    kind: "resumed".to_owned(),
                    body_hash: body_hash(&format!("{{\"n\":{n}}}")),
                };
                prev = link(&prev, &row);
                LinkedRow { row, hash: prev }
            })
            .collect()
    }

    #[test]
    fn sm3_gives_the_standards_value_for_abc() {
        // GB/T 32905-2016, appendix A.1.
        assert_eq!(sm3(b"abc").to_hex(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    #[test]
    fn the_canonical_text_of_a_row_does_not_change() {
        let row = &chain(1)[0].row;
        assert_eq!(
            canonical(row),
            format!("journal-1\t1\t2021-11-08T00:00:01Z\t周敏\tHS-20211108-0001\t1\tresumed\t{}\n", row.body_hash)
        );
        let row = &chain(2)[1].row;
        assert_eq!(
            canonical(row),
            format!("journal-station-1\t2\t2021-11-08T00:00:02Z\t周敏\t2\tresumed\t{}\n", row.body_hash)
        );
    }

    #[test]
    fn a_sound_chain_ends_in_its_head() {
        let rows = chain(5);
        let head = verify(&rows).unwrap();
        assert_eq!((head.n, head.hash), (5, rows[4].hash));
        assert_eq!(verify_from(verify(&rows[..2]).unwrap(), &rows[2..]).unwrap(), head);
        assert_eq!(verify(&[]).unwrap().n, 0);
    }

    #[test]
    fn a_hash_reads_back_from_hex() {
        let hash = sm3(b"abc");
        assert_eq!(Hash::from_hex(&hash.to_hex()), Some(hash));
        assert_eq!(Hash::from_hex("66c7"), None);
    }

    proptest! {
        #[test]
        fn a_missing_row_is_named(length in 2u64..30, at in 0usize..29) {
            let mut rows = chain(length);
            let at = at % (rows.len() - 1);
            rows.remove(at);
            let named = u64::try_from(at).unwrap() + 1;
            prop_assert_eq!(verify(&rows), Err(Broken { at: named, why: BrokenWhy::Missing }));
        }

        #[test]
        fn a_changed_row_is_named(length in 1u64..30, at in 0usize..29, field in 0u8..5) {
            let mut rows = chain(length);
            let at = at % rows.len();
            let row = &mut rows[at].row;
            match field {
                0 => row.at += jiff::SignedDuration::from_secs(1),
                1 => row.actor = "李强".parse().unwrap(),
                2 => row.of = Subject::Case { case: "HS-20211108-0002".parse().unwrap(), seq: 1 },
                3 => row.kind = "parked".to_owned(),
                _ => row.body_hash = body_hash("{}"),
            }
            let named = u64::try_from(at).unwrap() + 1;
            prop_assert_eq!(verify(&rows), Err(Broken { at: named, why: BrokenWhy::Changed }));
        }
    }
}
