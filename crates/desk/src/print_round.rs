//! The card prints that are under way: how often their queue is asked about them, and when the desk gives up waiting.
//!
//! It gives up by asking the printer to stop, and then a person what came out; it never prints again by itself.

use std::collections::BTreeMap;

use casework::nouns::{AttemptId, CaseId};
use devices::printer::{JobSeen, PrinterState, Sheet};
use jiff::{SignedDuration, Timestamp};

use crate::desk::Effect;

/// How often a queue is asked about a job.
const ASK_EVERY: SignedDuration = SignedDuration::from_millis(500);
/// How often a printer is looked at while the next thing is a number or a print.
const LOOK_EVERY: SignedDuration = SignedDuration::from_secs(2);

/// What is known of the card printer and of the jobs it has.
#[derive(Debug, Default)]
pub struct PrintRound {
    watched: BTreeMap<AttemptId, Watched>,
    /// What the printer said of itself at the last look, if it was not that it is ready.
    trouble: Option<PrinterState>,
    looked_at: Option<Timestamp>,
    looking: bool,
}

#[derive(Debug)]
struct Watched {
    case: CaseId,
    job: String,
    since: Option<Timestamp>,
    asked_at: Option<Timestamp>,
    /// A question is on its way; there are never two.
    waiting: bool,
    /// The printer was asked to stop.
    stopping: bool,
    seen: Option<JobSeen>,
}

impl PrintRound {
    /// The queue has a job; its document is being sent, or was sent before a restart.
    pub fn watch(&mut self, case: &CaseId, attempt: &AttemptId, job: &str) {
        let watched = Watched {
            case: case.clone(),
            job: job.to_owned(),
            since: None,
            asked_at: None,
            waiting: true,
            stopping: false,
            seen: None,
        };
        self.watched.insert(attempt.clone(), watched);
    }

    /// The queue has said how the job stands, and it is not over. Answers whether that is news.
    pub fn heard(&mut self, case: &CaseId, attempt: &AttemptId, job: &str, seen: JobSeen) -> bool {
        if !self.watched.contains_key(attempt) {
            self.watch(case, attempt, job);
        }
        self.watched.get_mut(attempt).is_some_and(|watched| {
            watched.waiting = false;
            watched.seen.replace(seen.clone()) != Some(seen)
        })
    }

    /// The print has an outcome.
    pub fn forget(&mut self, attempt: &AttemptId) {
        self.watched.remove(attempt);
    }

    /// How a job stood when its queue last spoke.
    pub fn seen(&self, attempt: &AttemptId) -> Option<&JobSeen> {
        self.watched.get(attempt)?.seen.as_ref()
    }

    /// The questions that are due, and for jobs that have had `patience` the request to stop. A clock that was set back
    /// begins the wait anew.
    pub fn due(&mut self, now: Timestamp, patience: SignedDuration) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (attempt, watched) in &mut self.watched {
            let since = *watched.since.get_or_insert(now);
            if now < since {
                watched.since = Some(now);
            }
            if watched.waiting || watched.stopping {
                continue;
            }
            let (case, attempt, job) = (watched.case.clone(), attempt.clone(), watched.job.clone());
            if now.duration_since(since) >= patience {
                watched.stopping = true;
                effects.push(Effect::StopJob { case, attempt, job });
            } else if watched.asked_at.is_none_or(|at| now < at || now.duration_since(at) >= ASK_EVERY) {
                (watched.asked_at, watched.waiting) = (Some(now), true);
                effects.push(Effect::AskJob { case, attempt, job });
            }
        }
        effects
    }

    /// Whether to look at the printer now.
    pub fn look(&mut self, now: Timestamp, sheet: Sheet) -> Option<Effect> {
        let due = self.looked_at.is_none_or(|at| now < at || now.duration_since(at) >= LOOK_EVERY);
        (due && !self.looking).then(|| {
            (self.looked_at, self.looking) = (Some(now), true);
            Effect::LookAtPrinter { sheet }
        })
    }

    /// A look has told how the printer is; `None` is ready. Answers whether that is news.
    pub fn looked(&mut self, trouble: Option<PrinterState>) -> bool {
        self.looking = false;
        std::mem::replace(&mut self.trouble, trouble) != trouble
    }

    /// Why nothing can be printed, as far as the last look knows.
    pub fn trouble(&self) -> Option<PrinterState> {
        self.trouble
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: SignedDuration = SignedDuration::from_secs(60);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_636_340_000 + seconds).unwrap()
    }

    fn names() -> (CaseId, AttemptId) {
        let case: CaseId = "YZ-1".parse().unwrap();
        let attempt = AttemptId::new(&case, 1).unwrap();
        (case, attempt)
    }

    fn round() -> PrintRound {
        let (case, attempt) = names();
        let mut round = PrintRound::default();
        round.watch(&case, &attempt, "7");
        round
    }

    #[test]
    fn a_job_is_asked_about_one_question_at_a_time() {
        let ((case, attempt), mut round) = (names(), round());
        assert_eq!(round.due(at(0), PATIENCE), [], "its document is on its way");
        round.heard(&case, &attempt, "7", JobSeen::NoAnswer);
        assert!(matches!(round.due(at(1), PATIENCE).as_slice(), [Effect::AskJob { .. }]));
        assert_eq!(round.due(at(2), PATIENCE), []);
        assert!(!round.heard(&case, &attempt, "7", JobSeen::NoAnswer), "no news");
        assert!(matches!(round.due(at(3), PATIENCE).as_slice(), [Effect::AskJob { .. }]));
    }

    #[test]
    fn a_job_that_has_had_its_time_is_stopped_once_and_asked_no_more() {
        let ((case, attempt), mut round) = (names(), round());
        assert_eq!(round.due(at(0), PATIENCE), []);
        round.heard(&case, &attempt, "7", JobSeen::UnderWay { hindrance: None });
        assert!(matches!(round.due(at(60), PATIENCE).as_slice(), [Effect::StopJob { .. }]));
        assert_eq!(round.due(at(90), PATIENCE), []);
        round.forget(&attempt);
        assert_eq!(round.seen(&attempt), None);
    }

    #[test]
    fn a_clock_that_is_set_back_gives_a_job_its_time_again() {
        let ((case, attempt), mut round) = (names(), round());
        round.heard(&case, &attempt, "7", JobSeen::NoAnswer);
        round.due(at(1000), PATIENCE);
        round.heard(&case, &attempt, "7", JobSeen::NoAnswer);
        assert!(matches!(round.due(at(0), PATIENCE).as_slice(), [Effect::AskJob { .. }]));
        round.heard(&case, &attempt, "7", JobSeen::NoAnswer);
        assert!(matches!(round.due(at(59), PATIENCE).as_slice(), [Effect::AskJob { .. }]));
        round.heard(&case, &attempt, "7", JobSeen::NoAnswer);
        assert!(matches!(round.due(at(61), PATIENCE).as_slice(), [Effect::StopJob { .. }]));
    }
}
