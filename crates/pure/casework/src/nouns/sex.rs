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
