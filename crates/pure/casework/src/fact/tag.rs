//! The name, the canonical body and the `Debug` of a fact.

use super::Fact;

impl Fact {
    /// The name of the fact in the ledger's `kind` column; equal to the `fact` tag of its JSON.
    pub fn tag(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Identified { .. } => "identified",
            Self::ApplicantFilled { .. } => "applicant_filled",
            Self::EligibilityJudged { .. } => "eligibility_judged",
            Self::MaterialScanned { .. } => "material_scanned",
            Self::MaterialChecked { .. } => "material_checked",
            Self::MaterialReturned { .. } => "material_returned",
            Self::ToleranceCommitted { .. } => "tolerance_committed",
            Self::PhotoMeasured { .. } => "photo_measured",
            Self::PhotoJudged { .. } => "photo_judged",
            Self::Accepted { .. } => "accepted",
            Self::DepartmentAnswered { .. } => "department_answered",
            Self::NumberReserved { .. } => "number_reserved",
            Self::NumberSpoiled { .. } => "number_spoiled",
            Self::NumberAsked { .. } => "number_asked",
            Self::PrintAttempted { .. } => "print_attempted",
            Self::JobSubmitted { .. } => "job_submitted",
            Self::PrintEnded { .. } => "print_ended",
            Self::CardConfirmed { .. } => "card_confirmed",
            Self::CardSpoiled { .. } => "card_spoiled",
            Self::PhotoGlued => "photo_glued",
            Self::DeadlineMissed { .. } => "deadline_missed",
            Self::Delivered { .. } => "delivered",
            Self::OldCardVoided { .. } => "old_card_voided",
            Self::RatingOffered { .. } => "rating_offered",
            Self::RatingGiven { .. } => "rating_given",
            Self::RatingDeclined { .. } => "rating_declined",
            Self::DepartmentReminded { .. } => "department_reminded",
            Self::GuideHelped { .. } => "guide_helped",
            Self::GuideDeclined => "guide_declined",
            Self::HandedOver { .. } => "handed_over",
            Self::WorkingPapersHandedOver { .. } => "working_papers_handed_over",
            Self::Sealed { .. } => "sealed",
            Self::FieldOverridden { .. } => "field_overridden",
            Self::HistoryReused { .. } => "history_reused",
            Self::PageKept { .. } => "page_kept",
            Self::PagesArranged { .. } => "pages_arranged",
            Self::LossNoticeRecorded { .. } => "loss_notice_recorded",
            Self::OldCardRecorded { .. } => "old_card_recorded",
            Self::Corrected { .. } => "corrected",
            Self::SlipIssued { .. } => "slip_issued",
            Self::ReceiptReprinted { .. } => "receipt_reprinted",
            Self::Parked { .. } => "parked",
            Self::Resumed => "resumed",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The canonical body: compact JSON in the order of declaration. The journal chain holds its SM3.
    pub fn body(&self) -> String {
        serde_json::to_string(self).expect("a fact holds only text, numbers and lists, which always serialise")
    }
}

impl std::fmt::Debug for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Identified { .. }
            | Self::ApplicantFilled { .. }
            | Self::EligibilityJudged { .. }
            | Self::FieldOverridden { .. }
            | Self::Corrected { .. }
            | Self::SlipIssued { .. }
            | Self::Delivered { collector: Some(_), .. }
            | Self::RatingGiven { .. }
            | Self::DepartmentReminded { .. } => write!(f, "{} (hidden)", self.tag()),
            Self::Opened { .. }
            | Self::MaterialScanned { .. }
            | Self::MaterialChecked { .. }
            | Self::MaterialReturned { .. }
            | Self::ToleranceCommitted { .. }
            | Self::PhotoMeasured { .. }
            | Self::PhotoJudged { .. }
            | Self::Accepted { .. }
            | Self::DepartmentAnswered { .. }
            | Self::NumberReserved { .. }
            | Self::NumberSpoiled { .. }
            | Self::NumberAsked { .. }
            | Self::PrintAttempted { .. }
            | Self::JobSubmitted { .. }
            | Self::PrintEnded { .. }
            | Self::CardConfirmed { .. }
            | Self::CardSpoiled { .. }
            | Self::PhotoGlued
            | Self::DeadlineMissed { .. }
            | Self::Delivered { collector: None, .. }
            | Self::OldCardVoided { .. }
            | Self::RatingOffered { .. }
            | Self::RatingDeclined { .. }
            | Self::GuideHelped { .. }
            | Self::GuideDeclined
            | Self::HandedOver { .. }
            | Self::WorkingPapersHandedOver { .. }
            | Self::Sealed { .. }
            | Self::HistoryReused { .. }
            | Self::PageKept { .. }
            | Self::PagesArranged { .. }
            | Self::LossNoticeRecorded { .. }
            | Self::OldCardRecorded { .. }
            | Self::ReceiptReprinted { .. }
            | Self::Parked { .. }
            | Self::Resumed
            | Self::Refused { .. }
            | Self::Withdrawn { .. } => f.write_str(&self.body()),
        }
    }
}
