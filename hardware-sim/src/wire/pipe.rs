//! A reader in the same process under a virtual clock: nothing waits, and a run repeats from its seed to the byte.

use std::time::Duration;

use crate::card::LibraryError;
use crate::reader::{Output, Reader};
use crate::script::Verb;

/// The host's end of a pipe, and the only hand on the clock.
#[derive(Debug)]
pub struct Pipe {
    pub reader: Reader,
    now: Duration,
    /// Set for a pipe that has a speed of its own, in bit/s, like a serial port.
    pub host_speed: Option<u32>,
    arrived: Vec<u8>,
    /// What came out besides bytes.
    pub events: Vec<Output>,
}

impl Pipe {
    pub fn new(reader: Reader) -> Pipe {
        Pipe { reader, now: Duration::ZERO, host_speed: None, arrived: Vec::new(), events: Vec::new() }
    }

    pub fn now(&self) -> Duration {
        self.now
    }

    /// Sends bytes; they arrive at once.
    pub fn write(&mut self, bytes: &[u8]) {
        self.reader.hear(bytes, self.host_speed, self.now);
    }

    /// Does what a person does, now.
    pub fn act(&mut self, verb: &Verb) -> Result<(), LibraryError> {
        self.reader.act(verb, self.now)
    }

    /// Lets `span` pass and returns what arrived by then.
    pub fn wait(&mut self, span: Duration) -> Vec<u8> {
        let until = self.now + span;
        while let Some(due) = self.reader.next_due().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.gather();
        }
        self.now = until;
        self.gather();
        std::mem::take(&mut self.arrived)
    }

    /// Waits until at least one byte arrives, at most for `span`; `None` is silence.
    pub fn read(&mut self, span: Duration) -> Option<Vec<u8>> {
        let until = self.now + span;
        self.gather();
        while self.arrived.is_empty() {
            let due = self.reader.next_due().filter(|due| *due <= until);
            self.now = self.now.max(due.unwrap_or(until));
            self.gather();
            if due.is_none() && self.arrived.is_empty() {
                return None;
            }
        }
        Some(std::mem::take(&mut self.arrived))
    }

    fn gather(&mut self) {
        for output in self.reader.advance(self.now) {
            match output {
                Output::Bytes(bytes) => self.arrived.extend(bytes),
                Output::Unplugged | Output::Plugged | Output::Platform(_) | Output::Printer(_) => {
                    self.events.push(output);
                }
            }
        }
    }
}
