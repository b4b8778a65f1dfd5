//! Nothing that was typed is lost: fields are kept when they are left, cases are put aside and taken up by the same card.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use desk::contract::{FaultKind, Kind, Request, Screen};
use journeys::aftermath::Aftermath;
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

fn kept(counter: &Counter) -> Vec<(String, String)> {
    counter.case().aside.kept.into_iter().collect()
}

fn keep(counter: &Counter, field: &str, value: &str) {
    counter.ask(Request::KeepEntry { field: field.into(), value: value.into() }).unwrap();
}

fn open_cases(counter: &Counter) -> Vec<String> {
    let Screen::Lobby { cases, .. } = counter.view().screen else { panic!("the lobby is not shown") };
    cases.into_iter().map(|line| line.case).collect()
}

#[test]
fn a_station_killed_in_the_middle_of_a_form_has_every_field_that_was_left() {
    let bench = Bench::new();
    let died = Command::new(env!("CARGO_BIN_EXE_half-filled")).arg(&bench.station).status().unwrap();
    assert_eq!(died.signal(), Some(9), "it died as it should: {died}");
    let counter = bench.counter();
    let [case] = open_cases(&counter).try_into().unwrap();
    counter.ask(Request::ResumeCase { case }).unwrap();
    let found = kept(&counter);
    let fields = [
        ("applicant.contact_address", "样例村十二"),
        ("applicant.department", "heshan"),
        ("applicant.hukou", "outside"),
        ("applicant.hukou_basis", "看过居住证"),
        ("applicant.mode", "agent"),
        ("applicant.phone", "1380000"),
        ("refuse.reasons", "ITEM_NOT_IN_SCOPE"),
        ("withdraw.reason", "家里有"),
    ];
    assert_eq!(found, fields.map(|(field, value)| (field.to_owned(), value.to_owned())));
    assert_eq!(counter.case().at, "applicant");
    drop(counter);
    let left = Aftermath::of(bench.path());
    assert_eq!(left.tags(&left.only_case()), ["opened", "identified"], "an entry that was not sent is no fact");
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn an_entry_goes_when_its_act_is_done_and_with_the_case() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("applicant");
    keep(&counter, "applicant.phone", "1380");
    keep(&counter, "withdraw.reason", "家里有事");
    // Neither a form that is not on the screen, nor one that nobody knows.
    keep(&counter, "archive.to", "张敏");
    keep(&counter, "nonsense", "x");
    keep(&counter, "door.born", "1960");
    assert_eq!(kept(&counter).len(), 2);
    counter.walk_to("eligibility");
    assert_eq!(kept(&counter), [("withdraw.reason".to_owned(), "家里有事".to_owned())]);
    // A field whose leaving arrives after its form was sent is nobody's any more.
    keep(&counter, "applicant.phone", "1380");
    assert_eq!(kept(&counter).len(), 1);
    counter.ask(Request::WithdrawCase { reason: "家里有事".into() }).unwrap();
    assert!(kept(&counter).is_empty());
    counter.ask(Request::CloseCase).unwrap();
    keep(&counter, "door.born", "1960-02-29");
    let Screen::Lobby { door, .. } = counter.view().screen else { panic!("the lobby is shown") };
    assert_eq!(door.kept.get("door.born").map(String::as_str), Some("1960-02-29"));
    counter.ask(Request::RefuseAtDoor { reason: "TOO_YOUNG".into(), born: Some("1960-02-29".into()) }).unwrap();
    let Screen::Lobby { door, .. } = counter.view().screen else { panic!("the lobby is shown") };
    assert!(door.kept.is_empty(), "{:?}", door.kept);
}

