//! What the counter puts on paper: a display list in millimetres, written as PDF, previewed from the very same bytes.
//!
//! ```text
//! fonts.toml ──> FontStack ─┐
//! card-cr80.toml ─> Template ┼─> card::lay_out ─┐
//! receipt-a4.toml ─> Form ───┼─> receipt::lay_out ┼─> Vec<Page> ─> pdf::write ─> bytes ─> preview::rasterise
//! slip-a4.toml ────> Form ───┼─> slip::lay_out ───┤
//! day-a4.toml ─────> Form ───┴─> day::lay_out ────┘
//! ```
//!
//! Nothing here reads a file or a clock: fonts, templates, pictures and the date of a document come in as parameters.

pub mod affine;
pub mod archived;
pub mod calibration;
pub mod card;
mod crop;
pub mod day;
pub mod display;
mod error;
pub mod fonts;
pub mod imposition;
pub mod listing;
mod mark;
pub mod pdf;
pub mod preview;
mod qr;
pub mod receipt;
mod setting;
mod sheet;
pub mod slip;
pub mod template;

pub use affine::{Affine, Point};
pub use card::CardContent;
pub use display::Page;
pub use error::PaperError;
pub use fonts::{Face, FontStack, Manifest, Role};
pub use imposition::Imposition;
pub use qr::qr_png;
pub use template::Template;
