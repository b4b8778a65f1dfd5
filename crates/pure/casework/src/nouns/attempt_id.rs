super::text_noun! {
    /// Name of one print attempt, `CASE-Pn`; it is also the job's name in the queue.
    AttemptId, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}
