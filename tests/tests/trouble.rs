//! Trouble at the counter: each is a clear fault that says what to do, nothing is lost, and the case goes on after mending.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "trouble/bench.rs"]
mod bench;
#[path = "trouble/cards.rs"]
mod cards;
#[path = "trouble/disk.rs"]
mod disk;
#[path = "trouble/platform.rs"]
mod platform;
#[path = "trouble/printer.rs"]
mod printer;
#[path = "trouble/reader.rs"]
mod reader;
#[path = "trouble/start.rs"]
mod start;
