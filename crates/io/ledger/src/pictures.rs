//! Pictures and other files beside the database, each under the SM3 of its content: `blobs/ab/abcdef…`.
//!
//! A file is encrypted (AES-256-GCM) with a key of its own, which lives in table `picture` inside the encrypted
//! database; without that row the file is noise. Its name is the SM3 of the clear content, because that is what facts
//! and archive packages name: whoever holds a picture can therefore tell from the folder that it is stored here, and
//! learns nothing else.
//!
//! File layout: magic `YDP1` (4 bytes), nonce (12), ciphertext (as long as the content), tag (16).

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use casework::{journal::sm3, nouns::PictureHash};
use openssl::symm::{Cipher, decrypt_aead, encrypt_aead};
use rusqlite::Connection;

use crate::{
    error::{Doing, LedgerError, Source, StorageKind},
    key::random_bytes,
    ledger::{Ledger, lock_file},
    sync::sync_dir,
    table::picture::{self, Secret},
};

/// The folder of pictures inside the ledger's folder.
pub(crate) const FOLDER: &str = "blobs";

const MAGIC: &[u8; 4] = b"YDP1";
const NONCE: usize = 12;
const TAG: usize = 16;
/// Begins the name of a file that is being written.
const TEMPORARY: &str = ".tmp-";
/// A temporary file older than this was left by a run that ended in the middle.
const STALE_TEMPORARY: Duration = Duration::from_hours(1);
/// A picture file without a row older than this was stored by a run that ended before its row was committed.
const STALE_ORPHAN: Duration = Duration::from_hours(24);

impl Ledger {
    /// Stores bytes and returns their name. When this returns, file, name and key are on the disk, so a fact may name
    /// them. Storing the same bytes again gives the same name and writes nothing.
    ///
    /// # Errors
    /// [`LedgerError::Storage`]; with [`StorageKind::Full`] when there is no room. No half-written file is ever left
    /// under a picture's name.
    pub fn store_picture(&mut self, content: &[u8]) -> Result<PictureHash, LedgerError> {
        let hash: PictureHash = sm3(content).to_hex().parse().expect("64 hex digits are a picture's name");
        let known = picture::secret(self.connection(), &hash)?;
        if known.is_some_and(|secret| read(self.dir(), &hash, &secret).is_ok()) {
            return Ok(hash);
        }
        let mut nonce = [0; NONCE];
        random_bytes(&mut nonce).map_err(encrypting)?;
        // A picture whose file was lost or damaged is written again with the key that its row already holds, so that
        // an older copy of the file in a backup stays readable.
        let secret = match known {
            Some(secret) => secret,
            None => {
                let mut secret = [0; 32];
                random_bytes(&mut secret).map_err(encrypting)?;
                secret
            }
        };
        write(self.dir(), &hash, &seal(&secret, &nonce, content)?).doing("store a picture")?;
        if known.is_none() {
            self.write("keep the key of a picture", |tx| picture::insert(tx, &hash, &secret, content.len()))?;
        }
        Ok(hash)
    }

    /// The bytes of a stored picture, `None` when this ledger does not know the name. What is read is hashed again.
    ///
    /// # Errors
    /// [`LedgerError::PictureLost`] when its file is gone, [`LedgerError::PictureDamaged`] when the file's bytes are not
    /// those that were stored.
    pub fn picture(&self, hash: &PictureHash) -> Result<Option<Vec<u8>>, LedgerError> {
        match picture::secret(self.connection(), hash)? {
            Some(secret) => read(self.dir(), hash, &secret).map(Some),
            None => Ok(None),
        }
    }
}

/// Reads, decrypts and hashes one file.
pub(crate) fn read(dir: &Path, hash: &PictureHash, secret: &Secret) -> Result<Vec<u8>, LedgerError> {
    let file = match fs::read(path_of(dir, hash)) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(LedgerError::PictureLost { hash: hash.clone() });
        }
        Err(error) => return Err(error).doing("read a picture"),
    };
    match unseal(secret, &file) {
        Some(content) if sm3(&content).to_hex() == hash.as_str() => Ok(content),
        Some(_) | None => Err(LedgerError::PictureDamaged { hash: hash.clone() }),
    }
}

/// Removes what a run that ended in the middle left behind. Ages are differences of two file times, the newer one being
/// that of the lock file that was just written, so no clock of ours has a say in what is removed.
pub(crate) fn sweep(connection: &Connection, dir: &Path) -> Result<(), LedgerError> {
    const DOING: &str = "sweep left-over files";
    let now = fs::metadata(lock_file(dir)).and_then(|lock| lock.modified()).doing(DOING)?;
    for fan in fs::read_dir(dir.join(FOLDER)).doing(DOING)? {
        let fan = fan.doing(DOING)?.path();
        if !fan.is_dir() {
            continue;
        }
        for file in fs::read_dir(&fan).doing(DOING)? {
            let file = file.doing(DOING)?;
            let name = file.file_name().to_string_lossy().into_owned();
            let modified = file.metadata().and_then(|metadata| metadata.modified()).doing(DOING)?;
            let age = now.duration_since(modified).unwrap_or_default();
            let stale = if name.starts_with(TEMPORARY) {
                age > STALE_TEMPORARY
            } else {
                age > STALE_ORPHAN
                    && match name.parse() {
                        Ok(hash) => picture::secret(connection, &hash)?.is_none(),
                        Err(_) => false,
                    }
            };
            if stale {
                tracing::info!(file = name, "removed a left-over file");
                fs::remove_file(file.path()).doing(DOING)?;
            }
        }
    }
    Ok(())
}

pub(crate) fn path_of(dir: &Path, hash: &PictureHash) -> PathBuf {
    let name = hash.as_str();
    dir.join(FOLDER).join(&name[..2]).join(name)
}

/// Temporary file in the target folder, flush, rename, flush of the folder; and of its parent when the folder is new.
fn write(dir: &Path, hash: &PictureHash, bytes: &[u8]) -> std::io::Result<()> {
    let target = path_of(dir, hash);
    let folder = target.parent().expect("a picture lies in a fan-out folder");
    if !folder.is_dir() {
        fs::create_dir_all(folder)?;
        sync_dir(&dir.join(FOLDER))?;
    }
    let temporary = folder.join(format!("{TEMPORARY}{}", hash.as_str()));
    let written = (|| {
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&temporary, &target)
    })();
    if written.is_err() {
        // Give the room back at once: the reason may be that there is none. The error that is told is the first one.
        let _ = fs::remove_file(&temporary);
    }
    written?;
    sync_dir(folder)
}

fn seal(secret: &Secret, nonce: &[u8; NONCE], content: &[u8]) -> Result<Vec<u8>, LedgerError> {
    let mut tag = [0; TAG];
    let ciphertext = encrypt_aead(Cipher::aes_256_gcm(), secret, Some(nonce), MAGIC, content, &mut tag)
        .map_err(|error| encrypting(error.into()))?;
    Ok([MAGIC.as_slice(), nonce, &ciphertext, &tag].concat())
}

fn unseal(secret: &Secret, file: &[u8]) -> Option<Vec<u8>> {
    let rest = file.strip_prefix(MAGIC)?;
    let (nonce, rest) = rest.split_at_checked(NONCE)?;
    let (ciphertext, tag) = rest.split_at_checked(rest.len().checked_sub(TAG)?)?;
    decrypt_aead(Cipher::aes_256_gcm(), secret, Some(nonce), MAGIC, ciphertext, tag).ok()
}

fn encrypting(source: Source) -> LedgerError {
    LedgerError::Storage { doing: "encrypt a picture", kind: StorageKind::Other, source }
}
