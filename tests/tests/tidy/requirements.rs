//! Every requirement of the procedure is shown by a test that exists (tests/requirements.toml).

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::tree;

/// The last requirement of the line-by-line reading.
const LAST: u8 = 56;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    tests: Vec<String>,
    open: Option<String>,
}

fn table() -> BTreeMap<String, Shown> {
    toml::from_str(&tree::read("tests/requirements.toml")).unwrap()
}

fn id(number: u8) -> String {
    format!("S-{number:02}")
}

/// Names of the functions that stand under a test attribute, in every Rust file of the clone.
fn tests() -> BTreeSet<String> {
    let rust = tree::files("").into_iter().filter(|path| path.ends_with(".rs"));
    rust.flat_map(|path| named(&tree::read(&path))).collect()
}

fn named(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut awaited = false;
    for line in text.lines().map(str::trim) {
        if line == "#[test]" {
            awaited = true;
        } else if let Some(rest) = line.strip_prefix("fn ") {
            if awaited {
                names.extend(rest.split(['(', '<']).next().map(str::to_owned));
            }
            awaited = false;
        }
    }
    names
}

#[test]
fn every_requirement_of_the_procedure_is_shown_by_a_test() {
    let table = table();
    let none = |id: &String| table.get(id).is_none_or(|shown| shown.tests.is_empty());
    let bare: Vec<_> = (1..=LAST).map(id).filter(none).collect();
    assert!(bare.is_empty(), "no test in tests/requirements.toml shows {}", bare.join(", "));
}

#[test]
fn every_test_named_for_a_requirement_exists() {
    let known = tests();
    let mut gone = Vec::new();
    for (id, shown) in table() {
        let absent = shown.tests.iter().filter(|test| !known.contains(*test));
        gone.extend(absent.map(|test| format!("{id}: {test}")));
        if shown.open.is_some_and(|open| open.trim().is_empty()) {
            gone.push(format!("{id}: `open` says nothing"));
        }
    }
    assert!(gone.is_empty(), "tests/requirements.toml names what is not there:\n{}", gone.join("\n"));
}

#[test]
fn every_id_of_the_table_is_one_of_the_procedure() {
    let ids: BTreeSet<_> = (1..=LAST).map(id).collect();
    let strange: Vec<_> = table().into_keys().filter(|given| !ids.contains(given)).collect();
    assert!(strange.is_empty(), "not among S-01 to S-56: {}", strange.join(", "));
}

#[test]
fn only_functions_under_a_test_attribute_are_tests() {
    let text = "fn helper() {}\n#[test]\nfn shown() {}\n    #[test]\n    #[expect(x)]\n    fn drawn(a in 0u8..1) {}\nfn other() {}";
    assert_eq!(named(text), ["shown", "drawn"]);
}
