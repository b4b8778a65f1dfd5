//! The lobby's list and the look-up by person.

use casework::{fact::Fact, nouns::Role};
use jiff::civil::date;
use ledger::{Entry, Stage};

use crate::bench::*;

#[test]
fn closed_cases_leave_the_lobby() {
    let mut bench = Bench::new();
    let first = bench.identified(1);
    let second = bench.identified(2);
    bench.record(&first, 2, &[Fact::Withdrawn { reason: "本人撤回".to_owned() }]).unwrap();
    let open = bench.ledger.open_cases().unwrap();
    assert_eq!(open.iter().map(|line| &line.case).collect::<Vec<_>>(), [&second]);
    let all = bench.ledger.cases_on(date(2021, 11, 8)).unwrap();
    assert_eq!(all.iter().map(|line| line.stage).collect::<Vec<_>>(), [Stage::Withdrawn, Stage::Draft]);
    assert_eq!(bench.ledger.cases_on(date(2021, 11, 9)).unwrap(), []);
}

#[test]
fn a_line_says_how_far_its_case_is() {
    let mut bench = Bench::new();
    let case = bench.identified(1);
    bench.record(&case, 2, &[Fact::Parked { reason: "去取居住证".to_owned() }]).unwrap();
    let line = bench.ledger.open_cases().unwrap().remove(0);
    assert_eq!((line.stage, line.parked, line.last_seq), (Stage::Draft, true, 3));
    assert_eq!(line.name.unwrap().as_str(), "样本1");
    bench.record(&case, 3, &[Fact::Resumed]).unwrap();
    assert!(!bench.ledger.open_cases().unwrap()[0].parked);
}

#[test]
fn case_numbers_run_within_a_day() {
    let mut bench = Bench::new();
    let day = date(2021, 11, 8);
    assert_eq!(bench.ledger.next_case_ordinal(day).unwrap(), 1);
    bench.identified(1);
    bench.identified(4);
    assert_eq!(bench.ledger.next_case_ordinal(day).unwrap(), 5);
    assert_eq!(bench.ledger.next_case_ordinal(date(2021, 11, 9)).unwrap(), 1);
}

#[test]
fn a_person_s_cases_are_found_by_the_number_of_the_applicant_alone() {
    let mut bench = Bench::new();
    let case_id = bench.identified(1);
    let Fact::Identified { identity, .. } = identified(2) else { unreachable!() };
    bench.record(&case_id, 2, &[Fact::Identified { role: Role::Agent, identity, reused: None }]).unwrap();
    let of = |n| bench.ledger.holder_cases(&id_number(n)).unwrap();
    assert_eq!(of(1).iter().map(|line| &line.case).collect::<Vec<_>>(), [&case_id]);
    assert_eq!(of(2), [], "an agent holds nothing");
}

#[test]
fn reading_another_card_forgets_the_first_holder() {
    let mut bench = Bench::new();
    let case = bench.identified(1);
    bench.record(&case, 2, &[identified(2)]).unwrap();
    assert_eq!(bench.ledger.holder_cases(&id_number(1)).unwrap(), []);
    assert_eq!(bench.ledger.holder_cases(&id_number(2)).unwrap().len(), 1);
}

#[test]
fn the_same_person_has_another_look_up_hash_in_another_ledger() {
    let holder = |bench: Bench| -> String {
        let dir = bench.closed();
        raw(dir.path()).query_row("SELECT holder FROM case_line", [], |row| row.get(0)).unwrap()
    };
    let (mut one, mut other) = (Bench::new(), Bench::new());
    one.identified(1);
    other.identified(1);
    let (one, other) = (holder(one), holder(other));
    assert_eq!(one.len(), 64);
    assert_ne!(one, other);
}

#[test]
fn deliveries_are_counted_by_the_day_in_china() {
    let mut bench = Bench::new();
    for (n, instant) in [(1, "2021-11-08T15:59:59Z"), (2, "2021-11-08T16:00:00Z")] {
        let (case, at) = (case(n), instant.parse().unwrap());
        bench
            .ledger
            .record(Entry {
                case: &case,
                expected_seq: 0,
                at,
                actor: &clerk(),
                facts: &[opened(), delivered()],
                messages: &[],
            })
            .unwrap();
    }
    assert_eq!(bench.ledger.count_delivered(date(2021, 11, 8)).unwrap(), 1, "one second before midnight");
    assert_eq!(bench.ledger.count_delivered(date(2021, 11, 9)).unwrap(), 1, "at midnight");
}
