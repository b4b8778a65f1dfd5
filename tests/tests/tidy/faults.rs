//! The codes of the faults begin with the step, or the part of the station, in which the trouble stands.

use std::collections::BTreeSet;

use super::steps::STEPS;

/// Parts of a station, which begin the codes of faults that belong to no step.
const PARTS: [&str; 6] = ["platform", "ledger", "stock", "calibration", "station", "desk"];

#[test]
fn every_fault_code_begins_with_a_step_or_a_part_of_the_station() {
    for entry in desk::fault::CATALOGUE {
        let (begins, _) = entry.code.split_once('.').unwrap_or_else(|| panic!("{} has no dot", entry.code));
        assert!(STEPS.contains(&begins) || PARTS.contains(&begins), "{}", entry.code);
    }
}

#[test]
fn every_step_has_a_fault_of_its_own() {
    let begins: BTreeSet<&str> =
        desk::fault::CATALOGUE.iter().filter_map(|entry| entry.code.split('.').next()).collect();
    for step in STEPS {
        assert!(begins.contains(step), "no fault code begins with {step}");
    }
}

#[test]
fn fault_codes_are_listed_once() {
    let codes: BTreeSet<&str> = desk::fault::CATALOGUE.iter().map(|entry| entry.code).collect();
    assert_eq!(codes.len(), desk::fault::CATALOGUE.len());
}
