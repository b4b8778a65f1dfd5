//! The name of a stored file.

super::text_noun! {
    /// SM3 of a stored file's bytes, 64 hex digits: its name in the ledger's blob folder.
    PictureHash, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
