//! Whether ratings are asked for as they should be: how often nobody answered, how fast answers came, and who was present
//! (F-74). Everything here is worked out from the record; nothing is estimated, and no level goes in.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::nouns::Actor;

/// Seconds in which nobody reads five words and touches one of them. An assumption, for looking closer and for no more.
pub const TOO_FAST_S: i64 = 3;

/// One rating that was offered, as the record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub present: Actor,
    pub offered_at: Timestamp,
    pub answer: Option<Answered>,
}

/// What came of an offer, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    pub at: Timestamp,
    /// False where the person declined.
    pub rated: bool,
}

/// How a number of offers were answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    pub offered: u32,
    pub given: u32,
    pub declined: u32,
    /// Ratings that came within [`TOO_FAST_S`].
    pub too_fast: u32,
    /// Seconds from offer to rating, sorted.
    seconds: Vec<i64>,
}

impl Tally {
    /// Offers that nobody answered.
    pub fn unanswered(&self) -> u32 {
        self.offered - self.given - self.declined
    }

    /// Whole per cent of the offers that were declined or left; `None` without an offer.
    pub fn skipped_percent(&self) -> Option<u32> {
        (self.offered > 0).then(|| (self.offered - self.given) * 100 / self.offered)
    }

    /// The middle one of the times from offer to rating, in seconds.
    pub fn middle_seconds(&self) -> Option<i64> {
        self.seconds.get(self.seconds.len() / 2).copied()
    }

    fn count(&mut self, offer: &Offer) {
        self.offered += 1;
        match offer.answer {
            None => {}
            Some(Answered { rated: false, .. }) => self.declined += 1,
            Some(Answered { at, rated: true }) => {
                // A clock that was set back between the two tells nothing of how long it took.
                let seconds = at.duration_since(offer.offered_at).as_secs();
                self.given += 1;
                if seconds >= 0 {
                    self.seconds.insert(self.seconds.partition_point(|one| *one < seconds), seconds);
                    self.too_fast += u32::from(seconds < TOO_FAST_S);
                }
            }
        }
    }
}

/// The offers by who was present, and all of them together.
pub fn tally(offers: &[Offer]) -> (BTreeMap<Actor, Tally>, Tally) {
    let mut by: BTreeMap<Actor, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    for offer in offers {
        by.entry(offer.present.clone()).or_default().count(offer);
        all.count(offer);
    }
    (by, all)
}

/// What came of the bad ratings of a time. The rate is counted, whatever one would like it to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rectified {
    pub opened: u32,
    pub done: u32,
    pub excluded: u32,
}

impl Rectified {
    /// Neither done nor excluded.
    pub fn open(&self) -> u32 {
        self.opened - self.done - self.excluded
    }

    /// Whole per cent that were put right, of those that count as bad; `None` where none does.
    pub fn percent(&self) -> Option<u32> {
        let counted = self.opened - self.excluded;
        (counted > 0).then(|| self.done * 100 / counted)
    }
}
