use serde::Serialize;
use ts_rs::TS;

use super::{Aside, AtWork, Door, PeopleView, StepBody};

/// The whole of what a station shows. The page renders it and decides nothing.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct View {
    /// Counts up with every change, so that a page can drop a late one.
    pub version: u32,
    pub station: StationView,
    pub lights: Vec<Light>,
    pub screen: Screen,
    /// So much waits that somebody should know.
    pub backlog: Option<super::BacklogView>,
    /// The band under the status line; stays until resolved.
    pub trouble: Option<Fault>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StationView {
    /// `我要办理老年优待证`.
    pub package_name: String,
    pub window_name: String,
    /// Where the window is, or where that is published.
    pub window_address: String,
    /// `None` while nobody is signed in.
    pub at_work: Option<AtWork>,
    pub training: bool,
    /// `2021年11月8日`; in training it is a simulated day.
    pub today: String,
    pub pack: String,
    /// CSS pixels a millimetre of this screen, from `station.toml`.
    pub px_per_mm: f32,
}

/// One device or platform lamp.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Light {
    /// `reader`, `printer`, `platform`.
    pub device: String,
    /// `读卡器`.
    pub name: String,
    pub state: LightState,
    /// State in words, for example `就绪` or `待发送 3 条`.
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LightState {
    Good,
    Waiting,
    NeedsHand,
    Stopped,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "show", rename_all = "snake_case")]
pub enum Screen {
    /// A new station: it wants its first administrator.
    FirstRun {
        shortest_password: u32,
    },
    SignIn,
    /// What an administrator works at.
    People(PeopleView),
    Lobby {
        /// The newest of the open ones.
        cases: Vec<CaseLine>,
        /// How many are open; the others are found by searching.
        open: u32,
        delivered_today: u32,
        door: Door,
        /// What the person at work may do from here, and if not, why.
        acts: Vec<Act>,
    },
    Search(Box<super::SearchView>),
    Pack(Box<super::PackView>),
    Outbox(Box<super::OutboxView>),
    Statistics(Box<super::StatisticsView>),
    FollowUps(Box<super::FollowUpsView>),
    Stock(Box<super::StockView>),
    Day(Box<super::DayView>),
    Results(Box<super::ResultsView>),
    HandOver(Box<super::HandOverView>),
    Batch(Box<super::BatchView>),
    Retention(Box<super::RetentionView>),
    CardCode(Box<super::CardCodeView>),
    Calibration(Box<super::CalibrationView>),
    Case(Box<CaseView>),
}

/// A case in the lobby's list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CaseLine {
    pub case: String,
    /// Masked.
    pub name: String,
    pub step: String,
    pub step_name: String,
    pub since: String,
    /// The village clock, while it runs.
    pub clock: Option<ClockView>,
    /// How it stands with its handling department, while that decides what is next.
    pub waits: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CaseView {
    pub case: String,
    pub kind_name: String,
    /// The eleven steps, in order.
    pub steps: Vec<StepLine>,
    /// The step whose screen is shown: one of the eleven names, or `closed`.
    pub at: String,
    pub person: Option<PersonView>,
    pub clock: Option<ClockView>,
    pub materials_done: u32,
    pub materials_needed: u32,
    /// Originals that lie on the counter and have to go back, by material and name.
    pub unreturned: Vec<super::Choice>,
    pub body: StepBody,
    /// What stands beside the step, at every step.
    pub aside: Aside,
    /// What may be done now, and if not, why.
    pub acts: Vec<Act>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StepLine {
    /// `identify`, `applicant`, …: the file names in `casework/src/steps` and `ui/src/steps`.
    pub step: String,
    pub name: String,
    pub state: StepState,
    /// It may be looked at with `go_to`.
    pub open: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Done,
    Here,
    Ahead,
}

/// The person at the right of the counter's screen. Its `Debug` hides the person.
#[derive(Clone, PartialEq, Serialize, TS)]
pub struct PersonView {
    pub name: String,
    pub sex: String,
    pub ethnicity: String,
    /// `1951年3月8日`.
    pub birth: String,
    pub age: u32,
    /// Masked by the pack's rule, for example `430903********0025`; in full while `unmasked`.
    pub number: String,
    /// Somebody asked for the full number, with a reason; until the case is left.
    pub unmasked: bool,
    pub address: String,
    pub valid: String,
    pub mode_name: String,
    /// `芯片读取` or `手工录入（未核验）`.
    pub source: String,
    /// What is odd about the card's record, in words; none of it blocks.
    pub notes: Vec<String>,
}

impl std::fmt::Debug for PersonView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonView")
            .field("source", &self.source)
            .field("notes", &self.notes)
            .field("unmasked", &self.unmasked)
            .finish_non_exhaustive()
    }
}

/// The village clock (S-55).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ClockView {
    /// Milliseconds since 1970 when the promise ends, on the station's clock.
    #[ts(type = "number")]
    pub due_ms: i64,
    /// When it becomes short, same unit.
    #[ts(type = "number")]
    pub amber_ms: i64,
    /// The station's clock when this view was made, same unit.
    #[ts(type = "number")]
    pub now_ms: i64,
    pub stopped: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Act {
    /// The `ask` of the request it permits.
    pub ask: String,
    pub allowed: bool,
    pub why_not: Option<String>,
}

/// A refusal or a fault, already in words. See `desk/src/fault.rs`, the one translator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Fault {
    pub kind: FaultKind,
    /// `identify.no_card`: step or device, then what.
    pub code: String,
    pub what: String,
    pub do_now: String,
    /// Whom to call, with the number.
    pub call: String,
    pub fields: Vec<FieldFault>,
    pub reasons: Vec<String>,
    pub incident: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldFault {
    pub field: String,
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The rule says no.
    Refused,
    /// An entry needs correcting.
    Correct,
    /// A device needs a hand.
    Attend,
    /// A platform is away or closed.
    Later,
    /// Our fault.
    Broken,
}
