super::text_noun! {
    /// Reason of the pack, upper snake case, for example `TOO_YOUNG` (domain 8.5).
    ReasonCode, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
