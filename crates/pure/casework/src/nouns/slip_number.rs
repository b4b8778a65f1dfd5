//! The number of a slip.

use jiff::civil::Date;

use super::{CaseId, NotA, WindowCode};

super::text_noun! {
    /// Number printed on a refusal slip (`N…`) or a one-time notice (`T…`).
    SlipNumber, |text| !text.is_empty() && text.len() <= 140 && !text.contains(char::is_control)
}

impl SlipNumber {
    /// The `n`-th slip (from 1) of a case; `letter` is `N` or `T`.
    pub fn of(case: &CaseId, letter: char, n: usize) -> Self {
        format!("{letter}{case}-{n}").parse().expect("a case number fits with an ordinal")
    }

    /// The `n`-th slip (from 1) of this window on this day that has no case: the person was refused at the door.
    ///
    /// # Errors
    /// When the window's code is so long that the number would not fit.
    pub fn at_the_door(window: &WindowCode, day: Date, n: u32) -> Result<Self, NotA> {
        format!("N{window}-{:04}{:02}{:02}-M{n:04}", day.year(), day.month(), day.day()).parse()
    }
}
