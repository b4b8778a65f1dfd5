//! Who vouches for a package: SM2 over SM3 (GM/T 0003.2-2012; identity `1234567812345678` of GM/T 0009-2012). Signing
//! twice gives the same bytes, because the nonce is drawn from the key and the message (RFC 6979).

use casework::journal::sm3;
use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};

/// The suite's name in the manifest.
pub(crate) const SUITE: &str = "sm2-sm3";

/// The identity that every SM2 signature mixes in; this is the standard's own for whoever has none.
const IDENTITY: &str = "1234567812345678";

/// SubjectPublicKeyInfo of an uncompressed SM2 point, up to the point: RFC 5480 with the curve 1.2.156.10197.1.301.
const SPKI: &str = "3059301306072a8648ce3d020106082a811ccf5501822d034200";

/// The key with which a station signs its packages.
#[derive(Clone)]
pub struct Signer(SigningKey);

impl Signer {
    /// A signer from 32 secret bytes. All but one in four thousand million of them are a key; the others are hashed on.
    pub fn new(secret: &[u8; 32]) -> Signer {
        let mut bytes = *secret;
        loop {
            match SigningKey::from_slice(IDENTITY, &bytes) {
                Ok(key) => return Signer(key),
                Err(_) => bytes = *sm3(&bytes).bytes(),
            }
        }
    }

    /// The public key: an uncompressed point, 130 hex digits.
    pub fn public(&self) -> String {
        hex::encode(self.0.verifying_key().to_sec1_bytes())
    }

    /// The signature in DER, as OpenSSL reads it.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        // It fails for one nonce in 2^256.
        let signature: Signature = self.0.try_sign(message).expect("a nonce that does not serve is never met");
        der(&signature)
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("public", &self.public()).finish_non_exhaustive()
    }
}

/// Whether `signature` (DER) is the one of this public key (hex) over `message`.
pub(crate) fn is_signed(public: &str, message: &[u8], signature: &[u8]) -> bool {
    let Ok(point) = hex::decode(public) else { return false };
    let Ok(key) = VerifyingKey::from_sec1_bytes(IDENTITY, &point) else { return false };
    read_der(signature).is_some_and(|found| der(&found) == signature && key.verify(message, &found).is_ok())
}

/// The public key as a PEM file. A key that is no hex gives a file that matches nothing.
pub(crate) fn pem(public: &str) -> String {
    let bytes = hex::decode(format!("{SPKI}{public}")).unwrap_or_default();
    let text = base64(&bytes);
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
}

/// What people compare: the SM3 of the public key, its first sixteen hex digits in groups.
pub(crate) fn fingerprint(public: &str) -> String {
    let hash = sm3(public.as_bytes()).to_hex();
    [&hash[..4], &hash[4..8], &hash[8..12], &hash[12..16]].join(" ")
}

fn der(signature: &Signature) -> Vec<u8> {
    let bytes = signature.to_bytes();
    let body = [integer(&bytes[..32]), integer(&bytes[32..])].concat();
    let length = u8::try_from(body.len()).expect("two integers of 33 bytes are short");
    [&[0x30, length], body.as_slice()].concat()
}

fn integer(bytes: &[u8]) -> Vec<u8> {
    let first = bytes.iter().position(|one| *one != 0).unwrap_or(bytes.len() - 1);
    let mut digits = bytes[first..].to_vec();
    if digits[0] >= 0x80 {
        digits.insert(0, 0);
    }
    let length = u8::try_from(digits.len()).expect("an integer of a signature has at most 33 bytes");
    [&[0x02, length], digits.as_slice()].concat()
}

/// Reads what [`der`] writes; the caller writes it again to be sure that there was but one way.
fn read_der(bytes: &[u8]) -> Option<Signature> {
    let [0x30, _, 0x02, length, rest @ ..] = bytes else { return None };
    let (r, rest) = rest.split_at_checked(usize::from(*length))?;
    let [0x02, _, s @ ..] = rest else { return None };
    let mut both = [0; 64];
    for (half, digits) in both.chunks_exact_mut(32).zip([r, s]) {
        let digits = &digits[digits.iter().take_while(|one| **one == 0).count()..];
        half.get_mut(32usize.checked_sub(digits.len())?..)?.copy_from_slice(digits);
    }
    Signature::from_slice(&both).ok()
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let value = three.iter().fold(0u32, |value, one| value << 8 | u32::from(*one)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(value >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_gives_the_values_of_rfc_4648() {
        let told =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (text, value) in told {
            assert_eq!(base64(text.as_bytes()), value);
        }
    }

    #[test]
    fn the_same_message_is_signed_the_same_way_and_another_one_is_not_vouched_for() {
        let signer = Signer::new(&[7; 32]);
        let signature = signer.sign(b"manifest");
        assert_eq!(signature, Signer::new(&[7; 32]).sign(b"manifest"));
        assert!(is_signed(&signer.public(), b"manifest", &signature));
        assert!(!is_signed(&signer.public(), b"Manifest", &signature));
        assert!(!is_signed(&Signer::new(&[8; 32]).public(), b"manifest", &signature));
        assert!(!format!("{signer:?}").contains("0707"), "a secret is not shown");
    }

    #[test]
    fn no_bit_of_a_signature_changes_unnoticed() {
        let signer = Signer::new(&[7; 32]);
        let signature = signer.sign(b"manifest");
        for place in 0..signature.len() * 8 {
            let mut flipped = signature.clone();
            flipped[place / 8] ^= 1 << (place % 8);
            assert!(!is_signed(&signer.public(), b"manifest", &flipped), "bit {place}");
        }
    }

    #[test]
    fn secret_bytes_that_are_no_key_give_one_all_the_same() {
        let signer = Signer::new(&[0xff; 32]);
        assert!(is_signed(&signer.public(), b"x", &signer.sign(b"x")));
        let zero = Signer::new(&[0; 32]);
        assert!(is_signed(&zero.public(), b"x", &zero.sign(b"x")));
    }
}
