//! Who took the card.

use serde::{Deserialize, Serialize};

/// Who took the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    Applicant,
    Agent,
    Other,
}
