//! What a person compares: a short text that a screen may show and that tells one package from another.
//!
//! The SM3 of the whole package is not shown anywhere: `process.jsonl` holds the hash of each rating, a rating has few
//! possible values, and whoever knows the rest of a package could try them all. So the comparison (对照码) is the SM3 of
//! `manifest.json` without the line of `process.jsonl`. It covers every other file, the public key and the number; what it
//! leaves out is covered by the signature. By hand:
//! `grep -v '"path": "process.jsonl"' manifest.json | openssl dgst -sm3`.

use casework::journal::sm3;

use crate::envelope;
use crate::manifest;
use crate::parts::PROCESS;

/// Sixteen hex digits in groups of four; `None` for bytes that are no package.
pub fn comparison(bytes: &[u8]) -> Option<String> {
    let (_, files) = envelope::read(bytes).ok()?;
    let file = files.iter().find(|file| file.path == manifest::NAME)?;
    Some(of_manifest(std::str::from_utf8(&file.bytes).ok()?))
}

pub(crate) fn of_manifest(text: &str) -> String {
    let process = format!(r#""path": "{PROCESS}""#);
    let shown: String = text.split_inclusive('\n').filter(|line| !line.contains(&process)).collect();
    let hash = sm3(shown.as_bytes()).to_hex();
    [&hash[..4], &hash[4..8], &hash[8..12], &hash[12..16]].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Signer, sample, seal};
    use casework::journal::{body_hash, link};

    /// The sample as it is when the person had rated with this level: its rows follow from one another anew.
    fn rated(level: u8) -> Vec<u8> {
        let mut case = sample::case_file();
        let mut prev = None;
        for entry in &mut case.process {
            if entry.row.kind == "rating_given" {
                entry.body = entry.body.replace("\"level\":5", &format!("\"level\":{level}"));
                entry.row.body_hash = body_hash(&entry.body);
            }
            entry.prev = prev.filter(|_| entry.row.n > 4).unwrap_or(entry.prev);
            entry.hash = link(&entry.prev, &entry.row);
            prev = Some(entry.hash);
        }
        seal(&case, &Signer::new(&[7; 32]))
    }

    #[test]
    fn the_comparison_is_the_same_whatever_the_person_said_and_another_for_another_package() {
        let (good, bad) = (rated(5), rated(1));
        assert_ne!(good, bad, "the packages themselves differ");
        assert!(crate::verify(&bad).is_sound(), "{:#?}", crate::verify(&bad));
        assert_eq!(comparison(&good), comparison(&bad));
        let mut other = sample::case_file();
        other.materials[0].fate.push('！');
        let other = comparison(&seal(&other, &Signer::new(&[7; 32])));
        assert!(other.is_some() && other != comparison(&good));
        let station = comparison(&seal(&sample::case_file(), &Signer::new(&[8; 32])));
        assert!(station != comparison(&good), "it covers the key as well");
        assert_eq!(comparison(b"no package"), None);
    }
}
