//! The name of a window.

super::text_noun! {
    /// Short code of a window in the directory.
    WindowCode, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
