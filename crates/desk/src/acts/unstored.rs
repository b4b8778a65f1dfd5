//! What happened outside and could not be stored, because the disk was full: it happened all the same. It is
//! kept and stored as soon as there is room, so that no print stays "under way" until somebody restarts the program.

use crate::desk::{Desk, Effect, Input, Now};
use crate::fault::Trouble;

impl Input {
    /// The same once more, for what a device or platform says only once. A person can read a card again.
    pub(crate) fn again(&self) -> Option<Input> {
        match self {
            Input::JobTaken { case, attempt, job } => {
                Some(Input::JobTaken { case: case.clone(), attempt: attempt.clone(), job: job.clone() })
            }
            Input::JobEnded { case, attempt, outcome } => {
                Some(Input::JobEnded { case: case.clone(), attempt: attempt.clone(), outcome: outcome.clone() })
            }
            // A job that goes on is asked about again.
            Input::JobSeen { seen, .. } if !seen.is_over() => None,
            Input::JobSeen { case, attempt, job, seen } => Some(Input::JobSeen {
                case: case.clone(),
                attempt: attempt.clone(),
                job: job.clone(),
                seen: seen.clone(),
            }),
            Input::JobStopped { case, attempt, seen } => {
                Some(Input::JobStopped { case: case.clone(), attempt: attempt.clone(), seen: seen.clone() })
            }
            Input::JobFound { case, attempt, outcome } => {
                Some(Input::JobFound { case: case.clone(), attempt: attempt.clone(), outcome: outcome.clone() })
            }
            Input::Answered { message, answer } => Some(Input::Answered { message: *message, answer: answer.clone() }),
            Input::Beat
            | Input::ReaderProbed(_)
            | Input::CardRead(_)
            | Input::ChipPhoto { .. }
            | Input::DiskSeen { .. }
            | Input::Stick(_)
            // The platform offers again what was not answered.
            | Input::ResultsCame { .. }
            | Input::ResultTold { .. }
            | Input::PrinterSeen(_)
            | Input::SheetSent { .. }
            | Input::PaperPrinted { .. } => None,
        }
    }
}

impl Desk {
    /// Keeps an input that the ledger had no room for.
    pub(crate) fn keep(&mut self, input: Option<Input>, trouble: &Trouble) {
        if no_room(trouble) {
            self.unstored.extend(input);
        }
    }

    /// Stores what was kept, in order, until the first that still does not go.
    pub(crate) fn catch_up(&mut self, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(input) = self.unstored.front().and_then(Input::again) {
            match self.take(input, now) {
                Ok(more) => effects.extend(more),
                Err(trouble) if no_room(&trouble) => return effects,
                // It cannot be stored any more at all (somebody answered for it meanwhile): that is told once.
                Err(trouble) => self.report(trouble),
            }
            self.unstored.pop_front();
        }
        effects
    }
}

/// Whether the disk was full: the one trouble of a ledger that passes by itself.
fn no_room(trouble: &Trouble) -> bool {
    trouble.code == "ledger.full"
}
