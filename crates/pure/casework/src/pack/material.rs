//! What a case must bring, and what happens to the paper.

use serde::Deserialize;

use super::{Confidence, SourceDate, When, Words};
use crate::{
    nouns::{CaseKind, MaterialCode, ReasonCode},
    steps::reason,
};

/// One material (domain 1.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    pub code: MaterialCode,
    /// `申请人身份证`.
    pub name: Words,
    /// What the clerk looks for, in the product's own words.
    pub hint: Words,
    /// False switches a material off without removing it (S-20).
    pub required: bool,
    /// False where the drafters noted that the province does not ask for it (D-05). Never shown to the public.
    pub province_requires: bool,
    pub when: When,
    pub taken_at: TakenAt,
    /// The original must be seen before the material counts (S-27).
    pub inspect_original: bool,
    pub handling: PaperHandling,
    /// May be missing against a commitment (容缺), where [`Material::tolerance_when`] holds.
    pub tolerance: bool,
    /// For which cases; all of them where the pack names no axis.
    pub tolerance_when: When,
    /// How a tolerated material is handed in later; `/` where none is tolerated.
    pub tolerance_method: Words,
    /// Days a commitment may run; 0 where none is tolerated.
    pub tolerance_days: u16,
    /// What follows when a tolerated material does not arrive; `None` where none is tolerated.
    pub tolerance_consequence: Option<Words>,
    /// The reason when nothing was handed in.
    pub missing: ReasonCode,
    /// The reason when the original was not shown.
    pub original_not_shown: ReasonCode,
    /// The procedure's common errors, offered as ticks (S-24).
    pub common_errors: Vec<CommonError>,
    /// A page of an earlier case may stand in for a scan, after somebody looked at it (S-45).
    pub history_reusable: bool,
    /// What has to be written down from the paper before it counts.
    pub particulars: Option<Recorded>,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

/// What is written down from a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recorded {
    /// Paper, day and page of a loss notice (S-30). A pack that takes a self-declaration has none: its reader puts the
    /// declaration in the newspaper's place.
    Newspaper,
    /// Number, or that it is unknown, and condition of the card to be replaced (S-32).
    OldCard,
}

impl Material {
    /// A paper that only a reissue brings: with it the card is spoken of that is to be replaced.
    pub fn is_of_a_reissue(&self) -> bool {
        self.when.kind.as_ref().is_some_and(|kinds| !kinds.contains(&CaseKind::First))
    }
}

impl Recorded {
    /// The reason while it is not written down.
    pub(crate) fn missing(self) -> ReasonCode {
        reason(match self {
            Self::Newspaper => "LOSS_NOTICE_NO_PARTICULARS",
            Self::OldCard => "OLD_CARD_NOT_DESCRIBED",
        })
    }
}

/// One common error: a reason of the pack.
pub type CommonError = ReasonCode;

/// The step at which a material is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenAt {
    Materials,
    Photo,
}

/// What happens to the paper (S-11, S-18, S-33).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperHandling {
    /// Scanned and given back: the case cannot close with an unreturned original.
    ScanAndReturn,
    /// Becomes part of the card.
    OnCard,
    /// Kept under archive rules; scanned all the same (D-10).
    RetainArchive,
}
