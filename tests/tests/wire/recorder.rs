//! A platform that accepts everything and keeps each message as it came. Who asks for results is told that every case is
//! approved, without a number.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// A request as it came over the wire.
#[derive(Debug, Clone)]
pub struct Taken {
    /// `POST /city/messages/acceptance HTTP/1.1`.
    pub line: String,
    /// Names in lower case, in the order of the alphabet.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

pub struct Recorder {
    pub address: String,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Recorder {
    /// Listens on a free port of this machine for as long as the test runs.
    pub fn start() -> Recorder {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = taken.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let request = read(&connection);
                let mut kept = kept.lock().unwrap();
                let body = if request.line.starts_with("GET ") {
                    approvals(&kept)
                } else {
                    r#"{"ok":true,"receipt":"R-1"}"#.to_owned()
                };
                if request.line.contains("/messages/") {
                    kept.push(request);
                }
                drop(kept);
                let length = body.len();
                let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
                (&connection).write_all(answer.as_bytes()).unwrap();
            }
        });
        Recorder { address, taken }
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }
}

impl Taken {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A list of results: the accepted cases, each approved.
fn approvals(taken: &[Taken]) -> String {
    let accepted = taken.iter().filter(|one| one.line.contains("/messages/acceptance"));
    let one = |taken: &Taken| {
        let body: Value = serde_json::from_slice(&taken.body).unwrap();
        let number = body["applicant"]["number"].as_str().unwrap();
        let holder = json!({"name": body["applicant"]["name"], "number_tail": &number[number.len() - 4..]});
        json!({
            "id": "R-1", "case": body["case"], "receipt": body["receipt"], "item_code": body["item_code"],
            "holder": holder, "approved": true, "reference": "准-1", "reasons": [],
        })
    };
    json!({"ok": true, "results": accepted.map(one).collect::<Vec<_>>()}).to_string()
}

fn read(connection: &TcpStream) -> Taken {
    let mut reader = BufReader::new(connection);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let line = lines.remove(0);
    let header = |line: String| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let mut headers: Vec<_> = lines.into_iter().filter_map(header).collect();
    headers.sort();
    let mut taken = Taken { line, headers, body: Vec::new() };
    let length = taken.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    taken.body = vec![0; length];
    reader.read_exact(&mut taken.body).unwrap();
    taken
}
