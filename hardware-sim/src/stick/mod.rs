//! The county's desk: opens what a counter has sealed on a stick, posts it to the platforms, and signs what they answered.
//!
//! Written from docs/stick-format.md and from nothing of the product. The ciphertext is opened with another SM4-GCM than the
//! one that sealed it.

mod county;
mod sealed;

pub use county::{Posted, answer};
pub use sealed::{Letter, Refused, Sealed, open};

use sm2::{
    SecretKey,
    dsa::{SigningKey, VerifyingKey},
};
use sm3::{Digest, Sm3};

/// The signer's name that GM/T 0009 takes where nothing else was agreed.
pub const SIGNER: &str = "1234567812345678";

/// The county's key pair.
pub struct CountyKey {
    secret: SecretKey,
    signing: SigningKey,
}

impl CountyKey {
    /// From 64 hex digits.
    pub fn parse(text: &str) -> Result<CountyKey, Refused> {
        let bytes = hex::decode(text.trim()).map_err(|_| Refused::Key)?;
        let secret = SecretKey::from_slice(&bytes).map_err(|_| Refused::Key)?;
        let signing = SigningKey::new(SIGNER, &secret).map_err(|_| Refused::Key)?;
        Ok(CountyKey { secret, signing })
    }

    /// An invented key: the same seed gives the same one.
    pub fn invent(seed: u64) -> CountyKey {
        let drawn = |round: u32| hex::encode(Sm3::digest(format!("invented county {seed} {round}")));
        (0..).find_map(|round| CountyKey::parse(&drawn(round)).ok()).expect("nearly every draw is a key")
    }

    /// 64 hex digits.
    pub fn private(&self) -> String {
        hex::encode(self.secret.to_bytes())
    }

    /// 130 hex digits, as a station file has it.
    pub fn public(&self) -> String {
        hex::encode(self.signing.verifying_key().to_sec1_bytes())
    }
}

/// A counter's public key, from 130 hex digits.
pub fn counter_key(text: &str) -> Result<VerifyingKey, Refused> {
    let bytes = hex::decode(text.trim()).map_err(|_| Refused::Key)?;
    VerifyingKey::from_sec1_bytes(SIGNER, &bytes).map_err(|_| Refused::Key)
}

/// The name of a key in a header: 16 hex digits of SM3 over its point.
fn id_of(key: &VerifyingKey) -> String {
    hex::encode(&Sm3::digest(key.to_sec1_bytes())[..8])
}
