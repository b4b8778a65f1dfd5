//! The archive package (档案信息包) of one finished case: what goes into it, how it is sealed, and how it is checked.
//!
//! ```text
//! CaseFile ─> parts::lay_out ─> files ─> package::seal ─> one .tar ─> verify::verify ─> 真实性 完整性 可用性 安全性
//!                                          (manifest, SM2 signature)      verify.sh does the same without our programs
//! ```
//!
//! The order and the content follow GB/T 42727-2023: metadata, process, materials, forms, an index for human eyes, and the
//! verification information. The same case gives the same bytes: nothing of the moment of building goes in, the order is
//! fixed, pictures are taken as they are, and the signature draws its nonce from what it signs (RFC 6979).
//!
//! Who made it: the signature proves that nothing was changed since, and its key lies in the package. That this key is a
//! station's, a reader knows from elsewhere ([`RegisteredKey`]); [`verify_by`] says which of the two was shown. What a screen
//! may show of a package, without a word about ratings, is its [`comparison()`].
//!
//! Why a plain ustar and no zip: its layout is two pages of POSIX, every system of the last forty years reads it, nothing
//! in it is compressed, and a shell script of thirty lines writes the same bytes again, which is how `verify.sh` finds a
//! flipped bit that lies between the files.

mod comparison;
mod envelope;
mod index;
mod manifest;
mod number;
mod package;
mod parts;
mod process;
mod registered;
#[cfg(test)]
mod sample;
mod signature;
mod verify;

pub use comparison::comparison;
pub use envelope::File;
pub use number::PackageNumber;
pub use package::{SCRIPT, seal};
pub use parts::{CaseFile, Chapter, Form, Material, Particular, PhotoFile};
pub use process::Entry;
pub use registered::RegisteredKey;
pub use signature::Signer;
pub use verify::{Heading, Verdict, verify, verify_by};
