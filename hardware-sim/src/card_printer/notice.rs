//! Makes an idle printer show a new state: its engine speaks only while a job runs, so it is sent one that makes no card.
//!
//! The request is written byte by byte (RFC 8010), so that it shares nothing with the driver.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// The name of the job that makes no card.
pub const NAME: &str = "notice";

/// How long the printer may take to have run it.
const MOST_LOOKS: u32 = 250;
const LOOK_EVERY: Duration = Duration::from_millis(20);

const PRINT_JOB: u16 = 0x0002;
const GET_JOB_ATTRIBUTES: u16 = 0x0009;
const JOB_ID: &[u8] = b"\x21\x00\x06job-id\x00\x04";
const JOB_STATE: &[u8] = b"\x23\x00\x09job-state\x00\x04";
/// The states from cancelled on are final.
const CANCELLED: u32 = 7;

/// Sends the notice and waits until it was run. A printer that is busy shows its state by the job it is at.
pub(super) fn post(port: u16) -> io::Result<()> {
    let mut request = head(PRINT_JOB, port);
    attribute(&mut request, 0x42, "job-name", NAME.as_bytes());
    attribute(&mut request, 0x49, "document-format", b"application/pdf");
    request.push(0x03);
    request.extend_from_slice(b"%PDF-1.4\n");
    let answer = exchange(port, &request)?;
    let Some(job) = number_after(&answer, JOB_ID) else { return Ok(()) };
    for _ in 0..MOST_LOOKS {
        let mut request = head(GET_JOB_ATTRIBUTES, port);
        attribute(&mut request, 0x21, "job-id", &job.to_be_bytes());
        request.push(0x03);
        if number_after(&exchange(port, &request)?, JOB_STATE).is_none_or(|state| state >= CANCELLED) {
            return Ok(());
        }
        std::thread::sleep(LOOK_EVERY);
    }
    Err(io::ErrorKind::TimedOut.into())
}

/// Version 2.0, operation, request 1, and the three attributes that every request begins with.
fn head(operation: u16, port: u16) -> Vec<u8> {
    let mut request = vec![2, 0];
    request.extend_from_slice(&operation.to_be_bytes());
    request.extend_from_slice(&1u32.to_be_bytes());
    request.push(0x01);
    attribute(&mut request, 0x47, "attributes-charset", b"utf-8");
    attribute(&mut request, 0x48, "attributes-natural-language", b"en");
    attribute(&mut request, 0x45, "printer-uri", format!("ipp://127.0.0.1:{port}/ipp/print").as_bytes());
    request
}

fn attribute(request: &mut Vec<u8>, tag: u8, name: &str, value: &[u8]) {
    let length = |bytes: &[u8]| u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes();
    request.push(tag);
    request.extend_from_slice(&length(name.as_bytes()));
    request.extend_from_slice(name.as_bytes());
    request.extend_from_slice(&length(value));
    request.extend_from_slice(value);
}

fn exchange(port: u16, body: &[u8]) -> io::Result<Vec<u8>> {
    let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        connection,
        "POST /ipp/print HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/ipp\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    connection.write_all(body)?;
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    // The printer keeps the connection open, so the answer's own length says where it ends.
    while !is_whole(&answer) {
        match connection.read(&mut part)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => answer.extend_from_slice(&part[..n]),
        }
    }
    Ok(answer)
}

/// Whether the head says a length and so many bytes follow it. `100 Continue` has neither.
fn is_whole(answer: &[u8]) -> bool {
    const END: &[u8] = b"\r\n\r\n";
    let Some(head) = answer.windows(END.len()).position(|window| window == END) else { return false };
    let words = String::from_utf8_lossy(&answer[..head]).to_ascii_lowercase();
    let length = words.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.is_some_and(|length| answer.len() >= head + END.len() + length)
}

fn number_after(answer: &[u8], mark: &[u8]) -> Option<u32> {
    let at = answer.windows(mark.len()).position(|window| window == mark)? + mark.len();
    Some(u32::from_be_bytes(answer.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_behind_its_name() {
        let mut answer = vec![0, 1];
        attribute(&mut answer, 0x21, "job-id", &7u32.to_be_bytes());
        assert_eq!(number_after(&answer, JOB_ID), Some(7));
        assert_eq!(number_after(&answer, JOB_STATE), None);
        assert_eq!(number_after(&answer[..answer.len() - 1], JOB_ID), None);
    }
}
