//! Table `follow_up`: bad ratings that somebody has to look into, and what came of them (差评整改).

use casework::{
    fact::{FollowUpDue, Recorded},
    follow_up::{Settled, Settlement},
    nouns::{Actor, CaseId},
    station_fact::StationFact,
};
use jiff::{Timestamp, civil::Date};
use rusqlite::{OptionalExtension, Row, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::{
        parsed,
        station_fact::{self, StationFactRow},
    },
};

const WRITING: &str = "write a follow-up";
const READING: &str = "read the follow-ups";

/// A follow-up. Its `Debug` says no more than that there is one.
#[derive(Clone, PartialEq, Eq)]
pub struct FollowUp {
    pub case: CaseId,
    /// Place of the rating in the case.
    pub seq: u32,
    pub opened_at: Timestamp,
    /// Working days that the pack gave.
    pub days: u8,
    /// `None` where the pack's table of days off did not reach so far.
    pub due: Option<Date>,
    pub end: Option<FollowUpEnd>,
}

/// What came of a follow-up, when and by whose word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpEnd {
    pub how: Settlement,
    pub at: Timestamp,
    pub by: Actor,
}

impl Ledger {
    /// Follow-ups, open ones first and of these the most pressing, then the settled ones, newest first; at most `most`.
    pub fn follow_ups(&self, most: u32) -> Result<Vec<FollowUp>, LedgerError> {
        let open = "settlement IS NULL ORDER BY due IS NULL, due, opened_at, case_id, u.seq";
        let settled = "settlement IS NOT NULL ORDER BY opened_at DESC, case_id, u.seq";
        let mut all = self.follow_ups_that(open, most)?;
        let left = most.saturating_sub(u32::try_from(all.len()).unwrap_or(most));
        all.extend(self.follow_ups_that(settled, left)?);
        Ok(all)
    }

    /// Follow-ups that were opened from one moment to before another, oldest first.
    pub fn follow_ups_opened(&self, from: Timestamp, to: Timestamp) -> Result<Vec<FollowUp>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(&select("opened_at >= ?1 AND opened_at < ?2 ORDER BY opened_at"))
            .doing(READING)?;
        let rows = select.query_map((from.to_string(), to.to_string()), |row| Ok(line(row))).doing(READING)?;
        rows.map(|row| row.doing(READING)?).collect()
    }

    /// One follow-up, by its case and the place of its rating there.
    pub fn follow_up(&self, case: &CaseId, seq: u32) -> Result<Option<FollowUp>, LedgerError> {
        self.connection()
            .prepare_cached(&select("case_id = ?1 AND u.seq = ?2"))
            .and_then(|mut select| select.query_row((case.as_str(), seq), |row| Ok(line(row))).optional())
            .doing(READING)?
            .transpose()
    }

    fn follow_ups_that(&self, which: &'static str, most: u32) -> Result<Vec<FollowUp>, LedgerError> {
        let mut select = self.connection().prepare_cached(&select(&format!("{which} LIMIT ?1"))).doing(READING)?;
        let rows = select.query_map([most], |row| Ok(line(row))).doing(READING)?;
        rows.map(|row| row.doing(READING)?).collect()
    }
}

/// Opened in the transaction of the rating itself.
pub(crate) fn opened(tx: &Transaction<'_>, recorded: &Recorded, due: &FollowUpDue) -> Result<(), LedgerError> {
    tx.execute(
        "INSERT INTO follow_up (case_id, seq, opened_at, days, due) VALUES (?1, ?2, ?3, ?4, ?5)",
        (recorded.case.as_str(), recorded.seq, recorded.at.to_string(), due.days, due.due.map(|day| day.to_string())),
    )
    .doing(WRITING)?;
    Ok(())
}

/// Settled once, by the station's fact of that place.
pub(crate) fn settled(tx: &Transaction<'_>, settled: &Settled, settlement: u32) -> Result<(), LedgerError> {
    let changed = tx
        .execute(
            "UPDATE follow_up SET settlement = ?3 WHERE case_id = ?1 AND seq = ?2 AND settlement IS NULL",
            (settled.case.as_str(), settled.seq, settlement),
        )
        .doing(WRITING)?;
    if changed == 1 { Ok(()) } else { Err(LedgerError::FollowUpState) }
}

fn select(which: &str) -> String {
    format!(
        "SELECT u.case_id, u.seq, u.opened_at, u.days, u.due, s.seq, s.at, s.actor, s.kind, s.body, s.body_hash
         FROM follow_up u LEFT JOIN station_fact s ON s.seq = u.settlement WHERE {which}"
    )
}

fn line(row: &Row<'_>) -> Result<FollowUp, LedgerError> {
    let text = |column: usize| row.get::<_, String>(column).doing(READING);
    let name = text(0)?;
    let end = match row.get::<_, Option<u32>>(5).doing(READING)? {
        None => None,
        Some(seq) => {
            let (at, actor, kind) = (text(6)?, text(7)?, text(8)?);
            let fact = StationFactRow { seq, at, actor, kind, body: text(9)?, body_hash: text(10)? };
            let recorded = station_fact::read_back(&fact)?;
            match recorded.fact {
                StationFact::FollowUpSettled { settled } => {
                    Some(FollowUpEnd { how: settled.how, at: recorded.at, by: recorded.actor })
                }
                StationFact::PersonAdded { .. }
                | StationFact::RolesSet { .. }
                | StationFact::PasswordSet { .. }
                | StationFact::PersonDismissed { .. }
                | StationFact::SignedIn { .. }
                | StationFact::SignedOut { .. }
                | StationFact::SignInFailed { .. }
                | StationFact::LockedOut { .. }
                | StationFact::Unmasked { .. }
                | StationFact::ListSigned { .. }
                | StationFact::ArchiveExported { .. }
                | StationFact::MessageRetried { .. }
                | StationFact::PlatformRetried { .. }
                | StationFact::MessageArrived { .. }
                | StationFact::OutboxExported { .. }
                | StationFact::ReceiptsImported { .. }
                | StationFact::Erased { .. }
                | StationFact::RetentionRun { .. }
                | StationFact::DoorSlipGiven { .. }
                | StationFact::DoorSlipsErased { .. }
                | StationFact::Exported { .. }
                | StationFact::BatchOpened { .. }
                | StationFact::BatchClosed { .. }
                | StationFact::BlanksReceived { .. }
                | StationFact::BlanksSpoiled { .. }
                | StationFact::BlanksLost { .. }
                | StationFact::BlockGranted { .. }
                | StationFact::DayClosed { .. }
                | StationFact::PrinterCalibrated { .. }
                | StationFact::ReaderPinned { .. } => return Err(LedgerError::FollowUpState),
            }
        }
    };
    Ok(FollowUp {
        case: parsed("follow_up", &name, &name)?,
        seq: row.get(1).doing(READING)?,
        opened_at: parsed("follow_up", &name, &text(2)?)?,
        days: row.get(3).doing(READING)?,
        due: row.get::<_, Option<String>>(4).doing(READING)?.map(|day| parsed("follow_up", &name, &day)).transpose()?,
        end,
    })
}

impl std::fmt::Debug for FollowUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FollowUp(hidden)")
    }
}
