//! `youdai reader` with a simulated reader on a pseudo-terminal.

use std::io::{BufRead, BufReader, Lines};
use std::process::{ChildStdout, Stdio};

use journeys::programs::command;
use serde_json::Value;

use super::two_readers::TwoReaders;

/// The keys of a plain read, in order.
const KEYS: [&str; 16] = [
    "kind",
    "name",
    "sex",
    "ethnicity_code",
    "ethnicity",
    "birth",
    "address",
    "number",
    "issuing_authority",
    "valid_from",
    "valid_until",
    "photo_bytes",
    "sam_id",
    "findings",
    "heard_twice",
    "duration_ms",
];
const EXTRA_KEYS: [&str; 3] = ["fingerprint_bytes", "appended_addresses", "management_number"];

/// Runs `youdai --json reader …` and gives its one object.
fn youdai(words: &[&str]) -> (Option<i32>, Value) {
    let output = command("youdai").args(["--json", "reader"]).args(words).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed.trim_end().lines().count(), 1, "one object: {printed}");
    (output.status.code(), serde_json::from_str(&printed).unwrap())
}

fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn sorted<'a>(lists: &[&[&'a str]]) -> Vec<&'a str> {
    let mut keys = lists.concat();
    keys.sort_unstable();
    keys
}

#[test]
fn a_read_prints_the_keys_that_scripts_rely_on_and_all_of_them() {
    let bench = TwoReaders::start();
    bench.lay("main", "ouyang");
    let (code, card) = youdai(&["read", "--port", &bench.port("main")]);
    assert_eq!(code, Some(0), "{card}");
    assert_eq!(keys(&card), sorted(&[&KEYS]));
    assert_eq!(card["name"], "欧阳𬭚");
    assert_eq!(card["valid_until"], "long_term");
    assert_eq!(card["photo_bytes"], 1024);
}

#[test]
fn everything_a_card_holds_is_read_when_asked_for() {
    let bench = TwoReaders::start();
    bench.lay("main", "rich");
    let (code, card) = youdai(&["read", "--all", "--port", &bench.port("main")]);
    assert_eq!(code, Some(0), "{card}");
    assert_eq!(keys(&card), sorted(&[&KEYS, &EXTRA_KEYS]));
    assert_eq!(card["fingerprint_bytes"], 1024);
    let addresses = card["appended_addresses"].as_array().unwrap();
    assert_eq!(addresses.len(), 3);
    assert_eq!(addresses[2], "湖南省益阳市桃江县测试镇样例村13号");
    assert_eq!(card["management_number"].as_str().unwrap().len(), 56);
}

#[test]
fn a_transcript_hides_the_person_unless_asked() {
    let bench = TwoReaders::start();
    let folder = journeys::outputs::folder();
    let name: Vec<String> = "欧阳".encode_utf16().flat_map(u16::to_le_bytes).map(|b| format!("{b:02X}")).collect();
    for (words, shown) in [(&["--full"][..], true), (&[][..], false)] {
        bench.lay("main", "ouyang");
        let file = folder.path().join(format!("transcript-{shown}.txt"));
        let port = bench.port("main");
        let (code, said) = youdai(&[&["trace", file.to_str().unwrap(), "--port", &port], words].concat());
        assert_eq!(code, Some(0), "{said}");
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("> AA AA AA 96 69 00 03 30 01 32"), "{text}");
        assert_eq!(text.contains(&name.join(" ")), shown, "{text}");
        assert_eq!(text.contains("bytes hidden"), !shown, "{text}");
        assert_eq!(said["masked"], !shown);
        assert_eq!(keys(&said), ["file", "lines", "masked", "outcome"]);
    }
}

#[test]
fn a_reader_without_a_card_is_a_device_that_needs_attention() {
    let bench = TwoReaders::start();
    let (code, fault) = youdai(&["read", "--timeout-ms", "400", "--port", &bench.port("main")]);
    assert_eq!((code, fault["error"].as_str()), (Some(4), Some("no_card")), "{fault}");
    let (code, fault) = youdai(&["read", "--port", "bluetooth:7"]);
    assert_eq!((code, fault["error"].as_str()), (Some(2), Some("usage")), "{fault}");
}

#[test]
fn a_watch_tells_of_cards_and_of_the_cable_until_its_input_closes() {
    let bench = TwoReaders::start();
    let mut watch = command("youdai")
        .args(["--json", "reader", "watch", "--port", &bench.port("main")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watch.stdout.take().unwrap()).lines();
    assert_eq!(state(&mut lines), "online");
    bench.lay("main", "ouyang");
    assert_eq!(next(&mut lines, "card")["card"]["name"], "欧阳𬭚");
    bench.cable("main", "unplug");
    let away = next(&mut lines, "device");
    assert_eq!(away["state"], "offline");
    assert_eq!(away["fault"]["who_acts"], "person_at_counter");
    bench.cable("main", "replug");
    while state(&mut lines) != "online" {}
    drop(watch.stdin.take());
    assert_eq!(watch.wait().unwrap().code(), Some(0));
}

/// The next event of a kind; others pass.
fn next(lines: &mut Lines<BufReader<ChildStdout>>, kind: &str) -> Value {
    let mut events = lines.by_ref().map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
    events.find(|event| event["event"] == kind).unwrap()
}

fn state(lines: &mut Lines<BufReader<ChildStdout>>) -> String {
    next(lines, "device")["state"].as_str().unwrap().to_owned()
}
