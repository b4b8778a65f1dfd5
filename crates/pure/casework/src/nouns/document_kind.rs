//! The kind of identity document.

use serde::{Deserialize, Serialize};

/// The four chip layouts (reader-protocol 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    Resident,
    Hmt,
    Foreigner2017,
    Foreigner2023,
}
