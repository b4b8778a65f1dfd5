//! Who stands at the window.

use serde::{Deserialize, Serialize};

/// Who stands at the window (S-19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantMode {
    InPerson,
    Agent,
}

impl ApplicantMode {
    pub const ALL: [Self; 2] = [Self::InPerson, Self::Agent];
}
