//! Policy packs on the command line, as an office would ask: can this pack be used, what does it say of this person and
//! why, and whom would a change of the rules touch.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::Output;

use journeys::programs::{command, root};
use serde_json::Value;

const YIYANG: &str = "fixtures/packs/yiyang-2021.toml";
const SUNSET: &str = "fixtures/packs/hunan-2022-sunset.toml";
const SECOND: &str = "fixtures/packs/sample-allowance.toml";

fn youdai(words: &[&str]) -> Output {
    command("youdai").arg("--json").arg("pack").args(words).output().unwrap()
}

/// The answer of a command that did its work.
fn said(words: &[&str]) -> Value {
    let output = youdai(words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn explained(pack: &str, facts: &str) -> Value {
    said(&["explain", pack, "--facts", &format!("fixtures/facts/{facts}.toml")])
}

/// One key of every row of a list.
fn each<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|row| row[key].as_str().unwrap()).collect()
}

#[test]
fn every_shipped_pack_can_be_used_and_says_what_it_is() {
    for (pack, id, status, districts) in [
        (YIYANG, "yiyang-2021", "active", 9),
        (SUNSET, "hunan-2022-sunset", "ended", 9),
        (SECOND, "sample-allowance", "active", 3),
    ] {
        let checked = said(&["check", pack]);
        assert_eq!((&checked["ok"], &checked["pack"], &checked["status"]), (&true.into(), &id.into(), &status.into()));
        assert_eq!(checked["districts"], districts);
        let bytes = std::fs::read(root().join(pack)).unwrap();
        assert_eq!(checked["hash"], casework::journal::sm3(&bytes).to_hex(), "the hash of the file's very bytes");
        assert_eq!(each_text(&checked["axes"]), ["mode", "hukou", "kind", "window_level", "department", "age_band"]);
    }
    let phones = said(&["check", YIYANG])["phones"].clone();
    assert_eq!(each(&phones, "district"), ["安化县", "大通湖区", "高新区", "东部新区"]);
    assert_eq!(each(&phones, "status"), ["repaired", "repaired", "repaired", "invalid_length"]);
    assert_eq!(phones[1]["raw"], "0737－5664153");
}

fn each_text(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

#[test]
fn a_bad_pack_is_refused_with_its_file_and_every_line_and_reason() {
    let folder = journeys::outputs::folder();
    let bad = folder.path().join("坏包.toml");
    let text = std::fs::read_to_string(root().join(YIYANG)).unwrap();
    let text = text.replacen("value = [\"resident\"]", "value = []", 1).replacen(
        "county = [\"taojiang\"]",
        "county = [\"changsha\"]",
        1,
    );
    std::fs::write(&bad, &text).unwrap();
    let path = bad.to_str().unwrap();
    let line_of = |mark: &str| text[..text.find(mark).unwrap()].matches('\n').count() + 1;
    let (first, second) = (line_of("value = []"), line_of("county = [\"changsha\"]"));

    let output = youdai(&["check", path]);
    assert_eq!(output.status.code(), Some(3));
    let refused: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((refused["error"].as_str(), refused["file"].as_str()), (Some("pack.refused"), Some(path)));
    let lines: Vec<_> = refused["faults"].as_array().unwrap().iter().map(|fault| fault["line"].as_u64()).collect();
    assert_eq!(lines, [Some(first as u64), Some(second as u64)]);
    assert_eq!(refused["line"], first);

    let output = command("youdai").args(["pack", "check", path]).output().unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains(&format!("{path}:{second}: district `changsha` is not in this pack")), "{words}");
    assert!(words.contains("2 处要改"), "{words}");
}

