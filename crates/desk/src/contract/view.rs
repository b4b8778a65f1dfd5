use serde::Serialize;
use ts_rs::TS;

/// The whole of what a station shows. The page renders it and decides nothing.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct View {
    /// Counts up with every change, so that a page can drop a late one.
    pub version: u32,
    pub station: StationView,
    pub lights: Vec<Light>,
    pub screen: Screen,
    /// The band under the status line; stays until resolved.
    pub trouble: Option<Fault>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StationView {
    /// `我要办理老年优待证`.
    pub package_name: String,
    pub window_name: String,
    pub clerk: String,
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
    Lobby { cases: Vec<CaseLine>, delivered_today: u32 },
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
    pub body: StepBody,
    /// What may be done now, and if not, why.
    pub acts: Vec<Act>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StepLine {
    /// `identify`, `applicant`, …: the file names in `casework/src/steps` and `ui/src/steps`.
    pub step: String,
    pub name: String,
    pub state: StepState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Done,
    Here,
    Ahead,
}

/// The person at the right of the counter's screen.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PersonView {
    pub name: String,
    pub sex: String,
    pub ethnicity: String,
    /// `1951年3月8日`.
    pub birth: String,
    pub age: u32,
    /// Masked by the pack's rule, for example `430903********0025`.
    pub number: String,
    pub address: String,
    pub valid: String,
    pub mode_name: String,
    /// `芯片读取` or `手工录入（未核验）`.
    pub source: String,
    /// What is odd about the card's record, in words; none of it blocks.
    pub notes: Vec<String>,
}

/// The village clock (S-55).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ClockView {
    /// Milliseconds since 1970 when the promise ends, on the station's clock.
    #[ts(type = "number")]
    pub due_ms: i64,
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

/// What the step's own screen needs, and no more.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum StepBody {
    Identify {
        reading: bool,
    },
    Applicant {
        departments: Vec<Choice>,
        hukou_hint: String,
        filled: Option<ApplicantEntry>,
    },
    Eligibility {
        verdict: Option<VerdictView>,
    },
    Materials {
        rows: Vec<MaterialRow>,
    },
    Photo {
        photo: Option<PhotoView>,
    },
    Acceptance {
        gaps: Vec<Gap>,
        receipt: Option<String>,
    },
    Numbering {
        mode: String,
        left: u32,
        number: Option<String>,
    },
    Printing {
        number: String,
        preview: Option<String>,
        preview_back: Option<String>,
        width_mm: f32,
        height_mm: f32,
        state: PrintState,
        words: String,
    },
    Delivery {
        number: String,
        proofs: Vec<Choice>,
    },
    Rating {
        point: String,
    },
    Archive {
        papers: Vec<PaperLine>,
        handed_over: bool,
    },
    /// Sealed, refused or withdrawn.
    Closed {
        title: String,
        lines: Vec<String>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Choice {
    pub value: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ApplicantEntry {
    pub mode: super::Mode,
    pub hukou: super::HukouSide,
    pub hukou_basis: String,
    pub phone: String,
    pub contact_address: String,
    pub department: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct VerdictView {
    pub eligible: bool,
    pub rules: Vec<RuleLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RuleLine {
    pub name: String,
    pub passed: bool,
    /// `为什么`: value, source and confidence of the pack.
    pub because: String,
    /// Public wording of the reason when it did not pass.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MaterialRow {
    pub material: String,
    pub name: String,
    pub hint: String,
    pub original_inspected: bool,
    pub checked: bool,
    pub common_errors: Vec<Choice>,
    pub ticked: Vec<String>,
    /// Pages, as names for the picture door.
    pub pages: Vec<String>,
    pub needs_scan: bool,
    pub needs_return: bool,
    pub returned: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PhotoView {
    /// Names for the picture door.
    pub original: String,
    pub crop: String,
    pub width_mm: f32,
    pub height_mm: f32,
    pub findings: Vec<FindingLine>,
    /// The chip's own picture, or `None`: 芯片照片不可显示.
    pub chip: Option<String>,
    pub judged: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FindingLine {
    pub code: String,
    pub blocks: bool,
    pub measured: String,
    pub words: String,
}

/// One thing that still stands between the case and acceptance.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Gap {
    pub step: String,
    pub reason: String,
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintState {
    /// Nothing sent yet.
    Ready,
    Printing,
    /// The job has ended: did a good card come out?
    AskPerson,
    /// Nobody knows whether a card came out. Ask before anything else.
    Unknown,
    Failed,
    /// Spoiled: a reprint needs a reason.
    Spoiled,
    Made,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PaperLine {
    pub name: String,
    pub handling: String,
    pub done: bool,
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
