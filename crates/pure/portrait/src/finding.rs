//! What was found on a photo, and what a person should do about it.

use std::sync::OnceLock;

use crate::{Crop, Measured};

/// What [`crate::check`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub verdict: Verdict,
    pub findings: Vec<Finding>,
    /// `None` when the file is no picture or its scale is unknown.
    pub measured: Option<Measured>,
    /// The part of the picture that [`crate::crop_to_one_inch`] keeps; `None` when there is nothing to crop.
    pub crop: Option<Crop>,
    /// Faces found on the whole picture; `None` when nobody looked for faces, or no pixel could be read.
    pub faces: Option<usize>,
}

/// The worst of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Pass,
    Warn,
    Block,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    pub severity: Severity,
    /// For example `35.0 × 49.0`.
    pub measured: String,
    /// For example `25.0 × 35.0 ± 2.0`.
    pub threshold: String,
    /// `mm`, `px`, or empty for a plain number.
    pub unit: &'static str,
    /// One plain line for the clerk: what to do. The pack's public wording of the code may say more.
    pub sentence: &'static str,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The crop puts it right; shown before and after.
    Fix,
    /// The clerk looks and decides.
    Warn,
    /// Another photo is needed.
    Block,
}

/// The closed list of what can be found here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    NotAnImage,
    Damaged,
    TooHeavy,
    ScaleUnknown,
    TooLarge,
    TooSmall,
    TooFewPixels,
    Aspect,
    Dark,
    Glaring,
    Blurred,
    NoFace,
    SeveralFaces,
    HeadSmall,
    HeadLarge,
    OffCentre,
}

impl Code {
    /// Every code, in the order in which findings are made.
    pub const ALL: [Code; 16] = [
        Code::NotAnImage,
        Code::Damaged,
        Code::TooHeavy,
        Code::ScaleUnknown,
        Code::TooLarge,
        Code::TooSmall,
        Code::TooFewPixels,
        Code::Aspect,
        Code::Dark,
        Code::Glaring,
        Code::Blurred,
        Code::NoFace,
        Code::SeveralFaces,
        Code::HeadSmall,
        Code::HeadLarge,
        Code::OffCentre,
    ];

    /// The reason code, as the pack names it (domain 8.5).
    pub fn as_str(self) -> &'static str {
        match self {
            Code::NotAnImage => "PHOTO_NOT_AN_IMAGE",
            Code::Damaged => "PHOTO_DAMAGED",
            Code::TooHeavy => "PHOTO_TOO_HEAVY",
            Code::ScaleUnknown => "PHOTO_SCALE_UNKNOWN",
            Code::TooLarge => "PHOTO_TOO_LARGE",
            Code::TooSmall => "PHOTO_TOO_SMALL",
            Code::TooFewPixels => "PHOTO_TOO_FEW_PIXELS",
            Code::Aspect => "PHOTO_ASPECT",
            Code::Dark => "PHOTO_DARK",
            Code::Glaring => "PHOTO_GLARING",
            Code::Blurred => "PHOTO_BLURRED",
            Code::NoFace => "PHOTO_NO_FACE",
            Code::SeveralFaces => "PHOTO_SEVERAL_FACES",
            Code::HeadSmall => "PHOTO_HEAD_SMALL",
            Code::HeadLarge => "PHOTO_HEAD_LARGE",
            Code::OffCentre => "PHOTO_OFF_CENTRE",
        }
    }

    /// The sentence for the clerk, from `words/zh.txt`.
    pub fn sentence(self) -> &'static str {
        static LINES: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
        let lines = LINES
            .get_or_init(|| include_str!("../words/zh.txt").lines().filter_map(|line| line.split_once(' ')).collect());
        let found = lines.iter().find(|(code, _)| *code == self.as_str());
        found.map(|(_, sentence)| sentence.trim()).expect("a test proves that every code has its sentence")
    }
}

impl Finding {
    /// What was measured, with its unit, as the record keeps it: `35.0 × 49.0 mm`.
    pub fn measured_with_unit(&self) -> String {
        format!("{} {}", self.measured, self.unit).trim_end().to_owned()
    }

    /// Whether another photo is needed.
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Block
    }
}

impl Report {
    /// The same report with what the faces add.
    pub(crate) fn with_faces(mut self, faces: usize, more: Vec<Finding>) -> Report {
        self.findings.extend(more);
        Report { faces: Some(faces), ..Report::new(self.findings, self.measured, self.crop) }
    }

    pub(crate) fn new(findings: Vec<Finding>, measured: Option<Measured>, crop: Option<Crop>) -> Report {
        let verdict = match findings.iter().map(|finding| finding.severity).max() {
            None | Some(Severity::Fix) => Verdict::Pass,
            Some(Severity::Warn) => Verdict::Warn,
            Some(Severity::Block) => Verdict::Block,
        };
        Report { verdict, findings, measured, crop, faces: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_sentence() {
        let mut sentences: Vec<_> = Code::ALL.iter().map(|code| code.sentence()).collect();
        assert!(sentences.iter().all(|sentence| sentence.ends_with('。')));
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), Code::ALL.len());
    }
}
