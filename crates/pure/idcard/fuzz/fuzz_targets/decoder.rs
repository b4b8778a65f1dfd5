//! Any bytes for the decoder target; see `tests/fuzzing/targets.rs` for what must hold.
#![no_main]

#[expect(dead_code, reason = "each target uses its own")]
#[path = "../../tests/fuzzing/targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::decoder(bytes));
