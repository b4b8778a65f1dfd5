//! Sex as the standard codes it.

use serde::{Deserialize, Serialize};

/// GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated. All four are real (domain 3.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Unknown,
    Male,
    Female,
    NotStated,
}

impl Sex {
    /// The code of GB/T 2261.1.
    pub fn code(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Male => 1,
            Self::Female => 2,
            Self::NotStated => 9,
        }
    }
}
