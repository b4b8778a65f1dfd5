//! The sound planner, and the same with one fault planted.

use casework::nouns::CaseId;
use casework::outbox::{Answer, Entry, Next, Queued, Reach, State, plan};
use jiff::Timestamp;

/// Who plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planner {
    Sound,
    /// Another key for every attempt.
    FreshKeys,
    /// Each message by itself, whatever comes before it in its case.
    NoOrder,
    /// Thinks that every platform honours keys.
    TrustsKeys,
    /// Takes 202 for done.
    TakesQueuedForDone,
    /// Takes every 200 for done.
    TakesPagesForDone,
    /// Leaves in flight what was in flight when the program died.
    ForgetsTheFallen,
    /// Lets a rejected message stop everybody.
    StopsForOne,
    /// Lets a closed system stop the case.
    StopsForTheClosed,
    /// Does not hear `Retry-After`.
    Deaf,
    /// Sends whatever is due, whether anybody is there or not.
    Hammers,
    /// Thinks that a time-out means that nothing arrived, and sends it as if it were new.
    ForgetsTimeOuts,
    /// Leaves the moment at which a message was due before it was sent, to which it falls back when the program dies.
    KeepsTheOldMoment,
}

impl Planner {
    pub const FAULTS: [Planner; 12] = [
        Planner::FreshKeys,
        Planner::NoOrder,
        Planner::TrustsKeys,
        Planner::TakesQueuedForDone,
        Planner::TakesPagesForDone,
        Planner::ForgetsTheFallen,
        Planner::StopsForOne,
        Planner::StopsForTheClosed,
        Planner::Deaf,
        Planner::Hammers,
        Planner::ForgetsTimeOuts,
        Planner::KeepsTheOldMoment,
    ];

    /// What its fault is found by.
    pub fn told(self) -> &'static str {
        match self {
            Planner::Sound => "nothing",
            Planner::FreshKeys | Planner::TrustsKeys | Planner::ForgetsTimeOuts => "a second effect",
            Planner::NoOrder => "before an earlier one",
            Planner::TakesQueuedForDone | Planner::TakesPagesForDone => "done without",
            Planner::ForgetsTheFallen
            | Planner::StopsForOne
            | Planner::StopsForTheClosed
            | Planner::KeepsTheOldMoment => "never arrived",
            Planner::Deaf => "had asked to be left alone",
            Planner::Hammers => "although nobody was there",
        }
    }

    pub fn key(self, id: i64, attempt: u32, was_lost: bool) -> i64 {
        let fresh = self == Planner::FreshKeys || (self == Planner::ForgetsTimeOuts && was_lost);
        id * 1_000 + if fresh { i64::from(attempt) } else { 0 }
    }

    pub fn go_out(self, reach: &mut Reach, queue: &[Queued], now: Timestamp) -> Vec<i64> {
        let seen_as = |change: fn(Queued) -> Queued| queue.iter().cloned().map(change).collect::<Vec<_>>();
        if self == Planner::NoOrder {
            return reach.go_out(&seen_as(|one| Queued { case: alone(one.id), ..one }), now);
        }
        if self == Planner::StopsForTheClosed {
            let held =
                |one: Queued| if one.state == State::Closed { Queued { state: State::Rejected, ..one } } else { one };
            return reach.go_out(&seen_as(held), now);
        }
        if self == Planner::StopsForOne && queue.iter().any(|one| one.state == State::Rejected) {
            return Vec::new();
        }
        if self == Planner::Hammers {
            *reach = Reach::default();
        }
        reach.go_out(queue, now)
    }

    pub fn plan(self, entry: Entry, answer: &Answer, now: Timestamp, jitter: f64) -> Next {
        if entry.state == State::InFlight
            && let Answer::Status { code, body, .. } = answer
        {
            let page = *code == 200 && body.starts_with('<');
            let wrong =
                self == Planner::TakesQueuedForDone && *code == 202 || self == Planner::TakesPagesForDone && page;
            if wrong {
                return Next::Done { receipt: "taken for one".to_owned() };
            }
        }
        let keyed = entry.keyed || self == Planner::TrustsKeys;
        plan(&Entry { keyed, ..entry }, &self.heard(answer), now, jitter)
    }

    /// What it hears of an answer.
    pub fn heard(self, answer: &Answer) -> Answer {
        if self == Planner::Deaf { deaf(answer) } else { answer.clone() }
    }
}

/// A case that holds nothing else.
fn alone(id: i64) -> CaseId {
    format!("HS-20211109-{id:04}").parse().unwrap()
}

fn deaf(answer: &Answer) -> Answer {
    match answer {
        Answer::Status { code, body, .. } => Answer::Status { code: *code, retry_after: None, body: body.clone() },
        Answer::NetworkDown | Answer::TimedOut => answer.clone(),
    }
}
