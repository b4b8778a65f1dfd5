//! What a second-generation identity card reader says on its wire, and what its card says in turn.
//!
//! Nothing here opens a port or reads a clock: bytes and times come in as parameters, so that a whole conversation
//! can be replayed from a transcript. `crates/io/devices` carries the bytes.

pub mod card;
pub mod command;
pub mod conversation;
pub mod exchange;
pub mod frame;
pub mod pua;
pub mod sam_id;
pub mod status;
pub mod transcript;
pub mod wlt;
