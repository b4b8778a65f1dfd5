//! Print queues: what a printer says of itself, and the queue that is a folder, where a job is a PDF file and what the
//! printer says stands in a file beside it. [`ipp_queue`] speaks to printers; [`queue`] is either.
//!
//! A job's name is the attempt's, so that one attempt can never be printed twice, and a restart finds by name what
//! was already handed over.

mod address;
mod answers;
mod ipp_queue;
mod queue;
mod seen;

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::state::{DeviceState, WhoActs, Words};

pub use address::{AddressFault, IppAddress, QueueAddress};
pub use ipp_queue::IppQueue;
pub use queue::Queue;
pub use seen::{Confidence, JobSeen, Sheet};

/// A folder that a card printer, or the simulator of one, takes jobs from.
#[derive(Debug, Clone)]
pub struct FolderQueue {
    dir: PathBuf,
}

/// The name of a job in the queue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobId(String);

impl JobId {
    /// A job's name in its queue, as it was written down earlier.
    pub fn recorded(name: &str) -> JobId {
        JobId(name.to_owned())
    }

    /// As the queue names it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the queue knows of a job. It cannot know whether a card came out: only a person can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// The queue holds the job, durably.
    Spooled,
    /// The queue has no job of this name.
    Unknown,
}

/// What the printer says of itself before a job is sent. Where several are true, the first of them is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrinterState {
    Ready,
    Offline,
    MediaJam,
    CoverOpen,
    MediaEmpty,
    SupplyEmpty,
    /// What is in it is not the sheet that is wanted.
    WrongMedia,
    /// The sheet has two sides, and it prints one.
    OneSided,
    /// It fits what it prints to the medium and would not leave the size alone.
    Scales,
    Paused,
    /// It reports a fault that has no word here.
    Stopped,
}

/// Why a job was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PrinterFault {
    #[error("the print queue's folder is missing")]
    NoQueue { source: io::Error },
    #[error("the print queue already holds a job of this name")]
    AlreadySubmitted { job: JobId },
    #[error("`{name}` cannot name a job")]
    JobName { name: String },
    #[error("the job could not be written into the print queue")]
    Submitting { source: io::Error },
    #[error("the print queue could not be listed")]
    Listing { source: io::Error },
    #[error("the printer's state could not be read")]
    ReadingState { source: io::Error },
    #[error("the printer's state `{word}` is not known")]
    UnknownState { word: String },
    #[error("nobody answers at the printer's address")]
    Unreachable { source: Box<dyn std::error::Error + Send + Sync> },
    #[error("the printer did not answer to the end")]
    NoAnswer { source: Box<dyn std::error::Error + Send + Sync> },
    #[error("the printer refused: {status}{}", of(unsupported))]
    Refused { status: String, unsupported: Vec<String> },
    #[error("the printer has no such job")]
    NotFound,
    #[error("the printer holds no sheet of this size")]
    NoMedium,
    #[error("the printer goes on with job {}", job.as_str())]
    StillThere { job: JobId },
    #[error("the printer's answer has no readable {what}")]
    Unreadable { what: &'static str },
    #[error("a request to the printer could not be written")]
    Writing { source: Box<dyn std::error::Error + Send + Sync> },
}

impl FolderQueue {
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Hands a PDF over. When this returns the job survives a power cut. A second job of the same name is refused.
    pub fn submit(&mut self, job_name: &str, pdf: &[u8]) -> Result<JobId, PrinterFault> {
        let job = job_id(job_name)?;
        let path = self.path(&job);
        if !self.dir.is_dir() {
            return Err(PrinterFault::NoQueue { source: io::ErrorKind::NotFound.into() });
        }
        let part = self.dir.join(format!(".{job_name}.part"));
        let written = write_durably(&part, pdf).and_then(|()| {
            // A link, unlike a rename, does not replace a job that is already there.
            let placed = fs::hard_link(&part, &path);
            fs::remove_file(&part)?;
            placed?;
            File::open(&self.dir)?.sync_all()
        });
        match written {
            Ok(()) => Ok(job),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(PrinterFault::AlreadySubmitted { job }),
            Err(source) => Err(PrinterFault::Submitting { source }),
        }
    }

