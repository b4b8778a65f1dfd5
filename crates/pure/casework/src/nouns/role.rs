//! Whose card was read.

use serde::{Deserialize, Serialize};

/// Whose card was read (S-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Applicant,
    Agent,
}
