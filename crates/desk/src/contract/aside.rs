use serde::Serialize;
use ts_rs::TS;

use super::Choice;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Aside {
    /// For what this case may be refused now.
    pub refusals: Vec<Refusal>,
    /// Papers that were given out, in order.
    pub given: Vec<Given>,
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
