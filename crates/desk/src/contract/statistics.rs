use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The statistics of a range of days. Windows are told apart and people are not; of a rating only whether it was given.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StatisticsView {
    pub asked: StatisticsEntry,
    /// The days in words: `2021年11月8日至2021年11月14日`.
    pub days: String,
    pub figures: Vec<Figure>,
    /// One pair of bars a day or month, in order; empty for a single day.
    pub bars: Vec<Bar>,
    /// The axis goes from 0 to this number, which no bar exceeds; a multiple of four.
    pub top: u32,
    pub tables: Vec<CountTable>,
    /// What was exported last from this page.
    pub exported: Option<ExportLine>,
    /// Whether whoever is at work may take figures or the list of cases out, and if not, why.
    pub export: super::Act,
}

/// Which days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StatisticsEntry {
    pub span: SpanChoice,
    /// First and last day, `2021-11-08`; asked of a range only, and for the others filled in by the answer.
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpanChoice {
    Day,
    Week,
    Month,
    Range,
}

/// What goes into an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportChoice {
    /// Every table of the page.
    Figures,
    /// One row a case, without anybody's name or number.
    Cases,
}

/// A number that is read from afar.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Figure {
    pub name: String,
    pub value: String,
    pub note: String,
}

/// A day or a month.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Bar {
    /// `11-08`, or `2021-11`.
    pub name: String,
    pub accepted: u32,
    pub delivered: u32,
}

/// Counts in rows and columns, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CountTable {
    pub name: String,
    /// What it counts, where that is not plain.
    pub note: Option<String>,
    /// As many as each row has cells. The first names the rows.
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// A file that was written, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ExportLine {
    pub file: String,
    pub folder: String,
    pub rows: u32,
    /// SM3 of the file, 64 hex digits.
    pub sm3: String,
}
