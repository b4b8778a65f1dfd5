//! The number of a case.

use jiff::civil::Date;

use super::{NotA, WindowCode};

super::text_noun! {
    /// Number of a case at this window, `WINDOW-YYYYMMDD-NNNN`.
    CaseId, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}

impl CaseId {
    /// The `n`-th case (from 1) of this window on this day of the station's clock.
    ///
    /// # Errors
    /// When the window's code is so long that the number would not fit 128 bytes.
    pub fn new(window: &WindowCode, date: Date, n: u32) -> Result<Self, NotA> {
        format!("{window}-{:04}{:02}{:02}-{n:04}", date.year(), date.month(), date.day()).parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_numbered_by_window_day_and_order() {
        let window = "HS-QY-01".parse().unwrap();
        let day = jiff::civil::date(2021, 11, 8);
        assert_eq!(CaseId::new(&window, day, 7).unwrap().as_str(), "HS-QY-01-20211108-0007");
        assert_eq!(CaseId::new(&window, day, 12_345).unwrap().as_str(), "HS-QY-01-20211108-12345");
    }
}
