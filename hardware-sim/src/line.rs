//! The serial line between module and host: one direction, one byte behind the other at the speed of the line.

use std::collections::VecDeque;
use std::time::Duration;

use crate::fault::{Mishap, Segment};
use crate::module::Baud;

/// Most bytes that are handed over at once on a paced line: 1.4 ms at 115200 baud.
const PIECE: usize = 16;

/// Bytes that are out by a time, and what happens then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub at: Duration,
    pub bytes: Vec<u8>,
    pub then: Option<Mishap>,
}

/// A queue of pieces in order of time.
#[derive(Debug, Clone)]
pub struct Line {
    /// `false`: bytes take no time.
    pub paced: bool,
    queue: VecDeque<Piece>,
    free_at: Duration,
}

impl Line {
    pub fn new(paced: bool) -> Line {
        Line { paced, queue: VecDeque::new(), free_at: Duration::ZERO }
    }

    /// Queues segments that may start at `at`, but not before what is queued already has gone out.
    pub fn send(&mut self, segments: Vec<Segment>, at: Duration, baud: Baud) {
        let mut time = at.max(self.free_at);
        for segment in segments {
            time = time.saturating_add(segment.pause);
            let start = time;
            let mut sent = 0;
            let piece = if self.paced { PIECE } else { segment.bytes.len().max(1) };
            for bytes in segment.bytes.chunks(piece) {
                sent += bytes.len();
                if self.paced {
                    time = start + baud.time_of(sent);
                }
                self.queue.push_back(Piece { at: time, bytes: bytes.to_vec(), then: None });
            }
            if segment.then.is_some() {
                self.queue.push_back(Piece { at: time, bytes: Vec::new(), then: segment.then });
            }
        }
        self.free_at = time;
    }

    /// The next piece that is out by `now`.
    pub fn pop(&mut self, now: Duration) -> Option<Piece> {
        self.queue.pop_front_if(|piece| piece.at <= now)
    }

    /// When the next piece will be out.
    pub fn next_due(&self) -> Option<Duration> {
        self.queue.front().map(|piece| piece.at)
    }

    /// Loses everything not yet out.
    pub fn cut(&mut self, now: Duration) {
        self.queue.clear();
        self.free_at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(bytes: usize) -> Vec<Segment> {
        vec![Segment { pause: Duration::ZERO, bytes: vec![7; bytes], then: None }]
    }

    #[test]
    fn paced_frame_takes_its_time_on_the_wire() {
        let mut line = Line::new(true);
        line.send(segment(1295), Duration::ZERO, Baud::try_from(9600).unwrap());
        let mut last = Duration::ZERO;
        let mut bytes = 0;
        while let Some(piece) = line.pop(Duration::MAX) {
            (last, bytes) = (piece.at, bytes + piece.bytes.len());
        }
        assert_eq!((last.as_millis(), bytes), (1348, 1295));
    }

    #[test]
    fn second_frame_waits_for_the_first() {
        let mut line = Line::new(true);
        line.send(segment(16), Duration::ZERO, Baud::FACTORY);
        line.send(segment(16), Duration::ZERO, Baud::FACTORY);
        let first = line.pop(Duration::MAX).unwrap().at;
        assert_eq!(line.pop(Duration::MAX).unwrap().at, first * 2);
    }

    #[test]
    fn unpaced_frame_is_out_at_once() {
        let mut line = Line::new(false);
        line.send(segment(1295), Duration::from_millis(5), Baud::FACTORY);
        assert_eq!(line.pop(Duration::from_millis(4)), None);
        assert_eq!(line.pop(Duration::from_millis(5)).unwrap().bytes.len(), 1295);
    }
}
