//! Results that came, and the promises that are still open.

use casework::{
    fact::Fact,
    nouns::{PlatformId, ResultId},
    outbox::Next,
    results::Mismatch,
};
use ledger::{Arrival, Became, Entry, LedgerError};

use crate::bench::*;

fn city() -> PlatformId {
    "city".parse().unwrap()
}

fn arrival<'a>(platform: &'a PlatformId, id: Option<&'a ResultId>, sm3: &'a str, became: Became) -> Arrival<'a> {
    let (case_named, reference) = ("XXC-20211108-0001", Some("准-1"));
    Arrival { platform, id, sm3, at: at(1), case_named, approved: Some(true), reference, became }
}

fn answered() -> Fact {
    let (approved, reference) = (true, "准-1".to_owned());
    Fact::DepartmentAnswered { approved, reference, reasons: Vec::new(), card_number: None, said: None }
}

/// A case that was accepted: three facts, and its message.
fn waiting(bench: &mut Bench, n: u32) -> casework::nouns::CaseId {
    let case = bench.identified(n);
    let message = message(&case, 3);
    bench.record_with(&case, 2, &[accepted(&case)], &[message]).unwrap();
    case
}

fn sent(bench: &mut Bench) {
    for message in bench.ledger.all_messages().unwrap() {
        bench.ledger.begin_sending(&[message.id], at(0)).unwrap();
        bench.ledger.settle(message.id, &Next::Done { receipt: "R".to_owned() }, at(0)).unwrap();
    }
}

#[test]
fn a_result_and_its_fact_stand_together_or_not_at_all() {
    let mut bench = Bench::new();
    let case = waiting(&mut bench, 1);
    let (platform, id, sm3) = (city(), "R-1".parse().unwrap(), "1".repeat(64));
    let facts = [answered()];
    let actor = clerk();
    let entry =
        |expected_seq| Entry { case: &case, expected_seq, at: at(1), actor: &actor, facts: &facts, messages: &[] };
    let fits = arrival(&platform, Some(&id), &sm3, Became::Fits);
    let stale = bench.ledger.record_result(fits, Some(entry(2)));
    assert!(matches!(stale, Err(LedgerError::Stale { .. })), "{stale:?}");
    assert_eq!(bench.ledger.results(10).unwrap(), []);
    bench.ledger.record_result(fits, Some(entry(3))).unwrap();
    assert!(bench.ledger.record_result(fits, None).is_err(), "the same line is one arrival");
    assert_eq!(bench.ledger.arrived(&platform, &sm3).unwrap().unwrap().became, Became::Fits);
    assert_eq!(bench.ledger.case_facts(&case).unwrap().len(), 4);
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
}

#[test]
fn what_was_not_told_is_known_after_a_restart_until_it_is_told() {
    let mut bench = Bench::new();
    let (platform, id) = (city(), "R-1".parse().unwrap());
    let refused = Became::Refused(Mismatch::UnknownCase);
    bench.ledger.record_result(arrival(&platform, Some(&id), &"1".repeat(64), refused), None).unwrap();
    bench.ledger.record_result(arrival(&platform, None, &"2".repeat(64), refused), None).unwrap();
    bench.ledger.note_results_read(&platform, "17").unwrap();
    let mut bench = bench.restarted();
    let untold = bench.ledger.untold_results(10).unwrap();
    assert_eq!(
        untold.iter().map(|one| one.id.clone()).collect::<Vec<_>>(),
        [Some(id.clone())],
        "the nameless is not told"
    );
    assert_eq!(untold[0].became, refused);
    bench.ledger.result_told(&platform, &id).unwrap();
    assert_eq!(bench.ledger.untold_results(10).unwrap(), []);
    assert_eq!(bench.ledger.results(10).unwrap().len(), 2);
    assert_eq!(bench.ledger.results_read_to(&platform).unwrap().as_deref(), Some("17"));
}

#[test]
fn a_result_that_came_is_neither_changed_nor_removed() {
    let mut bench = Bench::new();
    let (platform, id) = (city(), "R-1".parse().unwrap());
    let refused = Became::Refused(Mismatch::OtherHolder);
    bench.ledger.record_result(arrival(&platform, Some(&id), &"1".repeat(64), refused), None).unwrap();
    let raw = raw(bench.dir());
    for attempt in [
        "UPDATE result_inbox SET verdict = 'known', reason = NULL",
        "UPDATE result_inbox SET told = 1, reference = 'x'",
        "DELETE FROM result_inbox",
    ] {
        assert!(raw.execute(attempt, []).is_err(), "{attempt}");
    }
    raw.execute("UPDATE result_inbox SET told = 1", []).unwrap();
    assert!(raw.execute("UPDATE result_inbox SET told = 0", []).is_err());
}

#[test]
fn a_platform_is_awaited_from_its_receipt_to_the_answer() {
    let mut bench = Bench::new();
    let case = waiting(&mut bench, 1);
    assert_eq!(bench.ledger.platforms_awaited(false).unwrap(), [], "the department knows nothing yet");
    sent(&mut bench);
    assert_eq!(bench.ledger.platforms_awaited(false).unwrap().len(), 1);
    assert_eq!(bench.ledger.count_awaiting(false).unwrap(), 1);
    bench.record(&case, 3, &[answered()]).unwrap();
    assert_eq!(bench.ledger.platforms_awaited(false).unwrap(), []);
    assert_eq!(bench.ledger.count_awaiting(false).unwrap(), 0);
}

#[test]
fn an_open_promise_ends_with_the_card_in_a_hand_or_with_the_case() {
    let mut bench = Bench::new();
    for n in 1..=3 {
        let case = bench.identified(n);
        let due = Some(at(30 + i64::from(n)));
        let receipt = format!("{case}-R").parse().unwrap();
        bench.record(&case, 2, &[Fact::Accepted { receipt, due }]).unwrap();
    }
    let ending = |bench: &Bench, minutes| bench.ledger.promises_ending(at(minutes), 10).unwrap();
    assert_eq!(ending(&bench, 31), []);
    assert_eq!(ending(&bench, 40), [case(1), case(2), case(3)], "the oldest promise first");
    assert_eq!(bench.ledger.count_promises_ending(at(33)).unwrap(), 2);
    // A village that does not wait for its department is nobody's to be asked about.
    assert_eq!((bench.ledger.count_awaiting(false).unwrap(), bench.ledger.count_awaiting(true).unwrap()), (0, 3));
    bench.record(&case(1), 3, &[Fact::Withdrawn { reason: "不办了".to_owned() }]).unwrap();
    assert_eq!(ending(&bench, 40), [case(2), case(3)]);
}
