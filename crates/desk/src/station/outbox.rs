//! Sections `[outbox]` and `[stick]` of the station file: how much may wait, and the way out without a network.

use std::path::PathBuf;

use casework::outbox::limits::Limits;
use serde::Deserialize;
use stick::{CountyKey, KeyRefused};

/// How much may wait (reliability 5). May be left out; each value has a default.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutboxSection {
    /// Waiting messages from which somebody is told, 1 to 100000; 300 unless it is said.
    pub soft_messages: u32,
    /// Days that the oldest waits from which somebody is told, 1 to 365; 5 unless it is said.
    pub soft_days: u32,
    /// Waiting messages from which no new case is opened; 1000 unless it is said.
    pub hard_messages: u32,
    /// Days from which no new case is opened; 15 unless it is said.
    pub hard_days: u32,
    /// Free megabytes on the ledger's disk below which no new case is opened; 1024 unless it is said.
    pub least_free_mb: u32,
}

impl Default for OutboxSection {
    fn default() -> OutboxSection {
        OutboxSection { soft_messages: 300, soft_days: 5, hard_messages: 1_000, hard_days: 15, least_free_mb: 1_024 }
    }
}

impl OutboxSection {
    pub fn limits(&self) -> Limits {
        Limits {
            soft_pending: self.soft_messages,
            soft_days: self.soft_days,
            hard_pending: self.hard_messages,
            hard_days: self.hard_days,
            least_free: u64::from(self.least_free_mb) << 20,
        }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        for (name, soft, hard, most) in [
            ("messages", self.soft_messages, self.hard_messages, 100_000),
            ("days", self.soft_days, self.hard_days, 365),
        ] {
            if !(1..=most).contains(&hard) {
                return Err(format!("outbox.hard_{name} {hard} is outside 1 to {most}"));
            }
            if !(1..=hard).contains(&soft) {
                return Err(format!("outbox.soft_{name} {soft} is outside 1 to outbox.hard_{name} {hard}"));
            }
        }
        Ok(())
    }
}

/// The stick that is carried to the county. Without the section nothing can be exported, and the page says what is missing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StickSection {
    /// Where the system mounts it.
    pub folder: PathBuf,
    /// The county's public SM2 key: `04` and the coordinates, 130 hex digits.
    pub county_key: String,
}

impl StickSection {
    pub fn county(&self) -> Result<CountyKey, KeyRefused> {
        CountyKey::parse(&self.county_key)
    }

    pub(super) fn check(&self) -> Result<(), String> {
        self.county().map(drop).map_err(|refused| format!("stick.county_key: {refused}"))
    }
}
