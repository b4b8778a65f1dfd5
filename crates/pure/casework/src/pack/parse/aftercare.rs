//! The optional sections: days off, reminding the department, help with registering.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::reading::Reading;
use crate::pack::{
    Confidence, Guide, PackFault, Reminding, SourceDate, Words, WorkingDays,
    provenance::{Day, NotADay},
    working_days::is_weekend,
};

/// Days that are read one by one: no span of a table is longer than a month.
const LONGEST_SPAN: usize = 31;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkingDaysRow {
    from: Day,
    to: Day,
    off: Vec<Span>,
    work: Vec<Span>,
    source: Words,
    date: SourceDate,
    confidence: Confidence,
}

/// A day, or `2021-10-01/2021-10-07`, both included.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Span {
    from: Date,
    to: Date,
}

impl TryFrom<String> for Span {
    type Error = NotADay;
    fn try_from(text: String) -> Result<Self, NotADay> {
        let (from, to) = text.split_once('/').unwrap_or((&text, &text));
        let day = |text: &str| Day::try_from(text.to_owned()).map(|day| day.0);
        Ok(Self { from: day(from)?, to: day(to)? })
    }
}

impl Reading<'_> {
    /// A day is off or worked and not both, stands inside the table, and is made up for on a weekend only: weekdays are
    /// worked without being named.
    pub(super) fn working_days(&mut self, row: WorkingDaysRow) -> WorkingDays {
        let (from, to) = (row.from.0, row.to.0);
        if to < from {
            self.note("working_days.to", PackFault::Dates { from, to });
        }
        let off = self.days("off", &row.off, from, to);
        let work = self.days("work", &row.work, from, to);
        for day in off.intersection(&work) {
            self.note_twice("working_days.work", "day", day);
        }
        if work.iter().any(|day| !is_weekend(*day)) {
            let why = "a weekday is worked without being named";
            self.note("working_days.work", PackFault::Impossible("a made-up working day", why));
        }
        WorkingDays { from, to, off, work, source: row.source, date: row.date, confidence: row.confidence }
    }

    fn days(&mut self, key: &str, spans: &[Span], from: Date, to: Date) -> BTreeSet<Date> {
        let mut days = BTreeSet::new();
        for (at, span) in spans.iter().enumerate() {
            let path = format!("working_days.{key}.{at}");
            if span.from < from || to < span.to {
                self.note(&path, PackFault::Impossible("a day of the table", "it lies outside of `from` and `to`"));
            }
            if span.to < span.from {
                self.note(&path, PackFault::Dates { from: span.from, to: span.to });
            }
            let listed = span.from.series(jiff::Span::new().days(1)).take_while(|day| *day <= span.to);
            let listed: Vec<Date> = listed.take(LONGEST_SPAN + 1).collect();
            if listed.len() > LONGEST_SPAN {
                self.note(&path, PackFault::Impossible("a span of days", "it is longer than a month"));
            }
            days.extend(listed);
        }
        days
    }

    pub(super) fn reminding(&mut self, row: Reminding) -> Reminding {
        if row.channels.is_empty() {
            let why = "there has to be a way to reach the department";
            self.note("reminding.channels", PackFault::Impossible("reminding", why));
        }
        let mut seen = BTreeSet::new();
        for (at, channel) in row.channels.iter().enumerate() {
            if !seen.insert(channel.code.as_str()) {
                self.note_twice(&format!("reminding.channels.{at}"), "channel", &channel.code);
            }
        }
        row
    }

    pub(super) fn guides(&mut self, rows: Vec<Guide>) -> Vec<Guide> {
        let mut seen = BTreeSet::new();
        for (at, guide) in rows.iter().enumerate() {
            if !seen.insert(guide.code.as_str()) {
                self.note_twice(&format!("guide.{at}.code"), "guide", &guide.code);
            }
        }
        rows
    }
}
