//! What a search has found, masked.

use ledger::{Found, Stage, VoidNumber};

use crate::acts::Searching;
use crate::contract::{FoundLine, SearchView};
use crate::words;

/// `void` is the number that was typed, if it is void.
pub fn view(searching: &Searching, found: Found, void: Option<VoidNumber>) -> SearchView {
    SearchView {
        asked: searching.asked.clone(),
        understood: searching.understood.to_owned(),
        told: void.map(|void| {
            format!("证号 {} 已经作废：{} 补发了新证（事项 {}）。", void.number, words::day_of(void.at), void.case)
        }),
        page: searching.page(),
        more: found.more.is_some(),
        lines: found.lines.iter().map(line).collect(),
    }
}

fn line(line: &ledger::CaseLine) -> FoundLine {
    FoundLine {
        case: line.case.to_string(),
        name: line.name.as_ref().map_or_else(|| "还没有读身份证".to_owned(), |name| name.masked()),
        kind_name: words::kind(line.kind).to_owned(),
        stage_name: stage(line).to_owned(),
        card: line.card.as_ref().map(ToString::to_string),
        card_is_void: line.card_is_void,
        opened: words::day_of(line.opened_at),
        delivered: line.delivered_on.map(words::date),
        closed: line.stage.is_closed(),
    }
}

/// Where a case stands, as a list tells it.
pub fn stage(line: &ledger::CaseLine) -> &'static str {
    if line.stage == Stage::Draft && line.parked { "填写中，已暂存" } else { stage_name(line.stage) }
}

pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "填写中",
        Stage::Accepted => "已受理",
        Stage::Numbered => "已取号",
        Stage::Printing => "制证中",
        Stage::Made => "已制证，待发",
        Stage::Delivered => "已发证，待归档",
        Stage::Sealed => "办结，已归档",
        Stage::Refused => "不予收件",
        Stage::Withdrawn => "申请人已撤回",
    }
}
