//! The two keys: the counter's own, with which it signs, and the county's, to whom it seals and whom it believes.

use sm2::{
    PublicKey, SecretKey,
    dsa::{
        Signature, SigningKey, VerifyingKey,
        signature::{Signer, Verifier},
    },
    elliptic_curve::common::getrandom::SysRng,
    pke::EncryptingKey,
};

/// The signer's name in SM2 signatures, the one that GM/T 0009 takes where nothing else was agreed.
pub(crate) const SIGNER: &str = "1234567812345678";

/// The key with which a counter signs what it exports. It has no `Debug`.
pub struct CounterKey {
    signing: SigningKey,
}

/// The public key of the county, from the station file.
#[derive(Clone)]
pub struct CountyKey {
    verifying: VerifyingKey,
    encrypting: EncryptingKey,
}

/// Bytes that are no key of this curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no SM2 key")]
pub struct KeyRefused;

impl CounterKey {
    /// From 32 secret bytes. About one draw in four thousand million is refused; whoever drew it draws again.
    pub fn from_secret(bytes: &[u8; 32]) -> Result<CounterKey, KeyRefused> {
        let secret = SecretKey::from_slice(bytes).map_err(|_| KeyRefused)?;
        let signing = SigningKey::new(SIGNER, &secret).map_err(|_| KeyRefused)?;
        Ok(CounterKey { signing })
    }

    /// What the county has to know of this counter: the point as 130 hex digits, `04` and the coordinates.
    pub fn public(&self) -> String {
        hex::encode(self.signing.verifying_key().to_sec1_bytes())
    }

    /// Its name in a header.
    pub fn id(&self) -> String {
        id_of(&self.signing.verifying_key().to_sec1_bytes())
    }

    /// Signature over `bytes`, r and s, 64 bytes.
    pub(crate) fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        let signature: Signature = self.signing.sign(bytes);
        signature.to_bytes().to_vec()
    }
}

impl CountyKey {
    /// From 130 hex digits: `04` and the two coordinates.
    pub fn parse(text: &str) -> Result<CountyKey, KeyRefused> {
        let bytes = hex::decode(text.trim()).map_err(|_| KeyRefused)?;
        if bytes.len() != 65 {
            return Err(KeyRefused);
        }
        let point = PublicKey::from_sec1_bytes(&bytes).map_err(|_| KeyRefused)?;
        let verifying = VerifyingKey::new(SIGNER, point).map_err(|_| KeyRefused)?;
        Ok(CountyKey { verifying, encrypting: EncryptingKey::new(point) })
    }

    /// Its name in a header.
    pub fn id(&self) -> String {
        id_of(&self.verifying.to_sec1_bytes())
    }

    /// Whether the county signed `bytes`.
    pub(crate) fn signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.verifying.verify(bytes, &signature).is_ok())
    }

    /// `secret` for nobody but the county (SM2 encryption, C1C3C2).
    pub(crate) fn wrap(&self, secret: &[u8]) -> Option<Vec<u8>> {
        self.encrypting.encrypt(&mut SysRng, secret).ok()
    }
}

impl std::fmt::Debug for CountyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CountyKey({})", self.id())
    }
}

/// The first 8 bytes of SM3 over the point, 16 hex digits.
fn id_of(point: &[u8]) -> String {
    let mut id = crate::sm3(point);
    id.truncate(16);
    id
}
