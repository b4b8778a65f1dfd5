use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The screen on which cases of all years are found, open and closed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SearchView {
    /// What is looked for, as it was asked.
    pub asked: SearchEntry,
    /// As what the text was understood: `按姓名查`.
    pub understood: String,
    /// What is known of the number that was typed: that it is void, since when, and by which case.
    pub told: Option<String>,
    pub lines: Vec<FoundLine>,
    /// Counted from 1.
    pub page: u32,
    /// Whether there is a page after this one.
    pub more: bool,
}

/// The fields of a search. Blank ones ask for nothing.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct SearchEntry {
    /// A name or a part of one, or the number of a card, a case, a receipt list or an identity card.
    pub text: String,
    /// First and last day, `2021-11-08`.
    pub from: String,
    pub to: String,
    pub stage: StageChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StageChoice {
    #[default]
    Any,
    /// Not finished.
    Open,
    /// The card is with the person, the papers are not in the archive yet.
    Delivered,
    Sealed,
    Refused,
    Withdrawn,
}

/// A case that was found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FoundLine {
    pub case: String,
    /// Masked.
    pub name: String,
    pub kind_name: String,
    pub stage_name: String,
    /// Its good card number.
    pub card: Option<String>,
    /// That number is void: another card was delivered in its place.
    pub card_is_void: bool,
    /// `2021年11月8日`.
    pub opened: String,
    pub delivered: Option<String>,
    /// Nothing can be added to it any more; it can be looked at.
    pub closed: bool,
}

/// Hides what was typed: it may be a name or an identity number.
impl std::fmt::Debug for SearchEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchEntry")
            .field("from", &self.from)
            .field("to", &self.to)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}
