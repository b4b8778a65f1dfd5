//! Blanks: with the card's number on them, or counted.

use desk::contract::{FaultKind, Kind, NumberGiver, PrintState, Request, Screen, StepBody, StockView};
use journeys::aftermath::Aftermath;
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

/// A station whose pack numbers in another way than the shipped one.
pub fn bench_by(mode: &str) -> Bench {
    let pack = journeys::programs::root().join("fixtures/packs/yiyang-2021.toml");
    let bench = Bench::new().rewired(&pack.display().to_string(), "pack.toml");
    let text = std::fs::read_to_string(&pack).unwrap();
    let text = text.replacen("value = \"block_allocated\"", &format!("value = \"{mode}\""), 1);
    std::fs::write(bench.path().join("pack.toml"), text).unwrap();
    bench
}

pub fn receive(counter: &Counter, count: u32) {
    let (first, last, source) = (String::new(), String::new(), "区民政局，发放单第 12 号".to_owned());
    counter.ask(Request::ReceiveBlanks { first, last, count, source }).unwrap();
}

fn receive_serials(counter: &Counter, first: &str, last: &str) {
    let source = "区民政局".to_owned();
    counter.ask(Request::ReceiveBlanks { first: first.to_owned(), last: last.to_owned(), count: 0, source }).unwrap();
}

pub fn page(counter: &Counter) -> StockView {
    counter.ask(Request::ShowStock).unwrap();
    let Screen::Stock(shown) = counter.view().screen else { panic!("not the page of the stock") };
    counter.ask(Request::ClosePage).unwrap();
    *shown
}

fn on_hand(counter: &Counter) -> u32 {
    page(counter).blanks.map_or(0, |blanks| blanks.on_hand)
}

fn take(serial: &str) -> Request {
    Request::TakeBlank { serial: serial.to_owned() }
}

/// S-49, domain 2.3: the serial of the blank becomes the number of the card, and every wrong one is refused in words.
#[test]
fn the_blank_in_the_hand_gives_the_card_its_number() {
    let bench = bench_by("preprinted_stock");
    let counter = bench.counter();
    assert_eq!((page(&counter).gives, page(&counter).blanks), (NumberGiver::Blank, None));
    counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
    counter.walk_to("numbering");
    let act = counter.case().acts.into_iter().find(|act| act.ask == "take_blank").unwrap();
    assert!(!act.allowed && act.why_not.unwrap().contains("空白证用完了"), "nothing came in yet");
    assert_helps(&counter.ask(take("HN0001")).unwrap_err(), "numbering.blank_unknown", FaultKind::Correct);

    receive_serials(&counter, "HN0001", "HN0004");
    let StepBody::Numbering { gives, next_blank, .. } = counter.case().body else { panic!("not at the number") };
    assert_eq!((gives, next_blank.as_deref()), (NumberGiver::Blank, Some("HN0001")));
    let spoiled = Request::SpoilBlanks { serial: "HN0001".to_owned(), count: 0, cause: "折角".to_owned() };
    counter.ask(spoiled).unwrap();
    let lost = Request::ReportBlanksLost { serial: "HN0002".to_owned(), count: 0, cause: "找不到".to_owned() };
    counter.ask(lost).unwrap();
    for (serial, code) in [
        ("HN0001", "numbering.blank_spoiled"),
        ("HN0002", "numbering.blank_lost"),
        ("HN0005", "numbering.blank_unknown"),
    ] {
        assert_helps(&counter.ask(take(serial)).unwrap_err(), code, FaultKind::Correct);
    }
    assert_eq!(counter.ask(take(" ")).unwrap_err().code, "desk.correct");
    assert_eq!(counter.ask(Request::ReserveNumber).unwrap_err().reasons, ["请扫描空白证上的号"]);
    // As a scanner behind a Chinese keyboard types it.
    counter.ask(take("ＨＮ0003 ")).unwrap();
    let StepBody::Printing { number, state, .. } = counter.case().body else { panic!("not at the print") };
    assert_eq!((number.as_str(), state), ("HN0003", PrintState::Ready));
    counter.walk_to("closed");
    assert!(counter.tray_holds("HN0003"));
    counter.ask(Request::CloseCase).unwrap();

    counter.ask(Request::OpenCase { kind: Kind::ReissueLost }).unwrap();
    counter.walk_to("numbering");
    assert_helps(&counter.ask(take("HN0003")).unwrap_err(), "numbering.blank_used", FaultKind::Correct);
    counter.walk_to("printing");
    // The last one was torn before it was printed: number and blank are spent together.
    counter.ask(Request::SpoilNumber { cause: "空白证破损".to_owned() }).unwrap();
    assert_helps(&counter.ask(take("HN0004")).unwrap_err(), "numbering.blank_spoiled", FaultKind::Correct);
    counter.ask(Request::ParkCase).unwrap();
    let blanks = page(&counter).blanks.unwrap();
    assert_eq!((blanks.received, blanks.on_hand, blanks.used, blanks.spoiled, blanks.lost), (4, 0, 1, 2, 1));
    drop(counter);
    assert_eq!(Aftermath::of(bench.path()).report().problems, Vec::<String>::new());
}

