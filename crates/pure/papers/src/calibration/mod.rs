//! Calibration (校准): where a printer puts ink that was meant for another place, and how that is undone.
//!
//! ```text
//! page ─> printer ─> sheet ─> two readings or a scan ─> solve ─> Deviation ─> Profile ─> Page::correction
//! ```
//!
//! A template stays what it is. What is put right belongs to a printer, its tray, the side and the stock, and is applied to
//! the page that goes to it.

mod cross_hairs;
mod profile;
mod scan;
mod solve;

pub use cross_hairs::{CROSS_ARM_MM, CROSS_LINE_MM, cross_hairs, page};
pub use profile::{Placing, Profile, Profiles, ProfilesError, Slot, name_of_side};
pub use scan::{ScanFault, find};
pub use solve::{Reading, Solution, SolveFault, solve};

use crate::affine::Affine;

/// How a printer moves what it prints. Ink meant for `(x, y)` lands at `(x, y)` scaled, then turned about the sheet's top
/// left corner, then shifted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deviation {
    /// To the right and down, mm.
    pub dx: f64,
    pub dy: f64,
    /// Factors across and down; 1 is true.
    pub sx: f64,
    pub sy: f64,
    /// Clockwise as one looks at the sheet, degrees.
    pub turn: f64,
}

impl Deviation {
    /// A printer that prints where it should.
    pub const NONE: Deviation = Deviation { dx: 0.0, dy: 0.0, sx: 1.0, sy: 1.0, turn: 0.0 };

    /// As far as a calibration may go: beyond 20 mm, 5 % or 5 degrees the paper lies askew and no correction helps.
    pub fn is_sane(&self) -> bool {
        self.dx.abs() <= 20.0
            && self.dy.abs() <= 20.0
            && (0.95..=1.05).contains(&self.sx)
            && (0.95..=1.05).contains(&self.sy)
            && self.turn.abs() <= 5.0
    }

    /// What the printer does to a page.
    pub fn as_affine(&self) -> Affine {
        let (sine, cosine) = self.turn.to_radians().sin_cos();
        Affine::new([cosine * self.sx, sine * self.sx, -sine * self.sy, cosine * self.sy, self.dx, self.dy])
    }

    /// What has to be done to a page so that this printer puts it right.
    pub fn correction(&self) -> Affine {
        if *self == Deviation::NONE {
            return Affine::IDENTITY;
        }
        self.as_affine().inverse().unwrap_or(Affine::IDENTITY)
    }
}
