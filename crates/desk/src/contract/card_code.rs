use serde::Serialize;
use ts_rs::TS;

use super::Act;

/// The page on which the code of a card is checked.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CardCodeView {
    /// What the newest picture showed; `None` until one was looked at.
    pub checked: Option<CodeChecked>,
    pub acts: Vec<Act>,
}

/// What is to be said of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CodeChecked {
    /// A trusted station signed the lines below.
    pub signed: bool,
    pub what: String,
    pub do_now: String,
    /// What the code says, only when it is signed.
    pub lines: Vec<CodeLine>,
}

/// One word of a code.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct CodeLine {
    pub name: String,
    pub value: String,
}

/// A person's words stay out of logs.
impl std::fmt::Debug for CodeLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CodeLine").field("name", &self.name).finish_non_exhaustive()
    }
}
