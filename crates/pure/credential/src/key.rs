//! Keys: SM2 over SM3 for whoever has to use the national algorithms, Ed25519 for everybody else.

use casework::journal::sm3;
pub use casework::pack::CodeSuite as Suite;
use coset::{Algorithm, iana};
use ed25519_dalek::Signer as _;
use sm2::dsa::signature::Verifier as _;

/// COSE has given SM2 no number; this one is from the range for private use (RFC 9053, below -65536).
const SM2_SM3: i64 = -65_537;

const IDENTITY: &str = "1234567812345678";

/// The key with which a station signs the codes of its cards.
#[derive(Clone)]
pub struct Signer(Secret);

#[derive(Clone)]
enum Secret {
    Sm2(Box<sm2::dsa::SigningKey>),
    Ed25519(Box<ed25519_dalek::SigningKey>),
}

/// What a checker holds of a station: its suite and its public key, written `sm2_sm3:04…` or `ed25519:…` in hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    suite: Suite,
    bytes: Vec<u8>,
}

impl Signer {
    /// A signer from 32 secret bytes. Those that are no SM2 key, one in four thousand million, are hashed on.
    pub fn new(suite: Suite, secret: &[u8; 32]) -> Signer {
        if suite == Suite::Ed25519 {
            return Signer(Secret::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(secret))));
        }
        let mut bytes = *secret;
        loop {
            match sm2::dsa::SigningKey::from_slice(IDENTITY, &bytes) {
                Ok(key) => return Signer(Secret::Sm2(Box::new(key))),
                Err(_) => bytes = *sm3(&bytes).bytes(),
            }
        }
    }

    pub fn suite(&self) -> Suite {
        match self.0 {
            Secret::Sm2(_) => Suite::Sm2Sm3,
            Secret::Ed25519(_) => Suite::Ed25519,
        }
    }

    pub fn public(&self) -> PublicKey {
        let bytes = match &self.0 {
            Secret::Sm2(key) => key.verifying_key().to_sec1_bytes().to_vec(),
            Secret::Ed25519(key) => key.verifying_key().as_bytes().to_vec(),
        };
        PublicKey { suite: self.suite(), bytes }
    }

    /// 64 bytes.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.0 {
            // It fails for one nonce in 2^256.
            Secret::Sm2(key) => {
                let signature: sm2::dsa::Signature = key.try_sign(message).expect("a nonce that serves is always met");
                signature.to_bytes().to_vec()
            }
            Secret::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
        }
    }
}

impl PublicKey {
    /// Reads what [`PublicKey`]'s `Display` writes. `None` for anything else, and for bytes that are no key.
    pub fn parse(text: &str) -> Option<PublicKey> {
        let (suite, digits) = text.trim().split_once(':')?;
        let suite = Suite::ALL.into_iter().find(|known| known.name() == suite)?;
        let bytes = hex::decode(digits).ok()?;
        let is_key = match suite {
            Suite::Sm2Sm3 => sm2::dsa::VerifyingKey::from_sec1_bytes(IDENTITY, &bytes).is_ok(),
            Suite::Ed25519 => ed25519(&bytes).is_some(),
        };
        is_key.then_some(PublicKey { suite, bytes })
    }

    pub fn suite(&self) -> Suite {
        self.suite
    }

    /// The name by which a code calls its key: the first eight bytes of the SM3 of the public key.
    pub fn id(&self) -> [u8; 8] {
        let mut id = [0; 8];
        id.copy_from_slice(&sm3(&self.bytes).bytes()[..8]);
        id
    }

    pub(crate) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self.suite {
            Suite::Sm2Sm3 => {
                let key = sm2::dsa::VerifyingKey::from_sec1_bytes(IDENTITY, &self.bytes);
                let signature = sm2::dsa::Signature::from_slice(signature);
                matches!((key, signature), (Ok(key), Ok(signature)) if key.verify(message, &signature).is_ok())
            }
            Suite::Ed25519 => {
                let signature = ed25519_dalek::Signature::from_slice(signature);
                matches!((ed25519(&self.bytes), signature), (Some(key), Ok(signature)) if key.verify_strict(message, &signature).is_ok())
            }
        }
    }
}

fn ed25519(bytes: &[u8]) -> Option<ed25519_dalek::VerifyingKey> {
    ed25519_dalek::VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.suite.name(), hex::encode(&self.bytes))
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Signer").field(&self.public().to_string()).finish()
    }
}

/// The suite as the header of a code names it.
pub(crate) fn algorithm(suite: Suite) -> Algorithm {
    match suite {
        Suite::Ed25519 => Algorithm::Assigned(iana::Algorithm::EdDSA),
        Suite::Sm2Sm3 => Algorithm::PrivateUse(SM2_SM3),
    }
}
