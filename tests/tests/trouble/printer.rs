//! The card printer: out of cards, a spoiled card, no queue; and the paper printer.

use desk::contract::{FaultKind, PrintState, Request, StepBody};
use journeys::aftermath::{Aftermath, text};
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

fn print_state(counter: &Counter) -> Option<PrintState> {
    let StepBody::Printing { state, .. } = counter.case().body else { return None };
    Some(state)
}

fn await_print(counter: &Counter, wanted: PrintState) {
    counter.wait("the print", |_| (print_state(counter) == Some(wanted)).then_some(()));
}

#[test]
fn a_printer_without_cards_prints_nothing_and_prints_one_card_when_it_has_some() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("printing");
    bench.card_printer("media_empty");
    counter.ask(Request::PrintCard { reprint: None }).unwrap();
    let fault = counter.trouble();
    assert_helps(&fault, "printing.printer", FaultKind::Attend);
    assert!(fault.reasons.concat().contains("缺空白证"), "{fault:#?}");
    await_print(&counter, PrintState::Failed);
    bench.card_printer("good");
    // A further attempt is a reprint, also when the first gave nothing: it wants a reason.
    let fault = counter.ask(Request::PrintCard { reprint: None }).unwrap_err();
    assert_helps(&fault, "printing.correct", FaultKind::Correct);
    assert_eq!(fault.fields[0].field, "reprint");
    counter.ask(Request::PrintCard { reprint: Some("上次缺空白证".to_owned()) }).unwrap();
    await_print(&counter, PrintState::AskPerson);
    counter.walk_to("closed");
    drop(counter);

    let left = Aftermath::of(bench.path());
    let reasons: Vec<_> = left.attempts(&left.only_case()).into_iter().map(|(_, reprint)| reprint).collect();
    assert_eq!(reasons, [None, Some("上次缺空白证".to_owned())]);
    assert_eq!(left.prints("card").len(), 1);
    let [balance] = left.ledger.numbers_balance().unwrap().try_into().unwrap();
    assert_eq!((balance.drawn, balance.delivered, balance.spoiled), (1, 1, 0));
}

#[test]
fn a_spoiled_card_spends_its_number_and_the_next_one_bears_a_new_number_and_a_reason() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("printing");
    counter.ask(Request::PrintCard { reprint: None }).unwrap();
    await_print(&counter, PrintState::AskPerson);
    counter.ask(Request::SpoilCard { cause: "花了".to_owned() }).unwrap();
    assert_eq!(counter.case().at, "numbering");
    counter.ask(Request::ReserveNumber).unwrap();
    let fault = counter.ask(Request::PrintCard { reprint: None }).unwrap_err();
    assert_helps(&fault, "printing.correct", FaultKind::Correct);
    counter.ask(Request::PrintCard { reprint: Some("上一张花了".to_owned()) }).unwrap();
    await_print(&counter, PrintState::AskPerson);
    counter.walk_to("closed");
    drop(counter);

    let left = Aftermath::of(bench.path());
    let attempts = left.attempts(&left.only_case());
    assert_eq!(attempts.len(), 2);
    assert_eq!(attempts[1].1.as_deref(), Some("上一张花了"));
    let [balance] = left.ledger.numbers_balance().unwrap().try_into().unwrap();
    assert!(balance.is_sound(), "{balance:?}");
    assert_eq!((balance.drawn, balance.delivered, balance.spoiled), (2, 1, 1));
    let cards = left.prints("card");
    assert_eq!(cards.len(), 2);
    assert_ne!(text(&cards[0]), text(&cards[1]));
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn a_receipt_list_that_did_not_print_is_told_of_and_printed_when_the_case_is_taken_up_again() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("acceptance");
    let queue = bench.path().join("queue/paper");
    std::fs::remove_dir(&queue).unwrap();
    counter.ask(Request::Accept).unwrap();
    assert_helps(&counter.trouble(), "acceptance.receipt_not_printed", FaultKind::Attend);
    assert_eq!(counter.case().at, "rating", "the acceptance stands");
    std::fs::create_dir(&queue).unwrap();
    let case = counter.case().case;
    counter.ask(Request::ParkCase).unwrap();
    counter.ask(Request::ResumeCase { case }).unwrap();
    counter.walk_to("closed");
    drop(counter);
    let papers = Aftermath::of(bench.path()).prints("paper");
    let of_kind = |letter: char| papers.iter().filter(|paper| name_of(paper).starts_with(letter)).count();
    assert_eq!(
        (of_kind('S'), of_kind('Y'), papers.len()),
        (1, 1, 2),
        "the receipt list and the hand-over list, once each"
    );
}

fn name_of(paper: &std::path::Path) -> String {
    paper.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
