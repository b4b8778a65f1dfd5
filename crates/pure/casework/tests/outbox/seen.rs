//! What came up in the schedules: a world in which nothing happens would pass every check.

use std::collections::BTreeSet;

/// What came up in a schedule.
#[derive(Default)]
pub struct Seen(BTreeSet<&'static str>);

impl Seen {
    pub fn note(&mut self, what: &'static str) {
        self.0.insert(what);
    }

    pub fn add(&mut self, other: &Seen) {
        self.0.extend(&other.0);
    }

    pub fn assert_everything(&self) {
        for what in [
            "a lost answer",
            "a late arrival",
            "a doubled answer",
            "an answer that changes nothing",
            "a wish to be left alone",
            "a probe",
            "three at once",
            "a crash",
            "a crash with a message in flight",
            "a clock set back",
            "a clock put forward",
            "refused",
            "unreadable",
            "closed",
            "unknown",
            "sent again by a person",
        ] {
            assert!(self.0.contains(what), "no schedule holds {what}");
        }
    }
}
