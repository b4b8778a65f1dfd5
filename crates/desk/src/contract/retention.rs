use serde::Serialize;
use ts_rs::TS;

use super::Act;

/// What may be forgotten today (到期清理), and what is kept and why.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RetentionView {
    /// The day that periods are counted by: `2021年12月8日`.
    pub day: String,
    /// The clock's day, when it is later and nobody has said that it is right.
    pub clock: Option<String>,
    /// Days that a finished case is kept.
    pub days: u32,
    /// What goes when the day above counts.
    pub due: RetentionDue,
    /// What goes when somebody says that the clock is right; only while `clock` is there.
    pub due_by_clock: Option<RetentionDue>,
    /// Why cases that are over stay, the most frequent first.
    pub kept: Vec<RetentionKept>,
    /// What was done last, since the page was opened.
    pub done: Option<String>,
    pub acts: Vec<Act>,
}

/// How much goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RetentionDue {
    /// Finished cases.
    pub cases: u32,
    /// Forms that nobody went on with: ended first.
    pub abandoned: u32,
    /// The first of them, by number.
    pub named: Vec<String>,
}

/// One reason why cases stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RetentionKept {
    pub why: String,
    /// What somebody can do about it; blank where nothing has to be done.
    pub do_now: String,
    pub cases: u32,
    /// The first of them, by number.
    pub named: Vec<String>,
}
