use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The follow-ups of bad ratings, for a supervisor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FollowUpsView {
    /// The most pressing first.
    pub lines: Vec<FollowUpLine>,
    pub open: u32,
    pub overdue: u32,
    /// How far the table of days off reaches, in words; or that there is none.
    pub days_off: String,
    pub integrity: IntegrityView,
}

/// One bad rating. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct FollowUpLine {
    pub case: String,
    /// Place of the rating in its case.
    pub seq: u32,
    /// 受理之后, 领证之后.
    pub point: String,
    pub rated_at: String,
    /// 申请人, 代理人.
    pub rater: String,
    /// 不满意.
    pub level: String,
    /// The reasons that were chosen; none were added where none were.
    pub reasons: Vec<String>,
    pub text: String,
    /// What the person said in its place, or once more, in order.
    pub later: Vec<String>,
    /// Masked until somebody asked for it with a reason.
    pub name: String,
    pub unmasked: bool,
    pub standing: FollowUpStanding,
    /// 还有 3 天, 到 2021年11月29日.
    pub due: String,
    /// What came of it.
    pub end: Vec<String>,
    /// Why the person at work may not settle it; `None` where they may.
    pub why_not: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpStanding {
    Open,
    Overdue,
    /// The table of days off does not reach so far.
    Unknown,
    Done,
    Excluded,
}

/// Whether ratings are asked for as they should be, from the record alone (F-74).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IntegrityView {
    /// 2021年10月9日至2021年11月8日.
    pub span: String,
    /// By who was present; the last line is that of all.
    pub lines: Vec<IntegrityLine>,
    /// What came of the bad ratings of this time, in words.
    pub follow_ups: String,
}

/// How ratings were answered while one person was at work. No level stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IntegrityLine {
    pub present: String,
    pub offered: u32,
    pub given: u32,
    pub declined: u32,
    pub unanswered: u32,
    /// 25%.
    pub skipped: String,
    /// The middle one of the times from the offer to the answer: 38 秒.
    pub time: String,
    /// Answered faster than anybody reads five words.
    pub too_fast: u32,
}

/// Why a bad rating does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionChoice {
    Mistaken,
    Malicious,
}

impl std::fmt::Debug for FollowUpLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FollowUpLine(hidden)")
    }
}
