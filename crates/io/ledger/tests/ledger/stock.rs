//! Blanks, void numbers and days: every blank has one end, and the books balance after whatever happened.

use casework::{
    fact::{Fact, OldCard},
    nouns::*,
    station_fact::StationFact,
    stock::Serials,
};
use jiff::civil::date;
use ledger::{BlankBalance, BlankState, LedgerError, NumberState, StationEntry};

use crate::bench::*;

fn serial(n: u32) -> CardNumber {
    format!("HN{n:06}").parse().unwrap()
}

impl Bench {
    pub fn note(&mut self, fact: StationFact) -> Result<(), LedgerError> {
        let (actor, facts) = (clerk(), [fact]);
        self.ledger.record_station(StationEntry {
            at: at(0),
            actor: &actor,
            facts: &facts,
            password: None,
            tries: None,
        })
    }

    pub fn receive(&mut self, count: u32) {
        self.note(StationFact::BlanksReceived { serials: None, count, source: "区民政局".to_owned() }).unwrap();
    }

    pub fn receive_serials(&mut self, first: u32, last: u32) -> Result<(), LedgerError> {
        let serials = Serials::between(&serial(first), &serial(last)).unwrap();
        let count = serials.count();
        self.note(StationFact::BlanksReceived { serials: Some(serials), count, source: "区民政局".to_owned() })
    }

    pub fn write_off(&mut self, how: BlankState, serial: Option<CardNumber>, count: u32) -> Result<(), LedgerError> {
        let cause = "受潮".to_owned();
        self.note(match how {
            BlankState::Lost => StationFact::BlanksLost { serial, count, cause },
            BlankState::OnHand | BlankState::Used | BlankState::Spoiled => {
                StationFact::BlanksSpoiled { serial, count, cause }
            }
        })
    }

    /// A case whose number is the serial of a blank: four facts.
    pub fn bound(&mut self, n: u32, number: &CardNumber) -> Result<CaseId, LedgerError> {
        let case = self.identified(n);
        let reserved = Fact::NumberReserved { number: number.clone(), from: NumberFrom::Blank };
        self.record(&case, 2, &[accepted(&case), reserved])?;
        Ok(case)
    }

    pub fn blanks(&self) -> BlankBalance {
        let balance = self.ledger.blanks_balance().unwrap().unwrap();
        assert!(balance.is_sound(), "{balance:?}");
        balance
    }

    /// The case's first print was decided, ended and confirmed.
    fn confirmed(&mut self, n: u32) -> (CaseId, CardNumber, AttemptId) {
        let (case, number, attempt) = self.attempted(n);
        self.record(&case, 5, &[confirm(&attempt, &number)]).unwrap();
        (case, number, attempt)
    }

    pub fn sound(&self) {
        assert_eq!(self.ledger.report().unwrap().problems, Vec::<String>::new());
    }
}

pub fn confirm(attempt: &AttemptId, number: &CardNumber) -> Fact {
    Fact::CardConfirmed { attempt: attempt.clone(), number: number.clone() }
}

pub fn spoil(attempt: &AttemptId, number: &CardNumber) -> Fact {
    Fact::CardSpoiled { attempt: attempt.clone(), number: number.clone(), cause: "印偏".to_owned() }
}

fn numbers(balance: BlankBalance) -> [u32; 6] {
    [balance.received, balance.unbooked, balance.on_hand, balance.used, balance.spoiled, balance.lost]
}

#[test]
fn a_window_without_a_batch_keeps_no_book() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    bench.confirmed(1);
    assert_eq!(bench.ledger.blanks_balance().unwrap(), None);
    bench.sound();
}

#[test]
fn a_confirmed_card_uses_a_blank_and_a_spoiled_one_wastes_it() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    bench.receive(5);
    let (_, _, attempt) = bench.attempted(1);
    assert_eq!(numbers(bench.blanks()), [5, 0, 5, 0, 0, 0], "a decision to print is no blank");
    let failed = Fact::PrintEnded { attempt, outcome: PrintOutcome::Failed { reason: "缺纸".to_owned() } };
    bench.record(&case(1), 5, &[failed]).unwrap();
    assert_eq!(numbers(bench.blanks()), [5, 0, 5, 0, 0, 0], "nothing was taken");
    let (second, number, attempt) = bench.confirmed(2);
    assert_eq!(numbers(bench.blanks()), [5, 0, 4, 1, 0, 0]);
    bench.record(&second, 6, &[spoil(&attempt, &number)]).unwrap();
    assert_eq!(numbers(bench.blanks()), [5, 0, 4, 0, 1, 0], "the card was good at first, and is waste now");
    let (third, number, attempt) = bench.attempted(3);
    bench.record(&third, 5, &[spoil(&attempt, &number)]).unwrap();
    assert_eq!(numbers(bench.blanks()), [5, 0, 3, 0, 2, 0]);
    bench.sound();
}

