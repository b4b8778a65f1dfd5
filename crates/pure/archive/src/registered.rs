//! Keys that a reader has from elsewhere. A package carries the key that it is signed with, so its signature alone proves
//! that nothing was changed since, and not by whom it was made: for that its key has to be one that was registered.

use crate::signature::{Signer, fingerprint, pem};

/// A station's public key as it was registered: the PEM file that `youdai archive key` wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredKey {
    /// As the reader calls it, the name of its file for example.
    pub name: String,
    pem: String,
}

impl RegisteredKey {
    /// Reads a PEM file; `None` for a text that is no public key of SM2. Line ends of any system are read.
    pub fn parse(name: &str, text: &str) -> Option<RegisteredKey> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let (begin, body, end) = (lines.first()?, lines.get(1..lines.len().checked_sub(1)?)?, lines.last()?);
        let is_key = *begin == "-----BEGIN PUBLIC KEY-----" && *end == "-----END PUBLIC KEY-----" && body.len() == 2;
        // The first 27 bytes say what kind of key it is; they are the same in every one.
        let kind = pem(&format!("04{}", "0".repeat(128)));
        let same_kind = body.first()?.get(..36) == kind.lines().nth(1).and_then(|line| line.get(..36));
        (is_key && same_kind).then(|| RegisteredKey { name: name.to_owned(), pem: format!("{}\n", lines.join("\n")) })
    }

    /// Whether this is the key, 130 hex digits, of a manifest.
    pub(crate) fn is(&self, public: &str) -> bool {
        self.pem == pem(public)
    }
}

impl Signer {
    /// The public key as a PEM file, to be registered with whoever reads the packages.
    pub fn pem(&self) -> String {
        pem(&self.public())
    }

    /// What people compare: sixteen hex digits in groups.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.public())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_written_is_read_back_whatever_the_line_ends() {
        let signer = Signer::new(&[7; 32]);
        let key = RegisteredKey::parse("窗口", &signer.pem().replace('\n', "\r\n")).unwrap();
        assert!(key.is(&signer.public()));
        assert!(!key.is(&Signer::new(&[8; 32]).public()));
        for text in
            ["", "-----BEGIN PUBLIC KEY-----", "-----BEGIN PUBLIC KEY-----\nQUJD\nQUJD\n-----END PUBLIC KEY-----"]
        {
            assert_eq!(RegisteredKey::parse("x", text), None, "{text}");
        }
    }
}
