//! Tables `batch` and `case_agent`: the batches of agents (集中办理), which agent each case has, and how many cases an agent had
//! on a day. Agents are known by their keyed hash; who one is stands in the cases.

use casework::{
    batch::{Batch, BatchEnd},
    fact::{Identity, Recorded, Reused},
    nouns::{BatchNumber, CaseId, IdNumber, WindowCode},
    station_fact::{StationFact, StationRecorded},
};
use jiff::{Timestamp, civil::Date, tz};
use rusqlite::{OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    record_station::{StationEntry, record_facts},
    table::{parsed, setting, station_fact},
};

const READING: &str = "read the batches";
const WRITING: &str = "write a batch";

/// How many cases one agent had on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentDay {
    /// The keyed hash of the agent.
    pub agent: String,
    pub cases: u32,
    /// The newest of the cases: it says who the agent is.
    pub newest: CaseId,
}

impl Ledger {
    /// The keyed hash by which this ledger knows an agent.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn agent_mark(&self, number: &IdNumber) -> Result<String, LedgerError> {
        setting::holder_hash(self.connection(), number)
    }

    /// Records the opening of a batch and keeps its agent until it is closed. When this returns, it is on the disk.
    ///
    /// # Errors
    /// As [`Ledger::record_station`]; [`LedgerError::Storage`] as well while another batch is open.
    pub fn record_batch(&mut self, entry: StationEntry<'_>, agent: &Identity) -> Result<(), LedgerError> {
        let identity = serde_json::to_string(agent).expect("an identity is plain data");
        self.write("open a batch", |tx| {
            record_facts(tx, entry, None)?;
            tx.execute("UPDATE batch SET identity = ?1 WHERE closed IS NULL", [identity]).doing(WRITING)?;
            Ok(())
        })
    }

    /// The batch that is open.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], [`LedgerError::Unreadable`].
    pub fn open_batch(&self) -> Result<Option<Batch>, LedgerError> {
        let found: Option<(String, u32, Option<String>)> = self
            .connection()
            .prepare_cached("SELECT number, opened, identity FROM batch INDEXED BY batch_open WHERE closed IS NULL")
            .and_then(|mut select| select.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional())
            .doing(READING)?;
        let Some((number, opened, Some(identity))) = found else { return Ok(None) };
        let unreadable = |source: Box<dyn std::error::Error + Send + Sync>| LedgerError::Unreadable {
            table: "batch",
            row: number.clone(),
            source,
        };
        let agent = serde_json::from_str(&identity).map_err(|error| unreadable(error.into()))?;
        match station_fact::by_seq(self.connection(), opened)? {
            Some(StationRecorded {
                actor,
                fact: StationFact::BatchOpened { batch, standing, read_at, good_until, .. },
                ..
            }) => Ok(Some(Batch { number: batch, by: actor, agent, standing, read_at, good_until })),
            Some(_) | None => Err(unreadable("its opening is not on record".into())),
        }
    }

    /// Why the newest batch of a day is over; `None` while there was none, or it is open.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], [`LedgerError::Unreadable`].
    pub fn last_batch_end(&self, day: Date) -> Result<Option<BatchEnd>, LedgerError> {
        let closed: Option<Option<u32>> = self
            .connection()
            .prepare_cached("SELECT closed FROM batch WHERE day = ?1 ORDER BY opened DESC LIMIT 1")
            .and_then(|mut select| select.query_row([day.to_string()], |row| row.get(0)).optional())
            .doing(READING)?;
        let Some(closed) = closed.flatten() else { return Ok(None) };
        match station_fact::by_seq(self.connection(), closed)?.map(|recorded| recorded.fact) {
            Some(StationFact::BatchClosed { why, .. }) => Ok(Some(why)),
            Some(_) | None => Ok(None),
        }
    }

    /// The number of the next batch of a civil day.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn next_batch(&self, window: &WindowCode, day: Date) -> Result<BatchNumber, LedgerError> {
        let n: u32 = self
            .connection()
            .query_row("SELECT count(*) + 1 FROM batch WHERE day = ?1", [day.to_string()], |row| row.get(0))
            .doing(READING)?;
        Ok(BatchNumber::new(window, day, n).expect("the code of a window that opened cases is short enough"))
    }

    /// Cases that were opened out of the batches of one agent on a day, oldest first. With `None`, out of any batch of
    /// the day.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], [`LedgerError::Unreadable`].
    pub fn batch_cases(&self, agent: Option<&str>, day: Date) -> Result<Vec<CaseId>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT c.case_id FROM batch b INDEXED BY batch_by_day JOIN case_agent c ON c.batch = b.number
                 JOIN case_line l ON l.case_id = c.case_id
                 WHERE b.day = ?1 AND (?2 IS NULL OR b.agent = ?2) ORDER BY l.place, c.case_id",
            )
            .doing(READING)?;
        let rows = select.query_map((day.to_string(), agent), |row| row.get::<_, String>(0)).doing(READING)?;
        rows.map(|row| {
            let id = row.doing(READING)?;
            parsed("case_agent", &id, &id)
        })
        .collect()
    }

    /// How many cases each agent had on a day, in or out of a batch; the most first, at most `most` agents.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], [`LedgerError::Unreadable`].
    pub fn agents_of_day(&self, day: Date, most: u32) -> Result<Vec<AgentDay>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached(
                "SELECT agent, count(*), max(case_id) FROM case_agent INDEXED BY case_agent_by_day
                 WHERE day = ?1 AND agent IS NOT NULL GROUP BY agent ORDER BY count(*) DESC, max(case_id) LIMIT ?2",
            )
            .doing(READING)?;
        let rows = select
            .query_map((day.to_string(), most), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?, row.get::<_, String>(2)?))
            })
            .doing(READING)?;
        rows.map(|row| {
            let (agent, cases, id) = row.doing(READING)?;
            Ok(AgentDay { agent, cases, newest: parsed("case_agent", &id, &id)? })
        })
        .collect()
    }
}

