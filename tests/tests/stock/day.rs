//! The day's close (日结): it balances, or every difference is named and explained.

use desk::contract::{DayView, FaultKind, Kind, Request, Screen};
use journeys::aftermath::{Aftermath, text};
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};
use crate::blanks::receive;

fn day(counter: &Counter) -> DayView {
    counter.ask(Request::ShowDay { day: String::new() }).unwrap();
    let Screen::Day(shown) = counter.view().screen else { panic!("not the day") };
    *shown
}

fn close(blanks: u32, reason: &str) -> Request {
    Request::CloseDay { day: String::new(), blanks: Some(blanks), old_cards: 0, reason: reason.to_owned() }
}

/// F-33: cases, numbers, cards, blanks and papers of a day make sums, and the drawer is counted against them.
#[test]
fn a_day_balances_or_names_the_difference_and_asks_why() {
    let bench = Bench::new();
    let counter = bench.counter();
    receive(&counter, 10);
    counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    counter.ask(Request::OpenCase { kind: Kind::ReissueLost }).unwrap();
    counter.walk_to("delivery");
    counter.ask(Request::ParkCase).unwrap();

    let shown = day(&counter);
    assert!(shown.groups.iter().all(|group| group.balances), "{:#?}", shown.groups);
    assert_eq!((shown.counts_blanks, shown.open_points.len(), shown.closes.len()), (true, 0, 0));
    let sum = |name: &str| {
        let group = shown.groups.iter().find(|group| group.name == name).unwrap();
        group.sum.iter().map(|part| part.n).collect::<Vec<_>>()
    };
    assert_eq!(sum("事项"), [0, 2, 0, 0, 1, 1], "two opened, one sealed, one is carried over");
    assert_eq!(sum("证号"), [0, 2, 1, 0, 1]);
    assert_eq!(sum("已制未发的证"), [0, 2, 1, 0, 1]);
    assert_eq!(sum("空白证"), [0, 10, 2, 0, 0, 8]);

    let fault = counter.ask(close(7, " ")).unwrap_err();
    assert_helps(&fault, "stock.unbalanced", FaultKind::Correct);
    assert_eq!(fault.reasons, ["空白证：账上 8 张，实数 7 张，少 1 张。"]);
    assert_eq!(day(&counter).closes.len(), 0, "nothing is closed without a word");
    counter.ask(close(7, "少一张，已报乡镇")).unwrap();
    let closed = day(&counter);
    assert_eq!(closed.closes[0].result, ["空白证：账上 8 张，实数 7 张，少 1 张。"]);
    assert!(closed.days[0].closed && closed.days[0].state.contains("不平"), "{:?}", closed.days);
    let sheet = text(&counter.paper("JHS0101-20211108-1")).replace(['样', '稿'], "");
    for words in ["日结单", "2021年11月8日", "空白证7张", "少1张", "少一张，已报乡镇"] {
        assert!(sheet.replace(' ', "").contains(words), "{words} is not on the sheet:\n{sheet}");
    }

    // It lay under the till: a further row, with its reason.
    assert_eq!(counter.ask(close(8, "")).unwrap_err().code, "stock.correct");
    counter.ask(close(8, "在柜子底下找到了")).unwrap();
    let again = day(&counter);
    let rows: Vec<(u32, bool)> = again.closes.iter().map(|line| (line.row, line.balanced)).collect();
    assert_eq!(rows, [(1, false), (2, true)]);
    counter.paper("JHS0101-20211108-2");
    counter.ask(Request::PrintDay { day: "2021-11-08".to_owned(), row: 2 }).unwrap();
    assert_eq!(
        counter.ask(Request::PrintDay { day: "2021-11-08".to_owned(), row: 3 }).unwrap_err().code,
        "desk.not_now"
    );
    let tomorrow = Request::ShowDay { day: "2021-11-09".to_owned() };
    assert_eq!(counter.ask(tomorrow).unwrap_err().code, "desk.correct");
    drop(counter);
    assert_eq!(Aftermath::of(bench.path()).report().problems, Vec::<String>::new());
}

/// A window without a book of blanks closes its day without counting them.
#[test]
fn a_window_without_a_book_counts_no_blanks() {
    let bench = Bench::new();
    let counter = bench.counter();
    let shown = day(&counter);
    assert!(!shown.counts_blanks && shown.groups.iter().all(|group| group.name != "空白证"));
    let plain = Request::CloseDay { day: String::new(), blanks: None, old_cards: 0, reason: String::new() };
    counter.ask(plain).unwrap();
    assert_eq!(day(&counter).closes[0].result, ["平"]);
}

/// Damaged cards that were taken in lie in the drawer until they are handed over.
#[test]
fn old_cards_in_the_drawer_are_counted_until_they_are_handed_over() {
    let bench = Bench::new();
    let counter = bench.counter();
    counter.ask(Request::OpenCase { kind: Kind::ReissueDamaged }).unwrap();
    counter.walk_to("numbering");
    counter.ask(Request::ParkCase).unwrap();
    let empty = Request::CloseDay { day: String::new(), blanks: None, old_cards: 0, reason: String::new() };
    let fault = counter.ask(empty.clone()).unwrap_err();
    assert_eq!(fault.reasons, ["收回的旧证：账上 1 张，实数 0 张，少 1 张。"]);
    let Screen::Lobby { cases, .. } = counter.view().screen else { panic!("not in the lobby") };
    counter.ask(Request::ResumeCase { case: cases[0].case.clone() }).unwrap();
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    counter.ask(empty).unwrap();
}
