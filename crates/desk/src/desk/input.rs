//! What comes into a desk and what it wants done outside.

use std::path::PathBuf;

use casework::nouns::{AttemptId, CaseId, PlatformId, PrintOutcome, ResultId};
use casework::outbox;
use devices::reader::{CardRead, Probe, ReaderFault};
use jiff::{Timestamp, civil::Date};

/// A reading of the station's clock, passed in with each input.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    pub at: Timestamp,
    /// Civil day in China Standard Time.
    pub today: Date,
    /// A number in 0..1 that spreads retries.
    pub jitter: f64,
}

/// What can happen to a desk besides a person's request.
pub enum Input {
    /// Nothing happened for a moment.
    Beat,
    ReaderProbed(Result<Probe, ReaderFault>),
    CardRead(Box<Result<CardRead, ReaderFault>>),
    /// The portrait on the chip of the card with this number, decoded: PNG.
    ChipPhoto {
        number: String,
        png: Vec<u8>,
    },
    /// A queue took the job of an attempt.
    JobTaken {
        case: CaseId,
        attempt: AttemptId,
        job: String,
    },
    JobEnded {
        case: CaseId,
        attempt: AttemptId,
        outcome: PrintOutcome,
    },
    PaperPrinted {
        job: String,
        outcome: Result<(), String>,
    },
    /// How many bytes are free on the ledger's disk; `None` where the system does not say.
    DiskSeen {
        free: Option<u64>,
    },
    /// What came of some work at the stick.
    Stick(stick::News),
    Answered {
        message: i64,
        answer: outbox::Answer,
    },
    /// A platform's list of results, or why none came.
    ResultsCame {
        platform: PlatformId,
        answer: outbox::Answer,
    },
    /// What a platform said when it was told what became of its result.
    ResultTold {
        platform: PlatformId,
        result: ResultId,
        answer: outbox::Answer,
    },
}

/// What is to be done outside. Each is committed before it is returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    ProbeReader,
    ReadCard,
    CancelRead,
    PrintCard {
        case: CaseId,
        attempt: AttemptId,
        pdf: Vec<u8>,
    },
    PrintPaper {
        job: String,
        pdf: Vec<u8>,
    },
    /// After a restart: does the queue know the job of this attempt?
    FindJob {
        case: CaseId,
        attempt: AttemptId,
        submitted: bool,
    },
    /// See how much room is on the disk of this folder.
    LookAtDisk {
        folder: PathBuf,
    },
    Stick(stick::Work),
    Send(ledger::Message),
    /// Ask a platform for the results of this station's window that came after `after`.
    FetchResults {
        platform: PlatformId,
        after: Option<String>,
    },
    /// Tell a platform what became of its result.
    TellResult {
        platform: PlatformId,
        result: ResultId,
        told: uplink::Told,
    },
}
