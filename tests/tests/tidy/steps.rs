//! The eleven steps bear the same names in the trade and on the screen; what both are told by is fresh.

use std::collections::BTreeSet;

use super::tree;

/// The procedure, in order (ARCHITECTURE.md, "Bird's-eye view").
pub const STEPS: [&str; 11] = [
    "identify",
    "applicant",
    "eligibility",
    "materials",
    "photo",
    "acceptance",
    "numbering",
    "printing",
    "delivery",
    "rating",
    "archive",
];

/// Names of the files with `ending` directly in `folder`.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let file = |path: String| {
        let name = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(ending)?.to_owned();
        (!name.contains('/') && name != "mod").then_some(name)
    };
    tree::files(folder).into_iter().filter_map(file).collect()
}

fn steps() -> BTreeSet<String> {
    STEPS.iter().map(|step| (*step).to_owned()).collect()
}

#[test]
fn the_trade_has_one_file_a_step() {
    assert_eq!(names("crates/pure/casework/src/steps", ".rs"), steps());
}

#[test]
fn the_page_has_one_file_a_step() {
    assert_eq!(names("ui/src/steps", ".vue"), steps());
}

#[test]
fn the_committed_contract_is_fresh() {
    // Which lines differ is said by desk's own test; the two texts would fill several screens here.
    let fresh = tree::read("ui/src/contract.ts") == desk::contract::typescript();
    assert!(fresh, "run `npm run contract` and commit ui/src/contract.ts");
}
