//! Who answered a rating.

use serde::{Deserialize, Serialize};

/// Who answered a rating: the procedure asks the applicant or the agent (八·六), and nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rater {
    Applicant,
    Agent,
}
