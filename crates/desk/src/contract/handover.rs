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
    /// Sealed cases whose archive package has not left the station.
    pub packages: u32,
    /// What the last touch took out.
    pub left: Option<PackagesLeftLine>,
    pub acts: Vec<Act>,
}

/// Archive packages that have just left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PackagesLeftLine {
    pub count: u32,
    pub folder: String,
}

/// The archive package of a sealed case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PackageLine {
    /// Sixteen hex digits in groups that tell this package from another and nothing of a rating; `archive verify` says the
    /// same. Blank while it cannot be read.
    pub comparison: String,
    /// It has left the station at least once.
    pub has_left: bool,
    /// Where the last touch put it.
    pub left: Option<PackagesLeftLine>,
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
