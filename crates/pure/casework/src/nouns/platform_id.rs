//! The name of a platform.

super::text_noun! {
    /// A platform that takes messages, for example `city`, `taojiang`, `filing`, `rating`.
    PlatformId, |text| {
        (1..=32).contains(&text.len()) && text.bytes().all(|one| one.is_ascii_lowercase() || one == b'_')
    }
}
