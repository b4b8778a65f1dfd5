super::text_noun! {
    /// The person (or `system`) who did something, as written in the journal.
    Actor, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
