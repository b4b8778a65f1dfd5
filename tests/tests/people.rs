//! The people of a station, at a real one: first run, signing in and out, who may do what, whose name stands in the
//! journal, and what is left on the screen when somebody goes.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "people/bench.rs"]
mod bench;
#[path = "people/journal.rs"]
mod journal;
#[path = "people/permits.rs"]
mod permits;
#[path = "people/practice.rs"]
mod practice;
#[path = "people/privacy.rs"]
mod privacy;
#[path = "people/ratings.rs"]
mod ratings;
#[path = "people/signing_in.rs"]
mod signing_in;
#[path = "people/staff.rs"]
mod staff;
