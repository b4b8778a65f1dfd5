//! What facts of the time after acceptance hold: an answer that follows another, the task that a bad rating opens, and
//! a reminder to the department.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An answer to a rating that was answered before. Nothing is overwritten: both rows stay (domain 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// Place in the case of the answer that counted until then.
    pub of: u32,
    pub how: AgainHow,
}

/// Why a point has a second answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgainHow {
    /// The person had declined and has thought better of it: this one counts.
    AfterDeclining,
    /// The person put the answer right before anything else happened: this one counts from now on.
    Correction,
    /// Sent once more: kept and not counted.
    Duplicate,
}

/// The follow-up that a counted bad rating opens (差评整改).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpDue {
    /// Working days that the pack gave.
    pub days: u8,
    /// The last day; `None` where the pack's table of days off does not reach so far: nobody guesses it.
    pub due: Option<Date>,
}

/// One reminder to the handling department (八·四). Its `Debug` hides the talk.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Of the pack: telephone, platform, visit.
    pub channel: String,
    /// Who was spoken to.
    pub person: String,
    /// What was said.
    pub said: String,
}

impl std::fmt::Debug for Reminder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reminder").field("channel", &self.channel).finish_non_exhaustive()
    }
}
