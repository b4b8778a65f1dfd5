//! `youdai`, the counter's command line: the same desk, drivers and ledger as the window, without a window.

pub mod answer;
pub mod archive;
mod archive_key;
pub mod bar;
pub mod card;
mod card_sheet;
pub mod clerk;
pub mod demo;
pub mod fill;
pub mod fonts;
pub mod ledger;
pub mod outbox;
pub mod pack;
pub mod pack_diff;
pub mod pack_explain;
pub mod people;
pub mod photo;
pub mod printer;
pub mod qr;
pub mod reader;
pub mod retention;
pub mod stats;
pub mod visit;
pub mod windows;
pub mod windows_choose;
