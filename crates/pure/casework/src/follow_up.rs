//! Follow-ups of bad ratings (差评整改): who may settle one, and how. A follow-up is opened by the rating itself, in the
//! same transaction; what came of it is a fact of the station, because the case may long be sealed by then.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    fact::Recorded,
    nouns::{Actor, CaseId},
};

/// Characters of what was found, done, or given as the reason.
pub const LONGEST_WORDS: usize = 500;

/// How a follow-up ended. Its `Debug` hides all of it: that there was one says how a case was rated.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub case: CaseId,
    /// Place of the rating in the case.
    pub seq: u32,
    pub how: Settlement,
}

/// What a supervisor can say of a bad rating.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Settlement {
    /// It was looked into and put right.
    Done { found: String, done: String },
    /// It does not count as bad: given by mistake, or to do harm (国办发〔2019〕51号 excludes both).
    Excluded { why: Exclusion, reason: String },
}

/// Why a bad rating does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    Mistaken,
    Malicious,
}

/// Why a follow-up may not be settled so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSettled {
    #[error("whoever served a case does not settle what was said of it")]
    OwnCase,
    #[error("`{0}` has to say something, in at most {LONGEST_WORDS} characters")]
    Words(&'static str),
}

/// Judges a settlement. `served` is the whole record of the case.
///
/// # Errors
/// [`NotSettled::OwnCase`] for anybody whose name stands in the record; [`NotSettled::Words`] for blank words.
pub fn settle(served: &[Recorded], by: &Actor, seq: u32, how: Settlement) -> Result<Settled, NotSettled> {
    let case = served.first().map(|recorded| recorded.case.clone()).ok_or(NotSettled::OwnCase)?;
    if !by.is_person() || has_served(served, by) {
        return Err(NotSettled::OwnCase);
    }
    let words = |field, text: &str| {
        let text = text.trim();
        let fits = (1..=LONGEST_WORDS).contains(&text.chars().count());
        if fits { Ok(text.to_owned()) } else { Err(NotSettled::Words(field)) }
    };
    let how = match how {
        Settlement::Done { found, done } => {
            Settlement::Done { found: words("found", &found)?, done: words("done", &done)? }
        }
        Settlement::Excluded { why, reason } => Settlement::Excluded { why, reason: words("reason", &reason)? },
    };
    Ok(Settled { case, seq, how })
}

/// Whether this person did anything on the case.
pub fn has_served(record: &[Recorded], by: &Actor) -> bool {
    record.iter().any(|recorded| recorded.actor == *by)
}

/// How a follow-up stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Whole days left, 0 on the last one.
    Open {
        days_left: u32,
    },
    Overdue {
        days: u32,
    },
    /// The table of days off does not reach so far: a person sets the day.
    Unknown,
}

/// Where a follow-up that is not settled stands.
pub fn standing(due: Option<Date>, today: Date) -> Standing {
    let days = |from: Date, to: Date| u32::try_from(from.duration_until(to).as_hours() / 24).unwrap_or(0);
    match due {
        None => Standing::Unknown,
        Some(due) if today <= due => Standing::Open { days_left: days(today, due) },
        Some(due) => Standing::Overdue { days: days(due, today) },
    }
}

impl std::fmt::Debug for Settled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settled(hidden)")
    }
}

impl std::fmt::Debug for Settlement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settlement(hidden)")
    }
}
