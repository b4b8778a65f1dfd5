use serde::Serialize;
use ts_rs::TS;

/// The policy pack of this station, laid open: every value with where it comes from (为什么).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PackView {
    pub title: String,
    /// `正在办理` or `已经停办`.
    pub status: String,
    /// `2021年1月1日至2022年2月28日`.
    pub in_force: String,
    /// What the pack puts into values, and of what day that says it is.
    pub procedure: String,
    /// The day on which the pack was put together.
    pub compiled: String,
    /// SM3 of the file, 64 hex digits: what every case of it carries.
    pub hash: String,
    pub chapters: Vec<PackChapter>,
    pub districts: Vec<DistrictLine>,
}

/// Values that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PackChapter {
    pub name: String,
    pub lines: Vec<PackLine>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PackLine {
    pub name: String,
    pub value: String,
    pub from: SourceLine,
    pub note: Option<String>,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SourceLine {
    pub source: String,
    /// The source's own day, or the day on which it was read: `2022-03-12`, `2026-11-23 查阅`.
    pub date: String,
    pub sure: Sure,
}

/// How sure the pack's author is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    Low,
    Medium,
    High,
}

/// One district of the directory.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DistrictLine {
    pub name: String,
    /// The number that may be dialled; `None` while it has to be checked.
    pub phone: Option<String>,
    /// `可用`, `可用，写法已修整`, `号码待核实：位数不对`.
    pub status: String,
    /// As the procedure writes it, where that differs from the number.
    pub raw: Option<String>,
    /// Which platform takes what its department handles.
    pub platform: String,
    pub from: SourceLine,
}
