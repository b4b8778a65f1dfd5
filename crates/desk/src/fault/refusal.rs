//! What a step refused, in the words of the pack and of the form.

use casework::pack::PolicyPack;
use casework::steps::{FieldWhy, Obstacle, Refusal};

use super::catalogue::CATALOGUE;
use super::translate::Trouble;

/// Words a refusal of `step` for the page.
pub fn refusal(step: &str, refusal: &Refusal, pack: &PolicyPack) -> Trouble {
    match refusal {
        Refusal::NotNow(obstacle) => Trouble::of("desk.not_now").because(obstacle_words(*obstacle)),
        Refusal::Correct(fields) => fields
            .iter()
            .fold(Trouble::of(code(step, "correct")), |trouble, fault| trouble.at(fault.field, field_words(fault.why))),
        Refusal::Refused(reasons) => reasons.iter().fold(Trouble::of(code(step, "refused")), |trouble, reason| {
            trouble.because(
                pack.reason(reason)
                    .map_or_else(|| reason.to_string(), |worded| format!("{}{}", worded.public, worded.remedy)),
            )
        }),
        Refusal::Incomplete(gaps) => gaps.iter().fold(Trouble::of("acceptance.gaps"), |trouble, gap| {
            trouble.because(
                pack.reason(&gap.reason)
                    .map_or_else(|| gap.reason.to_string(), |worded| format!("{}{}", worded.public, worded.remedy)),
            )
        }),
    }
}

/// `step.kind` as the catalogue has it. A step without a wording of its own falls back to the desk's.
fn code(step: &str, kind: &str) -> &'static str {
    let wanted = format!("{step}.{kind}");
    let general = if kind == "correct" { "desk.correct" } else { "desk.not_now" };
    CATALOGUE.iter().map(|entry| entry.code).find(|code| *code == wanted).unwrap_or(general)
}

fn field_words(why: FieldWhy) -> &'static str {
    match why {
        FieldWhy::Missing => "请填写",
        FieldWhy::TooLong => "写得太长了，请缩短",
        FieldWhy::NotAPhone => "请填 11 位手机号，或 0737 开头的座机号",
        FieldWhy::UnknownCounty => "请从列表里选一个区县",
        FieldWhy::UnknownReason => "请从列表里选原因",
        FieldWhy::NoAgent => "这件事没有代理人",
        FieldWhy::UnknownRating => "请选一个评价",
        FieldWhy::NotAPage => "页码从 1 开始",
        FieldWhy::DayOutOfRange => "日期不在允许的范围内",
        FieldWhy::NotLookedAt => "请先查看这一页和它的年限",
        FieldWhy::Unchanged => "和原来一样，没有改动",
        FieldWhy::NotAValue => "这一项不能这样填",
        FieldWhy::NotANumber => "号码不对：应为 18 位，且校验位要对得上，请对照证面再看一遍",
        FieldWhy::AgainstNumber => "和身份证号码对不上",
        FieldWhy::NotADay => "请填一个日期，例如 1951-03-08",
        FieldWhy::Reversed => "止日在起日之前",
        FieldWhy::NotABatch => "起号和止号不是一批：字母和位数要一样，止号不能比起号小",
        FieldWhy::TooMany => "一次最多 10000 张，请分几批",
    }
}

fn obstacle_words(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Closed => "这件事已经办结",
        Obstacle::Parked => "这件事暂存着，请先继续办理",
        Obstacle::NotParked => "这件事没有暂存",
        Obstacle::OtherPack => "这件事是按另一版政策开办的，请按那一版办完",
        Obstacle::AlreadyAccepted => "这件事已经受理",
        Obstacle::NotAccepted => "这件事还没有受理",
        Obstacle::NotIdentified => "请先读申请人的身份证",
        Obstacle::NotFilled => "请先填申请信息",
        Obstacle::NoPhoto => "请先取照片",
        Obstacle::NotDemanded => "这件事不需要这份材料",
        Obstacle::NotScanned => "请先扫描这份材料",
        Obstacle::Retained => "这份材料按规定留存归档，不退回",
        Obstacle::NotTolerated => "这份材料不能容缺",
        Obstacle::AlreadyAnswered => "承办部门已经答复过了",
        Obstacle::NumberReserved => "已经取了号，请先打印，或把号作废",
        Obstacle::NoNumber => "还没有取号",
        Obstacle::NumberSpent => "这个号已经用掉了",
        Obstacle::OtherNumber => "这不是系统给的那个号",
        Obstacle::PrintUnsettled => "请看看出卡口，先回答上一张卡是好是坏",
        Obstacle::OtherAttempt => "这次打印已经有结果了",
        Obstacle::NothingPrinted => "还没有打印过",
        Obstacle::NotAPerson => "这一步要由人来确认",
        Obstacle::NotMade => "卡片还没有做好",
        Obstacle::PhotoNotGlued => "请先把照片贴好",
        Obstacle::NotDelivered => "还没有交付",
        Obstacle::RatingNotDue => "还没有到评价的时候",
        Obstacle::RatingSettled => "已经评价过了",
        Obstacle::RatingNotOffered => "请先请申请人评价",
        Obstacle::NotWaiting => "现在不用等承办部门",
        Obstacle::HelpSettled => "注册引导已经问过了",
        Obstacle::NotReusable => "这份材料不能用历史资料",
        Obstacle::AlreadyScanned => "这份材料已经扫描了，不用容缺",
        Obstacle::PageTwice => "这张图已经是这份材料的一页了，请先扫描新的一页",
        Obstacle::NothingFound => "这一页没有查出问题，不用说明",
        Obstacle::NothingToCorrect => "没有需要更正的地方",
        Obstacle::NotFromChip => "这一项不是读卡得来的，请直接重新录入",
        Obstacle::NotHandedOver => "请先移交材料",
        Obstacle::NoBatches => "政策包没有说代理人的身份证读一次能用多久，请逐件读",
        Obstacle::BatchOver => "代理人的身份证读过太久了，请先再读一次",
        Obstacle::AlreadyHandedOver => "材料已经移交过了，在那天的清单上",
    }
}
