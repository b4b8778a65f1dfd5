//! What goes out, by single stories: order, probes, limits, wishes and clocks.

use casework::nouns::PlatformId;
use casework::outbox::{Answer, Cause, Entry, MOST_IN_FLIGHT, Next, Queued, Reach, State, plan};
use jiff::{SignedDuration, Timestamp};

fn at(seconds: i64) -> Timestamp {
    "2021-11-08T01:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

fn city() -> PlatformId {
    "city".parse().unwrap()
}

/// A message that was never sent: the first of its own case.
fn fresh(id: i64) -> Queued {
    Queued {
        id,
        case: format!("HS-20211108-{id:04}").parse().unwrap(),
        seq_in_case: 4,
        place: 1,
        platform: city(),
        state: State::Due,
        attempt: 0,
        since: at(0),
        due_at: at(0),
        cause: None,
    }
}

/// One that waits from `since` to `due`, in seconds.
fn waiting(id: i64, cause: Cause, since: i64, due: i64) -> Queued {
    Queued { attempt: 1, since: at(since), due_at: at(due), cause: Some(cause), ..fresh(id) }
}

fn status(code: u16, retry_after: Option<i64>, body: &str) -> Answer {
    Answer::Status { code, retry_after: retry_after.map(SignedDuration::from_secs), body: body.to_owned() }
}

fn taken() -> Answer {
    status(200, None, r#"{"ok":true,"receipt":"R"}"#)
}

/// The desk's part: an answer to message `id` at that second, with the longest pause that the rule allows.
fn heard(reach: &mut Reach, id: i64, answer: &Answer, second: i64) {
    let entry = Entry { state: State::InFlight, attempt: 1, unreadable: 0, keyed: true };
    let next = plan(&entry, answer, at(second), 1.0);
    reach.heard(id, &city(), answer, &next, at(second), 1.0);
}

#[test]
fn a_message_goes_when_every_earlier_one_of_its_case_is_done() {
    let of_case = |id: i64, seq: u32, place: u8, state| Queued {
        case: fresh(1).case,
        seq_in_case: seq,
        place,
        state,
        ..fresh(id)
    };
    for (state, goes) in [
        (State::Due, vec![1]),
        (State::InFlight, vec![]),
        (State::Rejected, vec![]),
        (State::Unknown, vec![]),
        (State::Closed, vec![2]),
        (State::Done, vec![2]),
    ] {
        // In no order: places count, not ids or the order of the list.
        let queue = [of_case(3, 9, 1, State::Due), of_case(2, 4, 2, State::Due), of_case(1, 4, 1, state)];
        assert_eq!(Reach::default().go_out(&queue, at(0)), goes, "{state:?}");
    }
}

#[test]
fn so_many_are_under_way_to_a_platform_and_no_more() {
    let mut queue: Vec<Queued> = (1..=20).map(fresh).collect();
    assert_eq!(Reach::default().go_out(&queue, at(0)), (1..=8).collect::<Vec<_>>());
    assert_eq!(MOST_IN_FLIGHT, 8);
    queue[..5].iter_mut().for_each(|one| one.state = State::InFlight);
    queue[19].platform = "rating".parse().unwrap();
    assert_eq!(Reach::default().go_out(&queue, at(0)), [6, 7, 8, 20], "each platform for itself");
}

#[test]
fn while_nobody_is_there_one_message_at_a_time_asks() {
    let mut reach = Reach::default();
    heard(&mut reach, 1, &Answer::NetworkDown, 0);
    let mut queue = vec![waiting(1, Cause::NetworkDown, 0, 1), fresh(2), fresh(3)];
    assert!(reach.go_out(&queue, at(0)).is_empty(), "the pause of the way");
    assert_eq!(reach.wakes_at(&queue, at(0)), Some(at(1)));
    assert_eq!(reach.go_out(&queue, at(1)), [2], "the one that was sent least often");
    queue[1].state = State::InFlight;
    assert!(reach.go_out(&queue, at(5)).is_empty());
    heard(&mut reach, 2, &Answer::NetworkDown, 5);
    queue[1] = waiting(2, Cause::NetworkDown, 5, 6);
    assert!(reach.go_out(&queue, at(6)).is_empty(), "the pause has doubled");
    assert_eq!(reach.go_out(&queue, at(7)), [3]);
}

#[test]
fn many_that_fail_at_once_are_one_failure() {
    let mut reach = Reach::default();
    for id in 1..=8 {
        heard(&mut reach, id, &Answer::TimedOut, 0);
    }
    assert_eq!(reach.go_out(&[fresh(9)], at(1)), [9], "one second, and not two minutes");
}

#[test]
fn an_answer_opens_the_way_for_everybody_who_waited_for_it() {
    let mut reach = Reach::default();
    heard(&mut reach, 1, &Answer::NetworkDown, 0);
    let away = waiting(2, Cause::NetworkDown, 40, 640);
    let not_done = waiting(3, Cause::NotDoneYet, 40, 640);
    let garbled = waiting(4, Cause::Unreadable, 40, 640);
    let queue = [away, not_done, garbled, fresh(5)];
    heard(&mut reach, 6, &taken(), 60);
    assert_eq!(reach.trouble(), None);
    let first = reach.go_out(&queue, at(60));
    assert!(first.contains(&5), "what was never sent goes at once: {first:?}");
    assert_eq!(reach.go_out(&queue, at(62)), [2, 5], "within two seconds, and what waits for itself goes on waiting");
}

#[test]
fn what_waited_for_a_way_is_spread_over_two_seconds() {
    let mut reach = Reach::default();
    heard(&mut reach, 1, &Answer::NetworkDown, 0);
    heard(&mut reach, 1, &taken(), 60);
    let turns: Vec<_> = (2..=200).map(|id| reach.next_try(&waiting(id, Cause::TimedOut, 40, 640), at(60))).collect();
    assert!(turns.iter().all(|turn| (at(60)..=at(62)).contains(turn)));
    let half = turns.iter().filter(|turn| **turn < at(61)).count();
    assert!((60..=140).contains(&half), "{half} of 199 in the first second");
}

/// A message over which a platform breaks each time, and would shut the way for all others.
#[test]
fn the_message_that_shut_the_way_waits_for_itself() {
    let mut reach = Reach::default();
    heard(&mut reach, 1, &status(500, None, ""), 0);
    heard(&mut reach, 2, &taken(), 1);
    let queue = [waiting(1, Cause::Busy, 0, 600), fresh(3)];
    assert_eq!(reach.go_out(&queue, at(3)), [3]);
    assert_eq!(reach.go_out(&queue[..1], at(600)), [1]);
}

#[test]
fn a_platform_that_asks_to_be_left_alone_is_left_alone_by_everybody() {
    let mut reach = Reach::default();
    heard(&mut reach, 1, &status(503, Some(120), ""), 0);
    // Of those that were under way with it, one fails and one arrives. Neither takes its word back.
    heard(&mut reach, 2, &Answer::TimedOut, 1);
    heard(&mut reach, 3, &taken(), 2);
    assert!(reach.go_out(&[fresh(4), fresh(5)], at(119)).is_empty());
    assert_eq!(reach.go_out(&[fresh(4), fresh(5)], at(120)), [4]);
    heard(&mut reach, 4, &taken(), 121);
    assert_eq!(reach.go_out(&[fresh(5)], at(121)), [5]);
}

#[test]
fn a_person_who_wants_to_know_at_once_is_not_kept_waiting() {
    let mut reach = Reach::default();
    heard(&mut reach, 1, &status(503, Some(7_200), ""), 0);
    assert!(reach.go_out(&[fresh(2), fresh(3)], at(10)).is_empty());
    reach.try_now(&city());
    assert_eq!(reach.go_out(&[fresh(2), fresh(3)], at(10)), [2]);
}

#[test]
fn credentials_that_are_not_accepted_come_first_among_the_troubles() {
    let mut reach = Reach::default();
    let refused = status(401, None, "");
    heard(&mut reach, 1, &Answer::NetworkDown, 0);
    assert_eq!(reach.trouble(), Some(Cause::NetworkDown));
    let next = Next::Later { at: at(1), unreadable: 0, cause: Cause::Credentials };
    reach.heard(2, &"rating".parse().unwrap(), &refused, &next, at(0), 1.0);
    assert_eq!(reach.trouble(), Some(Cause::Credentials));
    assert_eq!(reach.trouble_of(&city()), Some(Cause::NetworkDown));
}

/// The battery of the clock was flat, or somebody has set it.
#[test]
fn no_jump_of_the_clock_silences_a_message_or_a_way() {
    const YEAR: i64 = 365 * 86_400;
    let one = waiting(1, Cause::Busy, 0, 600);
    assert_eq!(Reach::default().go_out(std::slice::from_ref(&one), at(-YEAR)), [1], "decided in the future");
    assert_eq!(Reach::default().go_out(std::slice::from_ref(&one), at(YEAR)), [1]);
    let for_years = waiting(1, Cause::Busy, 0, 3 * YEAR);
    assert_eq!(Reach::default().go_out(&[for_years], at(1)), [1], "longer than any pause");
    // Set back a little while it waits: it waits for its pause once more at most.
    assert_eq!(Reach::default().wakes_at(std::slice::from_ref(&one), at(1)), Some(at(600)));
    let mut reach = Reach::default();
    heard(&mut reach, 9, &status(503, Some(3_600), ""), 0);
    assert!(reach.go_out(&[fresh(2)], at(1)).is_empty());
    let fresh_then = Queued { since: at(-YEAR), due_at: at(-YEAR), ..fresh(2) };
    assert_eq!(reach.go_out(&[fresh_then], at(-YEAR)), [2]);
}
