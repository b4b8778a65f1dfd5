//! What the pack says of the time after acceptance: working days, reminders and help with registering, each with its source.

use casework::pack::PolicyPack;

use super::pack::from;
use crate::contract::PackLine;
use crate::words;

pub(super) fn lines(pack: &PolicyPack) -> Vec<PackLine> {
    let days = pack.working_days().map(|table| {
        let (first, last) = table.reach();
        PackLine {
            name: "工作日怎么算".to_owned(),
            value: format!("{}至{}，按放假和调休的日子计算", words::date(first), words::date(last)),
            from: from(table.source.as_str(), table.date, table.confidence),
            note: Some("表外的日子不猜，整改到期日请人工定".to_owned()),
        }
    });
    let reminding = pack.reminding().map(|how| {
        let channels: Vec<&str> = how.channels.iter().map(|channel| channel.name.as_str()).collect();
        PackLine {
            name: "提醒承办部门".to_owned(),
            value: format!("受理 {} 分钟后建议提醒；{}", how.after_min, channels.join("、")),
            from: from(how.source.as_str(), how.date, how.confidence),
            note: None,
        }
    });
    let guides = pack.guides().iter().map(|guide| PackLine {
        name: guide.name.to_string(),
        value: guide.holds.to_string(),
        from: from(guide.source.as_str(), guide.date, guide.confidence),
        note: guide.sample.then(|| "样例，不是真的网址或账号".to_owned()),
    });
    days.into_iter().chain(reminding).chain(guides).collect()
}
