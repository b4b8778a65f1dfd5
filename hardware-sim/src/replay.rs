//! Plays the module's part of a recorded conversation, as long as the host plays its own.

use std::time::Duration;

use crate::fault::Segment;
use crate::transcript::{Said, Transcript};

/// One thing the host said and what the module answered, with the pauses it made.
#[derive(Debug, Clone)]
struct Exchange {
    host: Vec<u8>,
    module: Vec<Segment>,
}

/// A recorded conversation, and how far it has come.
#[derive(Debug, Clone)]
pub struct Replay {
    exchanges: Vec<Exchange>,
    next: usize,
    pending: Vec<u8>,
    departed: Option<String>,
}

impl Replay {
    /// The conversation of one reader in `transcript`.
    pub fn of(transcript: &Transcript, reader: &str) -> Replay {
        let mut exchanges: Vec<Exchange> = Vec::new();
        let mut last = Duration::ZERO;
        for entry in transcript.entries().filter(|entry| entry.reader == reader) {
            match (&entry.said, exchanges.last_mut()) {
                (Said::Host(bytes), Some(open)) if open.module.is_empty() => open.host.extend(bytes),
                (Said::Host(bytes), _) => exchanges.push(Exchange { host: bytes.clone(), module: Vec::new() }),
                (Said::Module(bytes), Some(open)) => {
                    open.module.push(Segment { pause: entry.at.saturating_sub(last), bytes: bytes.clone(), then: None })
                }
                (Said::Module(_), None) | (Said::Note(_), _) => continue,
            }
            last = entry.at;
        }
        Replay { exchanges, next: 0, pending: Vec::new(), departed: None }
    }

    /// Takes what the host says; the recorded answers if it is what the host said then, or a remark if it is not.
    pub fn hear(&mut self, bytes: &[u8]) -> (Vec<Segment>, Option<String>) {
        if self.departed.is_some() {
            return (Vec::new(), None);
        }
        self.pending.extend(bytes);
        let mut segments = Vec::new();
        while let Some(exchange) = self.exchanges.get(self.next) {
            let common = self.pending.len().min(exchange.host.len());
            if self.pending[..common] != exchange.host[..common] {
                self.departed = Some(format!("the host departed from the record at exchange {}", self.next + 1));
                return (segments, self.departed.clone());
            }
            if common < exchange.host.len() {
                return (segments, None);
            }
            self.pending.drain(..common);
            segments.extend(exchange.module.clone());
            self.next += 1;
        }
        (segments, None)
    }

    /// Where the host left the record.
    pub fn departed(&self) -> Option<&str> {
        self.departed.as_deref()
    }
}
