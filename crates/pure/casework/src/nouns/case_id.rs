super::text_noun! {
    /// Number of a case at this window, `WINDOW-YYYYMMDD-NNNN`.
    CaseId, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
