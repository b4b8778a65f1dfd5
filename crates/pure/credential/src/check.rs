//! Whether a code is what it seems to be.

use coset::{CborSerializable as _, CoseSign1, TaggedCborSerializable as _};

use crate::key::algorithm;
use crate::{PublicKey, Suite, Words};

/// A code is longer than this only when it is none of ours, bytes.
const LONGEST: usize = 2_048;

/// The stations whose codes are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trusted(Vec<PublicKey>);

/// A line of a list of keys that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this line is no public key: {line}")]
pub struct NotAKey {
    pub line: String,
}

/// Why a code is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// It is somebody else's code, or damaged.
    #[error("this is no code of a card")]
    NoCode,
    /// Whether it is a foreign station or a forger cannot be told: nobody vouches for the key.
    #[error("no station that is trusted has the key {key}")]
    UnknownKey {
        /// Sixteen hex digits.
        key: String,
    },
    /// It names the key of a station that did not sign it: forged, or altered.
    #[error("the station {key} did not sign this")]
    NotSigned {
        /// Sixteen hex digits.
        key: String,
    },
}

impl Trusted {
    pub fn new(keys: impl IntoIterator<Item = PublicKey>) -> Trusted {
        Trusted(keys.into_iter().collect())
    }

    /// Reads a list of keys, one a line; blank lines and those that begin with `#` are passed over.
    ///
    /// # Errors
    /// The first line that is no key.
    pub fn parse(text: &str) -> Result<Trusted, NotAKey> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let key = |line: &str| PublicKey::parse(line).ok_or_else(|| NotAKey { line: line.to_owned() });
        lines.map(key).collect::<Result<_, _>>().map(Trusted)
    }

    /// One more station.
    pub fn and(mut self, key: PublicKey) -> Trusted {
        self.0.push(key);
        self
    }
}

/// Checks a code, and gives its words only when a trusted station signed exactly them.
///
/// # Errors
/// A [`Doubt`]; then nothing of what the code says is to be shown as true.
pub fn check(code: &[u8], trusted: &Trusted) -> Result<Words, Doubt> {
    if code.len() > LONGEST {
        return Err(Doubt::NoCode);
    }
    let signed = CoseSign1::from_tagged_slice(code).map_err(|_| Doubt::NoCode)?;
    // What has two forms could be altered without being noticed: only the one that is written is read.
    if signed.clone().to_tagged_vec().ok().as_deref() != Some(code) {
        return Err(Doubt::NoCode);
    }
    let id = &signed.protected.header.key_id;
    let suite = Suite::ALL.into_iter().find(|suite| signed.protected.header.alg == Some(algorithm(*suite)));
    let suite = suite.ok_or(Doubt::NoCode)?;
    let key = hex::encode(id);
    let known = trusted.0.iter().find(|known| known.suite() == suite && known.id().as_slice() == id.as_slice());
    let Some(known) = known else { return Err(Doubt::UnknownKey { key }) };
    let signs = |signature: &[u8], message: &[u8]| known.has_signed(message, signature).then_some(()).ok_or(());
    signed.verify_signature(&[], signs).map_err(|()| Doubt::NotSigned { key })?;
    let payload = signed.payload.as_deref().and_then(|payload| ciborium::Value::from_slice(payload).ok());
    payload.as_ref().and_then(Words::from_cbor).ok_or(Doubt::NoCode)
}
