//! The bulk door: many entries at once, and never beside a case that is not training.

use casework::fact::Fact;
use ledger::{Entry, LedgerError, MessageState, PastEntry};

use crate::bench::*;

#[test]
fn entries_of_the_past_stand_as_if_they_had_been_recorded_one_by_one() {
    let (mut one, mut past) = (Bench::new(), Bench::new());
    let (case, actor) = (case(1), clerk());
    let facts = [vec![opened(), identified(1)], vec![accepted(&case)]];
    let messages = [vec![], vec![message(&case, 3)]];
    let entry = |n: usize| Entry {
        case: &case,
        expected_seq: [0, 2][n],
        at: at(n as i64),
        actor: &actor,
        facts: &facts[n],
        messages: &messages[n],
    };
    one.ledger.record(entry(0)).unwrap();
    one.ledger.record(entry(1)).unwrap();
    let before = past.ledger.commits();
    let entries = [0, 1].map(|n| PastEntry { entry: entry(n), receipt: Some("R-1") });
    past.ledger.record_past(&entries).unwrap();
    assert_eq!(past.ledger.commits(), before + 1, "one transaction");
    assert_eq!(past.ledger.head().unwrap(), one.ledger.head().unwrap());
    assert_eq!(past.ledger.open_cases().unwrap(), one.ledger.open_cases().unwrap());
    assert_eq!(past.ledger.outbox_counts().unwrap(), [(MessageState::Done, 1)].into());
    assert_eq!(past.ledger.report().unwrap().problems, Vec::<String>::new());
}

#[test]
fn nothing_invented_comes_beside_a_case_that_is_no_training() {
    let mut bench = Bench::new();
    let Fact::Opened { kind, window, level, pack, .. } = opened() else { unreachable!() };
    let real = [Fact::Opened { kind, window, level, pack, training: false }];
    let (first, second, actor) = (case(1), case(2), clerk());
    let entry = |case, facts| PastEntry {
        entry: Entry { case, expected_seq: 0, at: at(0), actor: &actor, facts, messages: &[] },
        receipt: None,
    };
    let refused = bench.ledger.record_past(&[entry(&first, &real)]);
    assert!(matches!(refused, Err(LedgerError::NotTraining)), "{refused:?}");
    bench.record(&first, 0, &real).unwrap();
    let invented = [opened()];
    let refused = bench.ledger.record_past(&[entry(&second, &invented)]);
    assert!(matches!(refused, Err(LedgerError::NotTraining)), "{refused:?}");
    assert_eq!(bench.ledger.report().unwrap().cases, 1);
}
