//! Scanned pages of a case's papers: measured for what makes a page useless to whoever reads it later (S-22, S-43).
//!
//! Bytes in, findings out. Every page is looked at on one working size, so that a threshold means the same for every
//! camera. What a page says is the clerk's formal check; nothing here reads a word.

mod edge;
mod finding;
mod judge;
mod light;
mod sharpness;

pub use finding::{Code, Finding};
pub use judge::{PageSpec, check};
