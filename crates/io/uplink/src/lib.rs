//! The uplink: carries a frozen message to a platform, and brings its answer back untouched.
//!
//! It decides nothing. Which message is due is known by the ledger, what an answer means by `casework::outbox::plan`;
//! here a letter goes over the wire once, byte for byte, and everything that can come back becomes one [`Answer`].
//!
//! Five platforms are known by name: the city's and Taojiang's intake platforms, the ageing system, the township's
//! filing report and the service rating. This project has no description of their interfaces, so all five speak the one wire
//! that [`Uplink::send`] describes, through one door. A platform whose own interface becomes known gets a module of
//! its own beside `door`, which turns a letter into its request and its reply into an [`Answer`].

mod door;
mod results;
mod retry_after;
mod uplink;

pub use casework::outbox::Answer;

pub use results::Told;
pub use uplink::{Letter, Uplink, UplinkError};
