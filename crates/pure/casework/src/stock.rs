//! Blank cards (空白证): how a batch is received, and how one is written off before it was printed (domain 2.3; reliability
//! 3.3). What a print takes is said by the case: a card that was confirmed or spoiled has used its blank.

use serde::{Deserialize, Serialize};

use crate::{
    nouns::CardNumber,
    refusal::{FieldFault, FieldWhy, Refusal},
    station_fact::StationFact,
    steps::printing::said,
};

/// Most blanks of one batch.
pub const LARGEST_BATCH: u32 = 10_000;

/// The serials of a batch, both ends included: the same letters, and digits that count up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Serials {
    prefix: String,
    from: u64,
    to: u64,
    digits: usize,
}

/// The two ends as they are written.
#[derive(Serialize, Deserialize)]
struct Ends {
    first: CardNumber,
    last: CardNumber,
}

/// Why two serials are no batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSerials {
    #[error("a serial of a batch ends in 1 to 15 digits")]
    NoDigits,
    #[error("the first and the last serial differ in more than their counting digits")]
    NotAlike,
    #[error("the last serial comes before the first")]
    Reversed,
    #[error("a batch has at most {LARGEST_BATCH} blanks")]
    TooMany,
}

impl Serials {
    /// # Errors
    /// When the two are no ends of one batch.
    pub fn between(first: &CardNumber, last: &CardNumber) -> Result<Self, NotSerials> {
        let (prefix, first) = counted(first)?;
        let (other, last) = counted(last)?;
        if prefix != other || first.len() != last.len() {
            return Err(NotSerials::NotAlike);
        }
        let number = |digits: &str| digits.parse::<u64>().map_err(|_| NotSerials::NoDigits);
        let serials = Self { prefix: prefix.to_owned(), from: number(first)?, to: number(last)?, digits: first.len() };
        if serials.to < serials.from {
            return Err(NotSerials::Reversed);
        }
        if serials.to - serials.from >= u64::from(LARGEST_BATCH) {
            return Err(NotSerials::TooMany);
        }
        Ok(serials)
    }

    pub fn first(&self) -> CardNumber {
        self.at(self.from)
    }

    pub fn last(&self) -> CardNumber {
        self.at(self.to)
    }

    /// 1 to [`LARGEST_BATCH`].
    pub fn count(&self) -> u32 {
        u32::try_from(self.to - self.from + 1).unwrap_or(LARGEST_BATCH)
    }

    /// Every serial, in order.
    pub fn all(&self) -> impl Iterator<Item = CardNumber> + '_ {
        (self.from..=self.to).map(|n| self.at(n))
    }

    fn at(&self, n: u64) -> CardNumber {
        let text = format!("{}{n:0digits$}", self.prefix, digits = self.digits);
        text.parse().expect("it is as long as the serials it was parsed from")
    }
}

/// Letters, and the digits at the end. Fifteen digits fit a number and are more than any stock has.
fn counted(serial: &CardNumber) -> Result<(&str, &str), NotSerials> {
    let text = serial.as_str();
    let prefix = text.trim_end_matches(|one: char| one.is_ascii_digit());
    let digits = &text[prefix.len()..];
    let at = digits.len().saturating_sub(15);
    if digits.is_empty() { Err(NotSerials::NoDigits) } else { Ok((&text[..prefix.len() + at], &digits[at..])) }
}

impl TryFrom<Ends> for Serials {
    type Error = NotSerials;
    fn try_from(ends: Ends) -> Result<Self, NotSerials> {
        Self::between(&ends.first, &ends.last)
    }
}

impl From<Serials> for Ends {
    fn from(serials: Serials) -> Ends {
        Ends { first: serials.first(), last: serials.last() }
    }
}

/// A batch comes in. Where the blank bears the card's number (`by_serial`) both ends are named; elsewhere blanks are counted.
///
/// # Errors
/// `Correct` with every entry that is missing or wrong.
pub fn receive(by_serial: bool, first: &str, last: &str, count: u32, source: &str) -> Result<StationFact, Refusal> {
    let mut faults = Vec::new();
    let mut serial = |field, text: &str| match (by_serial, text.trim()) {
        (false, _) => None,
        (true, "") => {
            faults.push(FieldFault::new(field, FieldWhy::Missing));
            None
        }
        (true, text) => {
            text.parse::<CardNumber>().map_err(|_| faults.push(FieldFault::new(field, FieldWhy::NotAValue))).ok()
        }
    };
    let ends = (serial("first", first), serial("last", last));
    let serials = match &ends {
        (Some(first), Some(last)) => Serials::between(first, last)
            .map_err(|why| {
                faults.push(FieldFault::new(
                    "last",
                    match why {
                        NotSerials::NoDigits | NotSerials::NotAlike | NotSerials::Reversed => FieldWhy::NotABatch,
                        NotSerials::TooMany => FieldWhy::TooMany,
                    },
                ));
            })
            .ok(),
        (None, _) | (_, None) => None,
    };
    let count = if by_serial { serials.as_ref().map_or(0, Serials::count) } else { count };
    if !by_serial && count == 0 {
        faults.push(FieldFault::new("count", FieldWhy::Missing));
    }
    if !by_serial && count > LARGEST_BATCH {
        faults.push(FieldFault::new("count", FieldWhy::TooMany));
    }
    match (said("source", source), faults.is_empty()) {
        (Ok(source), true) => Ok(StationFact::BlanksReceived { serials, count, source }),
        (Ok(_), false) => Err(Refusal::Correct(faults)),
        (Err(refusal), _) => Err(with(faults, refusal)),
    }
}

