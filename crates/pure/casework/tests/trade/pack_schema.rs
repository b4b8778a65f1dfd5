//! fixtures/packs/README.md says what a pack may hold; it is held against the parser, so that it cannot rot.

use std::collections::BTreeSet;

use crate::bench::*;
use casework::pack::{PolicyPack, Rules};
use toml::{Table, Value};

const README: &str = include_str!("../../../../../fixtures/packs/README.md");
const SHIPPED: [&str; 3] = [
    YIYANG,
    include_str!("../../../../../fixtures/packs/hunan-2022-sunset.toml"),
    include_str!("../../../../../fixtures/packs/sample-allowance.toml"),
];

/// The cells of every row under a heading.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, chapter) = README.split_once(heading).unwrap();
    let chapter = chapter.split("\n## ").next().unwrap();
    let lines = chapter.lines().filter(|line| line.starts_with("| `"));
    lines.map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('`')).collect()).collect()
}

/// Every key of a pack: rows without their place, rules without their name, conditions and values as one key.
fn keys(path: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Table(table) if !["rules.KEY.value", "material.when", "material.tolerance_when"].contains(&path) => {
            for (key, value) in table {
                let key = if path == "rules" { "KEY" } else { key };
                let below = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                keys(&below, value, found);
            }
        }
        Value::Array(rows) if rows.iter().any(Value::is_table) => {
            if path.contains('.') {
                found.insert(path.to_owned());
            }
            for row in rows {
                keys(path, row, found);
            }
        }
        Value::Table(_)
        | Value::Array(_)
        | Value::String(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_) => {
            found.insert(path.to_owned());
        }
    }
}

/// Takes a key out of the first table that has it.
fn without(value: &mut Value, path: &[&str]) -> bool {
    match (value, path) {
        (Value::Array(rows), path) => rows.iter_mut().any(|row| without(row, path)),
        (Value::Table(table), [last]) => table.remove(*last).is_some(),
        (Value::Table(table), ["KEY", rest @ ..]) => table.iter_mut().any(|(_, value)| without(value, rest)),
        (Value::Table(table), [first, rest @ ..]) => table.get_mut(*first).is_some_and(|value| without(value, rest)),
        _ => false,
    }
}

fn refusal(pack: &Value) -> Option<String> {
    let text = toml::to_string(pack).unwrap();
    PolicyPack::read("changed.toml", &text).err().map(|faults| format!("{faults:?}"))
}

#[test]
fn the_readme_lists_every_key_of_a_pack_and_no_other() {
    let mut used = BTreeSet::new();
    for text in SHIPPED {
        keys("", &Value::Table(text.parse::<Table>().unwrap()), &mut used);
    }
    let listed: BTreeSet<String> = rows("## Keys").iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(listed, used);
}

#[test]
fn the_readme_lists_every_rule_in_its_place() {
    let listed: BTreeSet<&str> = rows("## Rules").iter().map(|row| row[0]).collect();
    assert_eq!(listed, Rules::KEYS.iter().chain(Rules::OPTIONAL_KEYS).copied().collect());
}

#[test]
fn what_the_readme_calls_needed_is_refused_when_it_is_missing() {
    for row in rows("## Keys") {
        let (key, needed) = (row[0], row[1]);
        let path: Vec<&str> = key.split('.').collect();
        let mut pack = Value::Table(YIYANG.parse::<Table>().unwrap());
        if !without(&mut pack, &path) {
            assert_ne!(needed, "yes", "{key} stands nowhere in the first pack");
            continue;
        }
        let refused = refusal(&pack);
        match needed {
            "yes" | "of a judgement" => {
                let last = path.last().unwrap();
                let words = refused.unwrap_or_else(|| panic!("{key} is missing and nobody minds"));
                assert!(words.contains(last), "{key}: {words}");
            }
            "one of two" => assert!(refused.is_some(), "{key}"),
            // An axis may be left out as long as no condition names it.
            "no" if !key.starts_with("axes.") && key != "material.when" => assert_eq!(refused, None, "{key}"),
            _ => {}
        }
    }
}
