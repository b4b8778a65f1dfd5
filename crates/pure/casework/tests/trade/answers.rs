//! What becomes of a message after an answer (reliability 5).

use casework::outbox::{Answer, Cause, Entry, KNOWN_CODES, Meaning, Next, State, plan};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const IN_FLIGHT: Entry = Entry { state: State::InFlight, attempt: 1, unreadable: 0, keyed: true };

fn now() -> Timestamp {
    "2021-11-08T01:00:00Z".parse().unwrap()
}

fn status(code: u16, body: &str) -> Answer {
    Answer::Status { code, retry_after: None, body: body.to_owned() }
}

fn cause(answer: &Answer) -> Option<Cause> {
    match plan(&IN_FLIGHT, answer, now(), 0.5) {
        Next::Later { cause, .. } => Some(cause),
        Next::Done { .. } | Next::Rejected { .. } | Next::Unknown | Next::Closed { .. } | Next::Settled => None,
    }
}

#[test]
fn done_means_a_receipt_number() {
    let receipt = |code, body| plan(&IN_FLIGHT, &status(code, body), now(), 0.5);
    assert_eq!(
        receipt(200, r#"{"ok":true,"receipt":"CITY-000001"}"#),
        Next::Done { receipt: "CITY-000001".to_owned() }
    );
    assert_eq!(receipt(201, r#"{"ok":true,"receipt":"R","more":1}"#), Next::Done { receipt: "R".to_owned() });
    assert_eq!(cause(&status(202, r#"{"ok":true,"receipt":"CITY-000001"}"#)), Some(Cause::NotDoneYet));
    assert_eq!(cause(&status(200, r#"{"ok":true}"#)), Some(Cause::Unreadable));
    assert_eq!(cause(&status(200, r#"{"ok":true,"receipt":" "}"#)), Some(Cause::Unreadable));
    assert_eq!(cause(&status(409, r#"{"ok":true,"receipt":"R"}"#)), Some(Cause::Unreadable));
}

#[test]
fn the_network_and_a_busy_platform_mean_later() {
    assert_eq!(cause(&Answer::NetworkDown), Some(Cause::NetworkDown));
    assert_eq!(cause(&Answer::TimedOut), Some(Cause::TimedOut));
    for code in [408, 425, 429, 500, 502, 503, 504, 599] {
        assert_eq!(cause(&status(code, "{}")), Some(Cause::Busy), "{code}");
    }
    for code in [401, 403] {
        assert_eq!(cause(&status(code, "{}")), Some(Cause::Credentials), "{code}");
    }
    assert_eq!(cause(&status(200, r#"{"ok":false,"code":"MAINTENANCE"}"#)), Some(Cause::Busy));
}

#[test]
fn a_page_is_no_answer_however_often_it_comes() {
    let often = Entry { attempt: 50, unreadable: 4, ..IN_FLIGHT };
    for code in [200, 302, 404, 511] {
        let answer = status(code, " <html><title>登录</title></html>");
        let next = plan(&often, &answer, now(), 0.5);
        assert!(matches!(next, Next::Later { unreadable: 0, .. }), "{code} {next:?}");
    }
    assert_eq!(cause(&status(200, "<html>")), Some(Cause::GatewayPage));
}

#[test]
fn a_refusal_with_a_code_is_final_and_shows_no_long_number() {
    for code in [200, 400, 404, 409, 410, 422] {
        let answer =
            status(code, r#"{"ok":false,"code":"DUPLICATE_HOLDER","message":"430903195103080025 已有证，窗口 12"}"#);
        let wanted = Next::Rejected {
            code: "DUPLICATE_HOLDER".to_owned(),
            text: "****************** 已有证，窗口 12".to_owned(),
        };
        assert_eq!(plan(&IN_FLIGHT, &answer, now(), 0.5), wanted, "{code}");
    }
}

#[test]
fn an_unreadable_answer_is_asked_five_times_and_then_shown() {
    let mut entry = IN_FLIGHT;
    for time in 1..5 {
        let Next::Later { unreadable, cause, .. } = plan(&entry, &status(200, "ok"), now(), 0.5) else {
            panic!("shown too early")
        };
        assert_eq!((unreadable, cause), (time, Cause::Unreadable));
        entry = Entry { attempt: entry.attempt + 1, unreadable, ..entry };
    }
    let shown = plan(&entry, &status(200, "ok"), now(), 0.5);
    assert_eq!(shown, Next::Rejected { code: "unreadable".to_owned(), text: String::new() });
    let readable = plan(&entry, &Answer::NetworkDown, now(), 0.5);
    assert!(matches!(readable, Next::Later { unreadable: 0, .. }), "any other answer starts the count again");
}

#[test]
fn a_time_out_without_keys_is_unknown_and_never_sent_again_silently() {
    let keyless = Entry { keyed: false, ..IN_FLIGHT };
    assert_eq!(plan(&keyless, &Answer::TimedOut, now(), 0.5), Next::Unknown);
    assert!(matches!(plan(&keyless, &Answer::NetworkDown, now(), 0.5), Next::Later { .. }));
}

#[test]
fn without_keys_only_what_cannot_have_acted_is_sent_again() {
    let keyless = Entry { keyed: false, ..IN_FLIGHT };
    let next = |answer: &Answer| plan(&keyless, answer, now(), 0.5);
    for code in [401, 403, 425, 429, 503] {
        assert!(matches!(next(&status(code, "")), Next::Later { .. }), "{code}");
    }
    assert!(matches!(next(&status(200, r#"{"ok":false,"code":"BUSY"}"#)), Next::Later { .. }));
    for (code, body) in
        [(202, "{}"), (408, ""), (500, ""), (502, ""), (504, ""), (200, "<html>"), (200, "ok"), (418, "")]
    {
        assert_eq!(next(&status(code, body)), Next::Unknown, "{code} {body}");
    }
}

/// S-37: told by the code alone, whatever status stands around it.
#[test]
fn a_closed_system_is_no_refusal_and_is_not_asked_again() {
    for code in [200, 400, 404, 409, 410, 500, 503] {
        let answer = status(code, r#"{"ok":false,"code":"AGEING_SYSTEM_CLOSED","message":"系统已关闭"}"#);
        let closed = Next::Closed { code: "AGEING_SYSTEM_CLOSED".to_owned(), text: "系统已关闭".to_owned() };
        assert_eq!(plan(&IN_FLIGHT, &answer, now(), 0.5), closed, "{code}");
    }
}

#[test]
fn every_code_of_the_table_does_what_its_meaning_says_also_under_status_200() {
    for known in KNOWN_CODES {
        for code in [200, 409] {
            let answer = status(code, &format!(r#"{{"ok":false,"code":"{}"}}"#, known.code));
            let next = plan(&IN_FLIGHT, &answer, now(), 0.5);
            let fits = match known.meaning {
                Meaning::ComeAgain => matches!(next, Next::Later { cause: Cause::Busy, .. }),
                Meaning::Refused => matches!(next, Next::Rejected { .. }),
                Meaning::Closed => matches!(next, Next::Closed { .. }),
            };
            assert!(fits, "{} {code}: {next:?}", known.code);
        }
    }
}

/// An answer to an earlier sending that comes when the message waits for its next.
#[test]
fn a_late_answer_may_end_a_message_and_never_puts_it_off() {
    let waiting = Entry { state: State::Due, attempt: 2, ..IN_FLIGHT };
    let late = |entry: &Entry, answer: &Answer| plan(entry, answer, now(), 0.5);
    let receipt = status(200, r#"{"ok":true,"receipt":"R"}"#);
    assert_eq!(late(&waiting, &receipt), Next::Done { receipt: "R".to_owned() });
    for old in [Answer::TimedOut, Answer::NetworkDown, status(503, ""), status(202, ""), status(200, "ok")] {
        assert_eq!(late(&waiting, &old), Next::Settled, "{old:?}");
        assert_eq!(late(&Entry { keyed: false, ..waiting }, &old), Next::Settled, "{old:?}");
    }
    assert_eq!(late(&Entry { attempt: 0, ..waiting }, &receipt), Next::Settled, "nobody has sent it yet");
}

#[test]
fn a_second_answer_changes_nothing() {
    for state in [State::Done, State::Rejected, State::Unknown, State::Closed] {
        let settled = Entry { state, ..IN_FLIGHT };
        let answer = status(200, r#"{"ok":true,"receipt":"CITY-000002"}"#);
        assert_eq!(plan(&settled, &answer, now(), 0.5), Next::Settled);
    }
}

#[test]
fn the_pause_doubles_up_to_ten_minutes_and_respects_the_platform() {
    let pause = |attempt, retry_after, jitter| {
        let answer = Answer::Status { code: 503, retry_after, body: String::new() };
        let next = plan(&Entry { attempt, ..IN_FLIGHT }, &answer, now(), jitter);
        let Next::Later { at, .. } = next else { panic!("{next:?}") };
        at.duration_since(now()).as_secs()
    };
    let full: Vec<_> = [1, 2, 3, 10, 11, 40].into_iter().map(|attempt| pause(attempt, None, 1.0)).collect();
    assert_eq!(full, [1, 2, 4, 512, 600, 600]);
    assert_eq!(pause(4, None, 0.5), 4);
    assert_eq!(pause(1, Some(SignedDuration::from_secs(120)), 0.0), 120);
    assert_eq!(pause(11, Some(SignedDuration::from_secs(5)), 1.0), 600);
    assert_eq!(pause(1, Some(SignedDuration::from_hours(9000)), 0.0), 24 * 3600);
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let body = prop_oneof![
        Just(r#"{"ok":true,"receipt":"R-1"}"#.to_owned()),
        Just(r#"{"ok":false,"code":"BAD_NUMBER"}"#.to_owned()),
        Just("<html>".to_owned()),
        ".{0,40}",
    ];
    let status = (100u16..600, proptest::option::of(-10i64..100_000), body).prop_map(|(code, retry, body)| {
        Answer::Status { code, retry_after: retry.map(SignedDuration::from_secs), body }
    });
    prop_oneof![Just(Answer::NetworkDown), Just(Answer::TimedOut), status]
}

proptest! {
    #[test]
    fn a_message_is_never_due_in_the_past_nor_done_without_a_receipt(
        answer in any_answer(), attempt in 0u32..100, unreadable in 0u32..5, keyed: bool, jitter in -1.0f64..2.0
    ) {
        let entry = Entry { state: State::InFlight, attempt, unreadable, keyed };
        match plan(&entry, &answer, now(), jitter) {
            Next::Later { at, unreadable, .. } => {
                prop_assert!(at >= now());
                prop_assert!(at <= now() + SignedDuration::from_hours(24));
                prop_assert!(unreadable < 5);
            }
            Next::Done { receipt } => {
                let answered = matches!(&answer, Answer::Status { code: 200 | 201, .. });
                prop_assert!(answered && !receipt.trim().is_empty());
            }
            Next::Rejected { code, .. } => prop_assert!(!code.is_empty()),
            Next::Unknown => prop_assert!(!keyed),
            Next::Closed { .. } => prop_assert!(false, "no answer above says so"),
            Next::Settled => prop_assert!(false, "a message in flight is not settled"),
        }
    }
}

/// One thing that can happen to a sending on its way.
#[derive(Debug, Clone, Copy)]
enum Mishap {
    None,
    LostOnTheWay,
    AnswerLost,
    AnsweredTooLate,
    Busy,
    NotDoneYet,
    Page,
    Garbled,
}

/// A platform that keeps its promise about keys, behind a wire that keeps none.
struct Platform {
    acted: bool,
}

impl Platform {
    /// Every arrival of the key gets the same receipt.
    fn receive(&mut self) -> Answer {
        self.acted = true;
        status(200, r#"{"ok":true,"receipt":"CITY-000001"}"#)
    }

    fn answer(&mut self, mishap: Mishap) -> Answer {
        match mishap {
            Mishap::None => self.receive(),
            Mishap::LostOnTheWay => Answer::NetworkDown,
            Mishap::AnswerLost => {
                self.receive();
                Answer::NetworkDown
            }
            Mishap::AnsweredTooLate => {
                self.receive();
                Answer::TimedOut
            }
            Mishap::Busy => status(503, ""),
            Mishap::NotDoneYet => status(202, r#"{"ok":true}"#),
            Mishap::Page => status(200, "<html>请登录</html>"),
            Mishap::Garbled => {
                self.receive();
                status(200, r#"{"ok":tr"#)
            }
        }
    }
}

fn any_mishap() -> impl Strategy<Value = Mishap> {
    use Mishap::{AnswerLost, AnsweredTooLate, Busy, Garbled, LostOnTheWay, NotDoneYet, Page};
    proptest::sample::select(vec![
        Mishap::None,
        LostOnTheWay,
        AnswerLost,
        AnsweredTooLate,
        Busy,
        NotDoneYet,
        Page,
        Garbled,
    ])
}

proptest! {
    #[test]
    fn whatever_the_wire_does_done_is_said_only_of_what_arrived(
        mishaps in proptest::collection::vec(any_mishap(), 0..40), jitter in 0.0f64..1.0
    ) {
        let mut platform = Platform { acted: false };
        let mut entry = Entry { attempt: 0, ..IN_FLIGHT };
        let mut clock = now();
        // After the mishaps the wire is sound, so that the story ends.
        for mishap in mishaps.into_iter().chain([Mishap::None]) {
            entry.attempt += 1;
            let answer = platform.answer(mishap);
            match plan(&entry, &answer, clock, jitter) {
                Next::Later { at, unreadable, .. } => {
                    prop_assert!(at >= clock);
                    clock = at;
                    entry.unreadable = unreadable;
                }
                Next::Done { receipt } => {
                    prop_assert_eq!((receipt.as_str(), platform.acted), ("CITY-000001", true));
                    return Ok(());
                }
                Next::Rejected { code, .. } => {
                    prop_assert_eq!(code.as_str(), "unreadable");
                    return Ok(());
                }
                Next::Unknown | Next::Closed { .. } | Next::Settled => prop_assert!(false, "a keyed message in flight is neither"),
            }
        }
        prop_assert!(false, "the sound wire did not deliver");
    }
}