/// Domain 8.3, through the command line.
#[test]
fn the_twelve_rows_are_explained_with_the_axis_that_demands_each_paper() {
    let mut rows = 0;
    for entry in std::fs::read_dir(root().join("fixtures/facts")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(stem) = name.strip_suffix(".toml").filter(|stem| ("01".."13").contains(&&stem[..2])) else { continue };
        let answer = explained(YIYANG, stem);
        let mut wanted = vec!["id_card", "photo"];
        let papers = [
            ("agent", "power_of_attorney", "mode"),
            ("outside", "residence_permit", "hukou"),
            ("lost", "loss_notice", "kind"),
            ("damaged", "old_card", "kind"),
        ];
        for (word, paper, axis) in papers.iter().filter(|(word, ..)| stem.contains(word)) {
            wanted.push(paper);
            let row = answer["demanded"].as_array().unwrap().iter().find(|row| row["code"] == *paper);
            assert_eq!(row.unwrap()["on"][0]["axis"], *axis, "{stem}: {word}");
        }
        assert_eq!(each(&answer["demanded"], "code"), wanted, "{stem}");
        assert_eq!(answer["demanded"][0]["on"], Value::Array(Vec::new()), "everybody brings the identity card");
        assert_eq!(answer["eligible"], true, "{stem}");
        rows += 1;
    }
    assert_eq!(rows, 12);
}

#[test]
fn five_faults_give_five_lines_on_the_command_line() {
    let answer = explained(YIYANG, "50-five-faults");
    assert_eq!(
        each(&answer["gaps"], "code"),
        ["POA_NO_AUTHORITY", "PERMIT_ORIGINAL_NOT_SHOWN", "LOSS_NOTICE_MISSING", "PHOTO_TOO_LARGE", "PHOTO_HAT"]
    );
    assert!(each(&answer["gaps"], "remedy").iter().all(|remedy| !remedy.is_empty()));
    assert_eq!(each(&answer["warnings"], "code"), ["POA_NO_PERIOD"], "said, and stops nobody");
    let nothing = explained(YIYANG, "51-nothing-brought");
    assert_eq!(nothing["gaps"].as_array().unwrap().len(), nothing["demanded"].as_array().unwrap().len());
    assert_eq!(explained(YIYANG, "52-everything-brought")["gaps"], Value::Array(Vec::new()));
}

#[test]
fn each_refusal_names_its_reason_the_day_that_changes_it_and_the_line_of_the_right_district() {
    let hotline = "0737-12345";
    for (pack, facts, reasons, from, district, number, to_be_checked) in [
        (YIYANG, "20-too-young", vec!["TOO_YOUNG"], Some("2021-11-09"), "赫山区", "0737-4423642", false),
        (YIYANG, "22-leap-day-eve", vec!["TOO_YOUNG"], Some("2021-02-28"), "赫山区", "0737-4423642", false),
        (YIYANG, "24-expired", vec!["ID_EXPIRED"], None, "赫山区", "0737-4423642", false),
        (YIYANG, "26-wrong-document", vec!["ID_TYPE_NOT_ACCEPTED"], None, "赫山区", "0737-4423642", false),
        (YIYANG, "27-holds-a-card", vec!["ALREADY_HOLDS_CARD"], None, "赫山区", "0737-4423642", false),
        (
            YIYANG,
            "29-young-and-expired",
            vec!["ID_EXPIRED", "TOO_YOUNG"],
            Some("2021-11-09"),
            "赫山区",
            "0737-4423642",
            false,
        ),
        (YIYANG, "30-after-the-end", vec!["ITEM_ENDED"], None, "赫山区", "0737-4423642", false),
        (YIYANG, "31-before-the-start", vec!["ITEM_NOT_IN_SCOPE"], None, "赫山区", "0737-4423642", false),
        (YIYANG, "32-young-in-dongbu", vec!["TOO_YOUNG"], Some("2025-01-01"), "东部新区", hotline, true),
        (SECOND, "44-second-item-outside", vec!["HUKOU_OUTSIDE"], None, "白塘区", "12345", true),
    ] {
        let answer = explained(pack, facts);
        assert_eq!(answer["eligible"], false, "{facts}");
        assert_eq!(each(&answer["reasons"], "code"), reasons, "{facts}");
        assert!(each(&answer["reasons"], "public").iter().all(|words| !words.is_empty()), "{facts}");
        assert_eq!(answer["changes_on"].as_str(), from, "{facts}");
        let call = &answer["call"];
        assert_eq!((call["district"].as_str(), call["number"].as_str()), (Some(district), Some(number)), "{facts}");
        assert_eq!(call["to_be_checked"], to_be_checked, "{facts}");
    }
}

