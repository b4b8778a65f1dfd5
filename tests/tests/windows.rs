//! The directory of windows at set-up: imported with its report, offered, chosen, and shown (S-02, S-03).
#![expect(clippy::unwrap_used, reason = "a set-up that fails has to end the test")]

use std::path::{Path, PathBuf};
use std::process::Output;

use desk::compose::Station;
use journeys::bench::Simulator;
use journeys::programs::{command, root};
use tempfile::TempDir;

struct Bench {
    station: PathBuf,
    folder: TempDir,
    _simulator: Simulator,
}

impl Bench {
    fn new() -> Bench {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        Bench { station, folder, _simulator: simulator }
    }

    fn youdai(&self, words: &[&str]) -> Output {
        command("youdai").arg("windows").args(words).arg("--station").arg(&self.station).output().unwrap()
    }

    fn import(&self, csv: &str) -> Output {
        self.youdai(&["import", csv])
    }

    /// The window that the station shows when it is started.
    fn shown(&self) -> (String, String) {
        let station = Station::start(&self.station, |_| {}).unwrap();
        let shown = station.view().unwrap().station;
        (shown.window_name, shown.window_address)
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn csv(folder: &Path, lines: &[&str]) -> String {
    let path = folder.join("directory.csv");
    let text = std::fs::read_to_string(root().join("fixtures/windows/sample.csv")).unwrap();
    let head = text.lines().next().unwrap();
    std::fs::write(&path, [&[head], lines].concat().join("\n")).unwrap();
    path.display().to_string()
}

#[test]
fn an_imported_window_is_chosen_at_set_up_and_the_station_is_that_window() {
    let bench = Bench::new();
    let report = bench.import("fixtures/windows/sample.csv");
    assert_eq!(report.status.code(), Some(0), "{}", said(&report));
    assert!(said(&report).contains("全角或空格已改正：“0737－4400001”→“0737-4400001”"), "{}", said(&report));
    assert!(said(&report).contains("已存，版本 "), "{}", said(&report));
    let chosen = bench.youdai(&["choose", "HS0101", "--yes", "--json"]);
    assert_eq!(chosen.status.code(), Some(0), "{}", said(&chosen));
    let chosen: serde_json::Value = serde_json::from_slice(&chosen.stdout).unwrap();
    assert_eq!(chosen["parent"], "益阳市赫山区样例街道党群和政务服务中心", "the only township of the district");
    let (name, address) = bench.shown();
    assert_eq!((name.as_str(), address.as_str()), ("益阳市赫山区样例村便民服务中心", "赫山区样例街道样例村1组12号"));
    assert!(bench.folder.path().join("station.toml.before").is_file());
}

#[test]
fn a_chosen_window_without_an_address_says_where_it_is_published() {
    let bench = Bench::new();
    bench.import("fixtures/windows/sample.csv");
    let chosen = bench.youdai(&["choose", "HS0100", "--yes"]);
    assert_eq!(chosen.status.code(), Some(0), "{}", said(&chosen));
    let (name, address) = bench.shown();
    assert_eq!(name, "益阳市赫山区样例街道党群和政务服务中心");
    assert!(address.contains("政务服务旗舰店"), "{address}");
    assert!(said(&chosen).contains(&address), "{}", said(&chosen));
}

#[test]
fn nothing_is_written_without_a_yes_and_an_unknown_code_is_answered_with_the_known_ones() {
    let bench = Bench::new();
    let before = std::fs::read_to_string(&bench.station).unwrap();
    let none = bench.youdai(&["choose", "HS0101", "--yes"]);
    assert_eq!(none.status.code(), Some(3));
    assert!(said(&none).contains("政务服务旗舰店"), "without a directory it is said where one is: {}", said(&none));
    bench.import("fixtures/windows/sample.csv");
    // The standard input is empty: nobody answers.
    assert_eq!(bench.youdai(&["choose", "HS0101"]).status.code(), Some(3));
    let unknown = bench.youdai(&["choose", "XX9999", "--yes"]);
    assert_eq!(unknown.status.code(), Some(3));
    assert!(said(&unknown).contains("TJ0101 桃江县样例村便民服务中心"), "{}", said(&unknown));
    assert_eq!(std::fs::read_to_string(&bench.station).unwrap(), before);
}

#[test]
fn a_refused_file_is_not_kept_and_the_directory_of_before_goes_on() {
    let bench = Bench::new();
    bench.import("fixtures/windows/sample.csv");
    let refused = bench.import("fixtures/windows/refused.csv");
    assert_eq!(refused.status.code(), Some(3));
    assert!(!said(&refused).contains("已存"));
    assert_eq!(
        bench.youdai(&["choose", "TJ0101", "--yes", "--parent", "HS0100"]).status.code(),
        Some(3),
        "another county"
    );
    assert_eq!(bench.youdai(&["choose", "HS0001", "--yes"]).status.code(), Some(0));
}

#[test]
fn a_village_whose_township_is_in_doubt_is_asked_for_it() {
    let bench = Bench::new();
    let file = csv(
        bench.folder.path(),
        &[
            "HS0201,新样例村便民服务中心,村,赫山区,,,虚构,2021-10",
            "HS0100,样例街道党群和政务服务中心,街道,赫山区,,,虚构,2021-10",
            "HS0200,新样例镇党群和政务服务中心,镇,赫山区,,,虚构,2021-10",
        ],
    );
    assert_eq!(bench.import(&file).status.code(), Some(0));
    let asked = bench.youdai(&["choose", "HS0201", "--yes"]);
    assert_eq!(asked.status.code(), Some(3));
    assert!(said(&asked).contains("HS0200 新样例镇党群和政务服务中心"), "{}", said(&asked));
    let chosen = bench.youdai(&["choose", "HS0201", "--yes", "--parent", "HS0200"]);
    assert_eq!(chosen.status.code(), Some(0), "{}", said(&chosen));
}
