//! How one make of reader behaves where makes differ, and how long it takes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::command::Command;

/// A speed of the serial line. Eight data bits, no parity, one stop bit: ten bit times a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Baud(u32);

impl Baud {
    /// Speeds in the order of the parameter of `60 nn`.
    const ALL: [u32; 5] = [115_200, 57_600, 38_400, 19_200, 9_600];

    /// The factory setting.
    pub const FACTORY: Baud = Baud(115_200);

    /// The speed that `60 nn` asks for.
    pub fn of_parameter(parameter: u8) -> Option<Baud> {
        Baud::ALL.get(usize::from(parameter)).map(|speed| Baud(*speed))
    }

    pub fn bits_per_second(self) -> u32 {
        self.0
    }

    /// Time that `bytes` take on the line.
    pub fn time_of(self, bytes: usize) -> Duration {
        Duration::from_nanos(bytes as u64 * 10_000_000_000 / u64::from(self.0))
    }
}

impl TryFrom<u32> for Baud {
    type Error = String;

    fn try_from(speed: u32) -> Result<Baud, String> {
        match Baud::ALL.contains(&speed) {
            true => Ok(Baud(speed)),
            false => Err(format!("{speed} is not a speed of this module; it has {:?}", Baud::ALL)),
        }
    }
}

impl From<Baud> for u32 {
    fn from(baud: Baud) -> u32 {
        baud.0
    }
}

/// Whether the module works at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    #[default]
    Good,
    /// Every request is answered 60.
    SelfTestFailed,
    /// Every request but reset and SAM id is answered 66.
    Unauthorised,
    /// Nothing is answered.
    Dead,
}

/// Switches for what public sources disagree about or what makes do differently.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Habits {
    /// Speed at power-up.
    pub baud: Baud,
    pub health: Health,
    /// SW3 for select or read out of order: `0x24` (default) or `0x21`.
    pub order_violation: u8,
    /// `true`: find succeeds again while a card that was read still lies there.
    pub repeat_read: bool,
    /// `true`: after a failed read the card must be lifted before find succeeds.
    pub lift_after_error: bool,
    /// How long the module is deaf after reset or power-up, in ms.
    pub reset_gap_ms: u64,
    /// `true`: reset returns to the speed at power-up.
    pub reset_restores_baud: bool,
    /// `true`: a wrong checksum is answered 10 and a wrong length 11; `false`: by silence.
    pub answers_garbled: bool,
    /// The appended addresses come in one reply (`true`) or only the newest (`false`).
    pub all_addresses: bool,
    pub latency_ms: Latency,
    /// Up to this many ms are added to each latency, drawn from the seed.
    pub jitter_ms: u64,
}

impl Default for Habits {
    fn default() -> Habits {
        Habits {
            baud: Baud::FACTORY,
            health: Health::Good,
            order_violation: 0x24,
            repeat_read: false,
            lift_after_error: false,
            reset_gap_ms: 200,
            reset_restores_baud: false,
            answers_garbled: true,
            all_addresses: true,
            latency_ms: Latency::default(),
            jitter_ms: 0,
        }
    }
}

/// Time between the last byte of a request and the first of its reply, in ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Latency {
    pub find: u64,
    pub select: u64,
    /// Any of the reads.
    pub read: u64,
    /// Everything else.
    pub other: u64,
}

impl Default for Latency {
    fn default() -> Latency {
        Latency { find: 20, select: 20, read: 100, other: 2 }
    }
}

impl Latency {
    /// The latency of one request.
    pub fn of(&self, command: Command) -> Duration {
        let ms = match command {
            Command::Find => self.find,
            Command::Select => self.select,
            Command::Read | Command::ReadFingerprint | Command::Address | Command::Management => self.read,
            Command::Reset
            | Command::Status
            | Command::SamId
            | Command::Baud
            | Command::RadioFrame
            | Command::Sleep
            | Command::Wake
            | Command::Antenna
            | Command::Firmware
            | Command::ChipId
            | Command::Production
            | Command::Unknown
            | Command::Garbled => self.other,
        };
        Duration::from_millis(ms)
    }
}
