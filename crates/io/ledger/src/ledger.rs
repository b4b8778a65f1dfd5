//! The open ledger: its lock, its connection, and the one function through which every write goes.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{
    connection::connect,
    error::{Doing, LedgerError, StorageKind},
    key::LedgerKey,
    migration::migrate,
    pictures, start_check, table,
};

/// The station's ledger (台账). It belongs to one thread of one process.
pub struct Ledger {
    connection: Connection,
    /// Set after a disk error: that connection's view of the file is not to be trusted with another write.
    suspect: bool,
    dir: PathBuf,
    key: LedgerKey,
    commits: u64,
    on_commit: Option<CommitWatcher>,
    /// Held open for as long as the ledger is; the operating system lets go of it when the process ends.
    _lock: File,
}

/// Called after each durable commit with the number of commits since the ledger was opened.
pub type CommitWatcher = Box<dyn FnMut(u64) + Send>;

impl Ledger {
    /// Opens the ledger in `dir`, making it when there is none, and puts it in order: schema, as much of the file and of
    /// the journal's chain as a start has time for, messages that were under way when the last run ended, left-over files.
    ///
    /// # Errors
    /// [`LedgerError::OpenElsewhere`], [`LedgerError::WrongKey`], [`LedgerError::NewerSchema`],
    /// [`LedgerError::Setting`], [`LedgerError::Damaged`], [`LedgerError::BrokenChain`], [`LedgerError::Storage`].
    /// A file that is refused is left as it is.
    pub fn open(dir: &Path, key: &LedgerKey) -> Result<Self, LedgerError> {
        fs::create_dir_all(dir.join(pictures::FOLDER)).doing("make the ledger's folder")?;
        let lock = lock(dir)?;
        let mut connection = connect(&database(dir), key)?;
        migrate(&mut connection)?;
        // The names of the new database file and of the picture folder are as durable as what will be in them.
        crate::sync::sync_dir(dir).doing("make the ledger's folder durable")?;
        let walked = start_check::check(&connection)?;
        let mut ledger = Self {
            connection,
            suspect: false,
            dir: dir.to_owned(),
            key: key.clone(),
            commits: 0,
            on_commit: None,
            _lock: lock,
        };
        ledger.write("put the ledger in order", |tx| {
            table::setting::first_open(tx)?;
            start_check::note(tx, walked)?;
            table::outbox::put_back_in_flight(tx)
        })?;
        pictures::sweep(&ledger.connection, &ledger.dir)?;
        Ok(ledger)
    }

    /// Number of transactions that became durable since the ledger was opened.
    pub fn commits(&self) -> u64 {
        self.commits
    }

    /// Has `watcher` called after each durable commit. Crash tests end the process in it.
    pub fn on_commit(&mut self, watcher: CommitWatcher) {
        self.on_commit = Some(watcher);
    }

    /// Every write of this crate: BEGIN IMMEDIATE, `work`, COMMIT. Whatever fails, nothing of it stays.
    ///
    /// After a disk error the connection is replaced before the next write, because what it holds in memory may not
    /// be what is on the disk. The transaction is not repeated: the caller asks what happened and decides.
    pub(crate) fn write<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        if self.suspect {
            self.connection = connect(&database(&self.dir), &self.key)?;
            self.suspect = false;
        }
        let done = transact(&mut self.connection, doing, work);
        match &done {
            Ok(_) => {
                self.commits += 1;
                if let Some(watcher) = &mut self.on_commit {
                    watcher(self.commits);
                }
            }
            Err(error) => self.suspect = is_disk_trouble(error),
        }
        done
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("dir", &self.dir).field("commits", &self.commits).finish_non_exhaustive()
    }
}

/// The database file of a ledger's folder.
pub(crate) fn database(dir: &Path) -> PathBuf {
    dir.join("ledger.db")
}

/// Takes the operating system's lock before the database is touched: a second writer, even a well-behaved one,
/// would break the chain of assumptions that one owner of state rests on.
///
/// Touching the file also leaves the file system's own idea of now in its modification time.
pub(crate) fn lock(dir: &Path) -> Result<File, LedgerError> {
    const DOING: &str = "lock the ledger";
    let file = File::options().create(true).truncate(false).write(true).open(lock_file(dir)).doing(DOING)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(LedgerError::OpenElsewhere { dir: dir.to_owned() }),
        Err(TryLockError::Error(error)) => return Err(error).doing(DOING),
    }
    file.set_len(0).doing(DOING)?;
    std::io::Write::write_all(&mut &file, std::process::id().to_string().as_bytes()).doing(DOING)?;
    Ok(file)
}

pub(crate) fn lock_file(dir: &Path) -> PathBuf {
    dir.join("ledger.lock")
}

fn transact<T>(
    connection: &mut Connection,
    doing: &'static str,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, LedgerError>,
) -> Result<T, LedgerError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).doing(doing)?;
    let value = work(&tx)?;
    tx.commit().doing(doing)?;
    Ok(value)
}

fn is_disk_trouble(error: &LedgerError) -> bool {
    matches!(error, LedgerError::Storage { kind: StorageKind::Full | StorageKind::Io | StorageKind::Corrupt, .. })
}

#[cfg(test)]
mod tests {
    use casework::{
        fact::{Fact, PackStamp},
        nouns::{CaseKind, WindowLevel},
    };

    use super::*;
    use crate::Entry;

    #[test]
    fn a_full_disk_is_told_and_nothing_half_written_stays_and_work_goes_on_when_there_is_room() {
        let dir = tempfile::tempdir().unwrap();
        let key = LedgerKey::load_or_create(&dir.path().join("ledger.key")).unwrap();
        let mut ledger = Ledger::open(dir.path(), &key).unwrap();
        let before = ledger.report().unwrap();
        // SQLite refuses to let the file grow, just as it does when the disk refuses. The limit belongs to this
        // connection and goes with it: that is the moment at which there is room again.
        let pages: i64 = ledger.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        ledger.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
        let (case, actor) = ("XXC-20211108-0001".parse().unwrap(), "clerk:test".parse().unwrap());
        let opened = Fact::Opened {
            kind: CaseKind::First,
            window: "XXC".parse().unwrap(),
            level: WindowLevel::Village,
            // Larger than what is free on the pages there are.
            pack: PackStamp { id: "x".repeat(100_000), hash: String::new() },
            training: true,
        };
        let facts = [opened];
        let entry = Entry {
            case: &case,
            expected_seq: 0,
            at: "2021-11-08T01:00:00Z".parse().unwrap(),
            actor: &actor,
            facts: &facts,
            messages: &[],
        };
        let refused = ledger.record(entry);
        assert!(matches!(refused, Err(LedgerError::Storage { kind: StorageKind::Full, .. })), "{refused:?}");
        assert_eq!(ledger.report().unwrap(), before);
        assert_eq!(ledger.record(entry).unwrap().len(), 1);
        assert_eq!(ledger.case_facts(&case).unwrap().len(), 1);
    }

    #[test]
    fn an_open_ledger_has_the_settings_that_durability_rests_on() {
        let dir = tempfile::tempdir().unwrap();
        let key = LedgerKey::load_or_create(&dir.path().join("ledger.key")).unwrap();
        let ledger = Ledger::open(dir.path(), &key).unwrap();
        for (pragma, wanted) in [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("temp_store", 2)] {
            let found: i64 = ledger.connection.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
            assert_eq!(found, wanted, "{pragma}");
        }
    }
}
