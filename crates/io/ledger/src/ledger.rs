//! The open ledger: its lock, its connection, and the one function through which every write goes.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{
    connection::{check_file, connect},
    error::{Doing, LedgerError, StorageKind},
    key::LedgerKey,
    migration::migrate,
    pictures, table,
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
    /// Opens the ledger in `dir`, making it when there is none, and puts it in order: schema, SQLite's check of the
    /// file, the journal's chain, messages that were under way when the last run ended, left-over files.
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
        check_file(&connection)?;
        table::journal::check_chain(&connection)?;
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
