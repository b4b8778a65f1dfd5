use serde::Serialize;
use ts_rs::TS;

use super::Choice;

/// The rating on the screen. It says whether there is an answer, and never which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RatingView {
    /// `acceptance`, `delivery`.
    pub point: String,
    /// 受理之后, 领证之后.
    pub when: String,
    /// Who is asked: 申请人 or 代理人.
    pub rater: String,
    /// Best first. None is preselected.
    pub levels: Vec<RatingChoice>,
    pub rated: Rated,
    /// The answer may still be put right.
    pub may_correct: bool,
    /// Characters of the free text.
    pub longest_text: u32,
}

/// A level with the reasons a person may add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RatingChoice {
    pub level: u8,
    /// 非常满意.
    pub name: String,
    pub reasons: Vec<Choice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rated {
    /// Nobody has answered.
    Open,
    Given,
    Declined,
}

/// What is offered beside the steps once there is something accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AftercareView {
    /// `None` where the department is not waited for.
    pub remind: Option<RemindView>,
    /// Reminders on record, in order.
    pub reminded: Vec<RemindedLine>,
    /// Help with registering, as long as it is on offer; empty once it was declined.
    pub guides: Vec<GuideView>,
    /// 注册引导：已帮助 …, or 不需要; `None` while nothing was said.
    pub helped: Option<String>,
}

/// How the handling department is reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RemindView {
    /// Whom to call: 赫山区 0737-4423642.
    pub line: String,
    pub channels: Vec<Choice>,
    /// It has waited as long as the pack says.
    pub suggested: bool,
    /// 已经等了 25 分钟.
    pub waiting: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RemindedLine {
    pub at: String,
    pub channel: String,
    pub person: String,
    pub said: String,
    pub by: String,
}

/// One way to do things online, with its QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GuideView {
    pub guide: String,
    pub name: String,
    pub text: String,
    /// The address or the account, in print.
    pub holds: String,
    /// Invented for practice.
    pub sample: bool,
    /// Name of the QR code at the picture door.
    pub picture: String,
    pub helped: bool,
}
