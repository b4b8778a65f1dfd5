//! What a queue says of a job, and how much of it may be believed (print.md 3.2).

use super::PrinterState;

/// Who vouches for a job that is said to be finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// The device that prints.
    Device,
    /// Something that hands bytes on and sees no device.
    Spooler,
}

/// A job as its queue sees it. None of these says that there is a card: only a person does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobSeen {
    /// It waits for its document: no byte of a card was taken.
    Waiting,
    /// It is being printed or will be, unless something is in the way.
    UnderWay { hindrance: Option<PrinterState> },
    /// It is said to be finished.
    Done { by: Confidence },
    /// The device gave up before anything was put on a card, in its own words.
    Aborted { reason: String },
    /// It ended before its time, and something may have been put on a card.
    Broken,
    /// The queue has no such job (any more).
    Gone,
    /// The queue gave no answer.
    NoAnswer,
}

impl JobSeen {
    /// Nothing more will come of it.
    pub fn is_over(&self) -> bool {
        match self {
            JobSeen::Done { .. } | JobSeen::Aborted { .. } | JobSeen::Broken | JobSeen::Gone => true,
            JobSeen::Waiting | JobSeen::UnderWay { .. } | JobSeen::NoAnswer => false,
        }
    }
}

/// The sheet a job is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// Hundredths of a millimetre, as IPP counts.
    pub width: u32,
    /// Hundredths of a millimetre.
    pub height: u32,
    /// Pages of the PDF that belong on one sheet, 1 or 2.
    pub sides: u8,
}

impl Sheet {
    /// From millimetres.
    ///
    /// A template's sheet is a few hundred millimetres at most, so nothing is cut off.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sheet is neither vast nor negative")]
    pub fn of_mm(width: f64, height: f64, sides: u8) -> Sheet {
        let hundredths = |mm: f64| (mm * 100.0).round() as u32;
        Sheet { width: hundredths(width), height: hundredths(height), sides }
    }

    /// Whether a medium of this size takes it, either way round. Half a millimetre is the tolerance of cut cards.
    pub(super) fn fits(&self, x: u32, y: u32) -> bool {
        const TOLERANCE: u32 = 50;
        let ordered = |a: u32, b: u32| (a.min(b), a.max(b));
        let (own, other) = (ordered(self.width, self.height), ordered(x, y));
        own.0.abs_diff(other.0) <= TOLERANCE && own.1.abs_diff(other.1) <= TOLERANCE
    }

    pub(super) fn is_landscape(&self) -> bool {
        self.width > self.height
    }
}
