//! The key of a ledger, and where it is kept.
//!
//! The only custody this program has so far is a plain key file beside nothing else that protects it: whoever
//! copies the disk has the key too. That is good enough for training and for tests, and not for citizens' data.
//! Keys sealed to a TPM, to the system's credential store or to a clerk's passphrase are a later piece of work;
//! until then a production station must refuse to start, and [`LedgerKey::custody`] is what it asks.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::Path,
};

use crate::error::{LedgerError, Source};

/// Raw key of 32 bytes. Its `Debug` hides it.
#[derive(Clone)]
pub struct LedgerKey {
    bytes: [u8; 32],
    custody: KeyCustody,
}

/// Where the key is kept, which decides how much its secrecy is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyCustody {
    /// A file with the key in clear. Never in production.
    PlainFile,
}

impl LedgerKey {
    /// Reads the key file, or makes one with 32 random bytes of the operating system, as 64 hex digits, readable by
    /// its owner only. A new file is on the disk before this returns: a ledger must not outlive its key.
    ///
    /// # Errors
    /// [`LedgerError::KeyFile`] when the file can be neither read nor made, [`LedgerError::KeyMalformed`] when it holds
    /// something else. An existing file is never overwritten.
    pub fn load_or_create(path: &Path) -> Result<Self, LedgerError> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).ok_or_else(|| LedgerError::KeyMalformed { path: path.to_owned() }),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::create(path),
            Err(error) => Err(failed("read the key file")(error.into())),
        }
    }

    pub fn custody(&self) -> KeyCustody {
        self.custody
    }

    /// The raw bytes, for the other secret that is kept in this manner: the counter's signing key beside the ledger's.
    pub fn expose(&self) -> &[u8; 32] {
        &self.bytes
    }

    pub(crate) fn hex(&self) -> String {
        hex::encode(self.bytes)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim_end(), &mut bytes).ok()?;
        Some(Self { bytes, custody: KeyCustody::PlainFile })
    }

    fn create(path: &Path) -> Result<Self, LedgerError> {
        let mut bytes = [0; 32];
        random_bytes(&mut bytes).map_err(failed("draw a random key"))?;
        let key = Self { bytes, custody: KeyCustody::PlainFile };
        key.write(path).map_err(|error| failed("write the key file")(error.into()))?;
        Ok(key)
    }

    /// Written whole beside its place and then linked there: a full disk or a kill in between leaves no empty key, which
    /// every later start would take for a wrong one. A link, unlike a rename, replaces no key that is there already.
    fn write(&self, path: &Path) -> std::io::Result<()> {
        let part = path.with_extension("part");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&part)?;
        file.write_all(self.hex().as_bytes())?;
        file.sync_all()?;
        fs::hard_link(&part, path)?;
        fs::remove_file(&part)?;
        match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => crate::sync::sync_dir(parent),
            Some(_) | None => crate::sync::sync_dir(Path::new(".")),
        }
    }
}

impl std::fmt::Debug for LedgerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LedgerKey({:?})", self.custody)
    }
}

/// Fills `bytes` from the operating system's source, through the same library that encrypts the ledger's pages.
pub(crate) fn random_bytes(bytes: &mut [u8]) -> Result<(), Source> {
    openssl::rand::rand_bytes(bytes).map_err(Source::from)
}

fn failed(doing: &'static str) -> impl Fn(Source) -> LedgerError {
    move |source| LedgerError::KeyFile { doing, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_then_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.key");
        let made = LedgerKey::load_or_create(&path).unwrap();
        let read = LedgerKey::load_or_create(&path).unwrap();
        assert_eq!(made.hex(), read.hex());
        assert_ne!(made.bytes, [0; 32], "a key of zeros would mean that nothing random was drawn");
        assert_eq!(read.custody(), KeyCustody::PlainFile);
    }

    #[test]
    #[cfg(unix)]
    fn only_the_owner_may_read_the_key_file() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.key");
        LedgerKey::load_or_create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_malformed_key_file_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ledger.key");
        fs::write(&path, "not a key").unwrap();
        assert!(matches!(LedgerKey::load_or_create(&path), Err(LedgerError::KeyMalformed { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "not a key");
    }

    #[test]
    fn debug_hides_the_key() {
        let dir = tempfile::tempdir().unwrap();
        let key = LedgerKey::load_or_create(&dir.path().join("ledger.key")).unwrap();
        assert!(!format!("{key:?}").contains(&key.hex()));
    }
}