    /// What the queue knows of a job handed over earlier, perhaps before a restart.
    pub fn state(&self, job: &JobId) -> JobState {
        if self.path(job).is_file() { JobState::Spooled } else { JobState::Unknown }
    }

    /// The names of all jobs in the queue, in order of name.
    pub fn jobs(&self) -> Result<Vec<JobId>, PrinterFault> {
        let listing = |source| PrinterFault::Listing { source };
        let mut jobs = Vec::new();
        for entry in fs::read_dir(&self.dir).map_err(listing)? {
            let name = entry.map_err(listing)?.file_name();
            let stem = name.to_str().and_then(|name| name.strip_suffix(".pdf"));
            jobs.extend(stem.and_then(|stem| job_id(stem).ok()));
        }
        jobs.sort();
        Ok(jobs)
    }

    /// What the printer says now: the word in the folder's `.state` file, ready without one.
    pub fn preflight(&self) -> Result<PrinterState, PrinterFault> {
        if !self.dir.is_dir() {
            return Err(PrinterFault::NoQueue { source: io::ErrorKind::NotFound.into() });
        }
        let word = match fs::read_to_string(self.dir.join(".state")) {
            Ok(word) => word,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(PrinterState::Ready),
            Err(source) => return Err(PrinterFault::ReadingState { source }),
        };
        match word.trim() {
            "" | "ready" => Ok(PrinterState::Ready),
            "media_empty" => Ok(PrinterState::MediaEmpty),
            "media_jam" => Ok(PrinterState::MediaJam),
            "offline" => Ok(PrinterState::Offline),
            "paused" => Ok(PrinterState::Paused),
            other => Err(PrinterFault::UnknownState { word: other.to_owned() }),
        }
    }

    fn path(&self, job: &JobId) -> PathBuf {
        self.dir.join(format!("{}.pdf", job.0))
    }
}

impl PrinterState {
    pub fn code(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Offline => "offline",
            Self::MediaJam => "media_jam",
            Self::CoverOpen => "cover_open",
            Self::MediaEmpty => "media_empty",
            Self::SupplyEmpty => "supply_empty",
            Self::WrongMedia => "wrong_media",
            Self::OneSided => "one_sided",
            Self::Scales => "scales",
            Self::Paused => "paused",
            Self::Stopped => "stopped",
        }
    }

    pub fn device_state(self) -> DeviceState {
        match self {
            Self::Ready => DeviceState::Online,
            Self::MediaEmpty
            | Self::MediaJam
            | Self::CoverOpen
            | Self::SupplyEmpty
            | Self::WrongMedia
            | Self::OneSided
            | Self::Scales
            | Self::Paused => DeviceState::UserError,
            Self::Offline => DeviceState::Offline,
            Self::Stopped => DeviceState::HardwareError,
        }
    }

    pub fn who_acts(self) -> WhoActs {
        match self {
            Self::Ready => WhoActs::Nobody,
            Self::MediaEmpty
            | Self::MediaJam
            | Self::CoverOpen
            | Self::SupplyEmpty
            | Self::WrongMedia
            | Self::Offline
            | Self::Paused => WhoActs::PersonAtCounter,
            Self::OneSided | Self::Scales | Self::Stopped => WhoActs::Technician,
        }
    }

    /// What is the matter and what to do, in Chinese.
    pub fn words(self) -> Words {
        let (happened, remedy) = match self {
            Self::Ready => ("打印机就绪。", ""),
            Self::MediaEmpty => ("打印机缺空白证。", "请装入空白证。"),
            Self::MediaJam => ("打印机卡证。", "请打开打印机取出卡住的证，再合上。"),
            Self::CoverOpen => ("打印机盖子开着。", "请合上打印机盖子。"),
            Self::SupplyEmpty => ("打印机色带用完了。", "请换上新色带。"),
            Self::WrongMedia => ("打印机里装的不是这种卡。", "请装入空白证。"),
            Self::OneSided => ("这台打印机不能双面打印。", "请技术人员换打印机，或改用单面版式。"),
            Self::Scales => ("这台打印机会缩放版面，卡片印不准。", "请技术人员换打印机或换驱动。"),
            Self::Offline => ("打印机未连接。", "请检查打印机电源和连接线。"),
            Self::Paused => ("打印机已暂停。", "请在打印机上恢复打印。"),
            Self::Stopped => ("打印机报故障，停下了。", "请看打印机上的提示；不会处理就找技术人员。"),
        };
        Words { happened, remedy }
    }
}

