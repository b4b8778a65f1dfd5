//! The SAM module inside the reader, as a pure model: bytes and a time go in, replies at times come out.
//!
//! Order rules, lift-before-refind, reset gap and sleep are modelled; where public sources disagree, [`Habits`] has a switch
//! for each reading (reader-protocol, 1.3 to 1.6).

mod answers;
mod habits;

pub use habits::{Baud, Habits, Health, Latency};

use std::time::Duration;

use crate::card::Card;
use crate::command::Command;
use crate::frame::{self, Heard, Hunter};
use answers::Answer;

/// Silence inside a request after which the module gives up the half it has.
const INTER_BYTE_GAP: Duration = Duration::from_millis(500);

/// One reply of the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// When its first byte may go out; times count from the start of the simulation.
    pub at: Duration,
    /// The request it answers.
    pub to: Command,
    pub bytes: Vec<u8>,
    /// The speed it is sent at: a change of speed takes effect behind its reply.
    pub baud: Baud,
}

/// How far the conversation about a card has come. A laying is numbered, so that a card swapped underneath is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Idle,
    Found {
        laying: u64,
    },
    Selected {
        laying: u64,
    },
    /// A base read was done; appended records may still be read.
    Read {
        laying: u64,
    },
}

/// The model. All its state changes in [`Module::hear`] and in what is done to it by hand.
#[derive(Debug, Clone)]
pub struct Module {
    sam_id: [u8; 16],
    pub habits: Habits,
    baud: Baud,
    hunter: Hunter,
    last_heard: Duration,
    stage: Stage,
    card: Option<Card>,
    laying: u64,
    /// A good read was made of the laying with this number.
    spent: Option<u64>,
    asleep: bool,
    deaf_until: Duration,
    jitter: fastrand::Rng,
}

impl Module {
    pub fn new(sam_id: [u8; 16], habits: Habits, seed: u64) -> Module {
        Module {
            sam_id,
            baud: habits.baud,
            habits,
            hunter: Hunter::default(),
            last_heard: Duration::ZERO,
            stage: Stage::Idle,
            card: None,
            laying: 0,
            spent: None,
            asleep: false,
            deaf_until: Duration::ZERO,
            jitter: fastrand::Rng::with_seed(seed),
        }
    }

    /// The speed the module listens and speaks at.
    pub fn baud(&self) -> Baud {
        self.baud
    }

    /// What the host sent by `now`; the replies it earns, each with its time.
    pub fn hear(&mut self, bytes: &[u8], now: Duration) -> Vec<Reply> {
        if now.saturating_sub(self.last_heard) > INTER_BYTE_GAP {
            self.hunter.forget();
        }
        self.last_heard = now;
        if now < self.deaf_until || self.habits.health == Health::Dead {
            return Vec::new();
        }
        let heard = self.hunter.push(bytes);
        heard.into_iter().filter_map(|heard| self.answer(&heard, now)).collect()
    }

    /// Lays a card on the field, in place of the one that lies there.
    pub fn lay(&mut self, card: Card) {
        self.laying += 1;
        self.card = Some(card);
    }

    /// Takes the card away.
    pub fn lift(&mut self) {
        self.card = None;
        self.spent = None;
    }

    pub fn card_lies(&self) -> bool {
        self.card.is_some()
    }

    /// Current off and on again: everything volatile is forgotten, the card stays where it lies.
    pub fn power_cycle(&mut self, now: Duration) {
        self.restart(now);
        self.baud = self.habits.baud;
    }

    fn restart(&mut self, now: Duration) {
        self.stage = Stage::Idle;
        self.spent = None;
        self.asleep = false;
        self.hunter.forget();
        self.deaf_until = now + Duration::from_millis(self.habits.reset_gap_ms);
    }

    fn answer(&mut self, heard: &Heard, now: Duration) -> Option<Reply> {
        let (to, answer) = match heard {
            Heard::BadChecksum => (Command::Garbled, Answer::status(0x10)),
            Heard::BadLength => (Command::Garbled, Answer::status(0x11)),
            Heard::Request { cmd, para, data } => {
                let command = Command::of(*cmd, *para);
                if self.asleep && command != Command::Wake {
                    return None;
                }
                (command, self.obey(command, para.unwrap_or(0), data))
            }
        };
        if to == Command::Garbled && (self.asleep || !self.habits.answers_garbled) {
            return None;
        }
        let at = now + self.habits.latency_ms.of(to) + self.some_jitter();
        let reply = Reply { at, to, bytes: frame::reply(answer.sw3, &answer.data), baud: self.baud };
        if to == Command::Reset && answer.sw3 == 0x90 {
            self.restart(at);
        }
        self.baud = answer.new_baud.unwrap_or(self.baud);
        Some(reply)
    }

    fn some_jitter(&mut self) -> Duration {
        match self.habits.jitter_ms {
            0 => Duration::ZERO,
            most => Duration::from_millis(self.jitter.u64(0..=most)),
        }
    }
}
