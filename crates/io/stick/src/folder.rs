//! The stick as a folder: listed, written to so that a file is whole or not there, and read from with a limit.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Endings of the two sorts of files.
pub const EXPORT_END: &str = "ydx";
pub const ANSWERS_END: &str = "yda";

/// Largest file of answers that is read, bytes.
const LARGEST: u64 = 16 << 20;
/// So many files of answers are shown; the newest by name.
const MOST: usize = 20;

/// Something to be done with the stick.
#[derive(Clone, PartialEq, Eq)]
pub enum Work {
    /// See whether it is there, and what answers lie on it.
    Look {
        folder: PathBuf,
    },
    Write {
        folder: PathBuf,
        name: String,
        bytes: Vec<u8>,
        serial: u32,
    },
    /// `name` is a bare file name.
    Read {
        folder: PathBuf,
        name: String,
    },
}

/// What came of it.
#[derive(Clone, PartialEq, Eq)]
pub enum News {
    Looked(Result<Seen, StickFault>),
    Written { name: String, serial: u32, outcome: Result<(), StickFault> },
    Read { name: String, outcome: Result<Vec<u8>, StickFault> },
}

/// A stick that is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// Bare names of the files of answers on it, newest first.
    pub answers: Vec<String>,
}

/// What stands in the way of the stick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StickFault {
    /// No stick is there, or it was pulled out.
    Away,
    Full,
    ReadOnly,
    /// It does not read or write.
    Broken,
    /// The file is larger than any file of answers.
    TooLarge,
}

/// Does one piece of work. It may take as long as the stick takes.
pub fn carry_out(work: Work) -> News {
    match work {
        Work::Look { folder } => News::Looked(look(&folder)),
        Work::Write { folder, name, bytes, serial } => {
            let outcome = write(&folder, &name, &bytes);
            News::Written { name, serial, outcome }
        }
        Work::Read { folder, name } => {
            let outcome = read(&folder, &name);
            News::Read { name, outcome }
        }
    }
}

fn look(folder: &Path) -> Result<Seen, StickFault> {
    let entries = fs::read_dir(folder).map_err(|error| fault(&error))?;
    let mut answers: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.strip_suffix(ANSWERS_END).is_some_and(|head| head.ends_with('.') && head.len() > 1))
        .collect();
    answers.sort_unstable_by(|one, other| other.cmp(one));
    answers.truncate(MOST);
    Ok(Seen { answers })
}

/// Written beside its place, flushed, renamed there, and the folder flushed: a stick that is pulled out too early holds
/// a whole export or none.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), StickFault> {
    // A folder that is made anew would lie on the machine's own disk, where the stick is not.
    if !folder.is_dir() {
        return Err(StickFault::Away);
    }
    let part = folder.join(format!(".{name}.part"));
    let written = File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, folder.join(name)))
        .and_then(|()| sync_folder(folder));
    written.map_err(|error| {
        // Half a file is of no use to anybody; if it cannot be removed, the next export writes over it.
        let _ = fs::remove_file(&part);
        fault(&error)
    })
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, StickFault> {
    let bare = Path::new(name).file_name().is_some_and(|bare| bare == name);
    if !bare {
        return Err(StickFault::Away);
    }
    let file = File::open(folder.join(name)).map_err(|error| fault(&error))?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    if bytes.len() as u64 > LARGEST { Err(StickFault::TooLarge) } else { Ok(bytes) }
}

/// Windows cannot flush a directory; the order of the calls is the same there.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
}

fn fault(error: &std::io::Error) -> StickFault {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the standard library's list is not ours and grows")]
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => StickFault::Away,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => StickFault::Full,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => StickFault::ReadOnly,
        _ => StickFault::Broken,
    }
}

/// Hides the bytes, and the names of folders.
impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Work::Look { .. } => f.write_str("Look"),
            Work::Write { name, serial, .. } => write!(f, "Write({name}, {serial})"),
            Work::Read { name, .. } => write!(f, "Read({name})"),
        }
    }
}
