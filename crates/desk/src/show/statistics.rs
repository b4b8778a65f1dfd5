//! The statistics in words and tables. The export is made from the same tables, so that it never says anything else.

use casework::nouns::{ApplicantMode, CaseKind, Hukou};
use casework::pack::PolicyPack;
use casework::statistics::{Counted, Statistics, Stretch};
use ledger::Stage;

use crate::acts::Counting;
use crate::contract::{Act, Bar, CountTable, Figure, StatisticsView};
use crate::words;

pub fn view(
    counting: &Counting,
    statistics: &Statistics,
    standing: &[(Stage, u64)],
    pack: &PolicyPack,
    export: Act,
) -> StatisticsView {
    let bars: Vec<Bar> = match statistics.course.as_slice() {
        [] | [_] => Vec::new(),
        course => course.iter().map(bar).collect(),
    };
    StatisticsView {
        asked: counting.asked.clone(),
        days: days(statistics),
        figures: figures(statistics),
        top: top(&bars),
        bars,
        tables: tables(statistics, standing, pack, false),
        exported: counting.exported.clone(),
        export,
    }
}

/// `2021年11月8日`, `2021年11月8日至2021年11月14日`.
pub fn days(statistics: &Statistics) -> String {
    let (from, to) = (statistics.days.from(), statistics.days.to());
    if from == to { words::date(from) } else { format!("{}至{}", words::date(from), words::date(to)) }
}

/// Every table. The page leaves out those in which nothing is; an export holds `all`.
pub fn tables(statistics: &Statistics, standing: &[(Stage, u64)], pack: &PolicyPack, all: bool) -> Vec<CountTable> {
    let tables = [
        kinds(statistics),
        ways(statistics),
        stages(standing),
        pace(statistics),
        cards(statistics),
        reasons(statistics, pack),
        ratings(statistics),
        windows(statistics),
        course(statistics),
    ];
    tables.into_iter().filter(|table| all || !table.rows.is_empty()).collect()
}

fn figures(statistics: &Statistics) -> Vec<Figure> {
    let figure = |name: &str, value: String, note: String| Figure { name: name.to_owned(), value, note };
    let accepted = statistics.of_all_kinds(Counted::Accepted);
    let delivered = statistics.of_all_kinds(Counted::Delivered);
    let pace = statistics.pace();
    let door: u64 = door(statistics);
    vec![
        figure("受理", accepted.to_string(), format!("立案 {} 件", statistics.of_all_kinds(Counted::Opened))),
        figure("发证", delivered.to_string(), format!("做好 {} 张", statistics.of_all_kinds(Counted::Made))),
        figure(
            "半小时内发证",
            pace.map_or_else(|| "—".to_owned(), |pace| share(pace.within, pace.deliveries)),
            pace.map_or_else(
                || "还没有发证".to_owned(),
                |pace| format!("{} 件里的 {} 件", pace.deliveries, pace.within),
            ),
        ),
        figure(
            "受理到发证",
            pace.map_or_else(|| "—".to_owned(), |pace| minutes(pace.median)),
            pace.map_or_else(|| "还没有发证".to_owned(), |pace| format!("九成不超过 {}", minutes(pace.ninetieth))),
        ),
        figure(
            "不予收件",
            (statistics.of_all_kinds(Counted::Refused) + door).to_string(),
            format!("其中没有立案的 {door}"),
        ),
    ]
}

