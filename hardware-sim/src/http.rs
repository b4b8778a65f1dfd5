//! Just enough HTTP/1.1 to stand at the far side of a wire: written out by hand, because a platform that misbehaves
//! misbehaves in bytes (half an answer, two answers, one byte a second), and a finished server would not send those.
//!
//! One request a connection; every answer says `Connection: close`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// Longest body that is read, in bytes.
const LONGEST_BODY: usize = 4 << 20;
/// A peer that sends nothing for this long is dropped.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request as it was received. Header names are in lower case.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// What stands behind `?`.
    pub query: String,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

/// An answer to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(status: u16, body: &serde_json::Value) -> Answer {
        Answer {
            status,
            content_type: "application/json; charset=utf-8",
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
        }
    }

    pub fn text(status: u16, content_type: &'static str, body: &str) -> Answer {
        Answer { status, content_type, headers: Vec::new(), body: body.as_bytes().to_vec() }
    }

    /// The answer as bytes on the wire.
    pub fn bytes(&self) -> Vec<u8> {
        let mut head = format!(
            "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n",
            self.status,
            phrase(self.status),
            self.content_type,
            self.body.len()
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        [head.as_bytes(), &self.body].concat()
    }
}

/// Listens on a free loopback port and gives each request, with its connection, to `handle` on a thread of its own.
pub fn serve(handle: impl Fn(Request, &mut TcpStream) + Send + Sync + 'static) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let handle = Arc::new(handle);
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let handle = Arc::clone(&handle);
            std::thread::spawn(move || serve_one(connection, &*handle));
        }
    });
    Ok(address)
}

/// Sends one request to `address` and returns the status and body of the answer.
pub fn ask(address: &str, method: &str, path: &str, body: &[u8]) -> std::io::Result<(u16, Vec<u8>)> {
    ask_with(address, method, path, &[], body)
}

/// The same with more headers.
pub fn ask_with(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> std::io::Result<(u16, Vec<u8>)> {
    let mut connection = TcpStream::connect(address)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         {more}Connection: close\r\n\r\n",
        body.len()
    );
    connection.write_all(&[head.as_bytes(), body].concat())?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer)?;
    let unreadable = || std::io::Error::new(std::io::ErrorKind::InvalidData, "not an HTTP answer");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(unreadable)?;
    let status = std::str::from_utf8(&answer[..end]).ok().and_then(|head| head.split(' ').nth(1)?.parse().ok());
    Ok((status.ok_or_else(unreadable)?, answer.split_off(end + 4)))
}

fn serve_one(mut connection: TcpStream, handle: &dyn Fn(Request, &mut TcpStream)) {
    let timed = connection.set_read_timeout(Some(PATIENCE)).and(connection.set_write_timeout(Some(PATIENCE)));
    if timed.is_err() {
        return;
    }
    match read_request(&connection) {
        Ok(Some(request)) => handle(request, &mut connection),
        Ok(None) => {
            let answer = Answer::text(400, "text/plain", "not a request this server understands\n");
            // The peer may be gone; then nobody misses the answer.
            drop(connection.write_all(&answer.bytes()));
        }
        Err(_) => {}
    }
    drop(connection.shutdown(std::net::Shutdown::Write));
}

/// `None` for what is not a request, or one with a body of unstated or excessive length.
fn read_request(connection: &TcpStream) -> std::io::Result<Option<Request>> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || headers.len() > 100 {
            return Ok(None);
        }
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.insert(name.to_lowercase(), value.trim().to_owned()),
            None => break,
        };
    }
    let length = headers.get("content-length").map_or(Ok(0), |length| length.parse::<usize>());
    if headers.contains_key("transfer-encoding") || !length.as_ref().is_ok_and(|length| *length <= LONGEST_BODY) {
        return Ok(None);
    }
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Some(Request { method: method.to_owned(), path: path.to_owned(), query: query.to_owned(), headers, body }))
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        410 => "Gone",
        422 => "Unprocessable Content",
        503 => "Service Unavailable",
        _ => "Status",
    }
}
