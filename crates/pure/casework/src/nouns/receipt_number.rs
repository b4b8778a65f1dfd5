//! The number of a receipt list.

use super::CaseId;

super::text_noun! {
    /// Number printed on the receipt list (收文清单). It is the case's own number with `S` before it: one case has
    /// one receipt list, and either leads to the other.
    ReceiptNumber, |text| !text.is_empty() && text.len() <= 129 && !text.contains(char::is_control)
}

impl ReceiptNumber {
    /// The receipt list of a case.
    pub fn of(case: &CaseId) -> Self {
        format!("S{case}").parse().expect("a case number fits with one more letter")
    }
}
