//! Working days: weekdays, less the days off and with the made-up days that the State Council's yearly notice names.
//!
//! The table reaches from one day to another. Outside of it nobody knows which days will be off, and nothing is guessed.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use super::{Confidence, SourceDate, Words};

/// The table of days off and made-up working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) off: BTreeSet<Date>,
    pub(super) work: BTreeSet<Date>,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

impl WorkingDays {
    /// First and last day of the table.
    pub fn reach(&self) -> (Date, Date) {
        (self.from, self.to)
    }

    /// Whether a day is worked; `None` outside the table.
    pub fn is_working(&self, day: Date) -> Option<bool> {
        let known = self.from <= day && day <= self.to;
        known.then(|| self.work.contains(&day) || !(self.off.contains(&day) || is_weekend(day)))
    }

    /// The `count`-th working day after `day`, which itself is not counted (the day of the event never is); `day` for
    /// none. `None` where the table does not reach so far.
    pub fn after(&self, day: Date, count: u8) -> Option<Date> {
        let mut at = day;
        let mut left = count;
        while left > 0 {
            at = at.tomorrow().ok()?;
            if self.is_working(at)? {
                left -= 1;
            }
        }
        Some(at)
    }
}

pub(super) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
