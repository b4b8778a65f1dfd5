//! The name of one print attempt.

use super::{CaseId, NotA};

super::text_noun! {
    /// Name of one print attempt, `CASE-Pn`; it is also the job's name in the queue, so that a restart finds the
    /// job of an attempt without an outcome (print.md 3.2).
    AttemptId, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}

impl AttemptId {
    /// The `n`-th attempt of a case, from 1.
    ///
    /// # Errors
    /// When the case's number is so long that the name would not fit 128 bytes.
    pub fn new(case: &CaseId, n: u32) -> Result<Self, NotA> {
        format!("{case}-P{n}").parse()
    }
}
