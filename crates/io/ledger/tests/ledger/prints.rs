//! Print attempts: never two cards without a recorded reason, and no claim that nobody can vouch for.

use casework::{fact::Fact, nouns::PrintOutcome};
use ledger::{LedgerError, NumberState, Outcome, Stage};

use crate::bench::*;

fn bench_with_numbers() -> Bench {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    bench
}

#[test]
fn an_attempt_without_an_outcome_is_unsettled_after_a_restart() {
    let mut bench = bench_with_numbers();
    let (case, number, attempt) = bench.attempted(1);
    let unsettled = bench.restarted().ledger.unsettled_attempts().unwrap();
    assert_eq!(unsettled.len(), 1);
    assert_eq!((&unsettled[0].attempt, &unsettled[0].case, &unsettled[0].number), (&attempt, &case, &number));
    assert_eq!((unsettled[0].submitted, unsettled[0].outcome, unsettled[0].ordinal), (false, None, 1));
}

#[test]
fn only_a_person_settles_an_attempt() {
    let mut bench = bench_with_numbers();
    let (case, number, attempt) = bench.attempted(1);
    bench.record(&case, 5, &[Fact::JobSubmitted { attempt: attempt.clone(), job: "17".to_owned() }]).unwrap();
    assert!(bench.ledger.unsettled_attempts().unwrap()[0].submitted);
    let outcome = PrintOutcome::DeviceConfirmed;
    bench.record(&case, 6, &[Fact::PrintEnded { attempt: attempt.clone(), outcome }]).unwrap();
    assert_eq!(bench.ledger.unsettled_attempts().unwrap()[0].outcome, Some(Outcome::DeviceConfirmed));
    bench.record(&case, 7, &[Fact::CardConfirmed { attempt, number }]).unwrap();
    assert_eq!(bench.ledger.unsettled_attempts().unwrap(), []);
    assert_eq!(bench.ledger.open_cases().unwrap()[0].stage, Stage::Made);
}

#[test]
fn a_device_that_reports_after_the_person_moves_nothing() {
    let mut bench = bench_with_numbers();
    let (case, number, attempt) = bench.attempted(1);
    bench.record(&case, 5, &[Fact::CardConfirmed { attempt: attempt.clone(), number: number.clone() }]).unwrap();
    let outcome = PrintOutcome::DeviceConfirmed;
    bench.record(&case, 6, &[Fact::PrintEnded { attempt, outcome }]).unwrap();
    assert_eq!(bench.ledger.number_state(&number).unwrap().unwrap().0, NumberState::Confirmed);
}

#[test]
fn a_print_that_the_device_calls_failed_asks_nobody() {
    let mut bench = bench_with_numbers();
    let (case, number, attempt) = bench.attempted(1);
    let outcome = PrintOutcome::Failed { reason: "缺卡".to_owned() };
    bench.record(&case, 5, &[Fact::PrintEnded { attempt, outcome }]).unwrap();
    assert_eq!(bench.ledger.unsettled_attempts().unwrap(), []);
    assert_eq!(bench.ledger.number_state(&number).unwrap().unwrap().0, NumberState::Reserved);
}

#[test]
fn a_second_first_print_of_a_number_is_refused() {
    let mut bench = bench_with_numbers();
    let (case, number, _) = bench.attempted(1);
    let second = bench.attempt(&case, 2, &number, None);
    assert!(matches!(bench.record(&case, 5, &[second]), Err(LedgerError::PrintTaken { .. })));
    let reprint = bench.attempt(&case, 2, &number, Some("卡纸"));
    bench.record(&case, 5, &[reprint]).unwrap();
    let unsettled = bench.ledger.unsettled_attempts().unwrap();
    assert_eq!(
        unsettled.iter().map(|attempt| attempt.ordinal).collect::<Vec<_>>(),
        [2],
        "a reprint settles the one before"
    );
}

#[test]
fn an_attempt_name_is_used_once() {
    let mut bench = bench_with_numbers();
    let (case, number, _) = bench.attempted(1);
    let again = bench.attempt(&case, 1, &number, Some("卡纸"));
    assert!(matches!(bench.record(&case, 5, &[again]), Err(LedgerError::PrintTaken { .. })));
}

#[test]
fn a_spoiled_card_spends_its_number_and_cannot_be_printed_again() {
    let mut bench = bench_with_numbers();
    let (case, number, attempt) = bench.attempted(1);
    let spoiled = Fact::CardSpoiled { attempt, number: number.clone(), cause: "色带断".to_owned() };
    bench.record(&case, 5, std::slice::from_ref(&spoiled)).unwrap();
    assert_eq!(bench.ledger.number_state(&number).unwrap().unwrap().0, NumberState::Spoiled);
    assert_eq!(bench.ledger.unsettled_attempts().unwrap(), []);
    let reprint = bench.attempt(&case, 2, &number, Some("废证重打"));
    assert!(matches!(bench.record(&case, 6, &[reprint]), Err(LedgerError::NumberState { .. })));
    assert!(matches!(bench.record(&case, 6, &[spoiled]), Err(LedgerError::AttemptState { .. })), "one verdict each");
}

#[test]
fn a_number_that_was_never_reserved_cannot_be_printed() {
    let mut bench = bench_with_numbers();
    let case = bench.identified(1);
    let attempt = bench.attempt(&case, 1, &card(5), None);
    assert!(matches!(bench.record(&case, 2, &[attempt]), Err(LedgerError::NumberState { .. })));
}

#[test]
fn an_unknown_attempt_cannot_be_settled() {
    let mut bench = bench_with_numbers();
    let (case, number) = bench.numbered(1);
    let confirmed = Fact::CardConfirmed { attempt: attempt_id(&case, 9), number };
    assert!(matches!(bench.record(&case, 4, &[confirmed]), Err(LedgerError::AttemptState { .. })));
}
