//! Sealing: the manifest over the parts, the signature over the manifest, and all of it in one envelope.

use crate::envelope::{self, File};
use crate::manifest::{self, Manifest};
use crate::parts::{self, CaseFile};
use crate::signature::{self, Signer};

/// The second verifier, as it lies in every package: a POSIX shell script that needs none of our programs.
pub const SCRIPT: &str = include_str!("verify.sh");

/// The package of a case as one file. The same case and signer give the same bytes.
pub fn seal(case: &CaseFile, signer: &Signer) -> Vec<u8> {
    let public = signer.public();
    let mut files = parts::lay_out(case, signature::pem(&public));
    let manifest = Manifest::of(case.number.as_str(), public, &files).text().into_bytes();
    let signature = signer.sign(&manifest);
    files.push(File { path: manifest::NAME.to_owned(), bytes: manifest });
    files.push(File { path: manifest::SIGNATURE.to_owned(), bytes: signature });
    envelope::write(case.number.as_str(), &files)
}
