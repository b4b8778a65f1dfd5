//! The name of a reason.

super::text_noun! {
    /// Reason of the pack, upper snake case, for example `TOO_YOUNG` (domain 8.5).
    ReasonCode, |text| {
        (1..=64).contains(&text.len())
            && text.bytes().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || one == b'_')
    }
}
