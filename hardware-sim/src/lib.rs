//! The far side of every wire of the counter: the identity-card reader, the platforms, the print queues.
//!
//! From the middle outwards: [`module`] is the reader's module as a pure model, [`card`] what may be laid on it; [`fault`] and
//! [`line`] are what happens to its replies; [`reader`] joins them with a [`script`] and a [`transcript`] under a clock that is
//! passed in; [`wire`] are the pseudo-terminal, the TCP port and the in-process pipe; [`platform`] takes the counter's
//! messages; [`bench`] runs all of it under the real clock and [`control`] lets people and scripts reach in.
//!
//! This crate shares no code with the drivers. Both are written from the same published description of the protocol, so that
//! one misreading cannot cancel itself out.

pub mod bench;
pub mod bytes;
pub mod card;
pub mod card_printer;
pub mod command;
pub mod conformance;
pub mod control;
pub mod ctl;
pub mod fault;
pub mod frame;
pub mod http;
pub mod line;
pub mod module;
pub mod pace;
pub mod person;
pub mod photo;
pub mod plain;
pub mod platform;
pub mod printer;
pub mod reader;
pub mod replay;
pub mod sam_id;
pub mod scenario;
pub mod script;
pub mod stick;
pub mod transcript;
pub mod wire;
