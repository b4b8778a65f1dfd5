//! What comes into a desk and what it wants done outside.

use std::path::PathBuf;

use casework::nouns::{AttemptId, CaseId, PlatformId, PrintOutcome, ResultId};
use casework::outbox;
use devices::printer::{JobSeen, PrinterFault, PrinterState, Sheet};
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
    /// A queue has opened a job for an attempt; no byte of the card was sent.
    JobTaken {
        case: CaseId,
        attempt: AttemptId,
        job: String,
    },
    /// How a job stands, as far as its queue knows.
    JobSeen {
        case: CaseId,
        attempt: AttemptId,
        job: String,
        seen: JobSeen,
    },
    /// How a job stands after it was asked to stop.
    JobStopped {
        case: CaseId,
        attempt: AttemptId,
        seen: JobSeen,
    },
    JobEnded {
        case: CaseId,
        attempt: AttemptId,
        outcome: PrintOutcome,
    },
    /// After a restart: what is to be on record of a job that was under way. It is no news for whoever comes to work now.
    JobFound {
        case: CaseId,
        attempt: AttemptId,
        outcome: PrintOutcome,
    },
    /// What became of a sheet of cross-hairs: the card printer took it, or in words why not.
    SheetSent {
        job: String,
        outcome: Result<(), String>,
    },
    /// How the card printer is.
    PrinterSeen(Result<PrinterState, PrinterFault>),
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
    /// Open a job for a card under the attempt's name.
    PrintCard {
        case: CaseId,
        attempt: AttemptId,
        sheet: Sheet,
    },
    /// Send the card of a job whose id is on record.
    SendCard {
        case: CaseId,
        attempt: AttemptId,
        job: String,
        pdf: Vec<u8>,
    },
    AskJob {
        case: CaseId,
        attempt: AttemptId,
        job: String,
    },
    StopJob {
        case: CaseId,
        attempt: AttemptId,
        job: String,
    },
    /// Send a sheet that is no card to the card printer, under this name.
    PrintSheet {
        job: String,
        sheet: Sheet,
        pdf: Vec<u8>,
    },
    /// See whether the card printer is ready for this sheet.
    LookAtPrinter {
        sheet: Sheet,
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
