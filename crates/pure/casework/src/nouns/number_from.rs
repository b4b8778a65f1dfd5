//! Where the number of a card comes from (domain 2.3).

/// What gave a card its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberFrom {
    /// The next number of the block that was granted to the window.
    #[default]
    Block,
    /// The serial that is printed on the blank.
    Blank,
    /// The department's system, with its result.
    System,
}

impl NumberFrom {
    /// True for the one that records from before there were others mean.
    pub fn is_block(&self) -> bool {
        *self == Self::Block
    }
}
