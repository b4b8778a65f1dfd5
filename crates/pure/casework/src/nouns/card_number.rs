//! The number of a card.

super::text_noun! {
    /// Number of a card (证号), as the pack's pattern writes it.
    CardNumber, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
