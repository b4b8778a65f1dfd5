super::text_noun! {
    /// Material of the pack, for example `id_card` (domain 1.3).
    MaterialCode, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