#[test]
fn every_rule_that_fired_says_its_value_source_date_and_confidence() {
    let answer = explained(YIYANG, "20-too-young");
    let rules = answer["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 5);
    for key in ["because", "value", "source", "date", "confidence"] {
        assert!(each(&answer["rules"], key).iter().all(|text| !text.is_empty()), "{key}");
    }
    let age = rules.iter().find(|rule| rule["rule"] == "min_age").unwrap();
    let told = (age["passed"].as_bool(), age["value"].as_str(), age["date"].as_str(), age["confidence"].as_str());
    assert_eq!(told, (Some(false), Some("65"), Some("2022-03-12"), Some("medium")));
}

#[test]
fn the_ended_item_makes_no_case_and_tells_that_the_identity_card_suffices() {
    let answer = explained(SUNSET, "01-in-person-local-first");
    assert_eq!((answer["eligible"].as_bool(), &answer["route"]), (Some(false), &Value::Null));
    assert_eq!(each(&answer["reasons"], "code"), ["ITEM_ENDED"]);
    assert!(answer["reasons"][0]["remedy"].as_str().unwrap().contains("凭身份证即可享受优待"));
    assert_eq!(answer["demanded"], Value::Array(Vec::new()));
}

#[test]
fn a_second_item_has_its_own_age_papers_routes_and_promises() {
    let promised = explained(SECOND, "42-second-item-promise");
    assert_eq!((promised["eligible"].as_bool(), promised["route"].as_str()), (Some(true), Some("city")));
    assert_eq!(promised["gaps"], Value::Array(Vec::new()), "a promise stands for the bank card");
    assert_eq!(promised["demanded"][1]["tolerated_days"], 10);

    let by_agent = explained(SECOND, "43-second-item-agent-promise");
    assert_eq!(each(&by_agent["gaps"], "code"), ["BANK_CARD_MISSING"], "an agent brings it at once");
    assert_eq!(by_agent["demanded"][1]["tolerated_days"], Value::Null);
    assert_eq!(by_agent["strange"].as_array().unwrap().len(), 1);

    let ninety = explained(SECOND, "45-second-item-ninety");
    let statement = &ninety["demanded"][2];
    assert_eq!(statement["code"], "village_statement");
    assert_eq!(statement["on"][1]["words"], "年龄：90至150周岁");
    assert_eq!(explained(SECOND, "44-second-item-outside")["route"], "taojiang");
}

#[test]
fn a_change_of_the_rules_names_the_cases_and_the_values_that_change() {
    let folder = journeys::outputs::folder();
    let sixty = folder.path().join("sixty.toml");
    let text = std::fs::read_to_string(root().join(YIYANG)).unwrap();
    std::fs::write(&sixty, text.replacen("value = 65", "value = 60", 1)).unwrap();
    let difference = said(&["diff", YIYANG, path(&sixty), "--facts", "fixtures/facts"]);
    assert_eq!(difference["values"], serde_json::json!([{ "key": "min_age", "before": "65", "after": "60" }]));
    let files = each(&difference["changed"], "file");
    assert!(files.contains(&"20-too-young.toml") && !files.contains(&"24-expired.toml"), "{files:?}");
    for change in difference["changed"].as_array().unwrap() {
        assert_ne!(change["before"], change["after"]);
    }
    let none = said(&["diff", YIYANG, YIYANG, "--facts", "fixtures/facts"]);
    assert_eq!((&none["changed"], &none["values"]), (&Value::Array(Vec::new()), &Value::Array(Vec::new())));
    let ended = said(&["diff", YIYANG, SUNSET, "--facts", "fixtures/facts"]);
    let after: Vec<_> = ended["changed"].as_array().unwrap().iter().map(|one| &one["after"]["reasons"][0]).collect();
    assert!(after.iter().all(|reason| **reason == "ITEM_ENDED"), "{after:?}");
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
