//! When each platform is asked for results: at once when a case begins to wait, then at a walking pace, and less often while
//! the platform does not answer.

use std::collections::BTreeMap;

use casework::nouns::PlatformId;
use casework::outbox::Cause;
use casework::results::{pause_after, pause_of_rest};
use jiff::{SignedDuration, Timestamp};

use crate::desk::Now;

/// How often the ledger is asked whether anybody waits.
const LOOK: SignedDuration = SignedDuration::from_secs(1);

/// The round of questions to the platforms; never two at a time to one of them.
#[derive(Debug, Default)]
pub struct ResultRound {
    looked_at: Option<Timestamp>,
    asked: BTreeMap<PlatformId, Asked>,
}

#[derive(Debug)]
struct Asked {
    at: Timestamp,
    pause: SignedDuration,
    waiting: bool,
    failures: u32,
    trouble: Option<Cause>,
}

impl ResultRound {
    /// Whether to look now; the beat comes more often.
    pub fn looks(&mut self, now: Timestamp) -> bool {
        let due = self.looked_at.is_none_or(|at| now < at || now.duration_since(at) >= LOOK);
        if due {
            self.looked_at = Some(now);
        }
        due
    }

    /// Whether to ask this platform now; then the next question waits for the answer to this one. The pause is measured from
    /// the question, so a clock that was set back does not lengthen it.
    pub fn is_due(&mut self, platform: &PlatformId, now: Timestamp) -> bool {
        let Some(asked) = self.asked.get_mut(platform) else {
            let asked = Asked { at: now, pause: SignedDuration::ZERO, waiting: true, failures: 0, trouble: None };
            self.asked.insert(platform.clone(), asked);
            return true;
        };
        let due = !asked.waiting && (now < asked.at || now.duration_since(asked.at) >= asked.pause);
        if due {
            asked.at = now;
            asked.waiting = true;
        }
        due
    }

    /// A list came; `more` when there is more of it already.
    pub fn answered(&mut self, platform: &PlatformId, more: bool, now: Now) {
        let pause = if more { SignedDuration::ZERO } else { pause_of_rest(now.jitter) };
        self.settle(platform, now, |asked| {
            asked.failures = 0;
            asked.trouble = None;
            asked.pause = pause;
        });
    }

    /// No list came.
    pub fn failed(&mut self, platform: &PlatformId, cause: Cause, now: Now) {
        self.settle(platform, now, |asked| {
            asked.failures = asked.failures.saturating_add(1);
            asked.trouble = Some(cause);
            asked.pause = pause_after(asked.failures, now.jitter);
        });
    }

    /// Why no results come, if something keeps them away.
    pub fn trouble(&self) -> Option<Cause> {
        self.asked.values().find_map(|asked| asked.trouble)
    }

    fn settle(&mut self, platform: &PlatformId, now: Now, change: impl FnOnce(&mut Asked)) {
        if let Some(asked) = self.asked.get_mut(platform) {
            asked.waiting = false;
            asked.at = now.at;
            change(asked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(seconds: i64) -> Now {
        let at = Timestamp::from_second(1_636_340_000 + seconds).unwrap();
        Now { at, today: jiff::civil::date(2021, 11, 8), jitter: 1.0 }
    }

    #[test]
    fn a_platform_is_asked_at_once_then_every_quarter_of_a_minute_and_never_twice_at_a_time() {
        let city: PlatformId = "city".parse().unwrap();
        let mut round = ResultRound::default();
        assert!(round.is_due(&city, now(0).at));
        assert!((0..600).all(|second| !round.is_due(&city, now(second).at)), "it has not answered");
        round.answered(&city, false, now(600));
        let asked: Vec<i64> = (600..650)
            .filter(|second| {
                let due = round.is_due(&city, now(*second).at);
                if due {
                    round.answered(&city, false, now(*second));
                }
                due
            })
            .collect();
        assert_eq!(asked, [615, 630, 645]);
        round.answered(&city, true, now(650));
        assert!(round.is_due(&city, now(650).at), "there was more");
    }

    #[test]
    fn a_platform_that_is_away_is_asked_less_often_until_it_answers_and_a_clock_set_back_silences_nothing() {
        let city: PlatformId = "city".parse().unwrap();
        let mut round = ResultRound::default();
        let mut asked = Vec::new();
        for second in 0..70 {
            if round.is_due(&city, now(second).at) {
                round.failed(&city, Cause::NetworkDown, now(second));
                asked.push(second);
            }
        }
        assert_eq!(asked, [0, 2, 6, 14, 30, 62]);
        assert_eq!(round.trouble(), Some(Cause::NetworkDown));
        assert!(round.is_due(&city, now(-3600).at));
        round.answered(&city, false, now(-3600));
        assert_eq!(round.trouble(), None);
    }
}
