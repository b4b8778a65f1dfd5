//! To whom papers are handed over.

use serde::{Deserialize, Serialize};

/// Which of the two hand-overs of the procedure a list is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// The working papers, from the window to the issuing staff (八·八; S-51).
    ToIssuer,
    /// What is left after delivery, from the issuing staff to the archivist (十一; S-56).
    ToArchive,
}

impl ListKind {
    /// The word for the ledger's column; equal to its JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::ToIssuer => "to_issuer",
            Self::ToArchive => "to_archive",
        }
    }
}
