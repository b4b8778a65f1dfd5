use serde::Serialize;
use ts_rs::TS;

/// 办理结果: what came back from the handling departments.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ResultsView {
    /// The newest first.
    pub lines: Vec<ResultLine>,
    /// Cases that wait for an answer.
    pub waiting: u32,
    /// Why no results come, in words, if something keeps them away.
    pub away: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ResultLine {
    /// The case as the result names it.
    pub case: String,
    /// Masked; `None` when there is no such case.
    pub name: Option<String>,
    pub at: String,
    pub became: ResultBecame,
    /// 同意, 不同意, or that it cannot be read.
    pub says: String,
    /// Why it was not taken, or what is next for the case.
    pub why: String,
    pub reference: Option<String>,
    /// The case can be taken up from here.
    pub open: bool,
    /// The platform knows what became of it.
    pub told: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResultBecame {
    Fits,
    Known,
    Refused,
}

/// How the handling department stands to an accepted case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    NotYet,
    Approved,
    Rejected,
}
