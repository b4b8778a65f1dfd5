//! The 30 minutes of a village at the desk: 29:59, 30:01, the reason, and the lobby's list (S-06, S-55).

use desk::contract::{Proof, Request, Screen, StepBody, Taker};

use crate::bench::{Bench, CLERK};

fn deliver(late: Option<&str>) -> Request {
    Request::Deliver {
        proofs: vec![Proof::IdCard],
        receiver: Taker::Applicant,
        collector: None,
        late: late.map(str::to_owned),
    }
}

/// A village's case with the card made and `seconds` left (or, below zero, over).
fn with_left(bench: &mut Bench, seconds: i64) {
    bench.sign_in_for_everything();
    let case = bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    let clock = case.clock.unwrap();
    bench.now = jiff::Timestamp::from_millisecond(clock.due_ms - seconds * 1000).unwrap();
}

#[test]
fn a_card_delivered_at_29_59_keeps_the_promise_and_at_30_01_it_asks_for_the_reason() {
    let mut bench = Bench::village();
    with_left(&mut bench, 1);
    assert!(matches!(bench.case().body, StepBody::Delivery { late: false, .. }));
    bench.must(deliver(None));
    let left = bench.aftermath();
    assert!(!left.tags(&left.only_case()).contains(&"deadline_missed"));

    let mut bench = Bench::village();
    with_left(&mut bench, -1);
    assert!(matches!(bench.case().body, StepBody::Delivery { late: true, .. }));
    let fault = bench.ask(deliver(None)).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.fields[0].field.as_str()), ("delivery.correct", "late"));
    bench.must(deliver(Some("打印机卡纸")));
    bench.must(Request::DeclineRating);
    let closed = bench.walk_until(|body| matches!(body, StepBody::Closed { .. }));
    let StepBody::Closed { lines, .. } = closed.body else { panic!("closed") };
    assert!(lines.concat().contains("打印机卡纸"), "{lines:?}");
    let left = bench.aftermath();
    let tags = left.tags(&left.only_case());
    let missed = tags.iter().position(|tag| *tag == "deadline_missed").unwrap();
    assert_eq!(tags[missed + 1], "delivered", "both stand in one act: {tags:?}");
}

#[test]
fn the_lobby_lists_a_broken_promise_first_and_turns_to_it_while_nobody_touches_anything() {
    let mut bench = Bench::village();
    bench.sign_in_for_everything();
    let first = bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    let due = first.clock.unwrap().due_ms;
    bench.must(Request::ParkCase);
    bench.must(Request::OpenCase { kind: desk::contract::Kind::First });
    bench.must(Request::ParkCase);
    let listed = |bench: &mut Bench| {
        let Screen::Lobby { cases, .. } = bench.view().screen else { panic!("the lobby is shown") };
        cases
    };
    assert_eq!(listed(&mut bench)[1].case, first.case, "the newest stands first while there is time");
    // A beat is enough: nobody asks for anything.
    bench.now = jiff::Timestamp::from_millisecond(due + 500).unwrap();
    let before = bench.view().version;
    bench.seconds(1);
    assert_ne!(bench.view().version, before, "the view is a new one");
    // The session ended in the meantime, as it does when nobody asks for anything.
    bench.sign_in(CLERK);
    let cases = listed(&mut bench);
    assert_eq!(cases[0].case, first.case);
    let clock = cases[0].clock.clone().unwrap();
    assert!(clock.now_ms > clock.due_ms && clock.amber_ms == clock.due_ms - 600_000 && !clock.stopped);
    assert_eq!(cases[1].clock, None);
}
