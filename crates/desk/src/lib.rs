//! The desk: use cases that join the pure trade to devices, ledger and platforms.
//!
//! [`desk::Desk`] decides, commits and says what is to be done; [`compose::Station`] gives it threads and a clock;
//! [`contract`] is all that crosses to the page; [`fault`] puts every error into words.

mod acts;
mod at_hand;
mod backlog;
pub mod calibration;
pub mod card_code;
pub mod compose;
pub mod contract;
pub mod desk;
pub mod directory;
mod dropped;
mod earlier;
pub mod exports;
pub mod fault;
pub mod fonts;
pub mod hands;
pub mod identity;
mod lamps;
mod package;
pub mod packages_out;
pub mod people;
mod picture_door;
pub mod press;
mod print_round;
mod reader_round;
mod received;
mod result_round;
pub mod retention;
mod show;
pub mod station;
mod stick_round;
mod words;
