//! Another item is another pack: the fictional one runs end to end with no code of its own, on the desk and on the
//! command line, and the ended one makes no case on either.

use std::process::Output;

use journeys::aftermath::{Aftermath, text};
use journeys::programs::command;

use crate::bench::Bench;

/// A window of the fictional city, on a day on which the person at the reader is old enough for its item.
fn second_item() -> Bench {
    Bench::new()
        .rewired("packs/yiyang-2021.toml", "packs/sample-allowance.toml")
        .rewired("district = \"heshan\"", "district = \"qinghe\"")
        .rewired("today = \"2021-11-08\"", "today = \"2035-11-08\"")
}

fn sunset() -> Bench {
    Bench::new()
        .rewired("packs/yiyang-2021.toml", "packs/hunan-2022-sunset.toml")
        .rewired("today = \"2021-11-08\"", "today = \"2022-03-01\"")
}

fn youdai_visit(bench: &Bench) -> Output {
    let mut visit = command("youdai");
    visit.args(["--json", "visit", "--station"]).arg(&bench.station).arg("--out").arg(bench.path().join("out"));
    visit.output().unwrap()
}

#[test]
fn the_second_item_runs_from_the_card_to_the_seal() {
    let bench = second_item();
    let counter = bench.with_case();
    assert_eq!(counter.view().station.package_name, "我要领长寿卡");
    counter.walk_to("numbering");
    let list = text(&counter.paper("SHS0101-20351108-0001"));
    for words in ["长寿卡申领（虚构）", "000000000X01", "本人银行卡"] {
        assert!(list.contains(words), "{words} is not in {list}");
    }
    counter.walk_to("closed");
    drop(counter);
    let left = Aftermath::of(bench.path());
    assert!(text(&left.prints("card")[0]).contains("CS-00000001"), "the number is the pack's");
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn the_second_item_runs_on_the_command_line() {
    let bench = second_item();
    let visit = youdai_visit(&bench);
    let said = String::from_utf8_lossy(&visit.stdout).into_owned();
    assert!(visit.status.success(), "{said}{}", String::from_utf8_lossy(&visit.stderr));
    assert!(said.contains("CS-00000001"), "{said}");
}

#[test]
fn the_ended_item_makes_no_case_on_the_command_line_and_says_what_suffices() {
    let bench = sunset();
    let visit = youdai_visit(&bench);
    assert!(!visit.status.success());
    let said = String::from_utf8_lossy(&visit.stdout).into_owned();
    assert!(said.contains("凭身份证即可享受优待"), "{said}");
    assert!(Aftermath::of(bench.path()).cases().is_empty());
}
