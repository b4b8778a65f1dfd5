//! The calibration (校准) of a station's card printer: what a person measured on the printed sheet, at the page or by
//! `youdai printer`, and the file that keeps it.

mod file;
mod measured;

pub use file::{load, save};
pub use measured::{Measured, Side, Unmeasured, deviation_words, measure, scanned, typed};
