//! The number of a package. The list on which the papers are handed over carries the same one.

use std::fmt;

use casework::journal::sm3;
use casework::nouns::CaseId;

/// `DA-` and the number of the case: the folder of the package, and the line of the papers on the hand-over list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackageNumber(String);

/// A folder name of a tar header has room for 100 bytes; this leaves 40 for the path below it.
const MOST_BYTES: usize = 60;

impl PackageNumber {
    /// The number of a case's package. A case whose own number is no file name is named by its SM3.
    pub fn of(case: &CaseId) -> PackageNumber {
        let plain = format!("DA-{case}");
        if plain.len() <= MOST_BYTES && is_plain(&plain) {
            return PackageNumber(plain);
        }
        PackageNumber(format!("DA-{}", &sm3(case.as_str().as_bytes()).to_hex()[..32]))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PackageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a text can be one part of a path on every system: no separator, no dots at the beginning.
pub(crate) fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('.')
        && text.bytes().all(|one| one.is_ascii_alphanumeric() || matches!(one, b'.' | b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_called_after_its_case() {
        let number = |case: &str| PackageNumber::of(&case.parse().unwrap());
        assert_eq!(number("HS0101-20211108-0001").as_str(), "DA-HS0101-20211108-0001");
        let strange = number("../../赫山");
        assert!(strange.as_str().len() == 35 && is_plain(strange.as_str()), "{strange}");
        assert_ne!(strange, number("../../资阳"));
    }
}
