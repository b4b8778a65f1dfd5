//! The platforms over real HTTP: one effect a key, and every way of misbehaving as a client meets it.
#![expect(clippy::unwrap_used, reason = "a test stops where its ground gives way")]

mod shared;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hardware_sim::bench::Bench;
use hardware_sim::platform::PlatformOrder;
use hardware_sim::scenario::Scenario;
use serde_json::{Value, json};

struct Desk {
    bench: Arc<Bench>,
    address: String,
}

fn desk() -> Desk {
    let bench = Bench::start(&Scenario::default(), Path::new(".")).unwrap();
    let address = bench.serve_platforms().unwrap().replace("http://", "");
    Desk { bench, address }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.bench.stop();
    }
}

impl Desk {
    fn behave(&self, platform: &str, behaviour: Value) {
        let order: PlatformOrder =
            serde_json::from_value(json!({"platform": platform, "behaviour": behaviour})).unwrap();
        self.bench.platforms().order(&order);
    }

    /// Everything that comes back until the connection closes, or for 600 ms.
    fn raw(&self, path: &str, key: &str, body: &str) -> String {
        let mut connection = TcpStream::connect(&self.address).unwrap();
        connection.set_read_timeout(Some(Duration::from_millis(600))).unwrap();
        let key = if key.is_empty() { String::new() } else { format!("Idempotency-Key: {key}\r\n") };
        let length = body.len();
        let request = format!("POST {path} HTTP/1.1\r\nHost: x\r\n{key}Content-Length: {length}\r\n\r\n{body}");
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let _ = connection.read_to_end(&mut answer);
        String::from_utf8(answer).unwrap()
    }

    /// Status and JSON body of a single answer.
    fn post(&self, path: &str, key: &str, body: &str) -> (u16, Value) {
        let answer = self.raw(path, key, body);
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
        (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or(Value::Null))
    }

    fn received(&self) -> Value {
        json!(self.bench.platforms().received())
    }
}

const CITY: &str = "/city/messages/acceptance";

