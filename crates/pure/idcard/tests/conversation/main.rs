//! The conversation: what it does about a card, about a module that says no, and about a line that lies.
#![expect(clippy::unwrap_used, reason = "tests")]

mod bench;
mod line;
mod module;
mod reading;
