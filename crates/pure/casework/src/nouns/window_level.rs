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
