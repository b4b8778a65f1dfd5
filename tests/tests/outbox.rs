//! The outbox in the open: shown and acted on at the counter and on the command line, carried to the county on a stick, and
//! limited without ever stopping what was begun.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "outbox/bench.rs"]
mod bench;
#[path = "outbox/command_line.rs"]
mod command_line;
#[path = "outbox/limits.rs"]
mod limits;
#[path = "outbox/page.rs"]
mod page;
#[path = "outbox/sticks.rs"]
mod sticks;
