//! Where an identity came from.

use serde::{Deserialize, Serialize};

/// Where an identity came from (S-07, S-41).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentitySource {
    /// Read by the reader that was pinned when the station was installed.
    Chip,
    /// Read by another reader, whose word nobody has vouched for: the identity is not verified.
    OtherReader,
    Typed,
}
