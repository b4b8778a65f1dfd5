use serde::Serialize;
use ts_rs::TS;

use super::{DroppedView, MaterialRow};

/// What the step's own screen needs, and no more.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum StepBody {
    Identify {
        reading: bool,
        /// Whose card is awaited, or would be with `read_card`.
        expects: super::CardRole,
        /// Masked names of those whose cards were read.
        applicant: Option<String>,
        agent: Option<String>,
        /// GB/T 3304, for an identity that has to be typed.
        ethnicities: Vec<Choice>,
    },
    Applicant {
        departments: Vec<Choice>,
        hukou_hint: String,
        /// What the chip's address suggests; the clerk decides.
        suggested_hukou: Option<super::HukouSide>,
        suggested_department: Option<String>,
        filled: Option<ApplicantEntry>,
    },
    Eligibility {
        verdict: Option<VerdictView>,
    },
    Materials {
        rows: Vec<MaterialRow>,
        /// What lies in the document camera's folder, newest first.
        dropped: Vec<DroppedView>,
    },
    Photo {
        photo: Option<PhotoView>,
    },
    Acceptance {
        gaps: Vec<Gap>,
        receipt: Option<String>,
    },
    /// Step `numbering`, when there is no number to take: the department has not answered or said no, or the card is for
    /// the issuing post.
    Awaiting {
        answer: super::AnswerState,
        /// The department's own name for its answer.
        reference: Option<String>,
        lines: Vec<String>,
        receipt: Option<String>,
    },
    Numbering {
        mode: String,
        left: u32,
        number: Option<String>,
        /// A blank's serial is scanned where the blank gives the number.
        gives: super::NumberGiver,
        /// The number that came with the department's result.
        returned: Option<String>,
        /// Blanks that are free; `None` where no book of them is kept.
        blanks: Option<u32>,
        /// The next serial in the pile.
        next_blank: Option<String>,
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
        /// Who may take it; the agent only where there is one.
        receivers: Vec<Choice>,
        /// The reader waits for the identity card that is shown.
        reading: bool,
        /// Whose identity card was read.
        read: Option<super::Taker>,
        /// The promised time is over: it asks for the reason.
        late: bool,
    },
    Rating {
        rating: super::RatingView,
    },
    Archive {
        papers: Vec<PaperLine>,
        handed_over: bool,
        /// Whoever takes the papers signs with their password: not at a village window.
        taker_signs: bool,
        /// The number of the archive package; the papers are on the list under the same one.
        package: String,
        /// The list that both signed.
        list: Option<String>,
    },
    /// Sealed, refused or withdrawn.
    Closed {
        ended: EndedAs,
        title: String,
        lines: Vec<String>,
        /// Of a sealed case.
        package: Option<super::PackageLine>,
    },
}

/// How a case came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndedAs {
    Refused,
    Withdrawn,
    Sealed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Choice {
    pub value: String,
    pub name: String,
}

/// The clerk's entries as they stand. Their `Debug` hides phone and address.
#[derive(Clone, PartialEq, Serialize, TS)]
pub struct ApplicantEntry {
    pub mode: super::Mode,
    pub hukou: super::HukouSide,
    pub hukou_basis: String,
    pub phone: String,
    pub contact_address: String,
    pub department: String,
}

impl std::fmt::Debug for ApplicantEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApplicantEntry")
            .field("mode", &self.mode)
            .field("hukou", &self.hukou)
            .field("department", &self.department)
            .finish_non_exhaustive()
    }
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