impl PrinterFault {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoQueue { .. } => "no_queue",
            Self::AlreadySubmitted { .. } => "already_submitted",
            Self::JobName { .. } => "job_name",
            Self::Submitting { .. } => "submitting",
            Self::Listing { .. } => "listing",
            Self::ReadingState { .. } => "reading_state",
            Self::UnknownState { .. } => "unknown_state",
            Self::Unreachable { .. } => "unreachable",
            Self::NoAnswer { .. } => "no_answer",
            Self::Refused { .. } => "refused",
            Self::NotFound => "not_found",
            Self::NoMedium => "no_medium",
            Self::StillThere { .. } => "still_there",
            Self::Unreadable { .. } => "unreadable",
            Self::Writing { .. } => "writing",
        }
    }
}

/// The attributes a printer would not have, for the end of a sentence.
fn of(unsupported: &[String]) -> String {
    if unsupported.is_empty() { String::new() } else { format!(" ({})", unsupported.join(", ")) }
}

/// Letters, digits, `-` and `_`, so that a name is a file's name on every system and never a path.
fn job_id(name: &str) -> Result<JobId, PrinterFault> {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if name.is_empty() || name.len() > 100 || !name.bytes().all(legal) {
        return Err(PrinterFault::JobName { name: name.to_owned() });
    }
    Ok(JobId(name.to_owned()))
}

fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submitted_job_stands_in_the_queue_under_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut queue = FolderQueue::new(folder.path());
        let job = queue.submit("attempt-1", b"%PDF-1.7").unwrap();
        assert_eq!(queue.state(&job), JobState::Spooled);
        assert_eq!(fs::read(folder.path().join("attempt-1.pdf")).unwrap(), b"%PDF-1.7");
        assert_eq!(queue.jobs().unwrap(), [job]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no part file is left");
    }

    #[test]
    fn the_same_attempt_is_never_queued_twice() {
        let folder = tempfile::tempdir().unwrap();
        let mut queue = FolderQueue::new(folder.path());
        queue.submit("attempt-1", b"first").unwrap();
        let again = queue.submit("attempt-1", b"second").unwrap_err();
        assert_eq!(again.code(), "already_submitted");
        assert_eq!(fs::read(folder.path().join("attempt-1.pdf")).unwrap(), b"first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_name_that_is_a_path_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut queue = FolderQueue::new(folder.path());
        for name in ["", "../x", "a/b", ".hidden", "a b", "证"] {
            assert_eq!(queue.submit(name, b"x").unwrap_err().code(), "job_name", "{name}");
        }
    }

    #[test]
    fn the_printer_s_state_is_read_before_printing() {
        let folder = tempfile::tempdir().unwrap();
        let queue = FolderQueue::new(folder.path());
        assert_eq!(queue.preflight().unwrap(), PrinterState::Ready);
        for state in [PrinterState::MediaEmpty, PrinterState::MediaJam, PrinterState::Offline, PrinterState::Paused] {
            fs::write(folder.path().join(".state"), format!("{}\n", state.code())).unwrap();
            assert_eq!(queue.preflight().unwrap(), state);
        }
        fs::write(folder.path().join(".state"), "on fire").unwrap();
        assert_eq!(queue.preflight().unwrap_err().code(), "unknown_state");
    }

    #[test]
    fn a_missing_folder_is_said_to_be_missing() {
        let folder = tempfile::tempdir().unwrap();
        let mut queue = FolderQueue::new(folder.path().join("gone"));
        assert_eq!(queue.submit("attempt-1", b"x").unwrap_err().code(), "no_queue");
        assert_eq!(queue.preflight().unwrap_err().code(), "no_queue");
    }
}
