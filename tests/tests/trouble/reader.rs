//! The reader: not there, pulled out while it reads, nothing on it.

use desk::contract::{FaultKind, LightState, Request, Screen, StepBody};
use serde_json::json;

use crate::bench::{Bench, assert_helps};
use journeys::aftermath::Aftermath;
use journeys::counter::Counter;

fn reader_light(counter: &Counter) -> LightState {
    counter.view().lights.iter().find(|light| light.device == "reader").unwrap().state
}

#[test]
fn a_reader_that_is_unplugged_before_reading_is_told_of_and_works_again_without_a_restart() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.wait("a reader that is ready", |_| (reader_light(&counter) == LightState::Good).then_some(()));
    bench.unplug();
    counter.ask(Request::ReadCard).unwrap();
    assert_helps(&counter.trouble(), "identify.reader_away", FaultKind::Attend);
    assert_eq!(reader_light(&counter), LightState::NeedsHand);
    assert_eq!(counter.case().at, "identify");
    bench.replug();
    counter.walk_to_after_trouble("applicant");
    assert_eq!(reader_light(&counter), LightState::Good);
}

#[test]
fn a_reader_that_is_pulled_out_while_it_reads_gives_no_person_and_the_next_read_does() {
    let bench = Bench::new();
    let fault = json!({"do": "fault", "command": "read", "nth": 1, "kind": {"unplug": {"at": 700}}});
    bench.simulator.order("reader", &fault).unwrap();
    let counter = bench.with_case();
    counter.ask(Request::ReadCard).unwrap();
    assert_helps(&counter.trouble(), "identify.reader_away", FaultKind::Attend);
    assert_eq!(counter.case().person, None, "half a card is no person");
    bench.replug();
    counter.walk_to_after_trouble("closed");
    drop(counter);
    assert_eq!(Aftermath::of(bench.path()).report().problems, Vec::<String>::new());
}

#[test]
fn a_reader_without_a_card_says_so_and_the_case_waits() {
    let bench = Bench::new().rewired("wait_ms = 15000", "wait_ms = 1000");
    bench.reader("lift");
    let counter = bench.with_case();
    counter.ask(Request::ReadCard).unwrap();
    assert_helps(&counter.trouble(), "identify.no_card", FaultKind::Attend);
    assert!(matches!(counter.case().body, StepBody::Identify { reading: false, .. }));
    bench.lay("ouyang");
    counter.walk_to_after_trouble("applicant");
}

#[test]
fn a_read_that_is_called_off_is_no_trouble() {
    let bench = Bench::new();
    bench.reader("lift");
    let counter = bench.with_case();
    counter.ask(Request::ReadCard).unwrap();
    counter.ask(Request::CancelRead).unwrap();
    counter.wait("the end of the read", |view| {
        let Screen::Case(case) = &view.screen else { return None };
        matches!(case.body, StepBody::Identify { reading: false, .. }).then_some(())
    });
    assert_eq!(counter.view().trouble, None);
    bench.lay("ouyang");
    counter.walk_to("applicant");
}
