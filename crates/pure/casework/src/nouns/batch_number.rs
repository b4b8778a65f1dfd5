//! The number of a batch in which one agent comes for many.

use jiff::civil::Date;

use super::{NotA, WindowCode};

super::text_noun! {
    /// Number of a batch (集中办理), `JZ…`.
    BatchNumber, |text| !text.is_empty() && text.len() <= 140 && !text.contains(char::is_control)
}

impl BatchNumber {
    /// The `n`-th batch (from 1) of this window on this day.
    ///
    /// # Errors
    /// When the window's code is so long that the number would not fit.
    pub fn new(window: &WindowCode, day: Date, n: u32) -> Result<Self, NotA> {
        format!("JZ{window}-{:04}{:02}{:02}-{n:03}", day.year(), day.month(), day.day()).parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_numbered_by_window_day_and_order() {
        let (window, day) = ("HS01".parse().unwrap(), jiff::civil::date(2021, 11, 8));
        assert_eq!(BatchNumber::new(&window, day, 2).unwrap().as_str(), "JZHS01-20211108-002");
    }
}
