//! Forgetting a person when the time has come: what is asked about, and the one transaction that takes it away.
//!
//! What stays of a case: its number, days, kind and stage, the kinds, days and hashes of its facts, its card's number, the
//! journal, and the keyed hash of the applicant where a card was delivered, for the rule of one card a person. Pictures
//! go with their keys; a file that another case also names stays for that one.

use std::{fs, io::ErrorKind};

use casework::{
    journal::Subject,
    nouns::{Actor, CaseId, PictureHash},
    retention::{End, GONE, LastRun, SKELETON, Standing, without_words},
    station_fact::{StationFact, StationRecorded},
};
use jiff::{Timestamp, civil::Date, tz};
use rusqlite::{Transaction, params};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    pictures,
    table::{batch, case_line::Stage, fact, journal, name_part, parsed, setting, station_fact},
};

const ERASING: &str = "erase a case";
/// Name of the setting that holds a [`LastRun`].
const LAST_RUN: &str = "retention.last_run";

/// A case that may be asked about, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    pub case: CaseId,
    pub standing: Standing,
}

/// What went with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Facts whose bodies went.
    pub facts: u32,
    /// Pictures whose keys went.
    pub pictures: u32,
}

impl Ledger {
    /// Closed cases and drafts whose people are still known and that have not moved since before this day, oldest first.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], [`LedgerError::Unreadable`].
    pub fn remembered(&self, before: Date) -> Result<Vec<Remembered>, LedgerError> {
        const DOING: &str = "read what is remembered";
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT case_id, stage, moved_at,
                        (SELECT count(*) FROM outbox o WHERE o.case_id = l.case_id AND o.state <> 'done'),
                        EXISTS (SELECT 1 FROM station_fact s INDEXED BY station_fact_of_exported_case
                                WHERE s.kind = 'archive_exported' AND s.body ->> 'case' = l.case_id)
                 FROM case_line l INDEXED BY case_line_remembered
                 WHERE erased = 0 AND stage IN ('sealed', 'refused', 'withdrawn', 'draft') AND moved_at < ?1
                 ORDER BY moved_at, case_id",
            )
            .doing(DOING)?;
        let midnight = tz::offset(8).to_timestamp(before.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX);
        let mut rows = select.query([midnight.to_string()]).doing(DOING)?;
        let mut remembered = Vec::new();
        while let Some(row) = rows.next().doing(DOING)? {
            let text = |column: usize| row.get::<_, String>(column).doing(DOING);
            let id = text(0)?;
            let at: Timestamp = parsed("case_line", &id, &text(2)?)?;
            remembered.push(Remembered {
                case: parsed("case_line", &id, &id)?,
                standing: Standing {
                    end: end(&text(1)?),
                    moved_on: tz::offset(8).to_datetime(at).date(),
                    unsent: row.get(3).doing(DOING)?,
                    exported: row.get(4).doing(DOING)?,
                },
            });
        }
        Ok(remembered)
    }

    /// The day by which periods were counted at the last run. Before the first one it is the day of the journal's first
    /// row, so that nothing goes until a person has said that the clock is right.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], [`LedgerError::Unreadable`].
    pub fn last_retention(&self) -> Result<Option<LastRun>, LedgerError> {
        let day = |text: &str| parsed("setting", LAST_RUN, text);
        if let Some(text) = self.setting(LAST_RUN)? {
            let (counted, clock) = text.split_once(' ').unwrap_or_default();
            return Ok(Some(LastRun { counted: day(counted)?, clock: day(clock)? }));
        }
        let first = self.journal(0, 1)?.first().map(|row| tz::offset(8).to_datetime(row.at).date());
        Ok(first.map(|first| LastRun { counted: first, clock: first }))
    }

    /// Notes the day by which periods were counted.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn note_retention(&mut self, run: LastRun) -> Result<(), LedgerError> {
        self.write("note the day of an erasure", |tx| {
            setting::write(tx, LAST_RUN, &format!("{} {}", run.counted, run.clock))
        })
    }

    /// Takes away what is known of the person of a case, and puts on record that it was. `reason` says why now, in words.
    ///
    /// # Errors
    /// [`LedgerError::NotErasable`] for a case that is open or has something unsent; [`LedgerError::Storage`]. Nothing of a
    /// refused erasure stays.
    pub fn erase(&mut self, case: &CaseId, reason: &str, at: Timestamp, actor: &Actor) -> Result<Erased, LedgerError> {
        let (erased, pictures) = self.write(ERASING, |tx| {
            let closed: bool = tx
                .query_row(
                    "SELECT EXISTS (SELECT 1 FROM case_line l WHERE l.case_id = ?1 AND l.erased = 0
                         AND l.stage IN ('sealed', 'refused', 'withdrawn'))
                       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = ?1 AND o.state <> 'done')",
                    [case.as_str()],
                    |row| row.get(0),
                )
                .doing(ERASING)?;
            if !closed {
                return Err(LedgerError::NotErasable { case: case.clone() });
            }
            let named = named(tx, case)?;
            let kept = SKELETON.map(|kind| format!("'{kind}'")).join(", ");
            let facts: u32 = tx
                .query_row(
                    &format!("SELECT count(*) FROM fact WHERE case_id = ?1 AND kind NOT IN ({kept})"),
                    [case.as_str()],
                    |row| row.get(0),
                )
                .doing(ERASING)?;
            let last = named.iter().filter(|(_, uses, here)| uses == here).count();
            let erased = Erased { facts, pictures: u32::try_from(last).unwrap_or(u32::MAX) };
            let spoken = spoken(tx, case)?;
            let words: Vec<u32> = spoken.iter().map(|(seq, _)| *seq).collect();
            let seq = record(tx, case, (erased, words), reason, at, actor)?;
            tx.execute("INSERT INTO erasure (case_id, station_seq) VALUES (?1, ?2)", params![case.as_str(), seq])
                .doing(ERASING)?;
            forget_words(tx, case, &spoken)?;
            let body = fact::ERASED;
            tx.execute(
                &format!("UPDATE fact SET body = ?2 WHERE case_id = ?1 AND kind NOT IN ({kept})"),
                params![case.as_str(), body],
            )
            .doing(ERASING)?;
            forget_elsewhere(tx, case)?;
            Ok((erased, forget_pictures(tx, named)?))
        })?;
        for picture in pictures {
            match fs::remove_file(pictures::path_of(self.dir(), &picture)) {
                Ok(()) => {}
                Err(gone) if gone.kind() == ErrorKind::NotFound => {}
                // Its key is gone, so what stays is noise; the next start sweeps it.
                Err(error) => tracing::warn!(%error, "a file without a key could not be removed"),
            }
        }
        Ok(erased)
    }

    /// Entries of forms that were left before this moment: they are no facts, and go without a row.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn forget_entries(&mut self, before: Timestamp) -> Result<u32, LedgerError> {
        self.write("forget what stood in forms", |tx| {
            let n = tx.execute("DELETE FROM draft_entry WHERE kept_at < ?1", [before.to_string()]).doing(ERASING)?;
            Ok(u32::try_from(n).unwrap_or(u32::MAX))
        })
    }

    /// Brings what was taken away out of the log of the last writes as well.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn forget_log(&mut self) -> Result<(), LedgerError> {
        self.connection()
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .doing("empty the log of the ledger")
    }
}

