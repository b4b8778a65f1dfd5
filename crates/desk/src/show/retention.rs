//! The page of what may be forgotten (到期清理), and the one act on it.

use std::collections::BTreeMap;

use casework::nouns::CaseId;
use casework::retention::Keep;

use super::acts::{no, yes};
use crate::contract::{RetentionDue, RetentionKept, RetentionView};
use crate::desk::{Desk, Now};
use crate::fault::Trouble;
use crate::people;
use crate::retention::{RetentionDone, RetentionPlan};
use crate::words;

/// Cases that are named one by one.
const NAMED: usize = 12;

impl Desk {
    pub(crate) fn retention_page(&self, now: Now) -> Result<RetentionView, Trouble> {
        let plan = self.plan(false, now)?;
        let jumped = plan.day != plan.clock;
        let by_clock = if jumped { Some(due(&self.plan(true, now)?)) } else { None };
        let nothing = plan.is_nothing() && by_clock.as_ref().is_none_or(|due| due.cases + due.abandoned == 0);
        let act = if nothing { no("erase_due", "现在没有到期要清理的。") } else { yes("erase_due") };
        Ok(RetentionView {
            day: words::date(plan.day),
            clock: jumped.then(|| words::date(plan.clock)),
            days: u32::from(self.pack.rules().retention_days_local.value),
            due: due(&plan),
            due_by_clock: by_clock,
            kept: kept(&plan.kept),
            done: self.at_hand.forgotten.map(told),
            acts: people::forbid(vec![act], self.session.as_ref(), &self.station),
        })
    }
}

fn due(plan: &RetentionPlan) -> RetentionDue {
    let count = |cases: &[CaseId]| u32::try_from(cases.len()).unwrap_or(u32::MAX);
    let named = plan.erase.iter().chain(&plan.abandon).take(NAMED).map(ToString::to_string);
    RetentionDue { cases: count(&plan.erase), abandoned: count(&plan.abandon), named: named.collect() }
}

fn kept(cases: &[(CaseId, Keep)]) -> Vec<RetentionKept> {
    let mut groups: BTreeMap<(&str, &str), Vec<&CaseId>> = BTreeMap::new();
    for (case, why) in cases {
        groups.entry(reason(why)).or_default().push(case);
    }
    let mut lines: Vec<RetentionKept> = groups
        .into_iter()
        .map(|((why, do_now), cases)| RetentionKept {
            why: why.to_owned(),
            do_now: do_now.to_owned(),
            cases: u32::try_from(cases.len()).unwrap_or(u32::MAX),
            named: cases.into_iter().take(NAMED).map(ToString::to_string).collect(),
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.cases));
    lines
}

/// Why, and what to do about it.
fn reason(why: &Keep) -> (&'static str, &'static str) {
    match why {
        Keep::Open => ("还没有办结", ""),
        Keep::Unsent { messages: _ } => ("还有消息没有送到平台", "请到“发件箱”看原因，送到以后再清理。"),
        Keep::NotExported => ("档案包还没有导出", "请归档人员在“移交材料”里导出归档包。"),
        Keep::Until { day: _ } => ("保存期限还没有到", ""),
    }
}

fn told(done: RetentionDone) -> String {
    let RetentionDone { cases, facts, pictures, waiting, entries, slips } = done;
    let waits =
        if waiting > 0 { format!("；另有 {waiting} 件要先送完消息或还清原件") } else { String::new() };
    format!(
        "清理了 {cases} 件（记录 {facts} 条，图片 {pictures} 个，表单 {entries} 项，告知单底稿 {slips} 份）{waits}。"
    )
}
