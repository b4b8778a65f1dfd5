//! Where the household is registered.

use serde::{Deserialize, Serialize};

/// Whether the household is registered inside the window's area (S-26).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hukou {
    Local,
    Outside,
}

impl Hukou {
    pub const ALL: [Self; 2] = [Self::Local, Self::Outside];
}
