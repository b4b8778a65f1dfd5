//! A plain reader client: it can read a card when nothing goes wrong, and gives up when anything does.
//!
//! It is for trying a scenario without the product, and for proving that the conformance pack lets a correct read pass and a
//! wrong one fail. It is no driver: no retries, no resynchronisation, TCP only.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::frame::{checksum, frame};

/// Why no card was read.
#[derive(Debug, thiserror::Error)]
pub enum PlainError {
    #[error("cannot reach the reader at {address}")]
    Connect { address: String, source: std::io::Error },
    #[error("the reader fell silent")]
    Silent(#[source] std::io::Error),
    #[error("the reader sent something that is not a good frame")]
    Garbled,
    #[error("the reader answered {0:02X}")]
    Answered(u8),
    #[error("no card came within the time")]
    NoCard,
}

/// Reads one card from `address` (`HOST:PORT`), waiting up to `timeout` for it to be laid.
pub fn read(address: &str, timeout: Duration) -> Result<Value, PlainError> {
    let connect = |source| PlainError::Connect { address: address.to_owned(), source };
    let mut wire = TcpStream::connect(address).map_err(connect)?;
    wire.set_read_timeout(Some(timeout.max(Duration::from_millis(1)))).map_err(connect)?;
    let deadline = Instant::now() + timeout;
    expect(ask(&mut wire, &[0x11, 0xFF])?, 0x90)?;
    let sam_id = expect(ask(&mut wire, &[0x12, 0xFF])?, 0x90)?;
    loop {
        match ask(&mut wire, &[0x20, 0x01])? {
            (0x9F, _) => break,
            (0x80, _) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(300)),
            (0x80, _) => return Err(PlainError::NoCard),
            (other, _) => return Err(PlainError::Answered(other)),
        }
    }
    expect(ask(&mut wire, &[0x20, 0x02])?, 0x90)?;
    let record = expect(ask(&mut wire, &[0x30, 0x01])?, 0x90)?;
    if record.len() != 1284 || record[..4] != [1, 0, 4, 0] {
        return Err(PlainError::Garbled);
    }
    Ok(describe(&record[4..260], &sam_id))
}

fn expect(answer: (u8, Vec<u8>), good: u8) -> Result<Vec<u8>, PlainError> {
    if answer.0 == good { Ok(answer.1) } else { Err(PlainError::Answered(answer.0)) }
}

fn ask(wire: &mut TcpStream, body: &[u8]) -> Result<(u8, Vec<u8>), PlainError> {
    wire.write_all(&frame(body)).map_err(PlainError::Silent)?;
    let mut head = [0; 7];
    wire.read_exact(&mut head).map_err(PlainError::Silent)?;
    let length = usize::from(u16::from_be_bytes([head[5], head[6]]));
    if head[..5] != crate::frame::PREAMBLE || !(4..=2400).contains(&length) {
        return Err(PlainError::Garbled);
    }
    let mut rest = vec![0; length];
    wire.read_exact(&mut rest).map_err(PlainError::Silent)?;
    if checksum(&head[5..]) ^ checksum(&rest) != 0 {
        return Err(PlainError::Garbled);
    }
    Ok((rest[2], rest[3..length - 1].to_vec()))
}

fn describe(text: &[u8], sam_id: &[u8]) -> Value {
    let field = |offset: usize, length: usize| {
        let units = text[offset..offset + length].chunks(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect();
        text.trim_end_matches([' ', '\0']).to_owned()
    };
    let date = |offset| {
        let digits = field(offset, 16);
        match digits.get(..8) {
            _ if digits == "长期" => "long_term".to_owned(),
            Some(day) => format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]),
            None => digits,
        }
    };
    let number_at = |at: usize| u32::from_le_bytes([sam_id[at], sam_id[at + 1], sam_id[at + 2], sam_id[at + 3]]);
    let sam_id = format!(
        "{:02}.{:02}-{:08}-{:010}-{:010}",
        u16::from_le_bytes([sam_id[0], sam_id[1]]),
        u16::from_le_bytes([sam_id[2], sam_id[3]]),
        number_at(4),
        number_at(8),
        number_at(12)
    );
    match field(248, 2).as_str() {
        "I" => json!({"kind": "foreigner_2017", "name": field(0, 120), "sex": field(120, 2), "number": field(122, 30),
            "birth": date(220), "valid_from": date(188), "valid_until": date(204), "photo_bytes": 1024, "sam_id": sam_id}),
        "Y" => json!({"kind": "foreigner_2023", "name": field(0, 30), "sex": field(30, 2), "number": field(122, 36),
            "birth": date(36), "valid_from": date(188), "valid_until": date(204), "photo_bytes": 1024, "sam_id": sam_id}),
        letter => json!({"kind": if letter == "J" { "hmt" } else { "resident" }, "name": field(0, 30),
            "sex": field(30, 2), "ethnicity_code": field(32, 4), "birth": date(36), "address": field(52, 70),
            "number": field(122, 36), "issuing_authority": field(158, 30), "valid_from": date(188),
            "valid_until": date(204), "photo_bytes": 1024, "sam_id": sam_id}),
    }
}
