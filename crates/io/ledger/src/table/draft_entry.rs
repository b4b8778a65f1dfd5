//! Table `draft_entry`: what stands in a form that was not sent yet. It is written when a field is left, so that a power
//! cut costs at most the field under the cursor; it is no fact, and goes as soon as its act is one.

use std::collections::BTreeMap;

use casework::{
    fact::Fact,
    nouns::{CaseId, Role},
};
use jiff::Timestamp;
use rusqlite::Transaction;

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
};

/// Entries of the lobby's own forms belong to no case.
const LOBBY: &str = "";
const WRITING: &str = "keep an entry";

/// Longest entry that is kept, characters. A field takes less; this only bounds what a broken page could store.
const LONGEST: usize = 2_000;

impl Ledger {
    /// Keeps what stands in a field, `FORM.FIELD`, of a case or of the lobby. An empty value is kept too: a field that
    /// was cleared stays clear. Longer values are cut at 2,000 characters.
    pub fn keep_entry(
        &mut self,
        case: Option<&CaseId>,
        field: &str,
        value: &str,
        at: Timestamp,
    ) -> Result<(), LedgerError> {
        let value: String = value.chars().take(LONGEST).collect();
        self.write(WRITING, |tx| {
            tx.execute(
                "INSERT INTO draft_entry (case_id, field, value, kept_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (case_id, field) DO UPDATE SET value = ?3, kept_at = ?4",
                (name(case), field, value, at.to_string()),
            )
            .doing(WRITING)?;
            Ok(())
        })
    }

    /// Every kept entry of a case, or of the lobby, by field.
    pub fn kept_entries(&self, case: Option<&CaseId>) -> Result<BTreeMap<String, String>, LedgerError> {
        const DOING: &str = "read the kept entries";
        let mut select =
            self.connection().prepare_cached("SELECT field, value FROM draft_entry WHERE case_id = ?1").doing(DOING)?;
        let rows = select.query_map([name(case)], |row| Ok((row.get(0)?, row.get(1)?))).doing(DOING)?;
        rows.map(|row| row.doing(DOING)).collect()
    }

    /// Forgets the entries of one form: it was sent, or put away.
    pub fn forget_form(&mut self, case: Option<&CaseId>, form: &str) -> Result<(), LedgerError> {
        self.write("forget a form", |tx| forget(tx, name(case), form))
    }
}

/// Forgets what a fact has settled, in the transaction of that fact.
pub(crate) fn settled(tx: &Transaction<'_>, case: &CaseId, fact: &Fact) -> Result<(), LedgerError> {
    let form = match fact {
        Fact::Identified { role: Role::Applicant, .. } => "typed_applicant",
        Fact::Identified { role: Role::Agent, .. } => "typed_agent",
        Fact::ApplicantFilled { .. } => "applicant",
        Fact::FieldOverridden { .. } | Fact::Corrected { .. } => "correct",
        Fact::ReceiptReprinted { .. } => "reprint",
        Fact::LossNoticeRecorded { .. } => "loss_notice",
        Fact::OldCardRecorded { .. } => "old_card",
        Fact::PageKept { .. } => "keep_page",
        Fact::PrintAttempted { .. } => "printing",
        Fact::CardSpoiled { .. } | Fact::NumberSpoiled { .. } => "spoil",
        Fact::HandedOver { .. } => "archive",
        Fact::DepartmentReminded { .. } => "remind",
        // Signed on the page of the lobby, which keeps no form of a case.
        Fact::WorkingPapersHandedOver { .. } => return Ok(()),
        Fact::Refused { .. } | Fact::Withdrawn { .. } | Fact::Sealed { .. } => {
            tx.execute("DELETE FROM draft_entry WHERE case_id = ?1", [case.as_str()]).doing(WRITING)?;
            return Ok(());
        }
        Fact::Opened { .. }
        | Fact::EligibilityJudged { .. }
        | Fact::MaterialScanned { .. }
        | Fact::MaterialChecked { .. }
        | Fact::MaterialReturned { .. }
        | Fact::ToleranceCommitted { .. }
        | Fact::PhotoMeasured { .. }
        | Fact::PhotoJudged { .. }
        | Fact::Accepted { .. }
        | Fact::DepartmentAnswered { .. }
        | Fact::NumberReserved { .. }
        | Fact::OldCardVoided { .. }
        | Fact::NumberAsked { .. }
        | Fact::JobSubmitted { .. }
        | Fact::PrintEnded { .. }
        | Fact::CardConfirmed { .. }
        | Fact::PhotoGlued
        | Fact::DeadlineMissed { .. }
        | Fact::Delivered { .. }
        | Fact::RatingOffered { .. }
        | Fact::RatingGiven { .. }
        | Fact::RatingDeclined { .. }
        | Fact::GuideHelped { .. }
        | Fact::GuideDeclined
        | Fact::HistoryReused { .. }
        | Fact::PagesArranged { .. }
        | Fact::SlipIssued { .. }
        | Fact::Parked { .. }
        | Fact::Resumed => return Ok(()),
    };
    forget(tx, case.as_str(), form)
}

fn forget(tx: &Transaction<'_>, case: &str, form: &str) -> Result<(), LedgerError> {
    // The point keeps `applicant` from taking `applicant_more` along; a form's name holds no wildcard.
    tx.execute(
        "DELETE FROM draft_entry WHERE case_id = ?1 AND substr(field, 1, length(?2)) = ?2",
        (case, format!("{form}.")),
    )
    .doing(WRITING)?;
    Ok(())
}

fn name(case: Option<&CaseId>) -> &str {
    case.map_or(LOBBY, CaseId::as_str)
}
