//! What may not stand in a file: too many lines, tests that do not run, work left undone, paths of somebody's machine.

use super::tree;

/// Where a file is too long to be read from top to bottom.
const MOST_LINES: usize = 400;

/// Files that may be longer, each with its reason.
const LONG: [(&str, &str); 2] = [
    ("ui/src/contract.ts", "generated from crates/desk/src/contract"),
    ("crates/desk/src/contract/request.rs", "one closed union, read in one place"),
];

/// Words that mean a test does not run, or that something is not done. Written in halves, so that this file may stand.
const UNDONE_RUST: [(&str, &str); 4] = [("#[ign", "ore"), ("to", "do!("), ("unimple", "mented!("), ("#[al", "low(")];
const UNDONE_SCRIPT: [(&str, &str); 6] = [
    ("test.sk", "ip("),
    ("it.sk", "ip("),
    ("describe.sk", "ip("),
    ("test.on", "ly("),
    ("it.on", "ly("),
    ("describe.on", "ly("),
];

/// Beginnings of absolute paths that exist only on the machine of whoever wrote them.
const OF_ONE_MACHINE: [(&str, &str); 4] = [("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("C:\\Us", "ers\\")];

fn sources() -> impl Iterator<Item = String> {
    tree::files("").into_iter().filter(|path| tree::is_source(path))
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut long = Vec::new();
    for path in sources() {
        let lines = tree::read(&path).lines().count();
        if lines > MOST_LINES && !LONG.iter().any(|(excepted, _)| *excepted == path) {
            long.push(format!("{path}: {lines} lines"));
        }
    }
    assert!(long.is_empty(), "split these, or list them in LONG with a reason:\n{}", long.join("\n"));
}

#[test]
fn files_listed_as_long_exist() {
    for (path, _) in LONG {
        assert!(tree::root().join(path).is_file(), "{path} is listed in LONG and is not there");
    }
}

#[test]
fn no_test_is_switched_off_and_nothing_is_left_undone() {
    let mut found = Vec::new();
    for path in sources() {
        let words: &[(&str, &str)] = if path.ends_with(".rs") { &UNDONE_RUST } else { &UNDONE_SCRIPT };
        let text = tree::read(&path);
        for (line, number) in text.lines().zip(1..) {
            for (head, tail) in words {
                if line.contains(&format!("{head}{tail}")) {
                    found.push(format!("{path}:{number}: {head}{tail}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let mut found = Vec::new();
    for path in tree::files("") {
        // A file that is no text holds no path that a person wrote.
        let Ok(text) = std::fs::read_to_string(tree::root().join(&path)) else { continue };
        for (line, number) in text.lines().zip(1..) {
            if OF_ONE_MACHINE.iter().any(|(head, tail)| names_folder(line, &format!("{head}{tail}"))) {
                found.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Whether `line` holds `folder` as the beginning of a path, not in the middle of one.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|char| char.is_alphanumeric() || "._-~}@*".contains(char))
    })
}

#[test]
fn a_folder_inside_a_path_is_not_taken_for_one_of_a_machine() {
    let folder = "/wo".to_owned() + "rk/";
    assert!(names_folder(&format!("cd {folder}x"), &folder));
    assert!(names_folder(&format!("\"{folder}x\""), &folder));
    assert!(!names_folder(&format!("crates{folder}x"), &folder));
}
