//! The intake as it is walked at the counter: refusals with their slips, the one-time notice, corrections, drafts. Every
//! paper is read back from its PDF by a program that is not ours.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "trouble/bench.rs"]
#[expect(dead_code, reason = "shared with the journeys of trouble, which pull cables")]
mod bench;
#[path = "intake/drafts.rs"]
mod drafts;
#[path = "intake/every_name.rs"]
mod every_name;
#[path = "intake/identify.rs"]
mod identify;
#[path = "intake/items.rs"]
mod items;
#[path = "intake/notice.rs"]
mod notice;
#[path = "intake/pages.rs"]
mod pages;
#[path = "intake/refusals.rs"]
mod refusals;
#[path = "intake/reissue.rs"]
mod reissue;