/// The row of a batch that is opened; the identity of its agent is put beside it by [`Ledger::record_batch`].
pub(crate) fn opened(
    tx: &Transaction<'_>,
    seq: u32,
    at: Timestamp,
    number: &BatchNumber,
    agent: &str,
) -> Result<(), LedgerError> {
    tx.execute(
        "INSERT INTO batch (number, day, opened, agent) VALUES (?1, ?2, ?3, ?4)",
        (number.as_str(), day_of(at), seq, agent),
    )
    .doing(WRITING)?;
    Ok(())
}

/// A batch is closed once; who its agent was goes.
pub(crate) fn closed(tx: &Transaction<'_>, seq: u32, number: &BatchNumber) -> Result<(), LedgerError> {
    tx.execute(
        "UPDATE batch SET closed = ?2, identity = NULL WHERE number = ?1 AND closed IS NULL",
        (number.as_str(), seq),
    )
    .doing(WRITING)?;
    Ok(())
}

/// An agent's card stands in a case. The batch that opened a case stays its batch.
pub(crate) fn came(
    tx: &Transaction<'_>,
    recorded: &Recorded,
    number: &IdNumber,
    reused: Option<&Reused>,
) -> Result<(), LedgerError> {
    let agent = setting::holder_hash(tx, number)?;
    tx.execute(
        "INSERT INTO case_agent (case_id, day, agent, batch) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (case_id) DO UPDATE SET agent = ?3, batch = coalesce(batch, ?4)",
        (recorded.case.as_str(), day_of(recorded.at), agent, reused.map(|reused| reused.batch.as_str())),
    )
    .doing(WRITING)?;
    Ok(())
}

/// The applicant has come in person: there is no agent any more.
pub(crate) fn left(tx: &Transaction<'_>, case: &CaseId) -> Result<(), LedgerError> {
    tx.execute("UPDATE case_agent SET agent = NULL WHERE case_id = ?1", [case.as_str()]).doing(WRITING)?;
    Ok(())
}

/// Which agent came for a person who is forgotten is forgotten as well.
pub(crate) fn forget(tx: &Transaction<'_>, case: &CaseId) -> Result<(), LedgerError> {
    tx.execute("DELETE FROM case_agent WHERE case_id = ?1", [case.as_str()]).doing(WRITING)?;
    Ok(())
}

fn day_of(at: Timestamp) -> String {
    tz::offset(8).to_datetime(at).date().to_string()
}
