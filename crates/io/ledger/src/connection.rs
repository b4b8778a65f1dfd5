//! One connection with the settings that durability and secrecy rest on, each read back before it is believed.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::{
    error::{Doing, LedgerError, StorageKind},
    key::LedgerKey,
};

/// What is set, and what reading it back must give.
const SETTINGS: [(&str, &str, &str); 8] = [
    // A commit is on the disk before it is acknowledged. With NORMAL a power cut takes acknowledged cases away.
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    ("cell_size_check", "ON", "1"),
    // So long SQLite waits for another process, in ms. With the lock file there is none; it covers a backup program
    // that looks at the file for a moment.
    ("busy_timeout", "5000", "5000"),
    // 32 MB of decrypted pages are kept: each page that has to be read again is decrypted and checked again.
    ("cache_size", "-32000", "-32000"),
    // Nothing that was decrypted goes to a temporary file, and what is removed is overwritten.
    ("temp_store", "MEMORY", "2"),
    ("secure_delete", "ON", "1"),
];

/// Opens the file (making it when it is not there) and refuses it unless every setting holds.
pub(crate) fn connect(file: &Path, key: &LedgerKey) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = keyed(file, key, flags)?;
    for (name, value, wanted) in SETTINGS {
        set(&connection, name, value, wanted)?;
    }
    Ok(connection)
}

/// Opens an existing file for looking only.
pub(crate) fn connect_to_look(file: &Path, key: &LedgerKey) -> Result<Connection, LedgerError> {
    let connection = keyed(file, key, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // Whoever looks at everything goes through every index: 200 MB of pages spare decrypting them again for each row.
    connection.pragma_update(None, "cache_size", -200_000).doing("set up the connection to the ledger")?;
    Ok(connection)
}

fn keyed(file: &Path, key: &LedgerKey, flags: OpenFlags) -> Result<Connection, LedgerError> {
    const DOING: &str = "open the ledger's file";
    let connection = Connection::open_with_flags(file, flags).doing(DOING)?;
    // SQLCipher would otherwise write page numbers and causes to stderr on a wrong key or a damaged page.
    connection.pragma_update(None, "cipher_log_level", "NONE").doing(DOING)?;
    // A raw key: no passphrase derivation, which would cost a third of a second at each open.
    connection.pragma_update(None, "key", format!("x'{}'", key.hex())).doing(DOING)?;
    let cipher: Option<String> = connection
        .query_row("PRAGMA cipher_version", [], |row| row.get(0))
        .map(Some)
        .or_else(none_if_no_row)
        .doing(DOING)?;
    if cipher.is_none() {
        // Plain SQLite ignores the key and would write everything in clear.
        return Err(LedgerError::Setting {
            name: "cipher_version",
            wanted: "SQLCipher".to_owned(),
            found: "plain SQLite".to_owned(),
        });
    }
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)) {
        Ok(_) => Ok(connection),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            Err(LedgerError::WrongKey)
        }
        Err(error) => Err(error).doing(DOING),
    }
}

/// SQLite's own check of the whole file; through SQLCipher it also checks each page's HMAC.
pub(crate) fn check_file(connection: &Connection) -> Result<(), LedgerError> {
    const DOING: &str = "check the ledger's file";
    let found = first_lines(connection, "PRAGMA quick_check(5)").and_then(|mut lines| {
        lines.retain(|line| line != "ok");
        lines.extend(first_lines(connection, "PRAGMA cipher_integrity_check")?);
        Ok(lines)
    });
    match found.doing(DOING) {
        Ok(lines) if lines.is_empty() => Ok(()),
        Ok(lines) => Err(LedgerError::Damaged { found: lines.join("; ") }),
        Err(LedgerError::Storage { kind: StorageKind::Corrupt, source, .. }) => {
            Err(LedgerError::Damaged { found: source.to_string() })
        }
        Err(other) => Err(other),
    }
}

fn set(connection: &Connection, name: &'static str, value: &str, wanted: &str) -> Result<(), LedgerError> {
    const DOING: &str = "set up the connection to the ledger";
    connection
        .pragma_update_and_check(None, name, value, |_| Ok(()))
        .or_else(|error| none_if_no_row(error).map(drop))
        .doing(DOING)?;
    let found = connection
        .pragma_query_value(None, name, |row| {
            // Most settings read back as numbers, the journal mode as a word.
            row.get::<_, i64>(0).map(|number| number.to_string()).or_else(|_| row.get(0))
        })
        .doing(DOING)?;
    if found != wanted {
        return Err(LedgerError::Setting { name, wanted: wanted.to_owned(), found });
    }
    Ok(())
}

fn none_if_no_row(error: rusqlite::Error) -> rusqlite::Result<Option<String>> {
    if error == rusqlite::Error::QueryReturnedNoRows { Ok(None) } else { Err(error) }
}

fn first_lines(connection: &Connection, pragma: &str) -> rusqlite::Result<Vec<String>> {
    connection.prepare(pragma)?.query_map([], |row| row.get(0))?.take(5).collect()
}

#[cfg(test)]
mod tests {
    /// From 3.7.0 to 3.51.2 a reset of the log could race with a reader and damage the file.
    #[test]
    fn the_linked_sqlite_is_newer_than_the_log_reset_bug() {
        assert!(rusqlite::version_number() >= 3_051_003, "SQLite {} is linked", rusqlite::version());
    }
}
