//! A platform's own name for a result.

super::text_noun! {
    /// 1 to 64 letters, digits, `-` and `_`: it goes into the address under which the result is answered.
    ResultId, |text| (1..=64).contains(&text.len())
        && text.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'-' || one == b'_')
}
