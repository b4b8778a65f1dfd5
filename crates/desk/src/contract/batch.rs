use serde::Serialize;
use ts_rs::TS;

use super::{Act, Choice};

/// The page on which one agent comes for many (集中办理).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BatchView {
    pub open: Option<OpenBatch>,
    /// Why the last one of today is over, in words.
    pub over: Option<String>,
    /// The cases of this agent's batches of today; with none open, of all batches of today.
    pub lines: Vec<BatchLine>,
    /// How many cases each agent had today, in or out of a batch.
    pub agents: Vec<AgentLine>,
    /// The reader waits for the agent's card.
    pub reading: bool,
    /// For how long one read serves, in words; `None` where the pack lets none be used again.
    pub good_for: Option<String>,
    /// GB/T 3304, for an identity that has to be typed.
    pub ethnicities: Vec<Choice>,
    pub acts: Vec<Act>,
}

/// A batch that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenBatch {
    pub number: String,
    /// The agent, masked.
    pub agent: String,
    /// 村干部, 子女.
    pub standing: String,
    /// 芯片读取, 手工录入（未核验）.
    pub source: String,
    /// `今天 09:05`.
    pub read_at: String,
    /// `今天 11:05`.
    pub good_until: String,
    /// Cases of this agent today.
    pub today: u32,
    /// That these are more than the pack warns of.
    pub warning: Option<String>,
}

/// One elder's case. Its name is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BatchLine {
    pub case: String,
    pub name: String,
    /// 首次办理.
    pub kind: String,
    /// The step it stands at, or how it ended.
    pub stands: String,
    pub standing: BatchStanding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchStanding {
    /// Before acceptance.
    Draft,
    /// Accepted, and the card is not handed over yet.
    Accepted,
    /// The card is handed over.
    Done,
    /// Refused or withdrawn.
    Ended,
}

/// One agent's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AgentLine {
    /// Masked.
    pub name: String,
    pub cases: u32,
    /// More than the pack warns of.
    pub over: bool,
}
