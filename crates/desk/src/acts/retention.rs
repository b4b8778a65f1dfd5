//! The page of what may be forgotten, and forgetting it by a person's word (到期清理).

use super::Page;
use crate::desk::{Desk, Effect, Now};
use crate::fault::Trouble;

impl Desk {
    /// Forgets whose time is over. `day_is_right` is the person's word that the clock is right.
    pub(super) fn erase_due(&mut self, day_is_right: bool, now: Now) -> Result<Vec<Effect>, Trouble> {
        if self.page != Some(Page::Retention) {
            return Err(Trouble::of("desk.not_now"));
        }
        let plan = self.plan(day_is_right, now)?;
        if plan.is_nothing() {
            return Err(Trouble::of("desk.not_now").because("现在没有到期要清理的"));
        }
        let done = self.forget_whose_time_is_over(day_is_right, now)?;
        self.at_hand.forgotten = Some(done);
        Ok(Vec::new())
    }

    /// With the first sign-in of a new day of the clock the ledger's own day goes on by one: only days on which somebody came
    /// to work are counted, so that a clock that jumps brings nobody's end nearer by more than that one.
    pub(super) fn count_the_day(&mut self, now: Now) {
        if let Err(trouble) = self.day_counted(now) {
            // The ledger has told its trouble to whoever signs in by other ways; the day is counted with the next sign-in.
            self.report(trouble);
        }
    }
}
