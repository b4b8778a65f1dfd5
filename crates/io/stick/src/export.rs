//! Sealing an export: header, wrapped key, ciphertext and signature, one line each.

use openssl::{cipher::Cipher, cipher_ctx::CipherCtx, error::ErrorStack, rand::rand_bytes};
use serde::Serialize;

use crate::keys::{CounterKey, CountyKey};

/// Schema of the header of an export.
const SCHEMA: &str = "youdai-stick-1";
/// SM2 signs and wraps, SM3 hashes, SM4 in GCM encrypts. Another suite has another name here.
const SUITE: &str = "sm2-sm3-sm4gcm";
/// Bytes of an SM4 key, of a GCM nonce and of a GCM tag.
const KEY: usize = 16;
const NONCE: usize = 12;
const TAG: usize = 16;

/// What the header of an export says besides the keys.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// Code of the window.
    pub counter: &'a str,
    /// Counted from 1.
    pub serial: u32,
    /// RFC 3339.
    pub created: &'a str,
    /// The messages are of practice cases and go to simulated platforms.
    pub training: bool,
}

/// A message as it goes out: the county posts `body` byte for byte, under `key`.
#[derive(Clone, Copy, Serialize)]
pub struct Outgoing<'a> {
    pub key: &'a str,
    pub platform: &'a str,
    pub kind: &'a str,
    /// Place of the fact it came from. Messages of a case are posted in the order of the file.
    pub seq: u32,
    pub case: &'a str,
    pub body: &'a str,
}

/// A sealed export, to be written to the stick as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Export {
    /// File name: `outbox-HS0101-0001.ydx`.
    pub name: String,
    pub bytes: Vec<u8>,
    /// SM3 of the bytes, 64 hex digits.
    pub sm3: String,
}

/// An export that could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("the cipher library refused to encrypt the export")]
    Encrypt { source: ErrorStack },
    #[error("the export's key could not be wrapped for the county")]
    Wrap,
}

#[derive(Serialize)]
struct HeadLine<'a> {
    schema: &'static str,
    suite: &'static str,
    counter: &'a str,
    serial: u32,
    created: &'a str,
    training: bool,
    messages: usize,
    /// Whose signature follows, and who can open it.
    signer: String,
    recipient: String,
}

/// Seals `messages` for the county, signed by the counter.
///
/// # Errors
/// [`SealError`] when the cipher library or the system's random source fails.
pub fn seal(
    head: Head<'_>,
    messages: &[Outgoing<'_>],
    counter: &CounterKey,
    county: &CountyKey,
) -> Result<Export, SealError> {
    let head_line = line(&HeadLine {
        schema: SCHEMA,
        suite: SUITE,
        counter: head.counter,
        serial: head.serial,
        created: head.created,
        training: head.training,
        messages: messages.len(),
        signer: counter.id(),
        recipient: county.id(),
    });
    let plain: String = messages.iter().map(line).collect();
    let (mut key, mut nonce) = ([0; KEY], [0; NONCE]);
    let drawn = rand_bytes(&mut key).and_then(|()| rand_bytes(&mut nonce));
    let sealed = drawn
        .and_then(|()| encrypt(&key, &nonce, head_line.trim_end().as_bytes(), plain.as_bytes()))
        .map_err(|source| SealError::Encrypt { source })?;
    let wrapped = county.wrap(&key).ok_or(SealError::Wrap)?;
    let mut text = format!("{head_line}{}\n{}{}\n", hex::encode(wrapped), hex::encode(nonce), hex::encode(sealed));
    let signature = hex::encode(counter.sign(text.as_bytes()));
    text.push_str(&signature);
    text.push('\n');
    let bytes = text.into_bytes();
    Ok(Export {
        name: format!("outbox-{}-{:04}.{}", head.counter, head.serial, crate::EXPORT_END),
        sm3: crate::sm3(&bytes),
        bytes,
    })
}

/// Ciphertext and tag. The header is bound to it, so that neither can be exchanged.
fn encrypt(key: &[u8], nonce: &[u8], header: &[u8], plain: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let cipher = Cipher::fetch(None, "SM4-GCM", None)?;
    let mut context = CipherCtx::new()?;
    context.encrypt_init(Some(&cipher), Some(key), Some(nonce))?;
    context.cipher_update(header, None)?;
    let mut sealed = Vec::with_capacity(plain.len() + TAG);
    context.cipher_update_vec(plain, &mut sealed)?;
    context.cipher_final_vec(&mut sealed)?;
    let mut tag = [0; TAG];
    context.tag(&mut tag)?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

fn line(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string(value).expect("a line holds only text and numbers, which always serialise");
    text.push('\n');
    text
}

impl std::fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("key", &self.key).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export").field("name", &self.name).field("sm3", &self.sm3).finish_non_exhaustive()
    }
}
