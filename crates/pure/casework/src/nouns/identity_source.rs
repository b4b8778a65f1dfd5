//! Where an identity came from.

use serde::{Deserialize, Serialize};

/// Where an identity came from (S-07, S-41).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentitySource {
    Chip,
    Typed,
}
