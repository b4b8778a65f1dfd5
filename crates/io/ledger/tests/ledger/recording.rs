//! The write path: all of an entry or none of it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use casework::fact::Fact;
use ledger::LedgerError;

use crate::bench::*;

#[test]
fn facts_are_read_back_as_they_were_recorded() {
    let mut bench = Bench::new();
    let recorded = bench.record(&case(1), 0, &[opened(), identified(1)]).unwrap();
    assert_eq!(recorded.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2]);
    let bench = bench.restarted();
    assert_eq!(bench.ledger.case_facts(&case(1)).unwrap(), recorded);
}

#[test]
fn an_unknown_case_has_no_facts() {
    assert_eq!(Bench::new().ledger.case_facts(&case(7)).unwrap(), []);
}

#[test]
fn an_entry_judged_on_an_old_state_is_stale_and_changes_nothing() {
    let mut bench = Bench::new();
    let case = bench.identified(1);
    let before = bench.ledger.head().unwrap();
    let refused = bench.record(&case, 1, &[Fact::Resumed]);
    assert!(matches!(refused, Err(LedgerError::Stale { expected: 1, found: 2, .. })), "{refused:?}");
    assert_eq!(bench.ledger.head().unwrap(), before);
    assert_eq!(bench.ledger.case_facts(&case).unwrap().len(), 2);
}

#[test]
fn a_case_cannot_be_opened_twice() {
    let mut bench = Bench::new();
    let case = bench.identified(1);
    assert!(matches!(bench.record(&case, 0, &[opened()]), Err(LedgerError::Stale { .. })));
    assert!(matches!(bench.record(&case, 2, &[opened()]), Err(LedgerError::Opening { .. })));
}

#[test]
fn the_first_fact_of_a_case_opens_it() {
    let mut bench = Bench::new();
    assert!(matches!(bench.record(&case(1), 0, &[identified(1)]), Err(LedgerError::Opening { .. })));
    assert!(matches!(bench.record(&case(1), 0, &[]), Err(LedgerError::Opening { .. })));
    let odd = "no-such-form".parse().unwrap();
    assert!(matches!(bench.record(&odd, 0, &[opened()]), Err(LedgerError::CaseNumber { .. })));
}

#[test]
fn an_entry_refused_at_its_last_message_leaves_nothing() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    bench.record_with(&case(1), 0, &[opened()], &[message(&case(1), 1)]).unwrap();
    let before = bench.ledger.report().unwrap();
    let facts = [
        opened(),
        identified(2),
        accepted(&case(2)),
        Fact::NumberReserved { number: card(1), from: casework::nouns::NumberFrom::Block },
    ];
    let refused = bench.record_with(&case(2), 0, &facts, &[message(&case(1), 1)]);
    assert!(matches!(refused, Err(LedgerError::MessageTaken { .. })), "{refused:?}");
    assert_eq!(bench.ledger.report().unwrap(), before);
    assert_eq!(bench.ledger.next_number().unwrap(), Some(1), "a refusal spends no number");
}

#[test]
fn each_commit_is_counted_and_told() {
    let mut bench = Bench::new();
    let told = Arc::new(AtomicU64::new(0));
    let watcher = Arc::clone(&told);
    bench.ledger.on_commit(Box::new(move |n| watcher.store(n, Ordering::SeqCst)));
    let before = bench.ledger.commits();
    bench.identified(1);
    assert_eq!(bench.ledger.commits(), before + 1);
    assert_eq!(told.load(Ordering::SeqCst), before + 1);
    bench.record(&case(1), 9, &[Fact::Resumed]).unwrap_err();
    assert_eq!(bench.ledger.commits(), before + 1, "what is refused is not committed");
}

#[test]
fn settings_survive_a_restart() {
    let mut bench = Bench::new();
    assert_eq!(bench.ledger.setting("counter").unwrap(), None);
    bench.ledger.set_setting("counter", "c-1").unwrap();
    bench.ledger.set_setting("counter", "c-2").unwrap();
    assert_eq!(bench.restarted().ledger.setting("counter").unwrap().as_deref(), Some("c-2"));
}