#[test]
fn a_card_that_was_made_without_a_booked_blank_is_true_all_the_same_and_stands_out() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    bench.receive(1);
    bench.confirmed(1);
    bench.confirmed(2);
    assert_eq!(numbers(bench.blanks()), [1, 1, 0, 2, 0, 0]);
    let rows = bench.ledger.blank_moves(BlankState::Used, 9).unwrap();
    assert_eq!(rows.iter().filter(|row| row.unbooked).count(), 1);
    bench.sound();
}

#[test]
fn a_card_from_before_the_book_takes_no_blank_of_it() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    let (case, number, attempt) = bench.confirmed(1);
    bench.receive(3);
    bench.record(&case, 6, &[spoil(&attempt, &number)]).unwrap();
    assert_eq!(numbers(bench.blanks()), [3, 0, 3, 0, 0, 0]);
    bench.sound();
}

#[test]
fn blanks_are_written_off_once_and_never_more_than_there_are() {
    let mut bench = Bench::new();
    bench.receive(4);
    bench.write_off(BlankState::Spoiled, None, 1).unwrap();
    bench.write_off(BlankState::Lost, None, 2).unwrap();
    assert_eq!(numbers(bench.blanks()), [4, 0, 1, 0, 1, 2]);
    let refused = bench.write_off(BlankState::Lost, None, 2);
    assert!(matches!(refused, Err(LedgerError::BlanksShort { on_hand: 1, wanted: 2 })), "{refused:?}");
    assert_eq!(numbers(bench.blanks()), [4, 0, 1, 0, 1, 2], "nothing of a refused act stays");
    bench.sound();
}

#[test]
fn a_serial_becomes_a_number_once_and_every_other_one_is_refused_by_its_state() {
    let mut bench = Bench::new();
    bench.receive_serials(1, 5).unwrap();
    assert_eq!(bench.ledger.next_blank().unwrap(), Some(serial(1)));
    bench.bound(1, &serial(1)).unwrap();
    assert_eq!(bench.ledger.next_blank().unwrap(), Some(serial(2)), "a bound one is bespoken");
    let bound = bench.write_off(BlankState::Spoiled, Some(serial(1)), 1);
    assert!(matches!(bound, Err(LedgerError::BlankBound { .. })), "{bound:?}");
    assert!(matches!(bench.bound(2, &serial(1)), Err(LedgerError::NumberTaken { .. })));
    bench.write_off(BlankState::Spoiled, Some(serial(3)), 1).unwrap();
    bench.write_off(BlankState::Lost, Some(serial(4)), 1).unwrap();
    for (n, at, state) in [(3, 3, BlankState::Spoiled), (4, 4, BlankState::Lost)] {
        let refused = bench.bound(n, &serial(at));
        assert!(matches!(&refused, Err(LedgerError::BlankGone { state: found, .. }) if *found == state), "{refused:?}");
    }
    assert!(matches!(bench.bound(5, &serial(77)), Err(LedgerError::BlankUnknown { .. })));
    assert!(matches!(bench.receive_serials(5, 9), Err(LedgerError::BlankKnown { .. })));
    assert_eq!(bench.ledger.blank_state(&serial(9)).unwrap(), None, "nothing of a refused batch stays");
    bench.sound();
}

#[test]
fn a_number_that_is_spoiled_takes_its_blank_with_it() {
    let mut bench = Bench::new();
    bench.receive_serials(1, 5).unwrap();
    let case = bench.bound(1, &serial(1)).unwrap();
    bench.record(&case, 4, &[Fact::NumberSpoiled { number: serial(1), cause: "折角".to_owned() }]).unwrap();
    assert_eq!(bench.ledger.blank_state(&serial(1)).unwrap(), Some(BlankState::Spoiled));
    assert_eq!(numbers(bench.blanks()), [5, 0, 4, 0, 1, 0]);
    bench.sound();
}

