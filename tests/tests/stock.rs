//! Numbers, blanks and the day's close at the counter: a number from the blank in the clerk's hand, a book that runs out and
//! is filled again, an old number that is void with the delivery, and a day that balances or says why not.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "trouble/bench.rs"]
#[expect(dead_code, reason = "shared with the journeys of trouble, which pull cables")]
mod bench;
#[path = "stock/blanks.rs"]
mod blanks;
#[path = "stock/day.rs"]
mod day;
#[path = "stock/void.rs"]
mod void;
