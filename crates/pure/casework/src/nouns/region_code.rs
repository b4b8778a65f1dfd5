//! A division of the country as a number carries it.

super::text_noun! {
    /// Six digits of GB/T 2260. Historical and unknown codes are valid here: an unknown region is a warning and
    /// never a refusal (domain 3.8).
    RegionCode, |text| text.len() == 6 && text.bytes().all(|one| one.is_ascii_digit())
}
