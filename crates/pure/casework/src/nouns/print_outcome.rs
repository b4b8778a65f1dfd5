//! How a print job ended.

use serde::{Deserialize, Serialize};

/// What is known of a print job's end (print.md 3.2). None of these says that a card exists: only a person does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PrintOutcome {
    /// The device itself reported completion.
    DeviceConfirmed,
    /// The spooler took every byte; whether the device printed is not known to it.
    SpoolerConfirmed,
    Failed {
        reason: String,
    },
    /// Nobody knows. Only a person at the machine may settle it.
    Unknown,
}