fn end(stage: &str) -> End {
    match stage {
        text if text == Stage::Sealed.text() => End::Sealed,
        text if text == Stage::Refused.text() || text == Stage::Withdrawn.text() => End::WithoutCard,
        text if text == Stage::Draft.text() => End::Draft,
        _ => End::Open,
    }
}

/// The station's fact of the erasure, and its place.
fn record(
    tx: &Transaction<'_>,
    case: &CaseId,
    (erased, words): (Erased, Vec<u32>),
    reason: &str,
    at: Timestamp,
    actor: &Actor,
) -> Result<u32, LedgerError> {
    let seq = station_fact::last_seq(tx)? + 1;
    let fact = StationFact::Erased {
        case: case.clone(),
        facts: erased.facts,
        pictures: erased.pictures,
        reason: reason.to_owned(),
        words,
    };
    let tag = fact.tag();
    let body_hash = station_fact::insert(tx, &StationRecorded { seq, at, actor: actor.clone(), fact })?;
    journal::append(tx, Subject::Station { seq }, at, actor, tag, body_hash)?;
    Ok(seq)
}

/// Pictures that facts of the case name: how many facts name each, and how many of these are of the case. What the station
/// did with this one case, an export of its package above all, holds no picture back.
fn named(tx: &Transaction<'_>, case: &CaseId) -> Result<Vec<(PictureHash, u32, u32)>, LedgerError> {
    let mut select = tx
        .prepare_cached(
            "SELECT p.hash, p.uses, n.here FROM picture p JOIN (
                 SELECT value, count(*) AS here FROM (
                     SELECT DISTINCT f.seq, t.value FROM fact f, json_tree(f.body) t
                     WHERE f.case_id = ?1 AND t.type = 'text' AND length(t.value) = 64
                     UNION ALL SELECT DISTINCT s.seq, t.value FROM station_fact s, json_tree(s.body) t
                     WHERE s.body ->> 'case' = ?1 AND t.type = 'text' AND length(t.value) = 64
                 ) GROUP BY value
             ) n ON n.value = p.hash",
        )
        .doing(ERASING)?;
    let rows: Vec<(String, u32, u32)> = select
        .query_map([case.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .and_then(Iterator::collect)
        .doing(ERASING)?;
    rows.into_iter().map(|(hash, uses, here)| Ok((parsed("picture", &hash, &hash)?, uses, here))).collect()
}

/// Takes the case's uses away, and the keys that nothing uses any more. Gives the pictures whose keys went.
fn forget_pictures(tx: &Transaction<'_>, named: Vec<(PictureHash, u32, u32)>) -> Result<Vec<PictureHash>, LedgerError> {
    let mut gone = Vec::new();
    for (hash, uses, here) in named {
        let left = uses.saturating_sub(here);
        if left > 0 {
            tx.execute("UPDATE picture SET uses = ?2 WHERE hash = ?1", params![hash.as_str(), left]).doing(ERASING)?;
        } else {
            tx.execute("DELETE FROM picture WHERE hash = ?1", [hash.as_str()]).doing(ERASING)?;
            gone.push(hash);
        }
    }
    Ok(gone)
}

/// The station's facts that have words about the case, and what is left of each.
fn spoken(tx: &Transaction<'_>, case: &CaseId) -> Result<Vec<(u32, StationFact)>, LedgerError> {
    let mut select = tx
        .prepare_cached(
            "SELECT seq FROM station_fact INDEXED BY station_fact_of_unmasked
             WHERE kind = 'unmasked' AND body ->> 'case' = ?1
             UNION SELECT settlement FROM follow_up WHERE case_id = ?1 AND settlement IS NOT NULL
             UNION SELECT seq FROM station_fact INDEXED BY station_fact_of_import
             WHERE kind = 'receipts_imported' AND instr(body, ?1) > 0",
        )
        .doing(ERASING)?;
    let seqs: Vec<u32> =
        select.query_map([case.as_str()], |row| row.get(0)).and_then(Iterator::collect).doing(ERASING)?;
    let mut spoken = Vec::new();
    for seq in seqs {
        let left = station_fact::by_seq(tx, seq)?.and_then(|one| without_words(&one.fact, case));
        spoken.extend(left.map(|left| (seq, left)));
    }
    Ok(spoken)
}

/// Takes the words out. Place, day, actor, kind and hash of each fact stay, so that the chain still verifies.
fn forget_words(tx: &Transaction<'_>, case: &CaseId, spoken: &[(u32, StationFact)]) -> Result<(), LedgerError> {
    for (seq, left) in spoken {
        tx.execute("INSERT INTO words_erased (station_seq, case_id) VALUES (?1, ?2)", params![seq, case.as_str()])
            .doing(ERASING)?;
        tx.execute("UPDATE station_fact SET body = ?2 WHERE seq = ?1", params![seq, left.body()]).doing(ERASING)?;
    }
    Ok(())
}

/// What is known of the person outside the facts.
fn forget_elsewhere(tx: &Transaction<'_>, case: &CaseId) -> Result<(), LedgerError> {
    let id = case.as_str();
    tx.execute("UPDATE outbox SET body = '', last_text = NULL WHERE case_id = ?1", [id]).doing(ERASING)?;
    tx.execute("DELETE FROM draft_entry WHERE case_id = ?1", [id]).doing(ERASING)?;
    batch::forget(tx, case)?;
    tx.execute("UPDATE print_attempt SET reprint = ?2 WHERE case_id = ?1 AND reprint IS NOT NULL", [id, GONE])
        .doing(ERASING)?;
    for sql in [
        "UPDATE card_number SET cause = ?2 WHERE case_id = ?1 AND cause IS NOT NULL",
        "UPDATE blank SET cause = ?2 WHERE cause IS NOT NULL
         AND number IN (SELECT number FROM card_number WHERE case_id = ?1)",
    ] {
        tx.execute(sql, [id, GONE]).doing(ERASING)?;
    }
    let name: Option<String> =
        tx.query_row("SELECT name FROM case_line WHERE case_id = ?1", [id], |row| row.get(0)).doing(ERASING)?;
    name_part::replace(tx, case, name.as_deref(), "")?;
    // Who holds a card is asked for ever by the keyed hash; of who got none nothing has to be known.
    tx.execute(
        "UPDATE case_line SET erased = 1, name = NULL,
             holder = CASE WHEN stage = 'sealed' THEN holder END WHERE case_id = ?1",
        [id],
    )
    .doing(ERASING)?;
    Ok(())
}

/// Whether a case was erased.
pub(crate) fn is_erased(connection: &rusqlite::Connection, case: &str) -> Result<bool, LedgerError> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM erasure WHERE case_id = ?1)")
        .and_then(|mut select| select.query_row([case], |row| row.get(0)))
        .doing("ask whether a case was erased")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_its_end() {
        let ends: Vec<End> = Stage::ALL.into_iter().map(|stage| end(stage.text())).collect();
        assert_eq!(ends[0], End::Draft);
        assert!(ends[1..6].iter().all(|end| *end == End::Open));
        assert_eq!(ends[6..], [End::Sealed, End::WithoutCard, End::WithoutCard]);
    }
}
