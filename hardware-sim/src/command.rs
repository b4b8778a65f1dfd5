//! The commands of the module by name, as scenario files and the control port write them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A request the module knows (reader-protocol, 1.3), plus the two ways of saying "something else".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    Reset,
    Status,
    SamId,
    Find,
    Select,
    /// Text and photo, `30 01`.
    Read,
    /// Text, photo and fingerprints, `30 10`.
    ReadFingerprint,
    /// Appended addresses, `30 03`.
    Address,
    /// Card-body management number, `30 05`.
    Management,
    /// Line speed, `60 nn`.
    Baud,
    /// Largest radio frame, `61 FF bb`.
    RadioFrame,
    Sleep,
    Wake,
    /// `FA 11`, vendor extra.
    Antenna,
    /// `FA F0`, vendor extra.
    Firmware,
    /// `FA 92`, vendor extra.
    ChipId,
    /// `DC xx`, vendor extra; every sub-command is unknown here.
    Production,
    /// Well framed, but nothing the module knows.
    Unknown,
    /// Framed wrongly: bad checksum or bad length.
    Garbled,
}

impl Command {
    /// Names the request with these first bytes.
    pub fn of(cmd: u8, para: Option<u8>) -> Command {
        match (cmd, para) {
            (0x10, Some(0xFF)) => Command::Reset,
            (0x11, Some(0xFF)) => Command::Status,
            (0x12, Some(0xFF)) => Command::SamId,
            (0x20, Some(0x01)) => Command::Find,
            (0x20, Some(0x02)) => Command::Select,
            (0x30, Some(0x01)) => Command::Read,
            (0x30, Some(0x10)) => Command::ReadFingerprint,
            (0x30, Some(0x03)) => Command::Address,
            (0x30, Some(0x05)) => Command::Management,
            (0x60, Some(_)) => Command::Baud,
            (0x61, Some(0xFF)) => Command::RadioFrame,
            (0x00, None) => Command::Sleep,
            (0x01, None) => Command::Wake,
            (0xFA, Some(0x11)) => Command::Antenna,
            (0xFA, Some(0xF0)) => Command::Firmware,
            (0xFA, Some(0x92)) => Command::ChipId,
            (0xDC, Some(_)) => Command::Production,
            _ => Command::Unknown,
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Command::Reset => "reset",
            Command::Status => "status",
            Command::SamId => "sam_id",
            Command::Find => "find",
            Command::Select => "select",
            Command::Read => "read",
            Command::ReadFingerprint => "read_fingerprint",
            Command::Address => "address",
            Command::Management => "management",
            Command::Baud => "baud",
            Command::RadioFrame => "radio_frame",
            Command::Sleep => "sleep",
            Command::Wake => "wake",
            Command::Antenna => "antenna",
            Command::Firmware => "firmware",
            Command::ChipId => "chip_id",
            Command::Production => "production",
            Command::Unknown => "unknown",
            Command::Garbled => "garbled",
        };
        out.write_str(name)
    }
}
