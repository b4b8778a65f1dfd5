//! The level of a window.

use serde::{Deserialize, Serialize};

/// Level of a window. What is done at which level is the pack's to say (S-49, D-23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowLevel {
    City,
    County,
    Township,
    Village,
}

impl WindowLevel {
    pub const ALL: [Self; 4] = [Self::City, Self::County, Self::Township, Self::Village];
}
