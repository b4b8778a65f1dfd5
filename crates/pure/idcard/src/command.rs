//! The commands of the module as types: what is sent, how long the answer may take, what counts as an answer.

mod answer;

use std::time::Duration;

pub use answer::{Answer, BaseRead, Hearing, Hidden};

use crate::frame;

/// Speed of the module's serial line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Baud {
    B115200,
    B57600,
    B38400,
    B19200,
    B9600,
}

impl Baud {
    /// In the order in which they are tried: factory setting first.
    pub const ALL: [Self; 5] = [Self::B115200, Self::B57600, Self::B38400, Self::B19200, Self::B9600];

    pub fn bits_per_second(self) -> u32 {
        match self {
            Self::B115200 => 115_200,
            Self::B57600 => 57_600,
            Self::B38400 => 38_400,
            Self::B19200 => 19_200,
            Self::B9600 => 9_600,
        }
    }

    pub fn from_bits_per_second(bits: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|baud| baud.bits_per_second() == bits)
    }

    /// How long `bytes` take on the wire: ten bits each.
    pub fn wire_time(self, bytes: usize) -> Duration {
        Duration::from_micros(bytes as u64 * 10_000_000 / u64::from(self.bits_per_second()))
    }
}

/// Largest radio frame the module may use towards the card, 24 to 255 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RadioFrame(u8);

impl RadioFrame {
    /// `None` below 24 (reader-protocol 1.3).
    pub fn new(bytes: u8) -> Option<Self> {
        (bytes >= 24).then_some(Self(bytes))
    }
}

/// Every command of reader-protocol 1.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Equal to a power cycle.
    Reset,
    Status,
    SamId,
    Find,
    Select,
    /// Text and photo.
    ReadBase,
    /// Text, photo and up to two fingerprints.
    ReadWithFingerprint,
    /// Addresses written to the chip after it was issued.
    ReadAppended,
    /// The number of the card body.
    ReadManagement,
    /// The answer still arrives at the old speed.
    SetBaud(Baud),
    SetRadioFrame(RadioFrame),
}

impl Command {
    /// `CMD PARA` and what follows it.
    fn body(self) -> Vec<u8> {
        match self {
            Self::Reset => vec![0x10, 0xFF],
            Self::Status => vec![0x11, 0xFF],
            Self::SamId => vec![0x12, 0xFF],
            Self::Find => vec![0x20, 0x01],
            Self::Select => vec![0x20, 0x02],
            Self::ReadBase => vec![0x30, 0x01],
            Self::ReadWithFingerprint => vec![0x30, 0x10],
            Self::ReadAppended => vec![0x30, 0x03],
            Self::ReadManagement => vec![0x30, 0x05],
            Self::SetBaud(Baud::B115200) => vec![0x60, 0x00],
            Self::SetBaud(Baud::B57600) => vec![0x60, 0x01],
            Self::SetBaud(Baud::B38400) => vec![0x60, 0x02],
            Self::SetBaud(Baud::B19200) => vec![0x60, 0x03],
            Self::SetBaud(Baud::B9600) => vec![0x60, 0x04],
            Self::SetRadioFrame(RadioFrame(bytes)) => vec![0x61, 0xFF, bytes],
        }
    }

    /// The whole frame to send.
    pub fn request(self) -> Vec<u8> {
        frame::encode(&self.body())
    }

    /// Length of the longest good reply, whole frame, in bytes.
    pub fn longest_reply(self) -> usize {
        match self {
            Self::Reset | Self::Status | Self::SetBaud(_) | Self::SetRadioFrame(_) => 11,
            Self::SamId => 27,
            Self::Find => 15,
            Self::Select => 19,
            Self::ReadBase => 1295,
            Self::ReadWithFingerprint => 2321,
            Self::ReadAppended => 11 + 4 * 70,
            Self::ReadManagement => 39,
        }
    }

    /// How long the module itself may think before its first byte. No standard states these; they are the longest that
    /// published programs allow (reader-protocol 1.6).
    pub fn patience(self) -> Duration {
        Duration::from_millis(match self {
            Self::Status | Self::SamId | Self::SetBaud(_) | Self::SetRadioFrame(_) => 500,
            Self::Find | Self::Reset => 1000,
            Self::Select => 1500,
            Self::ReadBase | Self::ReadWithFingerprint | Self::ReadAppended | Self::ReadManagement => 3000,
        })
    }

    /// When the answer must be whole, counted from sending: the request and the longest reply on the wire with a
    /// quarter to spare, the module's own time, and one inter-byte gap.
    pub fn deadline(self, line: Line) -> Duration {
        let wire = line.baud.wire_time(self.request().len() + self.longest_reply());
        self.patience() + wire + wire / 4 + line.gap
    }
}

/// What deadlines depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub baud: Baud,
    /// Longest silence inside one frame.
    pub gap: Duration,
}

impl Line {
    /// A serial line: bytes of a frame follow one another within 100 ms.
    pub fn serial(baud: Baud) -> Self {
        Self { baud, gap: Duration::from_millis(100) }
    }

    /// A line with a network in it: packets may be held up, 300 ms.
    pub fn network() -> Self {
        Self { baud: Baud::B9600, gap: Duration::from_millis(300) }
    }
}
