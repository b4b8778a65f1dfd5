//! Just enough HTTP to ask the simulator what it received and to give it orders: one request a connection, JSON bodies.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// How long one answer may take; a hanging simulator ends the test with a message.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a question to the simulator had no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("{address} is not an http://HOST:PORT/PATH address")]
    Address { address: String },
    #[error("asking {address}")]
    Ask { address: String, source: std::io::Error },
    #[error("{address} answered: {answer}")]
    Answer { address: String, answer: String },
}

/// Asks for a JSON document.
pub fn get(address: &str) -> Result<Value, HttpError> {
    ask("GET", address, "")
}

/// Sends a JSON document and gives the answer; an empty answer is `null`.
pub fn post(address: &str, body: &Value) -> Result<Value, HttpError> {
    ask("POST", address, &body.to_string())
}

/// Sends a JSON document as a message with an idempotency key.
pub fn post_once(address: &str, key: &str, body: &str) -> Result<(), HttpError> {
    asked(&format!("Idempotency-Key: {key}\r\n"), "POST", address, body).map(drop)
}

fn ask(method: &str, address: &str, body: &str) -> Result<Value, HttpError> {
    asked("", method, address, body)
}

/// `headers` end each with a line's end.
fn asked(headers: &str, method: &str, address: &str, body: &str) -> Result<Value, HttpError> {
    let rest = address.strip_prefix("http://").and_then(|rest| rest.split_once('/'));
    let (host, path) = rest.ok_or_else(|| HttpError::Address { address: address.to_owned() })?;
    let answer = exchange(headers, method, host, path, body)
        .map_err(|source| HttpError::Ask { address: address.to_owned(), source })?;
    let refused = || HttpError::Answer { address: address.to_owned(), answer: answer.clone() };
    let (head, content) = answer.split_once("\r\n\r\n").ok_or_else(refused)?;
    let status = head.split_whitespace().nth(1).unwrap_or_default();
    if !status.starts_with('2') {
        return Err(refused());
    }
    if content.is_empty() { Ok(Value::Null) } else { serde_json::from_str(content).map_err(|_| refused()) }
}

/// One request with HTTP/1.0, so that the answer is neither chunked nor kept open.
fn exchange(headers: &str, method: &str, host: &str, path: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    write!(
        stream,
        "{method} /{path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
