//! The least module that a conversation can be held with, under a clock turned by hand. It shares no code with the
//! crate under test.

use std::{collections::VecDeque, time::Duration};

pub fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
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

/// Answer to a read with a fingerprint: 256, 1,024 and `fingerprint` bytes.
pub fn with_fingerprint(card: &[u8], fingerprint: usize) -> Vec<u8> {
    let mut body = vec![0, 0, 0x90, 1, 0, 4, 0];
    body.extend((fingerprint as u16).to_be_bytes());
    body.extend(&card[14..14 + 1280]);
    body.extend(vec![0x46; fingerprint]);
    frame(&body)
}

pub struct Module {
    pub card: Option<Vec<u8>>,
    pub read: bool,
    /// A module that finds again a card it has read.
    pub repeat_read: bool,
    /// A reset lets a card that was read be found again.
    pub reset_forgets: bool,
    pub mute: bool,
    pub latency: Duration,
    pub bits_per_second: u64,
    /// Answers to give instead, first to last, by `CMD PARA`; `None` is silence.
    pub instead: VecDeque<([u8; 2], Option<Vec<u8>>)>,
    /// Answers to give always.
    pub always: Vec<([u8; 2], Vec<u8>)>,
    /// What was asked, and when.
    pub heard: Vec<(Duration, [u8; 2])>,
    buffer: Vec<u8>,
}

impl Module {
    pub fn with_card(name: &str) -> Self {
        Self {
            card: Some(golden(name)),
            read: false,
            repeat_read: false,
            reset_forgets: true,
            mute: false,
            latency: ms(40),
            bits_per_second: 115_200,
            instead: VecDeque::new(),
            always: Vec::new(),
            heard: Vec::new(),
            buffer: Vec::new(),
        }
    }

    pub fn empty() -> Self {
        Self { card: None, ..Self::with_card("card_resident") }
    }

    pub fn instead(mut self, command: [u8; 2], answer: Option<Vec<u8>>) -> Self {
        self.instead.push_back((command, answer));
        self
    }

    pub fn always(mut self, command: [u8; 2], answer: Vec<u8>) -> Self {
        self.always.push((command, answer));
        self
    }

    pub fn count(&self, command: [u8; 2]) -> usize {
        self.heard.iter().filter(|(_, heard)| *heard == command).count()
    }

    /// Takes bytes at `now`, gives the answer's bytes and the time of its last one.
    pub fn hear(&mut self, bytes: &[u8], now: Duration) -> Option<(Duration, Vec<u8>)> {
        self.buffer.extend(bytes);
        let at = self.buffer.windows(3).rposition(|window| window == [0xAA, 0x96, 0x69])?;
        let length = self.buffer.get(at + 3..at + 5)?;
        let end = at + 5 + usize::from(u16::from_be_bytes([length[0], length[1]]));
        let request = self.buffer.get(at + 3..end)?.to_vec();
        self.buffer.clear();
        if request.len() < 5 {
            return None;
        }
        let answer = if request.iter().fold(0, |sum, byte| sum ^ byte) != 0 {
            Some(frame(&[0, 0, 0x10]))
        } else {
            self.heard.push((now, [request[2], request[3]]));
            self.answer([request[2], request[3]])
        };
        let answer = answer.filter(|_| !self.mute)?;
        let wire = Duration::from_micros(answer.len() as u64 * 10_000_000 / self.bits_per_second);
        Some((now + self.latency + wire, answer))
    }

    fn answer(&mut self, command: [u8; 2]) -> Option<Vec<u8>> {
        if let Some(at) = self.instead.iter().position(|(wanted, _)| *wanted == command) {
            let (_, answer) = self.instead.remove(at).unwrap();
            if command[0] == 0x30 && command[1] != 0x03 {
                self.read = true;
            }
            return answer;
        }
        if let Some((_, answer)) = self.always.iter().find(|(wanted, _)| *wanted == command) {
            return Some(answer.clone());
        }
        Some(match command {
            [0x10, 0xFF] => {
                self.read &= !self.reset_forgets;
                frame(&[0, 0, 0x90])
            }
            [0x11, 0xFF] => frame(&[0, 0, 0x90]),
            [0x12, 0xFF] => golden("reply_sam_id"),
            [0x20, 0x01] if self.card.is_some() && (!self.read || self.repeat_read) => golden("reply_find_ok"),
            [0x20, 0x01] => golden("reply_find_none"),
            [0x20, 0x02] => golden("reply_select_ok"),
            [0x30, 0x01] => {
                self.read = true;
                self.card.clone().unwrap_or_else(|| golden("reply_read_failed"))
            }
            [0x30, 0x03] => golden("reply_sw_91"),
            _ => golden("reply_sw_21"),
        })
    }
}
