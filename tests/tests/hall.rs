//! A hall: the clerk takes in, the department answers, the issuing post makes and delivers the card. The desk is driven by
//! hand under a clock that is turned by hand; the platforms are the simulated ones, over real HTTP.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "hall/bench.rs"]
mod bench;
#[path = "hall/clock.rs"]
mod clock;
#[path = "hall/filing.rs"]
mod filing;
#[path = "hall/handing.rs"]
mod handing;
#[path = "storm/persons.rs"]
#[expect(dead_code, reason = "the storm meets more people than a hall does")]
mod persons;
#[path = "hall/results.rs"]
mod results;
#[path = "hall/system_numbers.rs"]
mod system_numbers;
#[path = "hall/visit.rs"]
mod visit;
