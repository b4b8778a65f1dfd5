//! The rating, which belongs to the person and not to the clerk, the reminder to the department, and help with
//! registering. None of them ever blocks a step.

use casework::aftercare;
use casework::nouns::RatingPoint;
use casework::steps::rating::{self, Answer};
use casework::steps::{Obstacle, Refusal, Step};

use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};
use crate::show;

impl Desk {
    pub(super) fn decline_rating(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let point = self.rating_at_hand()?;
        self.judged("rating", now, |case, pack| rating::decline(case, pack, point))
    }

    pub(super) fn give_rating(&mut self, answer: Answer, now: Now) -> Result<Vec<Effect>, Trouble> {
        let point = self.rating_at_hand()?;
        self.judged("rating", now, |case, pack| rating::give(case, pack, point, answer, now.today))
    }

    pub(super) fn correct_rating(&mut self, answer: Answer, now: Now) -> Result<Vec<Effect>, Trouble> {
        let point = self.rating_at_hand()?;
        self.judged("rating", now, |case, pack| rating::correct(case, pack, point, answer, now.today))
    }

    pub(super) fn remind_department(
        &mut self,
        channel: &str,
        person: &str,
        said: &str,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        self.judged("desk", now, |case, pack| aftercare::remind(case, pack, channel, person, said))
    }

    pub(super) fn help_register(&mut self, guide: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.judged("desk", now, |case, pack| aftercare::helped(case, pack, guide))
    }

    pub(super) fn decline_help(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.judged("desk", now, aftercare::decline_help)
    }

    /// Back to the step that is due; past the rating that is due and that nobody answers.
    pub(super) fn go_on(&mut self, now: Now) -> Vec<Effect> {
        let due = self.open.as_ref().map(|case| show::here(case, &self.pack, None, now));
        self.at_hand.looking_at = (due == Some(Step::Rating)).then_some(Step::Archive);
        Vec::new()
    }

    fn rating_at_hand(&self) -> Result<RatingPoint, Trouble> {
        let refusal = Refusal::NotNow(Obstacle::RatingNotOffered);
        rating::at_hand(self.case()?).ok_or_else(|| fault::refusal("rating", &refusal, &self.pack))
    }
}
