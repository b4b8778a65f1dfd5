use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use super::{CardRole, ChipField, Choice, EntryChoice, PersonView};

/// What can be done at the door, without a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Door {
    /// The item is not taken on this day at all: said in large words instead of offering to open a case.
    pub ended: Option<Ended>,
    /// Reasons of the pack for which somebody may be refused here.
    pub refusals: Vec<Choice>,
    /// The one among them that asks for the birth date.
    pub asks_birth: String,
    /// The last slip given out here since the station started.
    pub last_slip: Option<String>,
    /// A card is awaited, to take up its holder's case.
    pub taking_over: bool,
    /// What stands in the door's own form, by field.
    pub kept: BTreeMap<String, String>,
}

/// Why no case is made, in the words of the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Ended {
    pub reason: String,
    /// 老年人优待证已经停止办理。
    pub what: String,
    /// 凭身份证即可享受优待，请带好身份证。
    pub remedy: String,
}

/// What stands beside the step of an open case.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Aside {
    /// For what this case may be refused now.
    pub refusals: Vec<Refusal>,
    /// Papers that were given out, in order.
    pub given: Vec<Given>,
    /// The agent, once their card was read.
    pub agent: Option<PersonView>,
    /// The verdict in a word, once there is one: 符合条件（2021年11月8日）.
    pub verdict: Option<String>,
    /// 更正记录: what was set aside or put right, in order.
    pub trail: Vec<TrailLine>,
    /// Reminders to the department, and help with registering.
    pub aftercare: super::AftercareView,
    /// What may be put right now.
    pub correctable: Vec<Correctable>,
    /// What stands in forms that were not sent yet, by `FORM.FIELD`.
    pub kept: BTreeMap<String, String>,
    /// Whether the card was reported to the parent township, once there is one to report.
    pub filing: Option<FilingView>,
}

/// 报备: how the report of a card to the parent township stands (S-50).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FilingView {
    pub done: bool,
    /// 已报备，回执号 …, or what it waits for.
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Refusal {
    pub reason: String,
    pub words: String,
    /// The rule itself says so; the clerk does not choose.
    pub by_rule: bool,
}

/// A paper that was given to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Given {
    /// 收文清单, 不予收件告知书, 一次性告知单.
    pub title: String,
    pub number: String,
    /// A slip: it may be handed to the printer again.
    pub slip: bool,
}

/// One correction: before and after, why, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrailLine {
    /// 姓名（申请人）, 联系电话, 授权委托书.
    pub what: String,
    pub before: String,
    pub after: String,
    /// The reason of an override, or how a paper was put right.
    pub why: String,
    pub by: String,
    pub at: String,
}

/// Something that may be put right at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Correctable {
    pub name: String,
    /// What stands there now.
    pub value: String,
    pub of: Corrects,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Corrects {
    /// A field of the chip: locked, and set aside only with a reason.
    /// `choices` when it is one of a list.
    Chip {
        role: CardRole,
        field: ChipField,
        choices: Vec<Choice>,
    },
    Entry {
        field: EntryChoice,
    },
    /// Common errors that were ticked.
    Material {
        material: String,
        errors: Vec<Choice>,
    },
}
