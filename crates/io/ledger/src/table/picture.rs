//! Table `picture`: the secret of each stored picture. Removing a row is how a picture will be erased for good.

use casework::nouns::PictureHash;
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError},
    table::parsed,
};

const READING: &str = "read the key of a picture";

/// Secret of one picture: an AES-256 key that encrypts this file and no other.
pub(crate) type Secret = [u8; 32];

pub(crate) fn secret(connection: &Connection, hash: &PictureHash) -> Result<Option<Secret>, LedgerError> {
    connection
        .prepare_cached("SELECT secret FROM picture WHERE hash = ?1")
        .and_then(|mut select| select.query_row([hash.as_str()], |row| row.get(0)).optional())
        .doing(READING)
}

pub(crate) fn insert(
    tx: &Transaction<'_>,
    hash: &PictureHash,
    secret: &Secret,
    byte_count: usize,
) -> Result<(), LedgerError> {
    tx.execute(
        "INSERT INTO picture (hash, suite, secret, byte_count) VALUES (?1, 'aes-256-gcm', ?2, ?3)",
        (hash.as_str(), secret, byte_count as i64),
    )
    .doing("write the key of a picture")?;
    Ok(())
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<(PictureHash, Secret)>, LedgerError> {
    let mut select = connection.prepare("SELECT hash, secret FROM picture ORDER BY hash").doing(READING)?;
    let rows: Vec<(String, Secret)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).and_then(Iterator::collect).doing(READING)?;
    rows.into_iter().map(|(hash, secret)| Ok((parsed("picture", &hash, &hash)?, secret))).collect()
}
