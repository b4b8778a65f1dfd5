super::text_noun! {
    /// Number printed on the receipt list (收文清单).
    ReceiptNumber, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
