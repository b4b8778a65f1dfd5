use serde::Serialize;
use ts_rs::TS;

use super::{Act, Choice};

/// The outbox in the open: what is not done, why, and what a person may do about it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OutboxView {
    /// The first of those that are not done: the ones on which a person has to look, those that go next, those that wait for
    /// another one; newest first.
    pub lines: Vec<OutboxLine>,
    /// How many are not done.
    pub undone: u32,
    pub arrived_today: u32,
    /// Platforms for which something waits.
    pub platforms: Vec<PlatformRow>,
    pub stick: StickView,
    /// The station's clock when this view was made, milliseconds since 1970.
    #[ts(type = "number")]
    pub now_ms: i64,
    pub acts: Vec<Act>,
}

/// A message that is not done. Nothing of its body is shown.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OutboxLine {
    /// Its key, by which acts name it.
    pub message: String,
    pub state: OutboxState,
    pub state_name: String,
    pub platform_name: String,
    pub kind_name: String,
    pub case: String,
    /// Why it is not done, in words.
    pub cause: String,
    /// What to do about it, in words; blank when nothing has to be done.
    pub do_now: String,
    /// What the platform itself said, masked.
    pub said: Option<String>,
    /// When it is tried next: `今天 09:20`; `None` when it is not tried by itself.
    pub next: Option<String>,
    /// The same in milliseconds since 1970, on the station's clock.
    #[ts(type = "number | null")]
    pub due_ms: Option<i64>,
    /// How often it was sent.
    pub tries: u32,
    /// When it last went out on a stick.
    pub exported: Option<String>,
    /// It may be sent again at once.
    pub retry: bool,
    /// A person has to say what became of it.
    pub settle: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    Due,
    InFlight,
    /// An earlier message of the same case has to go first.
    Held,
    Rejected,
    Unknown,
    Closed,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlatformRow {
    pub platform: String,
    pub name: String,
    /// Messages that wait for it.
    pub waiting: u32,
}

/// The way out without a network.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StickView {
    /// What is missing or in the way, and what to do; `None` when the stick is there.
    pub missing: Option<String>,
    /// Messages that an export would hold.
    pub exportable: u32,
    /// The last export that is on a stick: `第 2 份，今天 09:20，3 条`.
    pub last: Option<String>,
    /// Files of answers on the stick.
    pub answers: Vec<Choice>,
    /// Being written or read this moment.
    pub busy: bool,
    /// What came of the last act, in words.
    pub note: Option<String>,
    /// This counter's public key, which the county has to know; once there is one.
    pub counter_key: Option<String>,
}

/// So much waits that somebody should know, or that no new case is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BacklogView {
    /// No new case is opened; open ones may be finished.
    pub stopped: bool,
    pub what: String,
    pub do_now: String,
}
