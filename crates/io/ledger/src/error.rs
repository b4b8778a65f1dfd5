//! Everything that can go wrong at the ledger, named after what was attempted.

use std::path::PathBuf;

use casework::nouns::{Actor, CardNumber, CaseId, PictureHash};

use crate::table::blank::BlankState;

/// What lies below an error: SQLite's own error or the operating system's.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// A failure of the ledger. `Display` never holds personal data, and never repeats its source.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Another program, or another ledger of this one, holds the lock. Nothing was opened.
    #[error("the ledger in {dir} is already open elsewhere")]
    OpenElsewhere { dir: PathBuf },
    /// The key file could not be read or made.
    #[error("could not {doing}")]
    KeyFile { doing: &'static str, source: Source },
    /// The key file is not 64 hex digits.
    #[error("the key file {path} does not hold 64 hex digits")]
    KeyMalformed { path: PathBuf },
    /// The key does not open the file (or the file's first page is damaged: the two look the same from outside).
    #[error("the key does not open this ledger")]
    WrongKey,
    /// A setting that durability or secrecy rests on was not taken. The start is refused.
    #[error("SQLite setting {name} is {found:?} instead of {wanted:?}")]
    Setting { name: &'static str, wanted: String, found: String },
    /// The file was written by a newer program.
    #[error("the ledger has schema {found}, and this program knows schemas up to {known}")]
    NewerSchema { found: u32, known: u32 },
    /// The file was left by an older program and has not been opened since: opening it brings it along.
    #[error("the ledger has schema {found}; a program that opens it brings it to schema {known} first")]
    OlderSchema { found: u32, known: u32 },
    /// The file fails SQLite's own check. It is never repaired or made anew by this program.
    #[error("the ledger's file is damaged: {found}")]
    Damaged { found: String },
    /// A journal row does not follow from the one before it.
    #[error("the journal's chain breaks at row {at}: {why}")]
    BrokenChain { at: u64, why: String },
    /// A stored row cannot be read back as what it was written from.
    #[error("row {row} of table {table} is unreadable")]
    Unreadable { table: &'static str, row: String, source: Source },

    /// Invented cases were to be written beside a case that is not training. Nothing was written.
    #[error("this ledger, or an entry, is not for training: invented cases have no place in it")]
    NotTraining,
    /// The case is open, has something unsent, or was erased before. Nothing was erased.
    #[error("case {case} may not be erased")]
    NotErasable { case: CaseId },
    /// The people of the case were forgotten when their time was over.
    #[error("case {case} was erased")]
    Erased { case: CaseId },
    /// The case has moved since the caller looked: what was to be recorded was judged on an old state. A caller
    /// whose connection broke during a commit learns here whether that commit happened.
    #[error("case {case} stands at fact {found}, not at {expected}")]
    Stale { case: CaseId, expected: u32, found: u32 },
    /// The first fact of a case must open it, and no later one may.
    #[error("case {case} is opened by its first fact and by no other")]
    Opening { case: CaseId },
    /// The case number is not of the form `WINDOW-YYYYMMDD-NNNN`.
    #[error("case number {case} names no day and ordinal")]
    CaseNumber { case: CaseId },
    /// The number was reserved before, in whatever state it is now.
    #[error("card number {number} was used before")]
    NumberTaken { number: CardNumber },
    /// The number does not end in the running number that is next in the granted block.
    #[error("card number {number} does not end in {next}, which is next in the block")]
    NumberNotNext { number: CardNumber, next: u32 },
    /// Every number of the granted blocks was drawn.
    #[error("no number is left in the granted blocks")]
    NumbersExhausted,
    /// A new block shares a number with one granted before.
    #[error("block {lo} to {hi} is empty or overlaps a granted one")]
    BlockRefused { lo: u32, hi: u32 },
    /// The blank never came in.
    #[error("no blank with serial {serial} came in")]
    BlankUnknown { serial: CardNumber },
    /// The blank is on hand no more.
    #[error("the blank {serial} is {}", .state.text())]
    BlankGone { serial: CardNumber, state: BlankState },
    /// The blank's serial is the number of a card that is being made.
    #[error("the blank {serial} is bound to a case")]
    BlankBound { serial: CardNumber },
    /// A blank with this serial came in before.
    #[error("a blank with serial {serial} came in before")]
    BlankKnown { serial: CardNumber },
    /// Fewer blanks without a serial are on hand than were to be written off.
    #[error("{wanted} blanks were to be written off, and {on_hand} are on hand")]
    BlanksShort { on_hand: u32, wanted: u32 },
    /// The day has been closed since the caller looked.
    #[error("day {day} was closed meanwhile")]
    DayClosed { day: jiff::civil::Date },
    /// The number is not in a state from which it could move there, or belongs to another case.
    #[error("card number {number} cannot become {to}")]
    NumberState { number: CardNumber, to: &'static str },
    /// The attempt was made before, or it is a second first print of one number.
    #[error("card number {number} was printed before, and no reason for a reprint is given")]
    PrintTaken { number: CardNumber },
    /// The attempt is not known, or was settled before.
    #[error("print attempt {attempt} is unknown or already settled")]
    AttemptState { attempt: String },
    /// A message with the same key or place in the case exists.
    #[error("message {key} is already in the outbox")]
    MessageTaken { key: String },
    /// The message is unknown, or its state forbids the move.
    #[error("message {id} is unknown or cannot move to that state")]
    MessageState { id: i64 },

    /// A person's act was about messages that have moved since they were looked at.
    #[error("{what}: the outbox has moved since it was looked at")]
    MessageMoved { what: String },
    /// An export or a file of answers that does not fit what the ledger knows. Nothing was changed.
    #[error("the stick is refused: {why}")]
    StickRefused { why: &'static str },
    /// There is no such follow-up, or it was settled before.
    #[error("this follow-up is unknown or already settled")]
    FollowUpState,

    /// A fact speaks of a person who is not there, or adds one who is, or brings no password.
    #[error("the people of the station do not allow this for {name}")]
    PersonState { name: Actor },

    /// A fact names a picture that was not stored first.
    #[error("picture {hash} is named by a fact but was not stored")]
    PictureNotStored { hash: PictureHash },
    /// The ledger knows the picture, but its file is gone.
    #[error("the file of picture {hash} is gone")]
    PictureLost { hash: PictureHash },
    /// The file's bytes are not those that were stored.
    #[error("the file of picture {hash} is damaged")]
    PictureDamaged { hash: PictureHash },

    /// The file system or SQLite failed. Nothing of the transaction is in the ledger, unless the failure came from
    /// the commit itself; asking for the case's facts tells.
    #[error("could not {doing}")]
    Storage { doing: &'static str, kind: StorageKind, source: Source },
}

/// Who can act on a storage failure depends on this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageKind {
    /// No room left on the disk. Work goes on as soon as there is room.
    Full,
    /// The disk or file may not be written.
    ReadOnly,
    /// The device failed to read or write.
    Io,
    /// What was read is not what was written.
    Corrupt,
    /// Somebody else holds the file for longer than five seconds.
    Busy,
    /// A rule of the schema was broken: our own fault.
    Rule,
    Other,
}

/// Names the attempt that failed. Implemented for results of SQLite and of the file system.
pub(crate) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T, LedgerError>;
}

impl<T> Doing<T> for Result<T, rusqlite::Error> {
    fn doing(self, doing: &'static str) -> Result<T, LedgerError> {
        self.map_err(|source| LedgerError::Storage { doing, kind: kind_of(&source), source: Box::new(source) })
    }
}

impl<T> Doing<T> for std::io::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T, LedgerError> {
        self.map_err(|source| {
            #[expect(clippy::wildcard_enum_match_arm, reason = "the standard library's list is not ours and grows")]
            let kind = match source.kind() {
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StorageKind::Full,
                std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => StorageKind::ReadOnly,
                _ => StorageKind::Io,
            };
            LedgerError::Storage { doing, kind, source: Box::new(source) }
        })
    }
}

/// True when the error is a broken UNIQUE, CHECK, foreign key or trigger.
pub(crate) fn breaks_a_rule(error: &rusqlite::Error) -> bool {
    kind_of(error) == StorageKind::Rule
}

fn kind_of(error: &rusqlite::Error) -> StorageKind {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StorageKind::Full,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => StorageKind::ReadOnly,
        Some(ErrorCode::SystemIoFailure) => StorageKind::Io,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StorageKind::Corrupt,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StorageKind::Busy,
        Some(ErrorCode::ConstraintViolation) => StorageKind::Rule,
        _ => StorageKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_room_on_the_disk_is_told_apart_from_a_broken_disk() {
        let kind_of = |errno| match std::io::Result::<()>::Err(std::io::Error::from_raw_os_error(errno)).doing("write")
        {
            Err(LedgerError::Storage { kind, .. }) => kind,
            other => panic!("expected a storage failure, got {other:?}"),
        };
        const ENOSPC: i32 = 28;
        const EIO: i32 = 5;
        const EROFS: i32 = 30;
        assert_eq!(kind_of(ENOSPC), StorageKind::Full);
        assert_eq!(kind_of(EIO), StorageKind::Io);
        assert_eq!(kind_of(EROFS), StorageKind::ReadOnly);
    }
}