#[test]
fn the_schema_itself_lets_no_blank_come_back_and_no_number_stop_being_void() {
    let mut bench = Bench::new();
    bench.receive(3);
    bench.write_off(BlankState::Spoiled, None, 1).unwrap();
    let case = bench.identified(1);
    bench.record(&case, 2, &[Fact::OldCardVoided { number: serial(1) }]).unwrap();
    let dir = bench.closed();
    let raw = raw(dir.path());
    for sql in [
        "UPDATE blank SET state = 'on_hand', cause = NULL WHERE state = 'spoiled'",
        "UPDATE blank SET cause = 'x' WHERE state = 'spoiled'",
        "DELETE FROM blank",
        "DELETE FROM blank_batch",
        "UPDATE blank_batch SET n = 2",
        "DELETE FROM void_number",
        "UPDATE void_number SET at = 'x'",
    ] {
        assert!(raw.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn a_number_of_this_counter_is_void_once_it_is_said_so() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    let (first, number, _) = bench.confirmed(1);
    bench.record(&first, 6, &[delivered()]).unwrap();
    assert_eq!(bench.ledger.number_state(&number).unwrap().unwrap().0, NumberState::Delivered);
    let (second, ..) = bench.confirmed(2);
    let old = OldCard { number: Some(number.clone()), condition: "折断".to_owned() };
    bench.record(&second, 6, &[Fact::OldCardRecorded { card: old }]).unwrap();
    assert_eq!(bench.ledger.void_number(&number).unwrap(), None, "written down is not void");
    bench.record(&second, 7, &[delivered(), Fact::OldCardVoided { number: number.clone() }]).unwrap();
    assert_eq!(bench.ledger.number_state(&number).unwrap(), Some((NumberState::Void, first.clone())));
    let void = bench.ledger.void_number(&number).unwrap().unwrap();
    assert_eq!(void.case, second);
    let elsewhere: CardNumber = "ZZ-000001".parse().unwrap();
    bench.record(&second, 9, &[Fact::OldCardVoided { number: elsewhere.clone() }]).unwrap();
    assert_eq!(bench.ledger.void_number(&elsewhere).unwrap().unwrap().case, second, "a number of another counter, too");
    let lines = bench.ledger.holder_cases(&id_number(1)).unwrap();
    assert!(lines[0].card_is_void);
    bench.sound();
}

#[test]
fn the_verifier_names_a_blank_that_was_tampered_with() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    bench.receive(5);
    bench.confirmed(1);
    let dir = bench.closed();
    for (sql, told) in [
        ("UPDATE blank_tally SET n = n + 1 WHERE state = 'on_hand' AND has_serial = 0", "blanks: the account"),
        ("UPDATE day_tally SET n = n + 1 WHERE kind = 'opened'", "count of a day: not that of its facts"),
        ("UPDATE blank_batch SET n = 6", "batch of blanks"),
        ("UPDATE blank SET state = 'lost', cause = 'x' WHERE state = 'on_hand' AND id = 5", "blanks written off"),
    ] {
        let raw = raw(dir.path());
        raw.execute_batch(
            "DROP TRIGGER IF EXISTS blank_batch_is_not_changed; DROP TRIGGER IF EXISTS blank_is_counted_again;
             BEGIN",
        )
        .unwrap();
        assert_eq!(raw.execute(sql, []).unwrap(), 1, "{sql}");
        raw.execute_batch("COMMIT").unwrap();
        drop(raw);
        let report = ledger::Ledger::verify(dir.path(), &key(dir.path())).unwrap();
        assert!(report.problems.iter().any(|one| one.contains(told)), "{sql}: {:?}", report.problems);
    }
}

#[test]
fn the_figures_of_a_day_are_what_happened_on_it() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    bench.receive(5);
    let (first, ..) = bench.confirmed(1);
    bench.record(&first, 6, &[delivered()]).unwrap();
    let (second, number, attempt) = bench.confirmed(2);
    bench.record(&second, 6, &[spoil(&attempt, &number)]).unwrap();
    bench.numbered(3);
    let figures = bench.ledger.day_figures(date(2021, 11, 8)).unwrap();
    assert_eq!((figures.cases.before, figures.cases.opened, figures.cases.left), (0, 3, 3));
    assert_eq!(figures.cases.delivered, 1);
    let of = figures.numbers;
    assert_eq!((of.before, of.reserved, of.spoiled, of.delivered, of.left), (0, 3, 1, 1, 1));
    assert_eq!((of.made_before, of.confirmed, of.unmade, of.made_left), (0, 2, 1, 0));
    let blanks = figures.blanks.unwrap();
    assert_eq!((blanks.received, blanks.used, blanks.spoiled, blanks.left, blanks.now), (5, 1, 1, 3, 3));
    assert_eq!(figures.papers.unsettled, 0);
    let counted = casework::day::Counted { blanks: Some(3), old_cards: 0 };
    assert_eq!(casework::day::differences(&figures, counted), []);
    let day_before = bench.ledger.day_figures(date(2021, 11, 7)).unwrap();
    assert_eq!((day_before.cases.opened, day_before.cases.left), (0, 0), "what happened later is taken off");
    assert_eq!(day_before.blanks.unwrap().left, 0);
}

#[test]
fn a_day_is_closed_once_and_corrected_by_further_rows_and_the_next_begins_where_it_ended() {
    let mut bench = Bench::new();
    bench.receive(5);
    bench.identified(1);
    let day = date(2021, 11, 8);
    let close = |bench: &mut Bench, day, row, reason: &str| {
        let figures = bench.ledger.day_figures(day).unwrap();
        let counted = casework::day::Counted { blanks: Some(5), old_cards: 0 };
        let close = casework::day::close(day, date(2021, 11, 12), row, figures, counted, reason).unwrap();
        bench.note(StationFact::DayClosed { close: Box::new(close), sheet: None })
    };
    close(&mut bench, day, 1, "").unwrap();
    let again = close(&mut bench, day, 1, "");
    assert!(matches!(again, Err(LedgerError::DayClosed { .. })), "{again:?}");
    close(&mut bench, day, 2, "少数了一张").unwrap();
    let rows: Vec<u32> = bench.ledger.closes_of(day).unwrap().iter().map(|one| one.close.row).collect();
    assert_eq!(rows, [1, 2]);
    let figures = bench.ledger.day_figures(date(2021, 11, 11)).unwrap();
    assert_eq!(figures.since, date(2021, 11, 9), "the days between were not closed");
    assert_eq!((figures.cases.before, figures.cases.opened, figures.blanks.unwrap().before), (1, 0, 5));
    bench.sound();
}
