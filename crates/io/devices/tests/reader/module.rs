//! The least module that a reader driver can talk to, for this crate's own tests: it hears requests and answers from a
//! list of rules. It shares no code with the driver, nor with the simulator.

use std::{
    io::{Read, Write},
    time::Duration,
};

/// Text of an invented person's card, from `fixtures/golden`.
pub fn golden(name: &str) -> Vec<u8> {
    let path = format!("{}/../../../fixtures/golden/{name}.hex", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let digits: String = text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect();
    hex::decode(digits).unwrap()
}

pub fn frame(body: &[u8]) -> Vec<u8> {
    let mut frame = vec![0xAA, 0xAA, 0xAA, 0x96, 0x69];
    frame.extend(((body.len() + 1) as u16).to_be_bytes());
    frame.extend(body);
    let sum = frame[5..].iter().fold(0, |sum, byte| sum ^ byte);
    frame.push(sum);
    frame
}

/// Answers as a module with a card on it: the card is found until it has been read, and again after a reset.
pub struct Module {
    pub card: Option<Vec<u8>>,
    pub read: bool,
    /// Answers to give instead of the right ones, first to last, by `CMD PARA`.
    pub instead: Vec<([u8; 2], Vec<u8>)>,
    pub heard: Vec<[u8; 2]>,
    buffer: Vec<u8>,
}

impl Module {
    pub fn with_card(name: &str) -> Self {
        Self { card: Some(golden(name)), read: false, instead: Vec::new(), heard: Vec::new(), buffer: Vec::new() }
    }

    pub fn empty() -> Self {
        Self { card: None, ..Self::with_card("card_resident") }
    }

    pub fn instead(mut self, command: [u8; 2], answer: Vec<u8>) -> Self {
        self.instead.push((command, answer));
        self
    }

    /// Takes bytes, gives bytes.
    pub fn hear(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.buffer.extend(bytes);
        let mut out = Vec::new();
        while let Some(at) = self.buffer.windows(5).position(|window| window == [0xAA, 0xAA, 0xAA, 0x96, 0x69]) {
            let rest = &self.buffer[at..];
            let Some(length) = rest.get(5..7) else { break };
            let end = 7 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            let Some(request) = rest.get(..end).map(<[u8]>::to_vec) else {
                // A damaged length would deafen the module for good.
                if rest.len() > 64 {
                    self.buffer.clear();
                }
                break;
            };
            self.buffer.drain(..at + end);
            if request[5..].iter().fold(0, |sum, byte| sum ^ byte) != 0 {
                out.extend(frame(&[0, 0, 0x10]));
            } else {
                out.extend(self.answer([request[7], request[8]]));
            }
        }
        out
    }

    fn answer(&mut self, command: [u8; 2]) -> Vec<u8> {
        self.heard.push(command);
        if let Some(at) = self.instead.iter().position(|(wanted, _)| *wanted == command) {
            return self.instead.remove(at).1;
        }
        match command {
            [0x10, 0xFF] => {
                self.read = false;
                frame(&[0, 0, 0x90])
            }
            [0x11, 0xFF] | [0x60, _] | [0x61, _] => frame(&[0, 0, 0x90]),
            [0x12, 0xFF] => golden("reply_sam_id"),
            [0x20, 0x01] if self.card.is_some() && !self.read => golden("reply_find_ok"),
            [0x20, 0x01] => golden("reply_find_none"),
            [0x20, 0x02] => golden("reply_select_ok"),
            [0x30, 0x01] => {
                self.read = true;
                self.card.clone().unwrap_or_else(|| golden("reply_read_failed"))
            }
            [0x30, 0x03] => golden("reply_sw_91"),
            _ => golden("reply_sw_21"),
        }
    }

    /// Serves one stream until it ends. `chop` cuts each answer into pieces with a pause between.
    pub fn serve(&mut self, mut stream: impl Read + Write, chop: Option<(usize, Duration)>) {
        let mut buffer = [0; 512];
        loop {
            let count = match stream.read(&mut buffer) {
                Ok(0) => return,
                Ok(count) => count,
                Err(error) if matches!(error.kind(), std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock) => {
                    continue;
                }
                Err(_) => return,
            };
            let answer = self.hear(&buffer[..count]);
            let (size, pause) = chop.unwrap_or((4096, Duration::ZERO));
            for piece in answer.chunks(size) {
                if stream.write_all(piece).is_err() {
                    return;
                }
                std::thread::sleep(pause);
            }
        }
    }
}
