//! Table `setting`: named values of this counter, among them the pepper of the look-up hash.

use casework::nouns::IdNumber;
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError},
    hash::hmac_sm3_hex,
    key::random_bytes,
    ledger::Ledger,
    start_check::{NOTED, WALKED},
};

/// Secret that makes the look-up hash useless without the ledger: bare hashes of the billion or so plausible local
/// numbers are guessed in minutes.
const PEPPER: &str = "lookup_pepper";

/// Secret of the key with which the station signs its archive packages.
pub(crate) const ARCHIVE_SECRET: &str = "archive_secret";

/// Secret of the key with which the station signs the codes of its cards.
pub(crate) const CARD_CODE_SECRET: &str = "card_code_secret";

impl Ledger {
    /// A named value of this counter, `None` when it was never set.
    pub fn setting(&self, name: &str) -> Result<Option<String>, LedgerError> {
        read(self.connection(), name)
    }

    /// Sets a named value.
    ///
    /// # Panics
    /// When the name is one of the ledger's own.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<(), LedgerError> {
        assert_ne!(name, PEPPER, "the pepper is made once; another one would orphan every look-up hash");
        assert_ne!(name, ARCHIVE_SECRET, "the signing key is drawn once; packages are compared with it for decades");
        assert!(![NOTED, WALKED].contains(&name), "what a start has walked is noted by the start alone");
        self.write("write a setting", |tx| write(tx, name, value))
    }
}

/// Makes the pepper when the ledger is new.
pub(crate) fn first_open(tx: &Transaction<'_>) -> Result<(), LedgerError> {
    if read(tx, PEPPER)?.is_some() {
        return Ok(());
    }
    let mut pepper = [0; 32];
    random_bytes(&mut pepper).map_err(|source| LedgerError::KeyFile { doing: "draw a pepper", source })?;
    tx.execute("INSERT INTO setting (name, value) VALUES (?1, ?2)", (PEPPER, hex::encode(pepper)))
        .doing("keep the pepper")?;
    Ok(())
}

/// The keyed hash by which this ledger knows a person: HMAC-SM3 over the number, 64 hex digits.
pub(crate) fn holder_hash(connection: &Connection, number: &IdNumber) -> Result<String, LedgerError> {
    Ok(hmac_sm3_hex(pepper(connection)?.as_bytes(), number.as_str().as_bytes()))
}

/// The secret of every keyed hash of this ledger.
pub(crate) fn pepper(connection: &Connection) -> Result<String, LedgerError> {
    Ok(read(connection, PEPPER)?.expect("the pepper is made when the ledger is first opened"))
}

pub(crate) fn write(tx: &Transaction<'_>, name: &str, value: &str) -> Result<(), LedgerError> {
    tx.prepare_cached("INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2")
        .and_then(|mut insert| insert.execute((name, value)))
        .doing("write a setting")?;
    Ok(())
}

pub(crate) fn read(connection: &Connection, name: &str) -> Result<Option<String>, LedgerError> {
    connection
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")
        .and_then(|mut select| select.query_row([name], |row| row.get(0)).optional())
        .doing("read a setting")
}
