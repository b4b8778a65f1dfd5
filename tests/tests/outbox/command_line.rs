//! `youdai outbox`: the same page and the same acts without a window, and never a full number.

use std::io::Write;
use std::process::{Command, Stdio};

use journeys::aftermath::Aftermath;
use journeys::programs::{command, root};
use ledger::MessageState;
use serde_json::{Value, json};

use crate::bench::Bench;

/// Runs `youdai --json outbox …` with the practice clerk's password on its input; its answer and exit code.
fn youdai(bench: &Bench, words: &[&str]) -> (Value, i32) {
    let mut child = command("youdai")
        .args(["--json", "outbox"])
        .args(words)
        .arg("--station")
        .arg(&bench.station)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // `list` reads nothing and may have gone.
    let _ = writeln!(child.stdin.take().unwrap(), "{}", cli::people::CLERK.password);
    let output = child.wait_with_output().unwrap();
    let answer = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (answer, output.status.code().unwrap_or(-1))
}

const BY: [&str; 2] = ["--by", "张敏"];

#[test]
fn the_list_tells_every_cause_and_no_number_and_a_running_station_is_left_alone() {
    let bench = Bench::cut_off();
    let (empty, code) = youdai(&bench, &["list"]);
    assert_eq!(code, 2, "no ledger is made for the sake of a look: {empty}");
    let counter = bench.after_a_visit();
    let (told, code) = youdai(&bench, &["list"]);
    assert_eq!((told["error"].as_str(), code), (Some("ledger.in_use"), 5), "{told}");
    drop(counter);
    let (listed, code) = youdai(&bench, &["list"]);
    assert_eq!((listed["undone"].as_u64(), listed["exportable"].as_u64(), code), (Some(5), Some(5), 0));
    let messages = listed["messages"].as_array().unwrap();
    assert!(messages.iter().all(|one| !one["cause"].as_str().unwrap().is_empty()), "{listed}");
    let words = command("youdai").args(["outbox", "list", "--station"]).arg(&bench.station).output().unwrap();
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(words.starts_with("没送到 5 条") && words.contains("受理材料 → 市一体化平台"), "{words}");
    assert!(!words.contains("4309"), "{words}");
}

#[test]
fn export_and_import_go_without_a_window_and_the_journal_names_who_did_it() {
    let bench = Bench::cut_off();
    drop(bench.after_a_visit());
    let folder = bench.path().join("by-hand");
    std::fs::create_dir(&folder).unwrap();
    let to = folder.display().to_string();
    let (refused, code) = youdai(&bench, &["export", "--to", &to, "--by", "王无名"]);
    assert_eq!((refused["error"].as_str(), code), (Some("desk.wrong_password"), 3), "{refused}");
    let (made, code) = youdai(&bench, &[&["export", "--to", &to], BY.as_slice()].concat());
    assert_eq!(code, 0, "{made}");
    let key = made["counter_key"].as_str().unwrap();
    let (said, _) = bench.county(&folder.join("outbox-HS0101-0001.ydx"), &bench.county_file(), key, "answers.yda");
    assert_eq!(said, json!({"done": 5, "rejected": 0, "open": 0}));
    let answers = bench.stick().join("answers.yda").display().to_string();
    let (taken, code) = youdai(&bench, &[&["import", &answers], BY.as_slice()].concat());
    assert_eq!((taken["done"].as_str(), code), (Some("已导入第 1 份导出的回执：5 条已送达。"), 0), "{taken}");
    let (again, code) = youdai(&bench, &[&["import", &answers], BY.as_slice()].concat());
    assert_eq!((again["error"].as_str(), code), (Some("platform.answers_refused"), 4), "{again}");
    let left = Aftermath::of(bench.path());
    assert!(left.messages().iter().all(|one| one.state == MessageState::Done));
    let facts = left.ledger.station_facts().unwrap();
    for tag in ["outbox_exported", "receipts_imported"] {
        let row = facts.iter().find(|one| one.fact.tag() == tag).unwrap();
        assert_eq!(row.actor.as_str(), "张敏", "{tag}");
    }
}

#[test]
fn what_is_retried_on_the_command_line_goes_out_when_the_station_runs() {
    let bench = Bench::new();
    bench.behave(&json!({"reject": {"code": "BAD_NUMBER"}}));
    drop(bench.after_a_visit());
    let (listed, _) = youdai(&bench, &["list"]);
    let key = listed["messages"][0]["message"].as_str().unwrap().to_owned();
    assert_eq!(listed["messages"][0]["state"], "rejected", "{listed}");
    let (done, code) = youdai(&bench, &[&["retry", &key], BY.as_slice()].concat());
    assert_eq!(code, 0, "{done}");
    let (wrong, code) = youdai(&bench, &[&["retry", "nobody"], BY.as_slice()].concat());
    assert_eq!((wrong["error"].as_str(), code), (Some("platform.unknown_message"), 3));
    let (all, code) = youdai(&bench, &[&["retry", "--all"], BY.as_slice()].concat());
    assert_eq!(code, 0, "{all}");
    bench.behave(&json!("accept"));
    let counter = bench.counter();
    counter.wait("everything sent", |view| view.lights.iter().any(|light| light.words == "全部已送达").then_some(()));
}

/// Mounts a stick of $1 bytes, or one that may not be written, and exports to it. Exit 7: this machine does not let us mount.
const SCRIPT: &str = r#"
mount -t tmpfs -o "$1" tmpfs "$STICK" || exit 7
echo lianxi-zhangmin-1 | "$YOUDAI" --json outbox export --station "$STATION" --by 张敏 > "$OUT" 2> /dev/null
echo $? >> "$OUT"
ls -A "$STICK" >> "$OUT"
"#;

#[test]
fn a_full_stick_and_one_that_may_not_be_written_are_told_apart_and_hold_no_half_file() {
    let bench = Bench::cut_off();
    drop(bench.after_a_visit());
    for (options, wanted) in [("size=4k", "platform.stick_full"), ("ro", "platform.stick_read_only")] {
        let out = bench.path().join("export.out");
        let ended = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh", options])
            .current_dir(root())
            .env("YOUDAI", command("youdai").get_program())
            .env("STATION", &bench.station)
            .env("STICK", bench.stick())
            .env("OUT", &out)
            .status()
            .unwrap();
        assert!(ended.success(), "this machine lets no small disk be mounted ({ended}): the full stick is not tested");
        let text = std::fs::read_to_string(&out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let told: Value = serde_json::from_str(lines[0]).unwrap();
        assert_eq!((told["error"].as_str(), lines[1]), (Some(wanted), "4"), "{text}");
        assert_eq!(lines.len(), 2, "something was left on the stick: {text}");
    }
    let left = Aftermath::of(bench.path());
    assert!(left.messages().iter().all(|one| one.state == MessageState::Due), "nothing is marked as sent");
}
