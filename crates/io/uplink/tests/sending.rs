//! Letters over a real wire, to platforms that behave and to platforms that do not.
#![expect(clippy::unwrap_used, reason = "a set-up that fails has to end the test")]

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::IntoResponse,
    routing::post,
};
use casework::{
    nouns::PlatformId,
    outbox::{Answer, MessageKind},
};
use jiff::SignedDuration;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use uplink::{Letter, Uplink, UplinkError};

/// Long enough for a loopback exchange on a busy machine.
const PATIENT: Duration = Duration::from_secs(30);
/// For platforms that never answer: each test that uses it waits this long.
const IMPATIENT: Duration = Duration::from_millis(300);

fn city() -> PlatformId {
    "city".parse().unwrap()
}

fn uplink_to(address: &str, timeout: Duration) -> Uplink {
    Uplink::new(&BTreeMap::from([(city(), address.to_owned())]), timeout).unwrap()
}

async fn send(uplink: &Uplink) -> Answer {
    let body = r#"{"holder":"样本1", "n":1}"#;
    uplink.send(Letter { platform: &city(), kind: MessageKind::FilingReport, key: "key-1", body }).await
}

/// A well-behaved HTTP server that answers every letter in one way. Returns its base address.
async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/city")
}

async fn answering<R>(answer: fn() -> R) -> Answer
where
    R: IntoResponse + Send + 'static,
{
    let address = serve(Router::new().fallback(move || async move { answer() })).await;
    send(&uplink_to(&address, PATIENT)).await
}

/// A server that reads a request and then writes raw bytes; `hold` keeps the connection open afterwards.
async fn raw(bytes: &'static [u8], hold: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(bytes).await;
                if hold {
                    std::future::pending::<()>().await;
                }
            });
        }
    });
    format!("http://{address}/city")
}

/// What a platform saw of a letter: path, key, content type, body.
type Seen = Arc<Mutex<Vec<(String, String, String, Vec<u8>)>>>;

