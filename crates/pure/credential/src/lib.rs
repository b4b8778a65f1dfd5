//! What the QR code of a card says: who holds it and which it is, signed by the station that made it, so that anybody with
//! the station's public key can tell a card from a copy without a network.
//!
//! ```text
//! Words ─ CBOR map ─┐
//! Signer ───────────┴─> COSE_Sign1 (RFC 9052) ─> the bytes of the code ─> check(bytes, Trusted) ─> Words | Doubt
//! ```
//!
//! No identity number stands in it, in clear or hashed: with name and day of birth beside it, a hash is soon guessed.

mod check;
mod key;
mod words;

pub use check::{Doubt, NotAKey, Trusted, check};
pub use key::{PublicKey, Signer, Suite};
pub use words::{Portrait, Words};

use coset::{CborSerializable as _, CoseSign1Builder, Header, TaggedCborSerializable as _};

/// The signed code of a card: about 150 bytes for a name of three characters. The same words and key give the same bytes.
pub fn sign(words: &Words, signer: &Signer) -> Vec<u8> {
    let (alg, key_id) = (Some(key::algorithm(signer.suite())), signer.public().id().to_vec());
    let protected = Header { alg, key_id, ..Header::default() };
    let code = CoseSign1Builder::new()
        .protected(protected)
        .payload(words.to_cbor().to_vec().expect("a map of texts and numbers can be written"))
        .create_signature(&[], |message| signer.sign(message))
        .build();
    code.to_tagged_vec().expect("a signed map can be written")
}
