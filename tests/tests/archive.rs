//! Hand-over and archive (八·八, 九, 十一): lists that both sides sign or nobody, packages that two verifiers accept, and no way
//! to send a paper anywhere.
//!
//! A package holds the full citizen number of its case; that is what it is for. So none is written where the suite looks
//! through what tests left behind for full numbers: packages lie in folders that go with their test, and the people in
//! them are invented.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "archive/handover.rs"]
mod handover;
#[path = "archive/no_courier.rs"]
mod no_courier;
#[path = "archive/package.rs"]
mod package;
#[path = "archive/shell.rs"]
mod shell;