#[tokio::test]
async fn a_letter_arrives_byte_for_byte_at_the_address_of_its_kind() {
    async fn note(State(seen): State<Seen>, uri: Uri, headers: HeaderMap, body: Bytes) -> Json<serde_json::Value> {
        let text = |name: &str| headers[name].to_str().unwrap().to_owned();
        let letter = (uri.path().to_owned(), text("idempotency-key"), text("content-type"), body.to_vec());
        seen.lock().unwrap().push(letter);
        Json(json!({"ok": true, "receipt": "CITY-000001"}))
    }
    let seen = Seen::default();
    let address = serve(Router::new().route("/city/messages/filing_report", post(note)).with_state(seen.clone())).await;
    for base in [address.clone(), format!("{address}/")] {
        let answer = send(&uplink_to(&base, PATIENT)).await;
        let Answer::Status { code: 200, retry_after: None, body } = &answer else { panic!("{answer:?}") };
        assert_eq!(body, r#"{"ok":true,"receipt":"CITY-000001"}"#);
    }
    let body = r#"{"holder":"样本1", "n":1}"#.as_bytes().to_vec();
    let expected = ("/city/messages/filing_report".to_owned(), "key-1".to_owned(), "application/json".to_owned(), body);
    assert_eq!(*seen.lock().unwrap(), [expected.clone(), expected]);
}

#[tokio::test]
async fn every_status_comes_back_as_it_is() {
    for code in [200, 202, 302, 400, 401, 404, 409, 410, 422, 429, 500, 503] {
        let router = Router::new().fallback(move || async move { (StatusCode::from_u16(code).unwrap(), "words") });
        let answer = send(&uplink_to(&serve(router).await, PATIENT)).await;
        assert_eq!(answer, Answer::Status { code, retry_after: None, body: "words".to_owned() });
    }
}

#[tokio::test]
async fn a_wish_to_wait_is_handed_on() {
    let answer = answering(|| (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "17")], "")).await;
    let expected = Answer::Status { code: 503, retry_after: Some(SignedDuration::from_secs(17)), body: String::new() };
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let router = Router::new()
        .route("/elsewhere", post(|| async { "followed" }))
        .fallback(|| async { (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/elsewhere")], "moved") });
    let answer = send(&uplink_to(&serve(router).await, PATIENT)).await;
    assert_eq!(answer, Answer::Status { code: 307, retry_after: None, body: "moved".to_owned() });
}

#[tokio::test]
async fn no_more_than_64_kb_of_an_answer_are_read() {
    let answer = answering(|| "x".repeat(1_000_000)).await;
    let Answer::Status { code: 200, body, .. } = answer else { panic!("{answer:?}") };
    assert_eq!(body.len(), 64 * 1024);
}

#[tokio::test]
async fn bytes_that_are_no_text_do_not_stop_an_answer() {
    let answer = answering(|| vec![0xff, 0xfe, b'{']).await;
    let Answer::Status { body, .. } = answer else { panic!("{answer:?}") };
    assert!(body.ends_with('{'));
}

#[tokio::test]
async fn where_nobody_listens_the_network_is_down() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(send(&uplink_to(&format!("http://{address}/city"), PATIENT)).await, Answer::NetworkDown);
}

#[tokio::test]
async fn to_a_platform_without_an_address_the_network_is_down() {
    let uplink = Uplink::new(&BTreeMap::new(), PATIENT).unwrap();
    assert_eq!(send(&uplink).await, Answer::NetworkDown);
}

#[tokio::test]
async fn a_platform_that_takes_a_letter_and_says_nothing_may_have_acted() {
    let address = raw(b"", true).await;
    assert_eq!(send(&uplink_to(&address, IMPATIENT)).await, Answer::TimedOut);
}

#[tokio::test]
async fn a_platform_that_hangs_up_without_a_word_may_have_acted() {
    let address = raw(b"", false).await;
    assert_eq!(send(&uplink_to(&address, PATIENT)).await, Answer::TimedOut);
}

#[tokio::test]
async fn half_an_answer_is_no_answer() {
    let address = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"ok\":true,\"rec", false).await;
    assert_eq!(send(&uplink_to(&address, PATIENT)).await, Answer::TimedOut);
}

#[tokio::test]
async fn the_time_limit_covers_the_answer_s_last_byte() {
    let address = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"ok\":true,\"rec", true).await;
    assert_eq!(send(&uplink_to(&address, IMPATIENT)).await, Answer::TimedOut);
}

#[tokio::test]
async fn an_answer_said_twice_is_heard_once() {
    const TWICE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"ok\":true}HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"ok\":true}";
    let address = raw(TWICE, false).await;
    let expected = Answer::Status { code: 200, retry_after: None, body: r#"{"ok":true}"#.to_owned() };
    assert_eq!(send(&uplink_to(&address, PATIENT)).await, expected);
}

#[test]
fn an_address_that_is_none_is_refused() {
    for odd in ["", "city", "ftp://127.0.0.1/city", "http://", "file:///city"] {
        let refused = Uplink::new(&BTreeMap::from([(city(), odd.to_owned())]), PATIENT);
        assert!(matches!(refused, Err(UplinkError::Address { .. })), "{odd:?}: {refused:?}");
    }
}

#[test]
fn personal_data_leaves_this_machine_under_tls_only() {
    let to = |address: &str| Uplink::new(&BTreeMap::from([(city(), address.to_owned())]), PATIENT);
    for elsewhere in ["http://192.0.2.1/city", "http://city.example/city", "http://localhost.example/city"] {
        assert!(matches!(to(elsewhere), Err(UplinkError::InClear { .. })), "{elsewhere}");
    }
    for fine in
        ["https://city.example/city", "http://127.0.0.1:8080/city", "http://[::1]:8080/city", "http://localhost/city"]
    {
        assert!(to(fine).is_ok(), "{fine}");
    }
}
