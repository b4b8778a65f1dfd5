//! Card numbers: none twice, none missing without a record.

use casework::fact::Fact;
use ledger::{LedgerError, NumberState, Stage};
use proptest::prelude::*;

use crate::bench::*;

fn reserved(n: u32) -> Fact {
    Fact::NumberReserved { number: card(n), from: casework::nouns::NumberFrom::Block }
}

#[test]
fn numbers_are_drawn_in_order_and_end_with_the_blocks() {
    let mut bench = Bench::new();
    assert_eq!(bench.ledger.next_number().unwrap(), None, "nothing is granted yet");
    bench.ledger.grant_block(7, 8).unwrap();
    bench.ledger.grant_block(20, 20).unwrap();
    for (case, n) in [(1, 7), (2, 8), (3, 20)] {
        assert_eq!(bench.ledger.next_number().unwrap(), Some(n));
        assert_eq!(bench.numbered(case).1, card(n));
    }
    assert_eq!(bench.ledger.next_number().unwrap(), None);
    let late = bench.identified(4);
    assert!(matches!(bench.record(&late, 2, &[reserved(21)]), Err(LedgerError::NumbersExhausted)));
}

#[test]
fn a_number_is_never_reserved_twice_whatever_became_of_it() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    let (case, number) = bench.numbered(1);
    let other = bench.identified(2);
    assert!(matches!(bench.record(&other, 2, &[reserved(1)]), Err(LedgerError::NumberTaken { .. })));
    bench.record(&case, 4, &[Fact::NumberSpoiled { number, cause: "空白证破损".to_owned() }]).unwrap();
    assert!(matches!(bench.record(&other, 2, &[reserved(1)]), Err(LedgerError::NumberTaken { .. })));
    assert_eq!(bench.ledger.next_number().unwrap(), Some(2));
}

#[test]
fn a_number_out_of_turn_is_refused() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    let case = bench.identified(1);
    let refused = bench.record(&case, 2, &[reserved(5)]);
    assert!(matches!(refused, Err(LedgerError::NumberNotNext { next: 1, .. })), "{refused:?}");
}

#[test]
fn a_counter_without_a_block_takes_numbers_from_elsewhere() {
    let mut bench = Bench::new();
    let case = bench.identified(1);
    bench.record(&case, 2, &[reserved(4711)]).unwrap();
    assert_eq!(bench.ledger.number_state(&card(4711)).unwrap(), Some((NumberState::Reserved, case)));
    assert!(bench.ledger.report().unwrap().is_sound());
}

#[test]
fn overlapping_and_empty_blocks_are_refused_and_the_same_block_is_welcome() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(10, 20).unwrap();
    bench.ledger.grant_block(10, 20).unwrap();
    for (lo, hi) in [(20, 30), (1, 10), (12, 13), (5, 40), (40, 39), (0, 5)] {
        let refused = bench.ledger.grant_block(lo, hi);
        assert!(matches!(refused, Err(LedgerError::BlockRefused { .. })), "{lo} to {hi}: {refused:?}");
    }
    assert_eq!(bench.ledger.numbers_balance().unwrap().len(), 1);
}

#[test]
fn a_number_walks_from_reserved_to_delivered() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    let (case, number, attempt) = bench.attempted(1);
    let state = |bench: &Bench| bench.ledger.number_state(&number).unwrap().unwrap().0;
    assert_eq!(state(&bench), NumberState::Reserved, "a decision to print is no print");
    let outcome = casework::nouns::PrintOutcome::SpoolerConfirmed;
    bench.record(&case, 5, &[Fact::PrintEnded { attempt: attempt.clone(), outcome }]).unwrap();
    assert_eq!(state(&bench), NumberState::Printed);
    bench.record(&case, 6, &[Fact::CardConfirmed { attempt, number: number.clone() }]).unwrap();
    assert_eq!(state(&bench), NumberState::Confirmed);
    bench.record(&case, 7, &[delivered()]).unwrap();
    assert_eq!(state(&bench), NumberState::Delivered);
    assert_eq!(bench.ledger.open_cases().unwrap()[0].stage, Stage::Delivered);
    let spoil = Fact::NumberSpoiled { number: number.clone(), cause: "x".to_owned() };
    assert!(
        matches!(bench.record(&case, 8, &[spoil]), Err(LedgerError::NumberState { .. })),
        "a delivered card is out"
    );
    let balance = bench.ledger.numbers_balance().unwrap()[0];
    assert_eq!((balance.drawn, balance.delivered, balance.left()), (1, 1, 8));
}

