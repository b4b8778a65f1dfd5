//! Whose name stands in the journal, and what nobody's eyes get to see.

use std::collections::BTreeSet;

use casework::journal::Subject;
use casework::station_fact::StationFact;
use desk::contract::Request;
use journeys::aftermath::Aftermath;
use journeys::bench::Simulator;
use journeys::counter::Counter;

use crate::bench::{ADMINISTRATOR, CLERK};

/// What the program itself may write: nobody's hand was in it.
const BY_ITSELF: [&str; 3] = ["job_submitted", "print_ended", "reader_pinned"];

#[test]
fn a_visit_leaves_the_name_of_the_person_at_work_on_every_row() {
    let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
    let folder = journeys::outputs::folder();
    let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
    let counter = Counter::open(&station).unwrap();
    counter.walk_to("eligibility");
    counter.ask(Request::Unmask { reason: "核对户口簿".to_owned() }).unwrap();
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    counter.ask(Request::SignOut).unwrap();
    drop(counter);

    let left = Aftermath::of(folder.path());
    assert_eq!(left.report().problems, Vec::<String>::new());
    let mut kinds = BTreeSet::new();
    let mut at_work = ADMINISTRATOR.name;
    for row in left.ledger.journal(0, 1000).unwrap() {
        let by = row.actor.as_str();
        if row.kind == "signed_in" && by == CLERK.name {
            at_work = CLERK.name;
        }
        let expected = if BY_ITSELF.contains(&row.kind.as_str()) { "system" } else { at_work };
        assert_eq!(by, expected, "row {}: {}", row.n, row.kind);
        assert!(matches!(row.of, Subject::Station { .. }) || by != ADMINISTRATOR.name, "{row:?}");
        kinds.insert(row.kind);
    }
    for kind in ["person_added", "signed_in", "signed_out", "unmasked", "reader_pinned", "opened", "sealed"] {
        assert!(kinds.contains(kind), "{kind} is no row: {kinds:?}");
    }
    let case = left.only_case();
    let unmasked = StationFact::Unmasked { case, reason: "核对户口簿".to_owned() };
    assert!(left.ledger.station_facts().unwrap().iter().any(|one| one.fact == unmasked));
}
