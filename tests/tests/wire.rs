//! What leaves the counter, over a real wire.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "wire/recorder.rs"]
mod recorder;
#[path = "wire/sloppy.rs"]
mod sloppy;
#[path = "wire/taken.rs"]
mod taken;
