//! Posting what an export holds, in its order, and writing down what the platforms said.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sm2::dsa::{Signature, signature::Signer};

use super::{CountyKey, Sealed, id_of};
use crate::http;

/// How the posting went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Posted {
    pub done: usize,
    pub rejected: usize,
    /// Of which no platform has said anything final: they are left out of the answers.
    pub open: usize,
}

#[derive(Serialize)]
struct HeadLine<'a> {
    schema: &'static str,
    suite: &'static str,
    counter: &'a str,
    serial: u32,
    export: &'a str,
    answers: usize,
    signer: String,
}

#[derive(Serialize)]
struct AnswerLine<'a> {
    key: &'a str,
    case: &'a str,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
enum Outcome {
    Done { receipt: String },
    Rejected { code: String, text: String },
}

#[derive(Deserialize)]
struct Said {
    ok: bool,
    receipt: Option<String>,
    code: Option<String>,
    message: Option<String>,
}

/// Posts every letter to `HOST:PORT` under its own key and gives the signed answers.
pub fn answer(sealed: &Sealed, address: &str, county: &CountyKey) -> (Vec<u8>, Posted) {
    let mut posted = Posted { done: 0, rejected: 0, open: 0 };
    // What follows a letter that did not arrive would come out of order.
    let mut held = BTreeSet::new();
    let mut lines = Vec::new();
    for letter in &sealed.letters {
        let outcome = if held.contains(&letter.case) { None } else { post(letter, address) };
        match &outcome {
            Some(Outcome::Done { .. }) => posted.done += 1,
            Some(Outcome::Rejected { .. }) => posted.rejected += 1,
            None => posted.open += 1,
        }
        // A system that was closed holds nothing back (S-37).
        let goes_on = match &outcome {
            Some(Outcome::Done { .. }) => true,
            Some(Outcome::Rejected { code, .. }) => code == "AGEING_SYSTEM_CLOSED",
            None => false,
        };
        if !goes_on {
            held.insert(letter.case.clone());
        }
        lines.extend(outcome.map(|outcome| AnswerLine { key: &letter.key, case: &letter.case, outcome }));
    }
    let head = HeadLine {
        schema: "youdai-answers-1",
        suite: "sm2-sm3",
        counter: &sealed.counter,
        serial: sealed.serial,
        export: &sealed.sm3,
        answers: lines.len(),
        signer: id_of(county.signing.verifying_key()),
    };
    let mut text = line(&head);
    text.extend(lines.iter().map(line));
    let signature: Signature = county.signing.sign(text.as_bytes());
    text.push_str(&hex::encode(signature.to_bytes()));
    text.push('\n');
    (text.into_bytes(), posted)
}

/// One letter; `None` when nothing final came back.
fn post(letter: &super::Letter, address: &str) -> Option<Outcome> {
    let path = format!("/{}/messages/{}", letter.platform, letter.kind);
    let headers = [("Idempotency-Key", letter.key.as_str())];
    let (status, body) = http::ask_with(address, "POST", &path, &headers, letter.body.as_bytes()).ok()?;
    let said: Said = serde_json::from_slice(&body).ok()?;
    match (said.ok, status) {
        (true, 200 | 201) => Some(Outcome::Done { receipt: said.receipt? }),
        (false, 400..=499) => Some(Outcome::Rejected { code: said.code?, text: said.message.unwrap_or_default() }),
        _ => None,
    }
}

fn line(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string(value).expect("a line holds only text and numbers");
    text.push('\n');
    text
}
