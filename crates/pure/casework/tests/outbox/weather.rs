//! What can happen to one sending on its way, drawn from a seed.

use casework::outbox::Answer;
use jiff::SignedDuration;

/// Small numbers by splitmix64: the same seed gives the same story on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// From `low` to `high`, both included.
    pub fn from(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(high.abs_diff(low) + 1)).unwrap()
    }

    pub fn share(&mut self) -> f64 {
        self.below(1 << 30) as f64 / f64::from(1 << 30)
    }

    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

/// So long the sender waits for an answer, ms.
pub const TIME_OUT: i64 = 5_000;

/// What becomes of one sending. Times are ms after it left.
#[derive(Debug, Clone, Copy)]
pub struct Fate {
    /// When the message is there; `None`: never.
    pub arrives: Option<i64>,
    pub there: There,
    /// When the sender has the answer.
    pub answered: i64,
    /// The sender gets no answer, whatever the platform said.
    pub lost: Option<Lost>,
    /// The answer comes once more, so much later.
    pub again: Option<i64>,
}

/// What the platform does with what arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    Accepts,
    /// Says that it is not now, and has not acted.
    Declines(Decline),
    /// Acts, and says something that is no receipt.
    ActsAndStammers(Stammer),
    /// Does not act, and says something that is no refusal.
    Stammers(Stammer),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decline {
    Unavailable { retry_after_s: Option<i64> },
    TooMany { retry_after_s: i64 },
    Credentials,
    BusyIn200,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stammer {
    Broken500,
    Gateway504,
    Queued202,
    Page,
    Garbage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// There was no connection.
    Unsent,
    TimedOut,
}

/// Good weather: at once, and a receipt.
pub fn fair(dice: &mut Dice) -> Fate {
    let arrives = dice.from(1, 200);
    Fate {
        arrives: Some(arrives),
        there: There::Accepts,
        answered: arrives + dice.from(1, 200),
        lost: None,
        again: None,
    }
}

/// Bad weather; `mumbles` when most answers are garbled in it.
pub fn foul(dice: &mut Dice, mumbles: bool) -> Fate {
    let fate = fair(dice);
    if mumbles && !dice.one_in(8) {
        let there = if dice.one_in(2) { There::ActsAndStammers } else { There::Stammers };
        return Fate { there: there(Stammer::Garbage), ..fate };
    }
    let again = dice.one_in(3).then(|| dice.from(0, 20_000));
    match dice.below(12) {
        0 => Fate { arrives: None, lost: Some(Lost::Unsent), answered: dice.from(0, 50), ..fate },
        // Lost with its answer, or only the answer, or delayed on the way past the time-out.
        1 => Fate { arrives: None, lost: Some(Lost::TimedOut), answered: TIME_OUT, ..fate },
        2 => Fate { lost: Some(Lost::TimedOut), answered: dice.from(200, TIME_OUT), ..fate },
        3 => {
            Fate { arrives: Some(dice.from(TIME_OUT, 60_000)), lost: Some(Lost::TimedOut), answered: TIME_OUT, ..fate }
        }
        4 | 5 => {
            let asked = dice.one_in(2).then(|| dice.from(1, 3_600));
            Fate { there: There::Declines(Decline::Unavailable { retry_after_s: asked }), again, ..fate }
        }
        6 => Fate { there: There::Declines(Decline::TooMany { retry_after_s: dice.from(1, 600) }), again, ..fate },
        7 => Fate {
            there: There::Declines(if dice.one_in(2) { Decline::Credentials } else { Decline::BusyIn200 }),
            again,
            ..fate
        },
        8 | 9 => Fate { there: There::ActsAndStammers(stammer(dice)), again, ..fate },
        10 => Fate { there: There::Stammers(stammer(dice)), again, ..fate },
        _ => Fate { again, ..fate },
    }
}

fn stammer(dice: &mut Dice) -> Stammer {
    match dice.below(5) {
        0 => Stammer::Broken500,
        1 => Stammer::Gateway504,
        2 => Stammer::Queued202,
        3 => Stammer::Page,
        _ => Stammer::Garbage,
    }
}

impl Decline {
    pub fn answer(self) -> Answer {
        let (code, retry_after_s, body) = match self {
            Decline::Unavailable { retry_after_s } => (503, retry_after_s, ""),
            Decline::TooMany { retry_after_s } => (429, Some(retry_after_s), ""),
            Decline::Credentials => (401, None, ""),
            Decline::BusyIn200 => (200, None, r#"{"ok":false,"code":"SYSTEM_BUSY"}"#),
        };
        Answer::Status { code, retry_after: retry_after_s.map(SignedDuration::from_secs), body: body.to_owned() }
    }
}

impl Stammer {
    pub fn answer(self) -> Answer {
        let (code, body) = match self {
            Stammer::Broken500 => (500, "{}"),
            Stammer::Gateway504 => (504, "<html>504</html>"),
            Stammer::Queued202 => (202, r#"{"ok":true}"#),
            Stammer::Page => (200, "<!DOCTYPE html><title>请登录</title>"),
            Stammer::Garbage => (200, r#"{"ok":tr"#),
        };
        Answer::Status { code, retry_after: None, body: body.to_owned() }
    }
}