/// S-42: the newspaper and the old card, why a page is kept, and why a card is waste or printed again.
#[test]
fn what_was_typed_at_the_papers_and_at_the_printer_is_kept_until_its_act_is_done() {
    let bench = Bench::new();
    let counter = bench.counter();
    counter.ask(Request::OpenCase { kind: Kind::ReissueLost }).unwrap();
    counter.walk_to("materials");
    let (typed, at_the_printer) = (
        [("keep_page.newspaper_1", "报纸旧了"), ("loss_notice.paper", "样例日报"), ("old_card.number", "YY")],
        [("printing.reprint", "卡纸"), ("spoil.own", "印偏"), ("spoil.picked", "other")],
    );
    let all = |fields: &[(&str, &str)]| {
        fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
    };
    for (field, value) in typed.iter().chain(&at_the_printer) {
        keep(&counter, field, value);
    }
    assert_eq!(kept(&counter), all(&typed), "what is not on the screen is nobody's");
    counter.walk_to("printing");
    assert!(kept(&counter).iter().all(|(field, _)| field.starts_with("keep_page")), "{:?}", kept(&counter));
    for (field, value) in typed.iter().chain(&at_the_printer) {
        keep(&counter, field, value);
    }
    assert_eq!(kept(&counter)[1..], all(&at_the_printer));
    counter.ask(Request::SpoilNumber { cause: "空白证破损".into() }).unwrap();
    counter.walk_to("printing");
    assert!(kept(&counter).iter().all(|(field, _)| !field.starts_with("spoil")), "{:?}", kept(&counter));
    counter.walk_to("delivery");
    assert!(kept(&counter).iter().all(|(field, _)| field.starts_with("keep_page")), "{:?}", kept(&counter));
}

#[test]
fn trouble_stays_on_the_screen_while_fields_are_left() {
    let bench = Bench::new();
    bench.lay("expired");
    let counter = bench.with_case();
    counter.ask(Request::ReadCard).unwrap();
    let told = counter.trouble();
    keep(&counter, "typed_applicant.name", "文试华");
    assert_eq!(counter.view().trouble, Some(told));
}

/// A case parked at a kiosk goes on at the counter by the same card.
#[test]
fn a_case_that_was_put_aside_is_taken_up_by_the_same_card_with_its_fields() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("applicant");
    keep(&counter, "applicant.contact_address", "样例村");
    let case = counter.case().case;
    counter.ask(Request::ParkCase).unwrap();
    drop(counter);
    let counter = bench.counter();
    counter.ask(Request::TakeOver).unwrap();
    let opened = counter.wait("the case of the card", |view| {
        let Screen::Case(case) = &view.screen else { return None };
        Some(case.case.clone())
    });
    assert_eq!(opened, case);
    assert_eq!(kept(&counter), [("applicant.contact_address".to_owned(), "样例村".to_owned())]);
    counter.walk_to("closed");
}

#[test]
fn a_card_without_an_unfinished_case_is_told_so_and_a_reading_in_the_lobby_can_be_stopped() {
    let bench = Bench::new();
    let counter = bench.counter();
    counter.ask(Request::TakeOver).unwrap();
    assert_helps(&counter.trouble(), "desk.nothing_unfinished", FaultKind::Attend);
    assert!(open_cases(&counter).is_empty());
    bench.reader("lift");
    counter.ask(Request::TakeOver).unwrap();
    let fault = counter.ask(Request::OpenCase { kind: Kind::First }).unwrap_err();
    assert_helps(&fault, "desk.not_now", FaultKind::Refused);
    counter.ask(Request::CancelRead).unwrap();
    counter.wait("the end of the reading", |view| {
        let Screen::Lobby { door, .. } = &view.screen else { return None };
        (!door.taking_over).then_some(())
    });
    counter.wait("a lobby that opens cases again", |_| counter.ask(Request::OpenCase { kind: Kind::First }).ok());
}

#[test]
fn a_second_case_of_the_same_person_is_told_of() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("eligibility");
    let first = counter.case().case;
    counter.ask(Request::ParkCase).unwrap();
    counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
    counter.walk_to("applicant");
    let notes = counter.case().person.unwrap().notes;
    assert!(notes.iter().any(|note| note.contains("还有一件没办完的事") && note.contains(&first)), "{notes:#?}");
}
