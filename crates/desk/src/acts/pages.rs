//! The pages that are opened from the lobby, between two visitors: a look, and what may be done there.

use jiff::civil::Date;

use crate::at_hand::Calibrating;
use crate::desk::{Desk, Effect};
use crate::fault::Trouble;

/// A page beside the cases. One at a time lies open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// The policy pack with the source of each value.
    Pack,
    /// What has not arrived at a platform yet.
    Outbox,
    /// The statistics of a range of days.
    Statistics,
    /// The follow-ups of bad ratings.
    FollowUps,
    /// Blank cards and numbers.
    Stock,
    /// The day's close.
    Day(Date),
    /// What came back from the handling departments.
    Results,
    /// One agent who comes for many.
    Batch,
    /// Whose papers wait to be handed over.
    HandOver,
    /// What may be forgotten today.
    Retention,
    /// Whether a card's code is signed.
    CardCode,
    /// Putting the card printer right.
    Calibration,
}

impl Desk {
    pub(super) fn open_page(&mut self, page: Page) -> Result<Vec<Effect>, Trouble> {
        if self.open.is_some() {
            return Err(Trouble::of("desk.not_now").because("请先把现在这件事暂存或办完"));
        }
        self.page = Some(page);
        Ok(Vec::new())
    }

    pub(super) fn close_page(&mut self) -> Vec<Effect> {
        self.page = None;
        self.stick.left();
        self.counting = None;
        self.at_hand.unmasked_raters.clear();
        self.at_hand.packages_left = None;
        self.at_hand.forgotten = None;
        self.at_hand.code = None;
        self.at_hand.calibrating = Calibrating::default();
        // Nobody stands at the reader for a batch any more.
        if self.at_hand.batching.take().is_some() { vec![Effect::CancelRead] } else { Vec::new() }
    }
}
