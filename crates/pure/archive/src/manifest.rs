//! `manifest.json`: every file of a package with its size and both of its hashes, in order. It has one way to be written,
//! a line a file, so that a shell reads it without a JSON program.

use casework::journal::sm3;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::envelope::File;
use crate::signature::SUITE;

/// The file's own name, and that of the signature over it.
pub(crate) const NAME: &str = "manifest.json";
pub(crate) const SIGNATURE: &str = "manifest.sig";

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    schema: u32,
    pub package: String,
    pub suite: String,
    /// Public key, 130 hex digits.
    pub key: String,
    pub files: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub path: String,
    pub size: usize,
    pub sha256: String,
    pub sm3: String,
}

impl Manifest {
    pub fn of(package: &str, key: String, files: &[File]) -> Manifest {
        let files = files.iter().map(Line::of).collect();
        Manifest { schema: 1, package: package.to_owned(), suite: SUITE.to_owned(), key, files }
    }

    /// The manifest as it is written.
    pub fn text(&self) -> String {
        let Manifest { schema, package, suite, key, files } = self;
        let line = |line: &Line| {
            let Line { path, size, sha256, sm3 } = line;
            format!(r#"    {{"path": "{path}", "size": {size}, "sha256": "{sha256}", "sm3": "{sm3}"}}"#)
        };
        let files: Vec<String> = files.iter().map(line).collect();
        let files = files.join(",\n");
        format!(
            "{{\n  \"schema\": {schema},\n  \"package\": \"{package}\",\n  \"suite\": \"{suite}\",\n  \
             \"key\": \"{key}\",\n  \"files\": [\n{files}\n  ]\n}}\n"
        )
    }

    /// Reads what [`Manifest::text`] writes, and nothing else.
    pub fn parse(bytes: &[u8]) -> Option<Manifest> {
        let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
        (manifest.schema == 1 && manifest.text().as_bytes() == bytes).then_some(manifest)
    }
}

impl Line {
    pub fn of(file: &File) -> Line {
        Line {
            path: file.path.clone(),
            size: file.bytes.len(),
            sha256: hex::encode(Sha256::digest(&file.bytes)),
            sm3: sm3(&file.bytes).to_hex(),
        }
    }
}
