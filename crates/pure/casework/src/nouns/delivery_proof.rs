//! What the card is handed over against.

use serde::{Deserialize, Serialize};

/// Either suffices (S-54).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryProof {
    IdCard,
    ReceiptList,
}
