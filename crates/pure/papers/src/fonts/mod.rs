//! The fonts of the papers: an ordered stack of faces, asked character by character, and the gate that refuses a
//! character none of them can draw.
//!
//! No system font is ever looked up, so that a print equals its preview on every machine (`fixtures/fonts.toml`).

pub mod coverage;
mod manifest;
mod stack;

pub use manifest::{Inspected, Manifest, ManifestFace};
pub use stack::{Face, FaceId, FontStack, Glyph, InkExtent, Run};

use serde::Deserialize;

/// What a face is for. Names and numbers of a person stand in the serif; labels and help in the sans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Serif,
    Sans,
}