/// A window that never booked a batch works as before; from the first batch on, no blank means no number.
#[test]
fn a_book_that_runs_out_stops_the_number_and_not_the_case() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    assert_eq!(page(&counter).blanks, None, "no batch, no book");
    receive(&counter, 1);
    assert_eq!(on_hand(&counter), 1);

    counter.ask(Request::OpenCase { kind: Kind::ReissueLost }).unwrap();
    counter.walk_to("numbering");
    counter.ask(Request::ParkCase).unwrap();
    let everything = Request::ReportBlanksLost { serial: String::new(), count: 1, cause: "找不到".to_owned() };
    counter.ask(everything.clone()).unwrap();
    let Screen::Lobby { cases, .. } = counter.view().screen else { panic!("not in the lobby") };
    counter.ask(Request::ResumeCase { case: cases[0].case.clone() }).unwrap();
    assert_helps(&counter.ask(Request::ReserveNumber).unwrap_err(), "numbering.no_blank", FaultKind::Attend);
    let act = counter.case().acts.into_iter().find(|act| act.ask == "reserve_number").unwrap();
    assert!(!act.allowed, "{act:?}");
    receive(&counter, 2);
    counter.walk_to("printing");
    // Both are gone before the print: the number waits, nothing is printed.
    let both = Request::ReportBlanksLost { serial: String::new(), count: 2, cause: "找不到".to_owned() };
    counter.ask(both).unwrap();
    let fault = counter.ask(Request::PrintCard { reprint: None }).unwrap_err();
    assert_helps(&fault, "printing.no_blank", FaultKind::Attend);
    let short = counter.ask(everything).unwrap_err();
    assert_helps(&short, "stock.short", FaultKind::Correct);
    receive(&counter, 1);
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    let shown = page(&counter);
    let blanks = shown.blanks.unwrap();
    assert_eq!((blanks.received, blanks.on_hand, blanks.used, blanks.lost, blanks.unbooked), (4, 0, 1, 3, 0));
    assert_eq!((shown.received.len(), shown.used.len(), shown.lost.len()), (3, 1, 3));
    drop(counter);
    assert_eq!(Aftermath::of(bench.path()).report().problems, Vec::<String>::new());
}

/// A batch that is wrong tells everything at once, and nothing of it is booked.
#[test]
fn a_batch_that_is_wrong_is_told_at_once_and_not_booked() {
    let bench = bench_by("preprinted_stock");
    let counter = bench.counter();
    let batch = |first: &str, last: &str, source: &str| Request::ReceiveBlanks {
        first: first.to_owned(),
        last: last.to_owned(),
        count: 0,
        source: source.to_owned(),
    };
    let fault = counter.ask(batch("", "", "")).unwrap_err();
    assert_helps(&fault, "stock.correct", FaultKind::Correct);
    let fields: Vec<_> = fault.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["first", "last", "source"]);
    assert_eq!(counter.ask(batch("HN001", "HM009", "区里")).unwrap_err().fields[0].field, "last");
    counter.ask(batch("HN001", "HN009", "区里")).unwrap();
    let again = counter.ask(batch("HN009", "HN020", "区里")).unwrap_err();
    assert_helps(&again, "stock.known", FaultKind::Correct);
    assert!(again.fields[0].words.contains("HN009"), "{again:?}");
    assert_eq!(on_hand(&counter), 9);
}

/// Another block is granted at the counter; one that overlaps is refused.
#[test]
fn a_new_block_of_numbers_is_granted_at_the_counter() {
    let bench = Bench::new();
    let counter = bench.counter();
    let before = page(&counter).blocks;
    let overlapping = Request::GrantBlock { first: before[0].last, last: before[0].last + 10 };
    assert_helps(&counter.ask(overlapping).unwrap_err(), "stock.block_known", FaultKind::Correct);
    let (first, last) = (before[0].last + 1, before[0].last + 100);
    counter.ask(Request::GrantBlock { first, last }).unwrap();
    let again = counter.ask(Request::GrantBlock { first, last }).unwrap_err();
    assert_helps(&again, "stock.block_known", FaultKind::Correct);
    assert_eq!(page(&counter).blocks.last().map(|block| (block.first, block.left)), Some((first, 100)));
}
