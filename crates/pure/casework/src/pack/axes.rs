//! The axes on which a pack's conditions stand, and where one case stands on them.

use jiff::civil::Date;

use super::{Confidence, SourceDate, Words};
use crate::nouns::{AgeBandId, ApplicantMode, CaseKind, CountyId, Hukou, LeapBirthday, WindowLevel, age};

/// One way in which cases differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    Mode,
    Hukou,
    Kind,
    WindowLevel,
    /// County of the handling department.
    Department,
    AgeBand,
}

/// The axes that a pack declares. Each is whole: every case has exactly one place on it, so that no case can slip
/// between two conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axes {
    pub(super) declared: Vec<Axis>,
    pub(super) bands: Vec<AgeBand>,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
}

/// Full years from `from` to `to`, both included, 0 to 150.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeBand {
    pub band: AgeBandId,
    pub from: u8,
    pub to: u8,
}

/// The oldest that a band reaches, in full years.
pub(super) const OLDEST: u8 = 150;

/// Where one case stands, on one day. Everything in it is kept in the record, so that what a pack demands can be asked
/// again years later. Its `Debug` hides the day of birth.
#[derive(Clone, PartialEq, Eq)]
pub struct Situation {
    pub kind: CaseKind,
    pub mode: ApplicantMode,
    pub hukou: Hukou,
    pub window_level: WindowLevel,
    pub department: CountyId,
    pub birth: Date,
    /// The day on which it is asked.
    pub on: Date,
}

impl Axis {
    pub const ALL: [Self; 6] =
        [Self::Mode, Self::Hukou, Self::Kind, Self::WindowLevel, Self::Department, Self::AgeBand];

    /// The key of the pack file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mode => "mode",
            Self::Hukou => "hukou",
            Self::Kind => "kind",
            Self::WindowLevel => "window_level",
            Self::Department => "department",
            Self::AgeBand => "age_band",
        }
    }
}

impl Axes {
    pub fn declares(&self, axis: Axis) -> bool {
        self.declared.contains(&axis)
    }

    /// In the order of [`Axis::ALL`].
    pub fn declared(&self) -> &[Axis] {
        &self.declared
    }

    /// From the youngest to the oldest; empty when the axis is not declared.
    pub fn bands(&self) -> &[AgeBand] {
        &self.bands
    }

    /// The band of somebody born on `birth`, on the day `on`; `None` when the axis is not declared. Who is said to be
    /// older than any band reaches belongs to the last one.
    pub fn band(&self, birth: Date, on: Date, leap: LeapBirthday) -> Option<&AgeBand> {
        let years = age::full_years(birth, on, leap).min(OLDEST);
        self.bands.iter().find(|band| (band.from..=band.to).contains(&years))
    }
}

impl std::fmt::Debug for Situation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Situation")
            .field("kind", &self.kind)
            .field("mode", &self.mode)
            .field("hukou", &self.hukou)
            .field("window_level", &self.window_level)
            .field("department", &self.department)
            .field("on", &self.on)
            .finish_non_exhaustive()
    }
}
