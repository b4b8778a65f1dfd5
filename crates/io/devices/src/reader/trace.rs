//! A transcript of the line for technicians: hex with times, one stretch of bytes a line.

use std::{
    io::{self, Write},
    time::{Duration, Instant},
};

use idcard::transcript;

/// Bytes further apart than this begin a new line.
const APART: Duration = Duration::from_millis(100);

/// Whether a transcript may hold what a card says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Contents of records, and bytes outside frames, are only counted.
    Masked,
    /// Everything. For invented cards, and for a person who has agreed.
    Full,
}

/// Writes what passes on a line. A transcript that cannot be written ends; the reader goes on.
pub struct Trace {
    out: Option<Box<dyn Write + Send>>,
    privacy: Privacy,
    began: Instant,
    heard: Vec<u8>,
    heard_at: Duration,
    last_at: Duration,
}

impl Trace {
    pub fn new(out: Box<dyn Write + Send>, privacy: Privacy) -> Self {
        Self {
            out: Some(out),
            privacy,
            began: Instant::now(),
            heard: Vec::new(),
            heard_at: Duration::ZERO,
            last_at: Duration::ZERO,
        }
    }

    /// Something happened that is not bytes.
    pub(super) fn note(&mut self, event: &str) {
        self.end_hearing();
        self.line(self.began.elapsed(), '=', event);
    }

    pub(super) fn sent(&mut self, bytes: &[u8]) {
        self.end_hearing();
        let text = transcript::render_request(bytes);
        self.line(self.began.elapsed(), '>', &text);
    }

    pub(super) fn received(&mut self, bytes: &[u8]) {
        let now = self.began.elapsed();
        if bytes.is_empty() {
            return;
        }
        if now > self.last_at + APART {
            self.end_hearing();
        }
        if self.heard.is_empty() {
            self.heard_at = now;
        }
        self.last_at = now;
        self.heard.extend(bytes);
    }

    fn end_hearing(&mut self) {
        let heard = std::mem::take(&mut self.heard);
        if !heard.is_empty() {
            let text = transcript::render(&heard, self.privacy == Privacy::Masked);
            self.line(self.heard_at, '<', &text);
        }
    }

    fn line(&mut self, at: Duration, direction: char, text: &str) {
        let written = self.out.as_mut().map_or(Ok(()), |out| {
            writeln!(out, "{:>10.3} {direction} {text}", at.as_secs_f64())?;
            out.flush()
        });
        if let Err(error) = written {
            let error: io::Error = error;
            tracing::warn!(%error, "transcript ended");
            self.out = None;
        }
    }
}

impl Drop for Trace {
    fn drop(&mut self) {
        self.end_hearing();
    }
}
