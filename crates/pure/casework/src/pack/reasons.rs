//! Reasons: the rule speaking, in words that can be read aloud.

use super::{Confidence, SourceDate, Words};
use crate::nouns::ReasonCode;

/// One reason (domain 8.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub code: ReasonCode,
    pub severity: Severity,
    /// What the person is told.
    pub public: Words,
    /// What can be done about it.
    pub remedy: Words,
    pub source: Words,
    /// The reason's own, or that of the pack's wording as a whole.
    pub date: SourceDate,
    pub confidence: Confidence,
    pub call: Call,
}

/// Where the pack's texts come from: the wording of reasons, the names of the steps, the levels of the rating.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

/// Whether a reason stops the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Block,
    Warn,
}

/// Whom to call about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// The consultation phone of the handling department's district.
    Department,
    /// The city's hotline.
    Hotline,
    /// Nobody: it is settled at the counter.
    Counter,
}

/// Reasons that the steps give by themselves. A pack that does not word them is refused.
pub(crate) const SPOKEN_BY_STEPS: [&str; 31] = [
    "ITEM_ENDED",
    "ITEM_NOT_IN_SCOPE",
    "ID_EXPIRED",
    "ID_TYPE_NOT_ACCEPTED",
    "ID_HAND_TYPED",
    "ID_OTHER_READER",
    "ID_NOT_READ",
    "AGENT_NOT_IDENTIFIED",
    "AGENT_IS_APPLICANT",
    "APPLICANT_NOT_FILLED",
    "ENTRIES_OUTDATED",
    "NOT_YET_JUDGED",
    "MATERIAL_NOT_CHECKED",
    "PAGE_TOO_COARSE",
    "PAGE_DARK",
    "PAGE_OVEREXPOSED",
    "PAGE_EMPTY",
    "PAGE_BLURRED",
    "PAGE_CUT",
    "PHOTO_NOT_APPLICANT",
    "PHOTO_HAT",
    "PHOTO_OLD",
    "PHOTO_TOO_LARGE",
    "PHOTO_TOO_SMALL",
    "PHOTO_NOT_JUDGED",
    "CARD_NOT_MADE_HERE",
    "APPROVAL_PENDING",
    "APPROVAL_REFUSED",
    "NUMBER_NOT_RETURNED",
    "DELIVERY_PROOF_NOT_ACCEPTED",
    "ORIGINAL_NOT_RETURNED",
];
