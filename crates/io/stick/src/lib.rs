//! The stick: messages that go to the county by hand, sealed and signed, and the county's answers read back.
//!
//! The format of both files is described in docs/stick-format.md. [`seal`] makes an export, [`open_answers`] proves a file of
//! answers, and [`carry_out`] is all that touches the stick. What may go out and what an answer means is decided elsewhere.

mod answers;
mod export;
mod folder;
mod keys;

pub use answers::{Answer, Answers, NotAccepted, Outcome, open_answers};
pub use export::{Export, Head, Outgoing, SealError, seal};
pub use folder::{ANSWERS_END, EXPORT_END, News, Seen, StickFault, Work, carry_out};
pub use keys::{CounterKey, CountyKey, KeyRefused};

/// SM3 of a file, 64 hex digits: the name by which an export and a file of answers are known.
pub fn sm3(bytes: &[u8]) -> String {
    use sm3::Digest;
    hex::encode(sm3::Sm3::digest(bytes))
}
