//! What the person came for.

use serde::{Deserialize, Serialize};

/// What the person came for (domain 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    First,
    ReissueLost,
    ReissueDamaged,
}

impl CaseKind {
    pub const ALL: [Self; 3] = [Self::First, Self::ReissueLost, Self::ReissueDamaged];
}
