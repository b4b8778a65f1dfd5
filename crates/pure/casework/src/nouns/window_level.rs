//! The level of a window.

use serde::{Deserialize, Serialize};

/// Level of a window; only a village makes cards itself (S-49).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowLevel {
    City,
    County,
    Township,
    Village,
}

impl WindowLevel {
    /// Numbers and cards are made here by whoever serves the window; elsewhere only at an issuing post (S-49).
    pub fn makes_cards(self) -> bool {
        match self {
            Self::Village => true,
            Self::City | Self::County | Self::Township => false,
        }
    }
}
