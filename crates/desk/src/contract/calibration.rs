use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Act;

/// The page on which the card printer is put right (校准).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CalibrationView {
    /// The blank that is measured: the card template's id and its sheet, mm.
    pub stock: String,
    pub width_mm: f64,
    pub height_mm: f64,
    /// Where the cross-hairs 1 to 5 are meant, on every side.
    pub crosses: Vec<CrossHair>,
    /// How each side is put right now.
    pub sides: Vec<CalibratedSide>,
    /// What became of the sheet that was asked for last; `None` before.
    pub sheet: Option<CalibrationSheet>,
    /// What the last readings gave.
    pub found: Option<CalibrationFound>,
    pub acts: Vec<Act>,
}

/// mm from the left and top edge of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct CrossHair {
    pub number: u32,
    pub x: f64,
    pub y: f64,
}

/// A side of the card, on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardSide {
    Front,
    Back,
}

/// How a side is put right now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CalibratedSide {
    pub side: CardSide,
    /// `正面`.
    pub name: String,
    /// What was measured, a line each; empty where nobody did.
    pub lines: Vec<String>,
    /// When and by whom; blank where nobody did.
    pub measured: String,
}

/// The sheet of cross-hairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CalibrationSheet {
    /// Asked for; the printer has not taken it yet.
    UnderWay,
    /// The printer took it. That it came out, the person sees.
    Taken,
}

/// What readings gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CalibrationFound {
    pub side: CardSide,
    /// A line each.
    pub lines: Vec<String>,
    /// It is kept and counts from the next card on.
    pub kept: bool,
}

/// One cross-hair as it was read with a ruler, mm from the left and the top edge, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CrossReading {
    /// 1 to 5.
    pub number: u32,
    pub left: String,
    pub top: String,
}
