//! The statistics at a real desk: what a day's visits come to on the page, in a file and on the command line.

use casework::journal::sm3;
use casework::station_fact::StationFact;
use desk::contract::{ExportChoice, FaultKind, Kind, Request, Screen, SpanChoice, StatisticsEntry, StatisticsView};
use journeys::programs::command;

use crate::bench::Bench;

fn shown(bench: &Bench) -> StatisticsView {
    let Screen::Statistics(view) = bench.counter.view().screen else { panic!("the statistics lie open") };
    *view
}

fn ask(bench: &Bench, span: SpanChoice, from: &str, to: &str) {
    bench.must(Request::AskStatistics { entry: entry(span, from, to) });
}

fn entry(span: SpanChoice, from: &str, to: &str) -> StatisticsEntry {
    StatisticsEntry { span, from: from.to_owned(), to: to.to_owned() }
}

/// The cells of a row, by the names of table and row.
fn row(view: &StatisticsView, table: &str, name: &str) -> Vec<String> {
    let table = view.tables.iter().find(|one| one.name == table).unwrap_or_else(|| panic!("{table}: {view:#?}"));
    table.rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name}: {table:#?}"))[1..].to_vec()
}

/// One whole visit, one case withdrawn, one person refused at the door.
fn a_day() -> Bench {
    let bench = Bench::new();
    bench.visit();
    bench.must(Request::OpenCase { kind: Kind::First });
    bench.must(Request::WithdrawCase { reason: "改日再来".to_owned() });
    bench.must(Request::CloseCase);
    bench.must(Request::RefuseAtDoor { reason: "TOO_YOUNG".to_owned(), born: Some("1960-03-08".to_owned()) });
    bench
}

#[test]
fn a_days_visits_are_counted_and_the_days_are_chosen() {
    let bench = a_day();
    bench.must(Request::ShowStatistics);
    let view = shown(&bench);
    assert_eq!((view.days.as_str(), view.bars.len()), ("2021年11月8日", 0));
    assert_eq!(row(&view, "办件", "首次办理"), ["2", "1", "0", "1", "1", "1", "1"]);
    assert_eq!(row(&view, "办件", "合计"), row(&view, "办件", "首次办理"));
    assert_eq!(row(&view, "现在到哪一步", "申请人已撤回"), ["1"]);
    assert_eq!(row(&view, "受理到发证的时间", "半小时内占"), ["100%"]);
    // Asked after acceptance and after delivery.
    assert_eq!(row(&view, "评价", "不评价"), ["2"]);
    assert_eq!(row(&view, "各窗口", "HS0101"), ["2", "1", "0", "1"]);
    assert_eq!(view.tables.iter().find(|one| one.name == "不予收件的原因").unwrap().rows.len(), 1);
    ask(&bench, SpanChoice::Week, "", "");
    let week = shown(&bench);
    assert_eq!((week.asked.from.as_str(), week.asked.to.as_str(), week.bars.len()), ("2021-11-08", "2021-11-14", 7));
    assert_eq!((week.bars[0].accepted, week.bars[0].delivered, week.bars[1].accepted), (1, 1, 0));
    assert_eq!(week.tables.iter().find(|one| one.name == "每天").unwrap().rows[0], ["11-08", "1", "1"]);
    ask(&bench, SpanChoice::Range, "2021年1月1日", "2021-11-07");
    assert_eq!(row(&shown(&bench), "办件", "合计"), ["0"; 7]);
    let fault = bench.refused(Request::AskStatistics { entry: entry(SpanChoice::Range, "2021-11-08", "2021-11-07") });
    assert_eq!((fault.kind, fault.fields[0].field.as_str()), (FaultKind::Correct, "to"));
    let fault = bench.refused(Request::AskStatistics { entry: entry(SpanChoice::Range, "昨天", "2021-11-07") });
    assert_eq!(fault.fields[0].field, "from");
    bench.must(Request::ClosePage);
    assert!(matches!(bench.counter.view().screen, Screen::Lobby { .. }));
}

#[test]
fn an_export_is_a_row_of_the_journal_and_holds_no_person() {
    let bench = a_day();
    bench.must(Request::ShowStatistics);
    let mut lines = Vec::new();
    for what in [ExportChoice::Figures, ExportChoice::Cases] {
        bench.must(Request::ExportStatistics { what });
        let line = shown(&bench).exported.unwrap();
        let bytes = std::fs::read(std::path::Path::new(&line.folder).join(&line.file)).unwrap();
        assert_eq!(sm3(&bytes).to_hex(), line.sm3);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with('\u{feff}'));
        assert_eq!(text.lines().count() as u32, line.rows + 1);
        assert!(!text.contains("欧阳") && !text.contains("1951"), "{text}");
        lines.push(line);
    }
    assert_eq!(lines[1].rows, 2);
    let (aftermath, _simulator, _folder) = bench.stopped();
    let told: Vec<_> = aftermath.ledger.station_facts().unwrap();
    let told = told.iter().filter_map(|one| {
        let StationFact::Exported { file, rows, sm3, .. } = &one.fact else { return None };
        Some((one.actor.to_string(), file.clone(), *rows, sm3.clone()))
    });
    let clerk = cli::people::CLERK.name.to_owned();
    let wanted = lines.iter().map(|line| (clerk.clone(), line.file.clone(), line.rows, line.sm3.clone()));
    assert_eq!(told.collect::<Vec<_>>(), wanted.collect::<Vec<_>>());
}

#[test]
fn an_export_that_cannot_be_written_is_told_and_leaves_no_row() {
    let bench = a_day();
    std::fs::write(bench.folder().join("ledger/exports"), b"a file where the folder belongs").unwrap();
    bench.must(Request::ShowStatistics);
    let fault = bench.refused(Request::ExportStatistics { what: ExportChoice::Figures });
    assert_eq!((fault.code.as_str(), fault.kind), ("ledger.export", FaultKind::Attend));
    let (aftermath, _simulator, _folder) = bench.stopped();
    let exported = |fact: &StationFact| matches!(fact, StationFact::Exported { .. });
    assert!(!aftermath.ledger.station_facts().unwrap().iter().any(|one| exported(&one.fact)));
}

#[test]
fn the_command_line_tells_the_tables_of_the_page_and_writes_them() {
    let bench = a_day();
    bench.must(Request::ShowStatistics);
    let page = shown(&bench);
    let station = bench.station.clone();
    let csv = bench.folder().join("统计.csv");
    let (aftermath, _simulator, _folder) = bench.stopped();
    drop(aftermath);
    let output = command("youdai")
        .args(["--json", "stats", "--from", "2021-11-08", "--to", "2021-11-08", "--station"])
        .arg(&station)
        .arg("--csv")
        .arg(&csv)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for table in &page.tables {
        let told = answer["tables"].as_array().unwrap().iter().find(|one| one["name"] == table.name.as_str()).unwrap();
        assert_eq!(told["rows"], serde_json::json!(table.rows), "{}", table.name);
    }
    assert_eq!(sm3(&std::fs::read(&csv).unwrap()).to_hex(), answer["sm3"].as_str().unwrap());
    let output = command("youdai")
        .args(["stats", "--from", "2021-11-09", "--to", "2021-11-08", "--station"])
        .arg(&station)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