#[test]
fn same_key_and_body_is_one_effect_with_one_receipt() {
    let desk = desk();
    let good = |receipt: &str| (200, json!({"ok": true, "receipt": receipt}));
    assert_eq!(desk.post(CITY, "k1", r#"{"case":1}"#), good("CITY-000001"));
    assert_eq!(desk.post(CITY, "k1", r#"{"case":1}"#), good("CITY-000001"));
    assert_eq!(desk.post(CITY, "k2", r#"{"case":2}"#), good("CITY-000002"));
    assert_eq!(desk.post("/filing/messages/report", "k1", r#"{"case":1}"#), good("FILING-000001"));
    let received = desk.received();
    let seen: Vec<(&str, u64)> = received
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["receipt"].as_str().unwrap(), one["deliveries"].as_u64().unwrap()))
        .collect();
    assert_eq!(seen, [("CITY-000001", 2), ("CITY-000002", 1), ("FILING-000001", 1)]);
    assert_eq!(received[0]["times"].as_array().map(Vec::len), Some(2));
    assert_eq!((&received[0]["body"], &received[0]["kind"]), (&json!({"case": 1}), &json!("acceptance")));
}

#[test]
fn same_key_with_another_body_or_kind_is_422() {
    let desk = desk();
    desk.post(CITY, "k1", r#"{"case":1}"#);
    assert_eq!(desk.post(CITY, "k1", r#"{"case":2}"#).0, 422);
    assert_eq!(desk.post("/city/messages/report", "k1", r#"{"case":1}"#).0, 422);
    assert_eq!(desk.received().as_array().map(Vec::len), Some(1));
}

#[test]
fn request_without_key_json_or_address_is_refused() {
    let desk = desk();
    assert_eq!(desk.post(CITY, "", "{}").0, 400);
    assert_eq!(desk.post(CITY, "k1", "{").0, 400);
    assert_eq!(desk.post("/moon/messages/acceptance", "k1", "{}").0, 404);
    assert_eq!(desk.post("/city/letters/acceptance", "k1", "{}").0, 404);
    assert_eq!(desk.received(), json!([]));
}

#[test]
fn refusals_leave_no_effect() {
    let desk = desk();
    let refusals = [
        (json!({"reject": {"code": "DUPLICATE"}}), 409, json!("DUPLICATE")),
        (json!("closed"), 410, json!("AGEING_SYSTEM_CLOSED")),
        (json!("failure_in_200"), 200, json!("SYSTEM_BUSY")),
        (json!("server_error"), 503, json!("UNAVAILABLE")),
        (json!("accepted_202"), 202, Value::Null),
        (json!("captive_portal"), 200, Value::Null),
    ];
    for (behaviour, status, code) in refusals {
        desk.behave("city", behaviour.clone());
        let (found, body) = desk.post(CITY, "k1", "{}");
        assert_eq!((found, &body["code"]), (status, &code), "{behaviour}");
        assert_ne!((&body["ok"], body["receipt"].is_string()), (&json!(true), true), "{behaviour}");
    }
    assert_eq!(desk.received(), json!([]));
    desk.behave("city", json!("accept"));
    assert_eq!(desk.post(CITY, "k1", "{}").0, 200);
}

#[test]
fn unavailable_platform_says_when_to_come_back() {
    let desk = desk();
    desk.behave("city", json!({"server_error": {"retry_after_s": 7}}));
    assert!(desk.raw(CITY, "k1", "{}").contains("\r\nRetry-After: 7\r\n"));
}

#[test]
fn captive_portal_answers_200_with_a_page() {
    let desk = desk();
    desk.behave("city", json!("captive_portal"));
    let answer = desk.raw(CITY, "k1", "{}");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("text/html") && answer.contains("<html>"));
}

#[test]
fn platform_that_is_away_or_hangs_takes_nothing_in() {
    let desk = desk();
    for behaviour in ["away", "hang"] {
        desk.behave("city", json!(behaviour));
        assert_eq!(desk.raw(CITY, "k1", "{}"), "");
    }
    assert_eq!(desk.received(), json!([]));
}

#[test]
fn lost_or_broken_answers_still_have_their_effect() {
    let desk = desk();
    let whole = desk.raw(CITY, "k0", "{}");
    desk.behave("city", json!("lost_answer"));
    assert_eq!(desk.raw(CITY, "k1", "{}"), "");
    desk.behave("city", json!("half_answer"));
    assert_eq!(desk.raw(CITY, "k2", "{}").len(), whole.len() / 2);
    desk.behave("city", json!("answer_twice"));
    let twice = desk.raw(CITY, "k3", "{}");
    assert_eq!(twice.matches("CITY-000004").count(), 2);
    desk.behave("city", json!("accept"));
    assert_eq!(desk.post(CITY, "k1", "{}").1["receipt"], "CITY-000002");
    assert_eq!(desk.received().as_array().map(Vec::len), Some(4));
}

#[test]
fn trickling_answer_comes_in_pieces_and_is_whole_in_the_end() {
    let desk = desk();
    let whole = desk.raw(CITY, "k1", "{}");
    desk.behave("city", json!({"trickle": {"ms": 2}}));
    let mut connection = TcpStream::connect(&desk.address).unwrap();
    let request = format!("POST {CITY} HTTP/1.1\r\nIdempotency-Key: k1\r\nContent-Length: 2\r\n\r\n{{}}");
    connection.write_all(request.as_bytes()).unwrap();
    let (mut answer, mut pieces, mut buffer) = (Vec::new(), 0, [0; 4096]);
    while let Ok(count @ 1..) = connection.read(&mut buffer) {
        answer.extend(&buffer[..count]);
        pieces += 1;
    }
    assert_eq!(String::from_utf8(answer).unwrap(), whole);
    assert!(pieces > 1, "all of it came at once");
}

#[test]
fn slow_platform_has_taken_the_message_in_before_it_answers() {
    let desk = desk();
    desk.behave("city", json!({"slow": {"ms": 60_000}}));
    assert_eq!(desk.raw(CITY, "k2", "{}"), "");
    assert_eq!(desk.received().as_array().map(Vec::len), Some(1));
}

#[test]
fn platform_that_acts_late_acts_although_nobody_listens_any_more() {
    let desk = desk();
    desk.behave("city", json!({"acts_late": {"ms": 900}}));
    assert_eq!(desk.raw(CITY, "k1", "{}"), "", "the client has given up");
    desk.behave("city", json!("accept"));
    let receipt = desk.post(CITY, "k1", "{}").1["receipt"].clone();
    assert_eq!(receipt, "CITY-000001");
    let deliveries = || desk.received()[0]["deliveries"].as_u64();
    while deliveries() != Some(2) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(desk.received().as_array().map(Vec::len), Some(1));
}

#[test]
fn closing_platform_takes_so_many_and_is_closed_for_good() {
    let desk = desk();
    desk.behave("ageing", json!({"closing": {"after": 2}}));
    let statuses: Vec<u16> =
        (0..5).map(|nth| desk.post("/ageing/messages/record", &format!("k{nth}"), "{}").0).collect();
    assert_eq!(statuses, [200, 200, 410, 410, 410]);
    assert_eq!(desk.post(CITY, "k1", "{}").0, 200, "the others go on");
}

#[test]
fn sloppy_platform_behaves_the_same_for_the_same_seed_and_takes_everything_once_in_the_end() {
    let tries = |seed: u64| -> Vec<usize> {
        let desk = desk();
        desk.behave("city", json!({"sloppy": {"seed": seed, "late_ms": 1}}));
        let until_taken = |nth: usize| {
            let taken = |answer: &str| answer.contains("\"receipt\":\"CITY-") && answer.trim_end().ends_with('}');
            (1..).find(|_| taken(&desk.raw(CITY, &format!("k{nth}"), "{}"))).unwrap()
        };
        let tries = (0..12).map(until_taken).collect();
        assert_eq!(desk.received().as_array().map(Vec::len), Some(12));
        tries
    };
    assert_eq!(tries(7), tries(7));
    assert!(tries(8).into_iter().any(|tries| tries > 1), "it is not sloppy");
}

#[test]
fn behaviour_ordered_for_two_requests_ends_behind_them() {
    let desk = desk();
    let order = json!({"platform": "city", "behaviour": "server_error", "times": 2});
    desk.bench.platforms().order(&serde_json::from_value(order).unwrap());
    let statuses: Vec<u16> = (0..3).map(|_| desk.post(CITY, "k1", "{}").0).collect();
    assert_eq!(statuses, [503, 503, 200]);
    assert_eq!(desk.post("/taojiang/messages/acceptance", "k1", "{}").0, 200);
}

#[test]
fn nonsense_is_answered_400() {
    let desk = desk();
    let mut connection = TcpStream::connect(&desk.address).unwrap();
    connection.write_all(b"hello\r\n\r\n").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"));
    assert!(desk.raw(CITY, "k1\r\nTransfer-Encoding: chunked", "{}").starts_with("HTTP/1.1 400"));
}
