//! The name of a material.

super::text_noun! {
    /// Material of the pack, for example `id_card` (domain 1.3).
    MaterialCode, |text| {
        (1..=64).contains(&text.len())
            && text.bytes().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'_')
    }
}
