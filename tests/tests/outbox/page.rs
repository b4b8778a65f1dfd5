//! The page: every message with its cause in words, and a person's acts as rows of the journal.

use desk::contract::{OutboxState, Request, Screen};
use journeys::aftermath::Aftermath;
use journeys::counter::Counter;
use ledger::MessageState;
use serde_json::json;

use crate::bench::{Bench, page};

#[test]
fn what_waits_is_shown_with_its_cause_and_a_person_sends_it_again() {
    let bench = Bench::new();
    bench.behave(&json!("away"));
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let line = page(&counter, "a message that was tried", |shown| {
        assert_eq!((shown.undone, shown.arrived_today), (5, 0));
        shown.lines.iter().find(|line| line.tries > 0 && line.next.is_some()).cloned()
    });
    assert_eq!((line.state, line.cause.as_str()), (OutboxState::Due, "平台没有按时回答。"));
    assert!(!line.do_now.is_empty() && line.retry && !line.settle, "{line:?}");
    assert_eq!(line.case, "HS0101-20211108-0001");
    let held = page(&counter, "a later one of the same case", |shown| {
        shown.lines.iter().find(|line| line.state == OutboxState::Held).cloned()
    });
    assert!(!held.retry && held.cause.contains("前面的一条"), "{held:?}");

    bench.behave(&json!("accept"));
    counter.ask(Request::RetryPlatform { platform: "city".to_owned() }).unwrap();
    page(&counter, "an empty outbox", |shown| (shown.undone == 0 && shown.arrived_today == 5).then_some(()));
    counter.ask(Request::ClosePage).unwrap();
    assert!(matches!(counter.view().screen, Screen::Lobby { .. }));
    drop(counter);
    let left = Aftermath::of(bench.path());
    let facts = left.ledger.station_facts().unwrap();
    let again = facts.iter().find(|one| one.fact.tag() == "platform_retried").unwrap();
    assert_eq!(again.actor.as_str(), "张敏");
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn a_refused_message_tells_the_platforms_words_masked_and_goes_again_when_a_person_asks() {
    let bench = Bench::new();
    bench.behave(&json!({"reject": {"code": "BAD_NUMBER"}}));
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let line = page(&counter, "a refused message", |shown| {
        let first = shown.lines.first()?;
        (first.state == OutboxState::Rejected).then(|| first.clone())
    });
    assert_eq!(line.cause, "平台不认身份证号码。");
    assert_eq!(line.said.as_deref(), Some("平台不予受理"));
    assert_eq!((line.next, line.settle), (None, false));
    // It holds its own case, and its platform is not asked for it again by itself.
    assert_eq!(
        counter.ask(Request::RetryMessage { message: "nobody".to_owned() }).unwrap_err().code,
        "platform.unknown_message"
    );

    bench.behave(&json!("accept"));
    counter.ask(Request::RetryMessage { message: line.message.clone() }).unwrap();
    page(&counter, "everything arrived", |shown| (shown.undone == 0).then_some(()));
    let late = counter.ask(Request::RetryMessage { message: line.message }).unwrap_err();
    assert_eq!(
        (late.code.as_str(), late.reasons.as_slice()),
        ("desk.not_now", ["这一条已经送达".to_owned()].as_slice())
    );
    drop(counter);
    let left = Aftermath::of(bench.path());
    let tags: Vec<_> = left.ledger.station_facts().unwrap().iter().map(|one| one.fact.tag()).collect();
    assert_eq!(tags.iter().filter(|tag| **tag == "message_retried").count(), 1, "{tags:?}");
    assert!(left.messages().iter().all(|message| message.state == MessageState::Done));
}

/// A platform without keys, and a message of which nobody knows whether it arrived.
fn unknown(bench: &Bench) -> (Counter, String) {
    bench.rewire("timeout_ms", "without_keys = [\"city\"]\ntimeout_ms");
    bench.behave(&json!("lost_answer"));
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let line = page(&counter, "a message nobody knows of", |shown| {
        shown.lines.iter().find(|line| line.state == OutboxState::Unknown).cloned()
    });
    assert!(line.settle && !line.retry && line.next.is_none(), "{line:?}");
    assert!(line.do_now.contains("打电话问平台"), "{line:?}");
    bench.behave(&json!("accept"));
    (counter, line.message)
}

#[test]
fn of_an_unknown_message_a_person_says_that_it_arrived_and_what_stood_behind_it_goes() {
    let bench = Bench::new();
    let (counter, message) = unknown(&bench);
    assert_eq!(counter.ask(Request::RetryMessage { message: message.clone() }).unwrap_err().code, "desk.not_now");
    let say = |receipt: &str| Request::SettleMessage { message: message.clone(), receipt: Some(receipt.to_owned()) };
    for wrong in ["", "  ", "回执 7", &"7".repeat(65)] {
        let fault = counter.ask(say(wrong)).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.fields[0].field.as_str()), ("desk.correct", "receipt"), "{wrong}");
    }
    counter.ask(say(" CITY-000001 ")).unwrap();
    page(&counter, "everything arrived", |shown| (shown.undone == 0).then_some(()));
    assert_eq!(counter.ask(say("CITY-000001")).unwrap_err().code, "desk.not_now");
    drop(counter);
    let messages = Aftermath::of(bench.path()).messages();
    assert_eq!((messages[0].receipt.as_deref(), messages[0].attempt), (Some("CITY-000001"), 1), "it was sent once");
}

#[test]
fn of_an_unknown_message_a_person_says_that_it_is_sent_again() {
    let bench = Bench::new();
    let (counter, message) = unknown(&bench);
    counter.ask(Request::SettleMessage { message, receipt: None }).unwrap();
    page(&counter, "everything arrived", |shown| (shown.undone == 0).then_some(()));
    drop(counter);
    let left = Aftermath::of(bench.path());
    assert_eq!(left.messages()[0].attempt, 2);
    let again =
        left.ledger.station_facts().unwrap().into_iter().find(|one| one.fact.tag() == "message_retried").unwrap();
    assert!(again.fact.body().contains(r#""was":"unknown""#), "{}", again.fact.body());
}

#[test]
fn a_platform_without_keys_gets_nothing_by_stick() {
    let bench = Bench::new();
    bench.add_stick();
    let (counter, _) = unknown(&bench);
    page(&counter, "what may be exported", |shown| (shown.stick.exportable == 0).then_some(()));
    assert_eq!(counter.ask(Request::ExportOutbox).unwrap_err().code, "platform.nothing_to_export");
}

#[test]
fn the_page_shows_no_full_number_of_anybody() {
    let bench = Bench::new();
    bench.behave(&json!("away"));
    let counter = bench.after_a_visit();
    counter.ask(Request::ShowOutbox).unwrap();
    let shown = page(&counter, "the page", |shown| Some(serde_json::to_string(shown).unwrap()));
    drop(counter);
    let bodies: String = Aftermath::of(bench.path()).messages().into_iter().map(|message| message.body).collect();
    let numbers: Vec<&str> = bodies
        .split('"')
        .filter(|text| text.len() == 18 && text.chars().all(|one| one.is_ascii_alphanumeric()))
        .filter(|text| text.starts_with("43"))
        .collect();
    assert!(!numbers.is_empty(), "the messages themselves bear the number");
    assert!(numbers.iter().all(|number| !shown.contains(number)), "{shown}");
}