/// What takes a blank out of the book before it was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteOff {
    /// Damaged, misfed, soiled.
    Spoiled,
    /// Not to be found.
    Lost,
}

/// Writes blanks off. Where blanks bear serials, one is named; elsewhere they are counted, from 1.
///
/// # Errors
/// `Correct` with every entry that is missing or wrong.
pub fn write_off(
    how: WriteOff,
    by_serial: bool,
    serial: &str,
    count: u32,
    cause: &str,
) -> Result<StationFact, Refusal> {
    let mut faults = Vec::new();
    let serial = match (by_serial, serial.trim()) {
        (false, _) => None,
        (true, "") => {
            faults.push(FieldFault::new("serial", FieldWhy::Missing));
            None
        }
        (true, text) => {
            text.parse::<CardNumber>().map_err(|_| faults.push(FieldFault::new("serial", FieldWhy::NotAValue))).ok()
        }
    };
    let count = if by_serial { 1 } else { count };
    match count {
        0 => faults.push(FieldFault::new("count", FieldWhy::Missing)),
        1..=LARGEST_BATCH => {}
        _ => faults.push(FieldFault::new("count", FieldWhy::TooMany)),
    }
    let cause = match (said("cause", cause), faults.is_empty()) {
        (Ok(cause), true) => cause,
        (Ok(_), false) => return Err(Refusal::Correct(faults)),
        (Err(refusal), _) => return Err(with(faults, refusal)),
    };
    Ok(match how {
        WriteOff::Spoiled => StationFact::BlanksSpoiled { serial, count, cause },
        WriteOff::Lost => StationFact::BlanksLost { serial, count, cause },
    })
}

/// All faults at once.
fn with(mut faults: Vec<FieldFault>, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Correct(more) => {
            faults.extend(more);
            Refusal::Correct(faults)
        }
        Refusal::NotNow(_) | Refusal::Refused(_) | Refusal::Incomplete(_) => refusal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn serials(first: &str, last: &str) -> Result<Serials, NotSerials> {
        Serials::between(&first.parse().unwrap(), &last.parse().unwrap())
    }

    #[test]
    fn two_serials_that_are_no_batch_are_refused() {
        assert_eq!(serials("YY-A", "YY-B"), Err(NotSerials::NoDigits));
        assert_eq!(serials("YY001", "YZ002"), Err(NotSerials::NotAlike));
        assert_eq!(serials("YY001", "YY0002"), Err(NotSerials::NotAlike));
        assert_eq!(serials("YY002", "YY001"), Err(NotSerials::Reversed));
        assert_eq!(serials("YY00000", "YY10000"), Err(NotSerials::TooMany));
        assert_eq!(serials("YY00001", "YY10000").unwrap().count(), LARGEST_BATCH);
    }

    #[test]
    fn every_entry_that_is_wrong_is_told_at_once() {
        let fields = |refusal| match refusal {
            Err(Refusal::Correct(faults)) => faults.into_iter().map(|fault| fault.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(fields(receive(true, "", " ", 5, "")), ["first", "last", "source"]);
        assert_eq!(fields(receive(false, "", "", 0, " ")), ["count", "source"]);
        assert_eq!(fields(write_off(WriteOff::Lost, true, "", 9, "")), ["serial", "cause"]);
        assert_eq!(fields(write_off(WriteOff::Spoiled, false, "x", 0, "")), ["count", "cause"]);
    }

    proptest! {
        #[test]
        fn a_batch_counts_from_its_first_to_its_last(from in 0_u64..1_000_000, more in 0_u64..200, digits in 7_usize..12) {
            let at = |n: u64| format!("空白A-{n:0digits$}");
            let batch = serials(&at(from), &at(from + more)).unwrap();
            let all: Vec<String> = batch.all().map(String::from).collect();
            prop_assert_eq!(u64::from(batch.count()), more + 1);
            prop_assert_eq!(all, (from..=from + more).map(at).collect::<Vec<_>>());
            let back: Serials = serde_json::from_str(&serde_json::to_string(&batch).unwrap()).unwrap();
            prop_assert_eq!(back, batch);
        }
    }
}
