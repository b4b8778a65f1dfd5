//! Shapes that casework is about to own.

use casework::nouns::{Actor, CaseId};
use jiff::Timestamp;

pub struct JournalRow {
    pub n: u64,
    pub at: Timestamp,
    pub actor: Actor,
    pub case: CaseId,
    pub seq: u32,
    pub kind: String,
    pub body_hash: String,
}

pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

pub fn link(prev: &str, row: &JournalRow) -> String {
    crate::hash::sm3_hex(
        format!(
            "{prev}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
            row.n, row.at, row.actor, row.case, row.seq, row.kind, row.body_hash
        )
        .as_bytes(),
    )
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    pub seq_in_case: u32,
    pub kind: String,
    pub platform: String,
    pub key: String,
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    Done { receipt: String },
    Later { due: Timestamp, code: Option<String>, text: String },
    Rejected { code: String, text: String },
    Unknown { text: String },
}
