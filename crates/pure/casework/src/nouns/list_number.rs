//! The number of a hand-over list.

use jiff::civil::Date;

use super::{ListKind, NotA, WindowCode};

super::text_noun! {
    /// Number of a hand-over list (移交清单): `YF…` to the issuing staff, `YD…` to the archive.
    ListNumber, |text| !text.is_empty() && text.len() <= 140 && !text.contains(char::is_control)
}

impl ListNumber {
    /// The `n`-th list (from 1) of its kind that this window signs on this day.
    ///
    /// # Errors
    /// When the window's code is so long that the number would not fit.
    pub fn new(kind: ListKind, window: &WindowCode, day: Date, n: u32) -> Result<Self, NotA> {
        let letter = match kind {
            ListKind::ToIssuer => 'F',
            ListKind::ToArchive => 'D',
        };
        format!("Y{letter}{window}-{:04}{:02}{:02}-{n:03}", day.year(), day.month(), day.day()).parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_numbered_by_kind_window_day_and_order() {
        let (window, day) = ("HS01".parse().unwrap(), jiff::civil::date(2021, 11, 8));
        assert_eq!(ListNumber::new(ListKind::ToIssuer, &window, day, 2).unwrap().as_str(), "YFHS01-20211108-002");
        assert_eq!(ListNumber::new(ListKind::ToArchive, &window, day, 1).unwrap().as_str(), "YDHS01-20211108-001");
    }
}
