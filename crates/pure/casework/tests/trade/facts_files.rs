//! The shipped facts files are read, and every pack says of them what it should; a bad file is refused with its line.

use std::fmt::Write as _;

use crate::bench::*;
use casework::{
    pack::PolicyPack,
    what_if::{self, Facts},
};

/// Every shipped facts file, in the order of their names.
fn shipped() -> Vec<(String, Facts)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../fixtures/facts");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        #[expect(clippy::disallowed_methods, reason = "a test reads the fixtures that ship")]
        let text = std::fs::read_to_string(path).unwrap();
        let facts = Facts::parse(&name, &text).unwrap_or_else(|error| panic!("{error}"));
        (name, facts)
    };
    paths.iter().map(read).collect()
}

fn said(pack: &PolicyPack) -> String {
    let mut text = String::new();
    for (name, facts) in shipped() {
        let outcome = what_if::judge(pack, &facts);
        let list = |items: Vec<String>| items.join(" ");
        let reasons = list(outcome.reasons.iter().map(ToString::to_string).collect());
        let demanded = list(outcome.demanded.iter().map(ToString::to_string).collect());
        let route = outcome.route.map_or_else(|| "-".to_owned(), |route| route.to_string());
        write!(text, "{name}: {} [{reasons}] {route}: {demanded}", if outcome.eligible { "yes" } else { "no" })
            .unwrap();
        if let Some(day) = outcome.changes_on {
            write!(text, " (from {day})").unwrap();
        }
        if let Some(gaps) = outcome.gaps {
            write!(text, " | {}", list(gaps.iter().map(|gap| gap.reason.to_string()).collect())).unwrap();
        }
        let said = list(outcome.warnings.iter().map(ToString::to_string).chain(outcome.strange).collect());
        writeln!(text, "{}", if said.is_empty() { said } else { format!(" ({said})") }).unwrap();
    }
    text
}

#[test]
fn the_shipped_pack_says_this_of_the_shipped_facts() {
    insta::assert_snapshot!(said(&pack()));
}

#[test]
fn the_second_item_says_this_of_the_shipped_facts() {
    let text = include_str!("../../../../../fixtures/packs/sample-allowance.toml");
    insta::assert_snapshot!(said(&PolicyPack::parse("sample-allowance.toml", text).unwrap()));
}

#[test]
fn the_ended_item_takes_none_of_the_shipped_facts() {
    let text = include_str!("../../../../../fixtures/packs/hunan-2022-sunset.toml");
    let sunset = PolicyPack::parse("hunan-2022-sunset.toml", text).unwrap();
    for (name, facts) in shipped() {
        let outcome = what_if::judge(&sunset, &facts);
        assert_eq!((outcome.eligible, outcome.reasons), (false, vec![reason("ITEM_ENDED")]), "{name}");
        assert!(outcome.demanded.is_empty() && outcome.route.is_none(), "{name}");
    }
}

#[test]
fn a_bad_facts_file_is_refused_with_its_line() {
    let good = include_str!("../../../../../fixtures/facts/24-expired.toml");
    for (from, to, line, fault) in [
        ("kind = \"first\"", "kind = \"second\"", 4, "unknown variant `second`"),
        ("holds_a_card = false", "holds_a_card = false\nname = \"x\"", 10, "unknown field `name`"),
        ("valid_until = \"2021-11-07\"", "valid_until = \"soon\"", 14, "or long_term"),
        ("birth = \"1951-03-08\"", "birth = \"1951-02-30\"", 12, ""),
        ("on = \"2021-11-08\"\n", "", 1, "missing field `on`"),
    ] {
        let error = Facts::parse("bad.toml", &good.replacen(from, to, 1)).unwrap_err();
        assert_eq!(error.line, line, "{error}");
        assert!(error.to_string().starts_with("bad.toml:") && error.fault.contains(fault), "{error}");
    }
}
