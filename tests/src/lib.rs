//! What the journeys share: the simulator as a process of its own, a station wired to it, and the built programs.

pub mod aftermath;
pub mod bench;
pub mod card_printer;
pub mod cards;
pub mod counter;
pub mod courier;
pub mod heart;
pub mod http;
pub mod outputs;
pub mod programs;
pub mod week;
