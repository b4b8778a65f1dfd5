//! What may be done for a person after acceptance, as data: reminding the department, and help with registering online.

use serde::Deserialize;

use super::{Confidence, SourceDate, Words};

/// How a handling department is reminded (八·四).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminding {
    /// Minutes from acceptance after which a reminder is suggested.
    pub after_min: u16,
    pub channels: Vec<ReminderChannel>,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

/// One way to reach a department.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderChannel {
    /// For example `phone`.
    pub code: Words,
    /// `电话`.
    pub name: Words,
}

/// One way to do things online: the provincial site, the WeChat account, the app (八·五).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Lower snake case, for example `site`.
    pub code: Words,
    pub name: Words,
    /// What the person is told, in a sentence or two.
    pub text: Words,
    pub way: GuideWay,
    /// What the QR code holds: an address that a phone opens, or an account to look for.
    pub holds: Words,
    /// Invented for practice: said on the card, so that nobody takes it for the real one.
    pub sample: bool,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

/// What a QR code of a [`Guide`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuideWay {
    Address,
    Account,
}
