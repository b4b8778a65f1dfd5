//! Table `fact`: what happened, in the order it happened to each case.

use casework::{
    fact::{Fact, Recorded},
    journal::{Hash, body_hash},
    nouns::{CaseId, PictureHash},
};
use rusqlite::{Connection, Row, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::parsed,
};

const DOING: &str = "read the facts of a case";

/// What stands in the place of a body that was erased. The migration `erasure` has the same.
pub(crate) const ERASED: &str = r#"{"erased":true}"#;

/// A fact as its row holds it.
pub(crate) struct FactRow {
    pub case_id: String,
    pub seq: u32,
    pub at: String,
    pub actor: String,
    pub kind: String,
    pub body: String,
    pub body_hash: String,
}

impl Ledger {
    /// All facts of a case in order; none when there is no such case.
    pub fn case_facts(&self, case: &CaseId) -> Result<Vec<Recorded>, LedgerError> {
        of_case(self.connection(), case)
    }
}

/// Writes a fact and returns the hash of its body: the only thing of it that the journal holds.
pub(crate) fn insert(tx: &Transaction<'_>, recorded: &Recorded) -> Result<Hash, LedgerError> {
    let body = recorded.fact.body();
    let hash = body_hash(&body);
    tx.prepare_cached(
        "INSERT INTO fact (case_id, seq, at, actor, kind, body, body_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .and_then(|mut insert| {
        insert.execute((
            recorded.case.as_str(),
            recorded.seq,
            recorded.at.to_string(),
            recorded.actor.as_str(),
            recorded.fact.tag(),
            &body,
            hash.to_hex(),
        ))
    })
    .doing("write a fact")?;
    Ok(hash)
}

pub(crate) fn of_case(connection: &Connection, case: &CaseId) -> Result<Vec<Recorded>, LedgerError> {
    let mut select = connection
        .prepare_cached(
            "SELECT case_id, seq, at, actor, kind, body, body_hash FROM fact WHERE case_id = ?1 ORDER BY seq",
        )
        .doing(DOING)?;
    let rows = select.query_map([case.as_str()], row).doing(DOING)?;
    rows.map(|row| recorded(&row.doing(DOING)?)).collect()
}

pub(crate) fn row(row: &Row<'_>) -> rusqlite::Result<FactRow> {
    Ok(FactRow {
        case_id: row.get(0)?,
        seq: row.get(1)?,
        at: row.get(2)?,
        actor: row.get(3)?,
        kind: row.get(4)?,
        body: row.get(5)?,
        body_hash: row.get(6)?,
    })
}

pub(crate) fn recorded(row: &FactRow) -> Result<Recorded, LedgerError> {
    let name = format!("{}/{}", row.case_id, row.seq);
    let case = parsed("fact", &name, &row.case_id)?;
    if row.body == ERASED {
        return Err(LedgerError::Erased { case });
    }
    Ok(Recorded {
        case,
        seq: row.seq,
        at: parsed("fact", &name, &row.at)?,
        actor: parsed("fact", &name, &row.actor)?,
        fact: serde_json::from_str(&row.body).map_err(|error| LedgerError::Unreadable {
            table: "fact",
            row: name,
            source: error.into(),
        })?,
    })
}

/// The pictures a fact names. Each has to be stored before the fact is recorded.
pub(crate) fn pictures_named(fact: &Fact) -> Vec<&PictureHash> {
    match fact {
        Fact::MaterialScanned { picture, .. } | Fact::PageKept { picture, .. } => vec![picture],
        Fact::PagesArranged { after, .. } => after.iter().collect(),
        Fact::HistoryReused { history, .. } => vec![&history.picture],
        Fact::PhotoMeasured { original, crop, .. } => vec![original, crop],
        Fact::PrintAttempted { pdf, archived, .. } => std::iter::once(pdf).chain(archived).collect(),
        Fact::Sealed { package } => vec![package],
        Fact::SlipIssued { slip } => slip.pdf.iter().collect(),
        Fact::Opened { .. }
        | Fact::Identified { .. }
        | Fact::ApplicantFilled { .. }
        | Fact::EligibilityJudged { .. }
        | Fact::MaterialChecked { .. }
        | Fact::MaterialReturned { .. }
        | Fact::ToleranceCommitted { .. }
        | Fact::PhotoJudged { .. }
        | Fact::Accepted { .. }
        | Fact::DepartmentAnswered { .. }
        | Fact::NumberReserved { .. }
        | Fact::OldCardVoided { .. }
        | Fact::NumberSpoiled { .. }
        | Fact::NumberAsked { .. }
        | Fact::JobSubmitted { .. }
        | Fact::PrintEnded { .. }
        | Fact::CardConfirmed { .. }
        | Fact::CardSpoiled { .. }
        | Fact::PhotoGlued
        | Fact::DeadlineMissed { .. }
        | Fact::Delivered { .. }
        | Fact::RatingOffered { .. }
        | Fact::RatingGiven { .. }
        | Fact::RatingDeclined { .. }
        | Fact::DepartmentReminded { .. }
        | Fact::GuideHelped { .. }
        | Fact::GuideDeclined
        | Fact::HandedOver { .. }
        | Fact::WorkingPapersHandedOver { .. }
        | Fact::FieldOverridden { .. }
        | Fact::LossNoticeRecorded { .. }
        | Fact::OldCardRecorded { .. }
        | Fact::Corrected { .. }
        | Fact::ReceiptReprinted { .. }
        | Fact::Parked { .. }
        | Fact::Resumed
        | Fact::Refused { .. }
        | Fact::Withdrawn { .. } => Vec::new(),
    }
}
