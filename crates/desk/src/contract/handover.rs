use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Act;

/// To whom the papers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandOverTo {
    Issuer,
    Archivist,
}

/// The cases whose papers wait to be handed over.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct HandOverView {
    /// `None` at a village window, where the intake clerk is the issuing staff.
    pub issuer: Option<Vec<HandOverRow>>,
    pub archivist: Vec<HandOverRow>,
    /// The list that was signed last since the station started.
    pub last: Option<String>,
    pub acts: Vec<Act>,
}

/// One case that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HandOverRow {
    pub case: String,
    /// The number of its package, which the list carries too.
    pub package: String,
    /// Masked.
    pub name: String,
    pub papers: Vec<String>,
    /// The retained old card, by number and condition; it has to be counted.
    pub old_card: Option<String>,
    /// Why it cannot go on a list yet.
    pub why_not: Option<String>,
}
