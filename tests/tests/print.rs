//! What a card is when it comes out of the printer: its code is signed, and a copy with another word in it is told from it;
//! and, against a real IPP printer in software, what is claimed of a print, what is asked, and what comes out.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "trouble/bench.rs"]
#[expect(dead_code, reason = "shared with the journeys of trouble, which pull cables")]
mod bench;
#[path = "print/calibration.rs"]
mod calibration;
#[path = "print/code.rs"]
mod code;
#[path = "print/faults.rs"]
mod faults;
#[path = "print/gallery.rs"]
mod gallery;
#[path = "print/killed.rs"]
mod killed;
#[path = "print/over_ipp.rs"]
mod over_ipp;
#[path = "print/queue.rs"]
mod queue;
