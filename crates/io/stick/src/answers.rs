//! The county's answers: a signed header and one line a message. Nothing of a file is believed before its signature is.

use serde::Deserialize;

use crate::keys::CountyKey;

/// Schema of the header of a file of answers.
const SCHEMA: &str = "youdai-answers-1";
const SUITE: &str = "sm2-sm3";
/// More lines than this are no answer to anything that a counter exports.
const MOST: usize = 20_000;

/// A file of answers that the county has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// Code of the window whose export is answered.
    pub counter: String,
    /// Serial of the export, and SM3 of its file.
    pub serial: u32,
    pub export: String,
    pub answers: Vec<Answer>,
    /// SM3 of this file.
    pub sm3: String,
}

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Answer {
    /// Idempotency key of the message.
    pub key: String,
    pub case: String,
    #[serde(flatten)]
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The platform's receipt number.
    Done { receipt: String },
    /// The platform's code and words.
    Rejected { code: String, text: String },
}

/// Why a file of answers is not accepted. Nothing of such a file counts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAccepted {
    #[error("this is no file of answers")]
    NotAnswers,
    #[error("the file is of schema {schema:?} and suite {suite:?}, which this program does not read")]
    Unknown { schema: String, suite: String },
    #[error("the file was signed by {signer:?}, which is not the county of this station")]
    OtherCounty { signer: String },
    #[error("the signature does not fit: the file was altered, or somebody else made it")]
    Forged,
    #[error("line {line} of the file cannot be read")]
    Line { line: usize },
}

#[derive(Deserialize)]
struct HeadLine {
    schema: String,
    suite: String,
    counter: String,
    serial: u32,
    export: String,
    answers: usize,
    signer: String,
}

/// Proves a file of answers and reads it.
///
/// # Errors
/// [`NotAccepted`] says what is wrong with it, in the order: what it is, who signed it, whether the signature fits.
pub fn open_answers(bytes: &[u8], county: &CountyKey) -> Result<Answers, NotAccepted> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotAccepted::NotAnswers)?;
    let body = text.strip_suffix('\n').ok_or(NotAccepted::NotAnswers)?;
    let (signed, signature) = body.rsplit_once('\n').ok_or(NotAccepted::NotAnswers)?;
    let signed = &text[..signed.len() + 1];
    let mut lines = signed.lines();
    let head: HeadLine =
        lines.next().and_then(|line| serde_json::from_str(line).ok()).ok_or(NotAccepted::NotAnswers)?;
    if head.schema != SCHEMA || head.suite != SUITE {
        return Err(NotAccepted::Unknown { schema: head.schema, suite: head.suite });
    }
    if head.signer != county.id() {
        return Err(NotAccepted::OtherCounty { signer: head.signer });
    }
    // One way of writing a signature, so that a file has one SM3 by which it is known.
    let plain = signature.bytes().all(|one| matches!(one, b'0'..=b'9' | b'a'..=b'f'));
    let signature = hex::decode(signature).ok().filter(|_| plain).ok_or(NotAccepted::Forged)?;
    if !county.signed(signed.as_bytes(), &signature) {
        return Err(NotAccepted::Forged);
    }
    let read = |(place, line): (usize, &str)| serde_json::from_str(line).map_err(|_| NotAccepted::Line { line: place });
    let answers: Vec<Answer> = (2..).zip(lines).take(MOST + 1).map(read).collect::<Result<_, _>>()?;
    if answers.len() != head.answers || answers.len() > MOST {
        return Err(NotAccepted::Line { line: answers.len() + 2 });
    }
    Ok(Answers { counter: head.counter, serial: head.serial, export: head.export, answers, sm3: crate::sm3(bytes) })
}
