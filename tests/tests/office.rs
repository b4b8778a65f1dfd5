//! What an office does between and after its visitors: count, export, hand lists on, forget when the time has come.
#![expect(clippy::unwrap_used, reason = "a set-up that fails has to end the test")]

#[path = "office/batch.rs"]
mod batch;
#[path = "office/bench.rs"]
mod bench;
#[path = "office/kept.rs"]
mod kept;
#[path = "office/retention.rs"]
mod retention;
#[path = "office/statistics.rs"]
mod statistics;
#[path = "office/village_day.rs"]
mod village_day;
