//! A station that does not start: each says which file, which line and what to do, and changes nothing.

use std::path::Path;

use desk::contract::{Fault, FaultKind};
use journeys::bench::Simulator;
use journeys::counter::Counter;
use journeys::programs::{command, root};

use crate::bench::{Bench, assert_helps};

/// The fault with which the station of `file` does not start.
fn refused(file: &Path) -> Fault {
    match Counter::open(file) {
        Ok(_) => panic!("{} started", file.display()),
        Err(fault) => fault,
    }
}

/// Checks that a fault names a file and the line that is wrong in it.
fn assert_points_at(fault: &Fault, file: &str, line: usize) {
    let told = fault.reasons.join("\n");
    assert!(told.contains(file), "{file} is not named: {fault:#?}");
    let lines = [format!("line {line}"), format!(":{line}"), format!("第 {line} 行"), format!("{line} 行")];
    assert!(lines.iter().any(|words| told.contains(words)), "line {line} is not named: {fault:#?}");
}

/// Line of the first occurrence of `wanted`, counted from 1.
fn line_of(text: &str, wanted: &str) -> usize {
    text.lines().position(|line| line.contains(wanted)).unwrap() + 1
}

#[test]
fn a_station_file_with_an_unknown_key_is_refused_with_its_line() {
    let bench = Bench::new().rewired("wait_ms = 15000", "wait_ms = 15000\nwait_minutes = 3");
    let text = std::fs::read_to_string(&bench.station).unwrap();
    let fault = refused(&bench.station);
    assert_helps(&fault, "station.file", FaultKind::Broken);
    assert_points_at(&fault, "station.toml", line_of(&text, "wait_minutes"));
    assert!(fault.reasons.concat().contains("wait_minutes"), "{fault:#?}");
    assert!(!bench.path().join("ledger").exists(), "a start that was refused leaves nothing behind");
}

#[test]
fn a_pack_with_an_unknown_key_is_refused_with_file_and_line() {
    let pack = root().join("fixtures/packs/yiyang-2021.toml");
    let bench = Bench::new().rewired(&pack.display().to_string(), "pack.toml");
    let text = std::fs::read_to_string(&pack).unwrap();
    let (head, tail) = text.split_once("\n[").unwrap();
    let text = format!("{head}\nfavourite_colour = \"红\"\n[{tail}");
    std::fs::write(bench.path().join("pack.toml"), &text).unwrap();
    let fault = refused(&bench.station);
    assert_helps(&fault, "station.pack", FaultKind::Broken);
    assert_points_at(&fault, "pack.toml", line_of(&text, "favourite_colour"));
    assert!(fault.reasons.concat().contains("favourite_colour"), "{fault:#?}");
    assert!(!bench.path().join("ledger").exists(), "a start that was refused leaves nothing behind");
}

#[test]
fn a_station_without_an_address_for_a_platform_of_its_pack_is_refused_by_the_platform_s_name() {
    let bench = Bench::new();
    let text = std::fs::read_to_string(&bench.station).unwrap();
    let line = text.lines().find(|line| line.starts_with("ageing = ")).unwrap().to_owned();
    let bench = bench.rewired(&format!("{line}\n"), "");
    let fault = refused(&bench.station);
    assert_helps(&fault, "station.file", FaultKind::Broken);
    assert!(fault.reasons.concat().contains("ageing"), "{fault:#?}");
    assert!(!bench.path().join("ledger").exists(), "a start that was refused leaves nothing behind");
}

#[test]
fn production_refuses_every_simulated_reader() {
    let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
    let pty = format!("serial:{}@115200", simulator.address("reader_pty"));
    let tcp = format!("tcp:{}", simulator.address("reader_tcp"));
    for endpoint in [pty.as_str(), tcp.as_str()] {
        let folder = journeys::outputs::folder();
        let file = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let (text, _) = text.split_once("[training]").unwrap();
        let text = text.replace("mode = \"training\"", "mode = \"production\"").replace(&pty, endpoint);
        std::fs::write(&file, text).unwrap();
        let fault = refused(&file);
        assert_helps(&fault, "station.file", FaultKind::Broken);
        assert!(fault.reasons.concat().contains(endpoint), "{fault:#?}");
        assert!(!folder.path().join("ledger").exists(), "a start that was refused leaves nothing behind");
    }
}

#[test]
fn a_second_program_on_the_same_ledger_is_refused_and_the_first_goes_on() {
    let bench = Bench::new();
    let first = bench.with_case();
    assert_helps(&refused(&bench.station), "ledger.in_use", FaultKind::Attend);
    let mut second = command("youdai");
    second.args(["--json", "visit", "--station"]).arg(&bench.station).arg("--out").arg(bench.path().join("out"));
    let second = second.output().unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(said.contains("ledger.in_use") && said.contains("程序已经在运行了"), "{said}");
    first.walk_to("closed");
}
