//! The fault catalogue as it is read at the counter, and that the sources and the catalogue agree.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use casework::steps::Step;
use desk::contract::FaultKind;
use desk::fault::{CATALOGUE, Contacts, Trouble, word};

/// File names that look like codes.
const NO_CODES: [&str; 1] = ["ledger.key"];

#[test]
fn every_fault_is_worded() {
    let mut table = String::new();
    for entry in CATALOGUE {
        let (kind, call) = (format!("{:?}", entry.kind), format!("{:?}", entry.call));
        writeln!(table, "{} [{kind}, {call}]\n    {}\n    {}", entry.code, entry.what, entry.do_now).unwrap();
    }
    insta::assert_snapshot!("catalogue", table);
}

#[test]
fn every_code_stands_once_and_says_what_happened_and_what_to_do() {
    let mut codes = BTreeSet::new();
    for entry in CATALOGUE {
        assert!(codes.insert(entry.code), "{} stands twice", entry.code);
        assert!(entry.what.ends_with('。') && entry.do_now.ends_with('。'), "{}", entry.code);
        assert!(entry.code.split_once('.').is_some_and(|(part, what)| !part.is_empty() && !what.is_empty()));
    }
}

#[test]
fn every_step_can_refuse_in_words_of_its_own() {
    for step in Step::ALL {
        let prefix = format!("{}.", step.name());
        assert!(CATALOGUE.iter().any(|entry| entry.code.starts_with(&prefix)), "{prefix}");
    }
}

/// Every literal of the sources that could be a code is one: the word before its dot is one of the catalogue's.
#[test]
fn every_code_in_the_sources_stands_in_the_catalogue() {
    let parts: BTreeSet<&str> = CATALOGUE.iter().filter_map(|entry| Some(entry.code.split_once('.')?.0)).collect();
    let mut used = BTreeSet::new();
    let mut unknown = Vec::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        if path.ends_with("fault/catalogue.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for literal in text.split('"').skip(1).step_by(2) {
            let is_code = literal.split_once('.').is_some_and(|(part, what)| {
                let plain = !what.is_empty() && what.chars().all(|one| one.is_ascii_lowercase() || one == '_');
                parts.contains(part) && plain
            });
            if is_code && !NO_CODES.contains(&literal) {
                used.insert(literal.to_owned());
                // `identify.reader_` asks for a family of codes; it has to have members.
                let stands = |code: &str| code == literal || (literal.ends_with('_') && code.starts_with(literal));
                if !CATALOGUE.iter().any(|entry| stands(entry.code)) {
                    unknown.push(format!("{}: {literal}", path.display()));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
    // The scan found what it is for.
    for code in ["ledger.full", "identify.no_card", "desk.no_case", "station.pack"] {
        assert!(used.contains(code), "{code} was not seen in {used:?}");
    }
}

#[test]
fn who_is_called_depends_on_the_fault() {
    let contacts =
        Contacts { department: "赫山区 0737-0000000".to_owned(), technician: "小李 0737-1111111".to_owned() };
    let rule = word(&Trouble::of("eligibility.refused").because("未满 65 周岁"), &contacts);
    assert_eq!((rule.kind, rule.call.as_str()), (FaultKind::Refused, "咨询电话：赫山区 0737-0000000"));
    assert_eq!(rule.reasons, ["未满 65 周岁"]);
    let device = word(&Trouble::of("identify.reader_away"), &contacts);
    assert_eq!((device.kind, device.call.as_str()), (FaultKind::Attend, "请联系：小李 0737-1111111"));
    let field = word(&Trouble::of("applicant.correct").at("phone", "请填写"), &contacts);
    assert_eq!((field.kind, field.call.as_str()), (FaultKind::Correct, ""));
    assert_eq!(field.fields[0].field, "phone");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found
}
