//! The ledger from outside, one file a promise.
#![expect(clippy::unwrap_used, reason = "a set-up that fails has to end the test")]

mod batches;
mod bench;
mod cases;
mod doors;
mod erasing;
mod erasing_words;
mod handover;
mod numbers;
mod opening;
mod outbox;
mod outbox_acts;
mod past;
mod pictures;
mod prints;
mod ratings;
mod recording;
mod results;
mod rot;
mod search;
mod statistics;
mod stock;
mod stock_faults;