#[test]
fn a_number_of_another_case_cannot_be_moved() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    let (_, number) = bench.numbered(1);
    let other = bench.identified(2);
    let spoil = Fact::NumberSpoiled { number, cause: "x".to_owned() };
    assert!(matches!(bench.record(&other, 2, &[spoil]), Err(LedgerError::NumberState { .. })));
}

#[test]
fn the_schema_itself_refuses_to_take_a_number_back() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    let (case, number) = bench.numbered(1);
    bench.record(&case, 4, &[Fact::NumberSpoiled { number, cause: "废".to_owned() }]).unwrap();
    let dir = bench.closed();
    let raw = raw(dir.path());
    assert!(raw.execute("UPDATE card_number SET state = 'reserved', cause = NULL", []).is_err());
    assert!(raw.execute("DELETE FROM card_number", []).is_err());
    assert!(raw.execute("UPDATE card_number SET cause = NULL", []).is_err());
}

/// One thing that may happen to the counter in the property below.
#[derive(Debug, Clone, Copy)]
enum Turn {
    Reserve,
    Spoil,
    RefusedEntry,
    Restart,
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![4 => Just(Turn::Reserve), 3 => Just(Turn::Spoil), 2 => Just(Turn::RefusedEntry), 1 => Just(Turn::Restart)]
}

proptest! {
    // Each turn is a durable commit, so few histories are walked; they are long enough to spend a block.
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_numbers_balance_after_any_history(turns in prop::collection::vec(turn(), 1..25)) {
        let mut bench = Bench::new();
        bench.ledger.grant_block(1, 6).unwrap();
        bench.ledger.grant_block(100, 105).unwrap();
        let mut waiting: Vec<(casework::nouns::CaseId, casework::nouns::CardNumber)> = Vec::new();
        let (mut opened_cases, mut drawn, mut spoiled) = (0, 0, 0);
        for turn in turns {
            match turn {
                Turn::Reserve => {
                    if bench.ledger.next_number().unwrap().is_some() {
                        opened_cases += 1;
                        waiting.push(bench.numbered(opened_cases));
                        drawn += 1;
                    }
                }
                Turn::Spoil => {
                    if let Some((case, number)) = waiting.pop() {
                        bench.record(&case, 4, &[Fact::NumberSpoiled { number, cause: "废".to_owned() }]).unwrap();
                        spoiled += 1;
                    }
                }
                Turn::RefusedEntry => {
                    opened_cases += 1;
                    let case = bench.identified(opened_cases);
                    if let Some(n) = bench.ledger.next_number().unwrap() {
                        let facts = [reserved(n), opened()];
                        prop_assert!(bench.record(&case, 2, &facts).is_err());
                        prop_assert_eq!(bench.ledger.next_number().unwrap(), Some(n));
                    }
                }
                Turn::Restart => bench = bench.restarted(),
            }
            let balance = bench.ledger.numbers_balance().unwrap();
            prop_assert!(balance.iter().all(ledger::NumberBalance::is_sound));
            prop_assert_eq!(balance.iter().map(|block| block.drawn).sum::<u32>(), drawn);
            prop_assert_eq!(balance.iter().map(|block| block.spoiled).sum::<u32>(), spoiled);
        }
        prop_assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
    }
}
