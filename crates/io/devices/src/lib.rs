//! Everything that is plugged in: the identity card reader, the card printer's queue, and the folders into which
//! scanners and cameras drop pictures.
//!
//! Drivers block and are called from a thread of their own (`desk::compose`). Device trouble is a state with a remedy:
//! every fault says what state the device is in, who can act, and what to do.

pub mod documents;
pub mod link;
pub mod printer;
pub mod reader;
mod state;

pub use state::{DeviceState, WhoActs, Words};
