//! Step `materials` as it crosses to the page: one row a paper, its pages, and what may stand in for a paper.

use serde::Serialize;
use ts_rs::TS;

use super::Choice;

/// One paper that the pack demands of this case, in the pack's order. There are no others.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MaterialRow {
    pub material: String,
    pub name: String,
    pub hint: String,
    /// What becomes of the paper, in words: `扫描后退回申请人`.
    pub handling: String,
    pub original_inspected: bool,
    pub checked: bool,
    pub common_errors: Vec<Choice>,
    pub ticked: Vec<String>,
    /// In their order.
    pub pages: Vec<PageView>,
    pub needs_scan: bool,
    pub needs_return: bool,
    pub returned: bool,
    /// Given where the newspaper has to be written down.
    pub loss_notice: Option<LossNoticeForm>,
    /// Given where the card has to be written down that is to be replaced.
    pub old_card: Option<OldCardForm>,
    /// Pages of earlier cases of the same person that may stand in for a scan, newest first.
    pub history: Vec<HistoryOffer>,
    /// Given only where the pack lets the paper be promised.
    pub tolerance: Option<ToleranceOffer>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PageView {
    /// From 1.
    pub page: u16,
    /// Name for the picture door.
    pub picture: String,
    pub findings: Vec<PageFindingLine>,
    /// Something blocking was found, and nobody kept the page in spite of it.
    pub stands_in_the_way: bool,
    /// Why the clerk kept the page.
    pub kept: Option<String>,
    /// Where a page of an earlier case comes from, with its age.
    pub history: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PageFindingLine {
    pub code: String,
    pub blocks: bool,
    /// What was found and what to do, in the pack's words.
    pub words: String,
    /// What was measured, with its unit.
    pub measured: String,
    /// What it missed, with its unit.
    pub threshold: String,
}

/// The newspaper with the loss notice, as written down so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LossNoticeForm {
    pub recorded: bool,
    pub paper: String,
    /// `2021-11-01`, or empty.
    pub published: String,
    pub page: String,
}

/// The card that is to be replaced, as written down so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OldCardForm {
    pub recorded: bool,
    /// False where the case can be accepted without it.
    pub required: bool,
    /// Empty while nothing is written down, and when nobody knows it.
    pub number: String,
    pub condition: String,
    /// The number of the card that this station made for the person, if it did.
    pub known: Option<String>,
}

/// A page of an earlier case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HistoryOffer {
    /// Name for the picture door, and the name by which it is taken over.
    pub picture: String,
    /// The earlier case.
    pub source: String,
    /// `2020年3月1日`.
    pub taken_on: String,
    pub age_days: u32,
    /// `1年8个月前`.
    pub age: String,
}

/// A paper that may be promised (容缺).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ToleranceOffer {
    /// `2021年11月18日`.
    pub until: String,
    /// What the person signs: material, form, deadline and consequence.
    pub notice: String,
    pub committed: bool,
}

/// A picture in the document camera's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DroppedView {
    /// The bare file name by which it is taken.
    pub file: String,
    /// Name for the picture door.
    pub thumbnail: String,
    /// When it was written: `今天 09:05`.
    pub since: String,
}
