//! Somebody who is neither applicant nor agent and took the card, with the receipt list in hand (domain 2.5).

use serde::{Deserialize, Serialize};

use super::{IdNumber, PersonName};

/// Who took the card. Either the number or the phone is there. Its `Debug` hides the person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collector {
    pub name: PersonName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<IdNumber>,
    /// As it can be dialled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl std::fmt::Debug for Collector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Collector(hidden)")
    }
}
