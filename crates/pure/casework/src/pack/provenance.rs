//! Where a value comes from: source, date and confidence (F-61).

use jiff::civil::Date;
use serde::Deserialize;

/// How sure the pack's author is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// The day of a source. Many a source bears none; then it is the day on which it was read, and says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum SourceDate {
    /// `"2022-03-12"`: the source's own.
    Own(Date),
    /// `"2026-11-23 查阅"`: it has none and was read on this day.
    Read(Date),
}

/// A day of a pack, written `YYYY-MM-DD` and in no other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Day(pub(super) Date);

#[derive(Debug, thiserror::Error)]
pub enum NotADay {
    #[error("`{0}` is no day: write four digits, two and two, as in 2022-03-12")]
    Form(String),
    #[error("`{0}` is no day: the calendar does not have it")]
    Calendar(String),
    #[error(
        "`{0}` is no date of a source: write 2022-03-12, or 2022-03-12 查阅 where the source has no date of its own"
    )]
    Source(String),
}

/// What follows the day on which an undated source was read.
const READ: &str = "查阅";

impl SourceDate {
    /// The day, whichever it is.
    pub fn day(self) -> Date {
        match self {
            Self::Own(day) | Self::Read(day) => day,
        }
    }
}

impl TryFrom<String> for SourceDate {
    type Error = NotADay;
    fn try_from(text: String) -> Result<Self, NotADay> {
        match text.split_once(' ') {
            None => Ok(Self::Own(strict(&text)?)),
            Some((day, READ)) => Ok(Self::Read(strict(day)?)),
            Some(_) => Err(NotADay::Source(text)),
        }
    }
}

impl TryFrom<String> for Day {
    type Error = NotADay;
    fn try_from(text: String) -> Result<Self, NotADay> {
        strict(&text).map(Self)
    }
}

impl std::fmt::Display for SourceDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Own(day) => write!(f, "{day}"),
            Self::Read(day) => write!(f, "{day} {READ}"),
        }
    }
}

/// The calendar's own parser takes more forms than an office should have to read.
fn strict(text: &str) -> Result<Date, NotADay> {
    let formed = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, one)| if at == 4 || at == 7 { one == b'-' } else { one.is_ascii_digit() });
    if !formed {
        return Err(NotADay::Form(text.to_owned()));
    }
    text.parse().map_err(|_| NotADay::Calendar(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Result<SourceDate, String> {
        SourceDate::try_from(text.to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_source_has_its_own_day_or_the_day_it_was_read() {
        assert_eq!(read("2022-03-12"), Ok(SourceDate::Own(date(2022, 3, 12))));
        assert_eq!(read("2026-11-23 查阅"), Ok(SourceDate::Read(date(2026, 11, 23))));
        assert_eq!(read("2026-11-23 查阅").unwrap().to_string(), "2026-11-23 查阅");
        assert_eq!(read("2024-02-29"), Ok(SourceDate::Own(date(2024, 2, 29))));
    }

    #[test]
    fn a_day_that_is_none_or_is_written_otherwise_is_no_date() {
        for text in ["2022-02-29", "2022-02-30", "2022-13-01", "2022-00-10"] {
            assert!(read(text).unwrap_err().contains("the calendar does not have it"), "{text}");
        }
        for text in
            ["2022-3-12", "20220312", "2022-03-12T08:00", "2022年3月12日", "２０２２-０３-１２", "", "2022-03-12 read"]
        {
            assert!(read(text).unwrap_err().contains("write"), "{text}");
        }
    }
}
