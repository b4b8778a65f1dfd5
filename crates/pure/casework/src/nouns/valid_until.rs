use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Last day of a document, or `长期`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidUntil {
    Day(Date),
    LongTerm,
}
