//! What is read out or shown: reasons, the levels of the rating, the names of the steps.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::reading::Reading;
use crate::{
    nouns::ReasonCode,
    pack::{Call, Confidence, PackFault, RatingLevel, Reason, Severity, SourceDate, Wording, Words, reasons},
    steps::Step,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonRow {
    code: ReasonCode,
    severity: Severity,
    public: Words,
    remedy: Words,
    source: Words,
    date: Option<SourceDate>,
    confidence: Option<Confidence>,
    call: Call,
}

impl Reading<'_> {
    /// A reason without a date of its own has that of the pack's wording.
    pub(super) fn reasons(&mut self, rows: Vec<ReasonRow>, wording: &Wording) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = Vec::new();
        for (at, row) in rows.into_iter().enumerate() {
            if reasons.iter().any(|reason| reason.code == row.code) {
                self.note_twice(&format!("reason.{at}.code"), "reason", &row.code);
            }
            reasons.push(Reason {
                code: row.code,
                severity: row.severity,
                public: row.public,
                remedy: row.remedy,
                source: row.source,
                date: row.date.unwrap_or(wording.date),
                confidence: row.confidence.unwrap_or(wording.confidence),
                call: row.call,
            });
        }
        for code in reasons::SPOKEN_BY_STEPS {
            if !reasons.iter().any(|reason| reason.code.as_str() == code) {
                self.note_at_end(PackFault::ReasonNotWorded(code.to_owned()));
            }
        }
        reasons
    }

    pub(super) fn ratings(&mut self, rows: Vec<RatingLevel>) -> Vec<RatingLevel> {
        if rows.iter().map(|row| row.level).ne([5, 4, 3, 2, 1]) {
            self.note("rating.0", PackFault::RatingLevels);
        }
        let mut codes = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            for (nth, one) in row.codes.iter().enumerate() {
                if codes.contains(&&one.code) {
                    self.note_twice(&format!("rating.{at}.codes.{nth}"), "rating code", &one.code);
                }
                codes.push(&one.code);
            }
        }
        rows
    }

    pub(super) fn steps(&mut self, mut names: BTreeMap<String, Words>) -> Vec<(Step, Words)> {
        let mut named = Vec::new();
        for step in Step::ALL {
            match names.remove(step.name()) {
                Some(name) => named.push((step, name)),
                None => self.note("steps", PackFault::StepNotNamed(step.name())),
            }
        }
        for name in names.into_keys() {
            self.note_unknown(&format!("steps.{name}"), "step", &name);
        }
        named
    }
}
