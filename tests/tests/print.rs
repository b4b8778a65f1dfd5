//! What a card is when it comes out of the printer: its code is signed, and a copy with another word in it is told from it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "trouble/bench.rs"]
#[expect(dead_code, reason = "shared with the journeys of trouble, which pull cables")]
mod bench;
#[path = "print/code.rs"]
mod code;
