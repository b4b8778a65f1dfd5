//! One command and its answer, without a clock or a port: told what arrives and what time it is, it says how long to
//! wait on and how the exchange ended.
//!
//! Times are durations since any fixed moment the caller likes.

use std::time::Duration;

use crate::{
    command::{Answer, Command, Hearing, Line},
    frame::{Decoder, Noise},
    status::Status,
};

/// How an exchange stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Nothing to do until bytes arrive or this time comes.
    Wait {
        until: Duration,
    },
    Answer(Answer),
    Refused(Status),
    Bad(Badness),
}

/// Ways of not answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badness {
    /// No answer came, and nothing that could have been one.
    Silent,
    /// Bytes came that may have been an answer.
    Garbled,
    /// A frame came whose inner lengths contradict one another.
    Malformed,
}

/// A command that has been sent.
#[derive(Debug)]
pub struct Exchange {
    command: Command,
    request: Vec<u8>,
    line: Line,
    deadline: Duration,
    last_byte: Option<Duration>,
    damaged: bool,
    /// Bytes heard outside any frame.
    strays: usize,
}

impl Exchange {
    /// Begins at `now`, the time of sending [`Exchange::request`].
    pub fn begin(command: Command, line: Line, now: Duration) -> Self {
        Self::begin_within(command, line, now, command.deadline(line))
    }

    /// As [`Exchange::begin`], with another time allowed for the whole answer. Used for probing.
    pub fn begin_within(command: Command, line: Line, now: Duration, allowed: Duration) -> Self {
        let request = command.request();
        Self { command, request, line, deadline: now + allowed, last_byte: None, damaged: false, strays: 0 }
    }

    pub fn command(&self) -> Command {
        self.command
    }

    pub fn request(&self) -> &[u8] {
        &self.request
    }

    /// Whether damaged frames were heard while waiting.
    pub fn heard_damage(&self) -> bool {
        self.damaged
    }

    /// Takes bytes that arrived at `now`.
    pub fn hear(&mut self, bytes: &[u8], decoder: &mut Decoder, now: Duration) {
        if !bytes.is_empty() {
            self.last_byte = Some(now);
            decoder.push(bytes);
        }
    }

    /// Looks at what has been heard so far.
    pub fn turn(&mut self, decoder: &mut Decoder, now: Duration) -> Turn {
        if let Some(end) = self.take_replies(decoder) {
            return end;
        }
        let quiet_from = self.last_byte.map(|at| at + self.line.gap);
        if quiet_from.is_some_and(|quiet| now >= quiet) || now >= self.deadline {
            decoder.silence();
            if let Some(end) = self.take_replies(decoder) {
                return end;
            }
            if self.damaged || self.was_answer_sized() {
                return Turn::Bad(Badness::Garbled);
            }
        }
        if now >= self.deadline {
            return Turn::Bad(if self.strays > 0 { Badness::Garbled } else { Badness::Silent });
        }
        let until = quiet_from.filter(|quiet| now < *quiet).map_or(self.deadline, |quiet| quiet.min(self.deadline));
        Turn::Wait { until }
    }

    fn take_replies(&mut self, decoder: &mut Decoder) -> Option<Turn> {
        while let Some(heard) = decoder.next() {
            let reply = match heard {
                Ok(reply) => reply,
                Err(noise) => {
                    self.damaged |= self.counts_as_damage(noise);
                    self.strays += match noise {
                        Noise::Stray { bytes } => bytes,
                        Noise::Foreign { .. } | Noise::Length { .. } | Noise::Checksum | Noise::Cut => 0,
                    };
                    continue;
                }
            };
            match self.command.hear(&reply) {
                Hearing::Answer(answer) => return Some(Turn::Answer(answer)),
                Hearing::Refused(_) if self.is_echo(reply.body()) => {}
                Hearing::Refused(status) => return Some(Turn::Refused(status)),
                Hearing::Foreign => {}
                Hearing::Malformed => {
                    self.damaged = true;
                    return Some(Turn::Bad(Badness::Malformed));
                }
            }
        }
        None
    }

    /// As many bytes as the answer has, and no frame in them: the answer came and lost its preamble. Fewer or more may
    /// have been noise before an answer that is still to come.
    fn was_answer_sized(&self) -> bool {
        self.strays.abs_diff(self.command.longest_reply()) <= 4
    }

    /// Adapters that echo send our own frame back. Its LEN is below any reply's, or its body is our body.
    fn is_echo(&self, body: &[u8]) -> bool {
        self.request[7..self.request.len() - 1] == *body
    }

    fn counts_as_damage(&self, noise: Noise) -> bool {
        match noise {
            Noise::Length { stated } => usize::from(stated) != self.request.len() - 7,
            Noise::Checksum | Noise::Cut | Noise::Stray { .. } | Noise::Foreign { .. } => noise.is_damage(),
        }
    }
}
