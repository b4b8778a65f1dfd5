//! F-33: a thousand random faults, and the books balance.

use casework::{fact::Fact, nouns::*};
use jiff::civil::date;
use ledger::{BlankState, LedgerError};

use crate::bench::*;
use crate::stock::{confirm, spoil};

/// A small dice of its own, so that a fault is found again by its seed.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Where a case of the long walk stands.
struct Walked {
    case: CaseId,
    seq: u32,
    number: CardNumber,
    attempts: u32,
    open: Option<AttemptId>,
    made: bool,
}

/// Receiving, binding, printing, failing, confirming, spoiling, losing, reprinting, refused acts and restarts, a
/// thousand of them; each number once, and numbers, blanks and days balance after every one.
#[test]
fn the_ledger_balances_after_a_thousand_random_faults() {
    let mut dice = Dice(20_211_108);
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 5_000).unwrap();
    bench.receive(30);
    let (mut cases, mut batches) = (0, 0);
    let mut walks: Vec<Walked> = Vec::new();
    for turn in 0..1_000 {
        let at = dice.throw(walks.len().max(1) as u64) as usize;
        match dice.throw(13) {
            0 | 1 => {
                cases += 1;
                let (case, number) = bench.numbered(cases);
                walks.push(Walked { case, seq: 4, number, attempts: 0, open: None, made: false });
            }
            2 => {
                cases += 1;
                batches += 1;
                bench.receive_serials(batches * 10, batches * 10 + 2).unwrap();
                let number = bench.ledger.next_blank().unwrap().unwrap();
                let case = bench.bound(cases, &number).unwrap();
                walks.push(Walked { case, seq: 4, number, attempts: 0, open: None, made: false });
            }
            3 => bench.receive(1 + dice.throw(5) as u32),
            4 => {
                let short = bench.write_off(BlankState::Lost, None, 1 + dice.throw(3) as u32);
                assert!(matches!(short, Ok(()) | Err(LedgerError::BlanksShort { .. })), "{short:?}");
            }
            5 => {
                let short = bench.write_off(BlankState::Spoiled, None, 1);
                assert!(matches!(short, Ok(()) | Err(LedgerError::BlanksShort { .. })), "{short:?}");
            }
            6 if turn % 10 == 0 => bench = bench.restarted(),
            6 => assert!(bench.receive_serials(10, 12).is_err() || batches == 0, "a batch comes in once"),
            7 => {
                // An act that is refused half way leaves nothing behind.
                let before = bench.ledger.next_number().unwrap();
                cases += 1;
                let case = bench.identified(cases);
                let number = card(before.unwrap());
                let facts = [Fact::NumberReserved { number, from: NumberFrom::Block }, opened()];
                assert!(bench.record(&case, 2, &facts).is_err());
                assert_eq!(bench.ledger.next_number().unwrap(), before);
            }
            _ => {
                if let Some(walk) = walks.get_mut(at)
                    && further(&mut bench, walk, &mut dice)
                {
                    walks.swap_remove(at);
                }
            }
        }
        if turn % 50 == 0 {
            bench.blanks();
            assert!(bench.ledger.numbers_balance().unwrap().iter().all(ledger::NumberBalance::is_sound));
        }
    }
    let figures = bench.ledger.day_figures(date(2021, 11, 8)).unwrap();
    let blanks = figures.blanks.unwrap();
    let counted = casework::day::Counted { blanks: Some(bench.blanks().on_hand), old_cards: 0 };
    let told = casework::day::differences(&figures, counted);
    let only_known = |one: &casework::day::Difference| {
        use casework::day::Difference as D;
        matches!(one, D::BlanksUnbooked { .. } | D::PrintsUnsettled { .. })
    };
    assert!(told.iter().all(only_known), "{told:?}");
    assert!(blanks.used > 20 && blanks.spoiled > 20 && blanks.lost > 20, "{blanks:?}");
    bench.sound();
}

/// One more thing that happens to a case; true when it is over.
fn further(bench: &mut Bench, walk: &mut Walked, dice: &mut Dice) -> bool {
    let facts = match (&walk.open, walk.made) {
        (None, false) if walk.attempts == 0 && dice.throw(4) == 0 => {
            vec![Fact::NumberSpoiled { number: walk.number.clone(), cause: "破损".to_owned() }]
        }
        (None, false) => {
            walk.attempts += 1;
            let reprint = (walk.attempts > 1).then_some("上一张没有出来");
            walk.open = Some(attempt_id(&walk.case, walk.attempts));
            vec![bench.attempt(&walk.case, walk.attempts, &walk.number, reprint)]
        }
        (Some(attempt), false) => {
            let attempt = attempt.clone();
            match dice.throw(4) {
                0 => {
                    walk.open = None;
                    let outcome = PrintOutcome::Failed { reason: "卡纸".to_owned() };
                    vec![Fact::PrintEnded { attempt, outcome }]
                }
                1 => vec![spoil(&attempt, &walk.number)],
                _ => {
                    walk.made = true;
                    vec![confirm(&attempt, &walk.number)]
                }
            }
        }
        (Some(attempt), true) if dice.throw(5) == 0 => vec![spoil(attempt, &walk.number)],
        (_, true) => vec![delivered()],
    };
    bench.record(&walk.case, walk.seq, &facts).unwrap();
    walk.seq += 1;
    let over = matches!(&facts[0], Fact::NumberSpoiled { .. } | Fact::CardSpoiled { .. } | Fact::Delivered { .. });
    if let Fact::CardConfirmed { .. } = &facts[0] {
        let twice = bench.record(&walk.case, walk.seq, &facts);
        assert!(twice.is_err(), "a card is confirmed once");
    }
    over
}
