//! When the reader is asked how it is without anybody having asked for a card: a reader that was pulled out and put back
//! is to be good again without a hand on the program.

use jiff::{SignedDuration, Timestamp};

/// While it is away. With the way back to a good answer this stays under the three seconds of hot-plug.
const WHILE_AWAY: SignedDuration = SignedDuration::from_secs(2);
/// While it is good, so that the lamp does not tell of a reader that is long gone.
const WHILE_GOOD: SignedDuration = SignedDuration::from_secs(10);

/// The round of questions to one reader; never two at a time.
#[derive(Debug, Default)]
pub struct ReaderRound {
    asked_at: Option<Timestamp>,
    waiting: bool,
    away: bool,
}

impl ReaderRound {
    /// The reader is being asked outside the round.
    pub fn asked(&mut self) {
        self.waiting = true;
    }

    /// It answered, or failed to.
    pub fn answered(&mut self, good: bool) {
        self.waiting = false;
        self.away = !good;
    }

    /// Whether to ask now; then the next question waits for the answer to this one. The clock may have been set back.
    pub fn is_due(&mut self, now: Timestamp) -> bool {
        let pause = if self.away { WHILE_AWAY } else { WHILE_GOOD };
        let asked_at = *self.asked_at.get_or_insert(now);
        let due = !self.waiting && (now < asked_at || now.duration_since(asked_at) >= pause);
        if due {
            self.asked_at = Some(now);
            self.waiting = true;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_636_340_000_000 + millis).unwrap()
    }

    /// Beats of 250 ms at which it asks, in milliseconds, when every question is answered alike at once.
    fn questions(good: bool, upto: i64) -> Vec<i64> {
        let mut round = ReaderRound::default();
        round.answered(good);
        let beats = (0..=upto).step_by(250);
        beats.filter(|beat| round.is_due(at(*beat)).then(|| round.answered(good)).is_some()).collect()
    }

    #[test]
    fn a_reader_that_is_away_is_asked_every_two_seconds_and_a_good_one_every_ten() {
        assert_eq!(questions(false, 6_500), [2_000, 4_000, 6_000]);
        assert_eq!(questions(true, 25_000), [10_000, 20_000]);
    }

    #[test]
    fn no_question_follows_one_that_is_not_answered() {
        let mut round = ReaderRound::default();
        round.asked();
        assert!((0..60_000).step_by(250).all(|beat| !round.is_due(at(beat))));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_silence_the_round() {
        let mut round = ReaderRound::default();
        round.answered(false);
        assert!(!round.is_due(at(0)));
        assert!(round.is_due(at(-3_600_000)));
    }
}
