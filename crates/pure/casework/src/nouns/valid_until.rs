//! The last day of a document.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Last day of a document, or `长期`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidUntil {
    Day(Date),
    LongTerm,
}

impl ValidUntil {
    /// A document is good on its last day and not after it (S-08).
    pub fn covers(self, today: Date) -> bool {
        match self {
            Self::Day(last) => today <= last,
            Self::LongTerm => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_document_is_good_on_its_last_day() {
        let until = ValidUntil::Day(date(2021, 11, 8));
        assert!(until.covers(date(2021, 11, 8)));
        assert!(!until.covers(date(2021, 11, 9)));
        assert!(ValidUntil::LongTerm.covers(date(9999, 1, 1)));
    }
}