fn kinds(statistics: &Statistics) -> CountTable {
    type OfKind = fn(CaseKind) -> Counted;
    let columns: [(&str, OfKind); 7] = [
        ("立案", Counted::Opened),
        ("受理", Counted::Accepted),
        ("不予收件", Counted::Refused),
        ("撤回", Counted::Withdrawn),
        ("做好的卡", Counted::Made),
        ("发证", Counted::Delivered),
        ("归档", Counted::Sealed),
    ];
    let counts = |n: &dyn Fn(OfKind) -> u64| columns.map(|(_, of)| n(of).to_string()).to_vec();
    let mut rows: Vec<Vec<String>> =
        CaseKind::ALL.into_iter().map(|kind| named(words::kind(kind), counts(&|of| statistics.n(&of(kind))))).collect();
    rows.push(named("合计", counts(&|of| statistics.of_all_kinds(of))));
    table("办件", None, &[&["办什么"], columns.map(|(name, _)| name).as_slice()].concat(), rows)
}

fn ways(statistics: &Statistics) -> CountTable {
    let modes = ApplicantMode::ALL.map(|mode| (words::mode(mode), Counted::Mode(mode)));
    let hukous = Hukou::ALL.map(|hukou| {
        let name = match hukou {
            Hukou::Local => "户口在本区县",
            Hukou::Outside => "户口在外地",
        };
        (name, Counted::Hukou(hukou))
    });
    let rows = modes.into_iter().chain(hukous).map(|(name, what)| one(name, statistics.n(&what)));
    table("受理的件", None, &["谁来办，户口在哪", "件"], rows.collect())
}

fn stages(standing: &[(Stage, u64)]) -> CountTable {
    let rows = standing.iter().filter(|(_, n)| *n > 0).map(|(stage, n)| one(super::search::stage_name(*stage), *n));
    table("现在到哪一步", Some("这些天立的案，现在办到哪里"), &["步骤", "件"], rows.collect())
}

fn pace(statistics: &Statistics) -> CountTable {
    let rows = statistics.pace().map(|pace| {
        vec![
            one("发证", pace.deliveries),
            one("半小时内", pace.within),
            named("半小时内占", vec![share(pace.within, pace.deliveries)]),
            named("一半的件不超过", vec![minutes(pace.median)]),
            named("九成的件不超过", vec![minutes(pace.ninetieth)]),
        ]
    });
    table("受理到发证的时间", Some("不足一分钟按一分钟算"), &["项", "数"], rows.unwrap_or_default())
}

fn cards(statistics: &Statistics) -> CountTable {
    let rows = [
        ("做好的卡", statistics.of_all_kinds(Counted::Made)),
        ("废卡", statistics.n(&Counted::SpoiledCard)),
        ("没有出卡就作废的号", statistics.n(&Counted::SpoiledNumber)),
        ("重新打印", statistics.of_all_kinds(Counted::Reprint)),
        ("当场更正", statistics.n(&Counted::Corrected)),
    ];
    table("制证和更正", None, &["项", "次"], rows.map(|(name, n)| one(name, n)).to_vec())
}

fn reasons(statistics: &Statistics, pack: &PolicyPack) -> CountTable {
    let rows = statistics.reasons().into_iter().map(|(code, n)| {
        let worded = pack.reason(&code).map(|reason| reason.public.to_string());
        one(&worded.unwrap_or_else(|| code.to_string()), n)
    });
    table("不予收件的原因", Some("一件可以有几个原因"), &["原因", "次"], rows.collect())
}

/// Whether people rated, and never how: levels belong to nobody's page.
fn ratings(statistics: &Statistics) -> CountTable {
    let rows =
        [("请评价", Counted::RatingOffered), ("评了", Counted::RatingGiven), ("不评价", Counted::RatingDeclined)];
    table("评价", None, &["项", "次"], rows.map(|(name, what)| one(name, statistics.n(&what))).to_vec())
}

fn windows(statistics: &Statistics) -> CountTable {
    let rows = statistics.windows.iter().map(|(window, sums)| {
        let n = |of: fn(CaseKind) -> Counted| -> u64 {
            CaseKind::ALL.into_iter().filter_map(|kind| sums.get(&of(kind))).sum()
        };
        let counts = [n(Counted::Opened), n(Counted::Accepted), n(Counted::Refused), n(Counted::Delivered)];
        named(window.as_str(), counts.map(|n| n.to_string()).to_vec())
    });
    table("各窗口", None, &["窗口", "立案", "受理", "不予收件", "发证"], rows.collect())
}

