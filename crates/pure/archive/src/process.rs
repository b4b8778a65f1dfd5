//! `process.jsonl`: what happened to the case, one fact a line, with who did it, when, and the row of the journal that
//! chains it. Each line can be proved by itself: the hash of its body, and the hash of its row.

use casework::journal::{Hash, JournalRow, Subject, body_hash, link};
use casework::nouns::{Actor, CaseId};
use jiff::Timestamp;
use serde::Deserialize;

/// One fact of a case with its row of the station's journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub row: JournalRow,
    /// The row before it in the station's journal, whatever that speaks of.
    pub prev: Hash,
    pub hash: Hash,
    /// The canonical body that the row's hash covers.
    pub body: String,
}

/// What somebody said of the service stays out of the archive, where the people it is about can read it; its row stays, and
/// with it the proof that nothing was taken out unnoticed.
pub(crate) fn is_withheld(kind: &str) -> bool {
    kind.starts_with("rating_")
}

/// The file.
pub(crate) fn write(entries: &[Entry]) -> String {
    entries.iter().map(line).collect()
}

fn line(entry: &Entry) -> String {
    let Entry { row, prev, hash, body } = entry;
    let JournalRow { n, at, actor, of, kind, body_hash } = row;
    let text = |text: &str| serde_json::to_string(text).expect("text is plain data");
    let (case, seq) = match of {
        Subject::Case { case, seq } => (case.as_str(), *seq),
        Subject::Station { seq } => ("", *seq),
    };
    let body = if is_withheld(kind) { "null" } else { body };
    format!(
        r#"{{"n":{n},"at":"{at}","actor":{},"case":{},"seq":{seq},"kind":{},"body_hash":"{body_hash}","prev":"{prev}","hash":"{hash}","body":{body}}}"#,
        text(actor.as_str()),
        text(case),
        text(kind)
    ) + "\n"
}

#[derive(Deserialize)]
struct Line {
    n: u64,
    at: Timestamp,
    actor: Actor,
    case: CaseId,
    seq: u32,
    kind: String,
    body_hash: String,
    prev: String,
    hash: String,
}

/// What the lines of a process prove, and what of them does not hold together.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Proof {
    pub facts: usize,
    pub withheld: usize,
    /// In words, by line from 1.
    pub faults: Vec<String>,
    /// What the record says was demanded, by code.
    pub demanded: Vec<String>,
}

/// Reads a process and proves each line.
pub(crate) fn prove(text: &str) -> Proof {
    let mut proof = Proof::default();
    let mut before: Option<(u64, Hash)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        match prove_line(line, number, before, &mut proof) {
            Some(after) => before = Some(after),
            None => proof.faults.push(format!("第 {number} 行读不通")),
        }
    }
    proof
}

fn prove_line(text: &str, number: u32, before: Option<(u64, Hash)>, proof: &mut Proof) -> Option<(u64, Hash)> {
    let line: Line = serde_json::from_str(text).ok()?;
    let body = text.split_once(r#","body":"#)?.1.strip_suffix('}')?;
    let (told, prev) = (Hash::from_hex(&line.body_hash)?, Hash::from_hex(&line.prev)?);
    let of = Subject::Case { case: line.case, seq: line.seq };
    let row = JournalRow { n: line.n, at: line.at, actor: line.actor, of, kind: line.kind, body_hash: told };
    let hash = link(&prev, &row);
    proof.facts += 1;
    let mut fault = |words: &str| proof.faults.push(format!("第 {number} 行：{words}"));
    if line.seq != number {
        fault("记录的次序断了");
    }
    if hash.to_hex() != line.hash {
        fault("台账行的哈希对不上");
    }
    if body == "null" && is_withheld(&row.kind) {
        proof.withheld += 1;
    } else if body_hash(body) != told {
        fault("内容和它的哈希对不上");
    }
    match before {
        Some((n, _)) if row.n <= n => fault("台账行的次序反了"),
        // Between two rows of this case there may be rows of others, whose hashes are not here.
        Some((n, last)) if row.n == n + 1 && prev != last => fault("和前一行没有接上"),
        Some(_) | None => {}
    }
    if row.kind == "applicant_filled" {
        proof.demanded = demanded(body).unwrap_or_default();
    }
    Some((row.n, hash))
}

fn demanded(body: &str) -> Option<Vec<String>> {
    let body: serde_json::Value = serde_json::from_str(body).ok()?;
    let codes = body.get("demanded")?.as_array()?;
    codes.iter().map(|code| code.as_str().map(str::to_owned)).collect()
}
