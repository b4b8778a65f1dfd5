//! A division of the directory.

super::text_noun! {
    /// Division of the pack's directory, for example `heshan`.
    CountyId, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