/// The bars as numbers; a single day is told by the other tables.
fn course(statistics: &Statistics) -> CountTable {
    let whole_month = statistics.course.first().is_some_and(|stretch| stretch.whole_month);
    let (name, column) = if whole_month { ("每月", "月") } else { ("每天", "日") };
    let stretches = statistics.course.as_slice();
    let shown = if stretches.len() > 1 { stretches } else { &[] };
    let rows =
        shown.iter().map(bar).map(|bar| named(&bar.name, vec![bar.accepted.to_string(), bar.delivered.to_string()]));
    table(name, None, &[column, "受理", "发证"], rows.collect())
}

fn table(name: &str, note: Option<&str>, head: &[&str], rows: Vec<Vec<String>>) -> CountTable {
    CountTable {
        name: name.to_owned(),
        note: note.map(str::to_owned),
        head: head.iter().map(|one| (*one).to_owned()).collect(),
        rows,
    }
}

fn named(name: &str, cells: Vec<String>) -> Vec<String> {
    [vec![name.to_owned()], cells].concat()
}

fn one(name: &str, n: u64) -> Vec<String> {
    named(name, vec![n.to_string()])
}

fn door(statistics: &Statistics) -> u64 {
    let at_door = |what: &&Counted| matches!(what, Counted::AtDoor(_));
    statistics.sums.keys().filter(at_door).map(|what| statistics.n(what)).sum()
}

fn bar(stretch: &Stretch) -> Bar {
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    Bar {
        name: stretch.from.strftime(if stretch.whole_month { "%Y-%m" } else { "%m-%d" }).to_string(),
        accepted: count(stretch.accepted),
        delivered: count(stretch.delivered),
    }
}

/// The end of the axis: the next multiple of four that is round for its size.
fn top(bars: &[Bar]) -> u32 {
    let most = bars.iter().map(|bar| bar.accepted.max(bar.delivered)).max().unwrap_or(0);
    let mut size = 4_u32;
    while size.saturating_mul(10) <= most {
        size = size.saturating_mul(10);
    }
    most.div_ceil(size).max(1).saturating_mul(size)
}

/// `86%`; what is not all is never told as `100%`.
fn share(part: u64, whole: u64) -> String {
    let hundredths = (part * 100 + whole / 2) / whole;
    format!("{}%", if part < whole { hundredths.min(99) } else { 100 })
}

/// `12 分钟`, `3 小时 5 分`, `2 天 4 小时`.
fn minutes(minutes: u32) -> String {
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, _) => format!("{minutes} 分钟"),
        (0, hours, 0) => format!("{hours} 小时"),
        (0, hours, rest) => format!("{hours} 小时 {rest} 分"),
        (days, 0, _) => format!("{days} 天"),
        (days, hours, _) => format!("{days} 天 {hours} 小时"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_ends_at_a_round_number_that_no_bar_exceeds() {
        let bars = |n| vec![Bar { name: String::new(), accepted: n, delivered: 0 }];
        for (most, end) in [(0, 4), (3, 4), (5, 8), (39, 40), (41, 80), (160, 160), (161, 200), (4_000, 4_000)] {
            assert_eq!(top(&bars(most)), end, "{most}");
        }
    }

    #[test]
    fn nearly_all_is_not_told_as_all() {
        assert_eq!([share(999, 1000), share(1000, 1000), share(0, 3), share(2, 3)], ["99%", "100%", "0%", "67%"]);
    }

    #[test]
    fn times_are_told_as_people_say_them() {
        assert_eq!([12, 60, 185, 1440, 3125].map(minutes), ["12 分钟", "1 小时", "3 小时 5 分", "1 天", "2 天 4 小时"]);
    }
}
