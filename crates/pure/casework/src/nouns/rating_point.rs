//! When the rating is offered.

use serde::{Deserialize, Serialize};

/// When a rating was offered (domain 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RatingPoint {
    Acceptance,
    Delivery,
}
