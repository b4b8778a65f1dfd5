//! Opening an export: who signed it, whether the signature fits, and what it holds.

use aes_gcm::{
    AesGcm, KeyInit,
    aead::{Aead, Payload, consts::U12},
};
use serde::Deserialize;
use sm2::{
    dsa::{Signature, VerifyingKey, signature::Verifier},
    pke::DecryptingKey,
};
use sm3::{Digest, Sm3};
use sm4::Sm4;

use super::{CountyKey, id_of};

/// Why an export is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this is no SM2 key")]
    Key,
    #[error("this is no export of a counter")]
    NotAnExport,
    #[error("another counter signed it than the one that was named")]
    OtherCounter,
    #[error("the signature does not fit")]
    Forged,
    #[error("it was sealed for another county")]
    OtherCounty,
    #[error("it does not open")]
    Sealed,
    #[error("what it holds is not what its header says")]
    Contents,
}

/// An export that was opened.
#[derive(Debug)]
pub struct Sealed {
    pub counter: String,
    pub serial: u32,
    /// SM3 of the file.
    pub sm3: String,
    pub letters: Vec<Letter>,
}

/// A message in it.
#[derive(Deserialize)]
pub struct Letter {
    pub key: String,
    pub platform: String,
    pub kind: String,
    pub seq: u32,
    pub case: String,
    /// Posted byte for byte.
    pub body: String,
}

#[derive(Deserialize)]
struct HeadLine {
    schema: String,
    suite: String,
    counter: String,
    serial: u32,
    messages: usize,
    signer: String,
    recipient: String,
}

/// Proves and opens an export.
pub fn open(file: &[u8], counter: &VerifyingKey, county: &CountyKey) -> Result<Sealed, Refused> {
    let text = std::str::from_utf8(file).map_err(|_| Refused::NotAnExport)?;
    let lines: Vec<&str> = text.lines().collect();
    let [head_line, wrapped, ciphertext, signature] = lines[..] else { return Err(Refused::NotAnExport) };
    let head: HeadLine = serde_json::from_str(head_line).map_err(|_| Refused::NotAnExport)?;
    if head.schema != "youdai-stick-1" || head.suite != "sm2-sm3-sm4gcm" {
        return Err(Refused::NotAnExport);
    }
    if head.signer != id_of(counter) {
        return Err(Refused::OtherCounter);
    }
    let signature = hex::decode(signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
    let signed = text.len() - lines[3].len() - 1;
    let fits = signature.is_some_and(|signature| counter.verify(&text.as_bytes()[..signed], &signature).is_ok());
    if !fits {
        return Err(Refused::Forged);
    }
    if head.recipient != id_of(county.signing.verifying_key()) {
        return Err(Refused::OtherCounty);
    }
    let plain = unwrap(head_line, wrapped, ciphertext, county).ok_or(Refused::Sealed)?;
    let letters: Vec<Letter> = String::from_utf8(plain)
        .map_err(|_| Refused::Contents)?
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|_| Refused::Contents))
        .collect::<Result<_, _>>()?;
    if letters.len() != head.messages {
        return Err(Refused::Contents);
    }
    Ok(Sealed { counter: head.counter, serial: head.serial, sm3: hex::encode(Sm3::digest(file)), letters })
}

fn unwrap(head_line: &str, wrapped: &str, ciphertext: &str, county: &CountyKey) -> Option<Vec<u8>> {
    let key = DecryptingKey::new(county.secret.clone()).decrypt(&hex::decode(wrapped).ok()?).ok()?;
    let sealed = hex::decode(ciphertext).ok()?;
    let (nonce, sealed) = sealed.split_at_checked(12)?;
    let cipher = AesGcm::<Sm4, U12>::new_from_slice(&key).ok()?;
    let nonce: [u8; 12] = nonce.try_into().ok()?;
    cipher.decrypt(&nonce.into(), Payload { msg: sealed, aad: head_line.as_bytes() }).ok()
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("key", &self.key).field("kind", &self.kind).finish_non_exhaustive()
    }
}
