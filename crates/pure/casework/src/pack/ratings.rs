//! The levels and reason codes of the service rating (好差评), as data (domain 3.1).

use super::Words;

/// One of five levels. None is ever preselected.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingLevel {
    /// 5 is best; 2 and 1 are bad ratings and open a follow-up.
    pub level: u8,
    pub name: Words,
    pub codes: Vec<RatingCode>,
}

/// One reason a person may add to a level.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingCode {
    /// For example `510`.
    pub code: Words,
    pub name: Words,
}
