//! The name of an age band.

super::text_noun! {
    /// Age band of the pack, for example `under_80`.
    AgeBandId, |text| {
        (1..=64).contains(&text.len())
            && text.bytes().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'_')
    }
}
