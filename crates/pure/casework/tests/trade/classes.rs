//! Every class of answer, and what becomes of a message after it: the table as a clerk's outbox tells it.

use casework::outbox::{Answer, Entry, Next, State, known_code, plan};
use jiff::{SignedDuration, Timestamp};

/// Status, `Retry-After` in seconds, body.
const ANSWERS: [(u16, Option<i64>, &str); 26] = [
    (200, None, r#"{"ok":true,"receipt":"CITY-000001"}"#),
    (201, None, r#"{"ok":true,"receipt":"CITY-000001","more":1}"#),
    (200, None, r#"{"ok":true}"#),
    (200, None, r#"{"ok":false,"code":"SYSTEM_BUSY","message":"系统繁忙"}"#),
    (200, None, r#"{"ok":false,"code":"DUPLICATE_HOLDER","message":"身份证 430903195103080025 已有证"}"#),
    (200, None, r#"{"ok":false,"code":"NOBODY_KNOWS_IT","message":"不明"}"#),
    (200, None, r#"{"ok":false}"#),
    (200, None, r#"{"ok":tr"#),
    (200, None, "<!DOCTYPE html><title>上网认证</title>"),
    (202, None, r#"{"ok":true,"queued":true}"#),
    (302, None, "<html>moved</html>"),
    (307, None, ""),
    (400, None, r#"{"ok":false,"code":"NOT_JSON"}"#),
    (401, None, ""),
    (403, None, ""),
    (404, None, r#"{"ok":false,"code":"NO_SUCH_ADDRESS"}"#),
    (408, None, ""),
    (409, None, r#"{"ok":false,"code":"BAD_NUMBER"}"#),
    (410, None, r#"{"ok":false,"code":"AGEING_SYSTEM_CLOSED","message":"系统已关闭"}"#),
    (200, None, r#"{"ok":false,"code":"AGEING_SYSTEM_CLOSED"}"#),
    (422, None, r#"{"ok":false,"code":"IDEMPOTENCY_KEY_REUSED"}"#),
    (425, None, ""),
    (429, Some(30), ""),
    (500, None, ""),
    (503, Some(120), ""),
    (504, None, "<html>gateway</html>"),
];

/// The number in one of them, which no file of the tests shows.
const NUMBER: &str = "430903195103080025";

#[test]
fn every_class_of_answer_has_its_consequence() {
    let mut table = String::new();
    let mut line = |told: String, answer: &Answer| {
        let becomes = |keyed| {
            let entry = Entry { state: State::InFlight, attempt: 1, unreadable: 0, keyed };
            in_words(&plan(&entry, answer, Timestamp::UNIX_EPOCH, 1.0))
        };
        let (keyed, keyless) = (becomes(true), becomes(false));
        table.push_str(&format!("{told}\n    {keyed}\n"));
        if keyless != keyed {
            table.push_str(&format!("    without keys: {keyless}\n"));
        }
    };
    line("no connection".to_owned(), &Answer::NetworkDown);
    line("no answer in time".to_owned(), &Answer::TimedOut);
    for (code, retry, body) in ANSWERS {
        let asks = retry.map(|seconds| format!(", Retry-After: {seconds}")).unwrap_or_default();
        let retry_after = retry.map(SignedDuration::from_secs);
        line(
            format!("{code}{asks} {}", body.replace(NUMBER, "(number)")),
            &Answer::Status { code, retry_after, body: body.to_owned() },
        );
    }
    insta::assert_snapshot!("classes_of_answers", table);
}

fn in_words(next: &Next) -> String {
    let meaning = |code: &str| known_code(code).map_or("a code that is not in the table", |known| known.words);
    match next {
        Next::Done { receipt } => format!("done: {receipt}"),
        Next::Later { at, cause, .. } => format!("later: {}, after {} s", cause.name(), at.as_second()),
        Next::Rejected { code, text } => format!("rejected: {code} ({}) {text}", meaning(code)),
        Next::Closed { code, text } => format!("closed: {code} ({}) {text}", meaning(code)),
        Next::Unknown => "unknown: a person decides".to_owned(),
        Next::Settled => "nothing".to_owned(),
    }
}
