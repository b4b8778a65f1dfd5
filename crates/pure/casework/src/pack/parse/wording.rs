//! What is read out or shown: reasons, the levels of the rating, the names of the steps.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::place::Place;
use crate::{
    nouns::ReasonCode,
    pack::{Call, PackError, PackFault, RatingLevel, Reason, Severity, Words, reasons},
    steps::Step,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonRow {
    code: Spanned<ReasonCode>,
    severity: Severity,
    public: Words,
    remedy: Words,
    source: Words,
    call: Call,
}

impl Place<'_> {
    pub(super) fn reasons(&self, rows: Vec<ReasonRow>) -> Result<Vec<Reason>, PackError> {
        let mut reasons: Vec<Reason> = Vec::new();
        for row in rows {
            if reasons.iter().any(|reason| reason.code == *row.code.get_ref()) {
                return Err(self.twice("reason", row.code.span(), row.code.get_ref()));
            }
            reasons.push(Reason {
                code: row.code.into_inner(),
                severity: row.severity,
                public: row.public,
                remedy: row.remedy,
                source: row.source,
                call: row.call,
            });
        }
        for code in reasons::SPOKEN_BY_STEPS {
            if !reasons.iter().any(|reason| reason.code.as_str() == code) {
                let end = self.text.len();
                return Err(self.at(end..end, PackFault::ReasonNotWorded(code.to_owned())));
            }
        }
        Ok(reasons)
    }

    pub(super) fn ratings(&self, rows: Vec<Spanned<RatingLevel>>) -> Result<Vec<RatingLevel>, PackError> {
        let levels: Vec<u8> = rows.iter().map(|row| row.get_ref().level).collect();
        if levels != [5, 4, 3, 2, 1] {
            let span = rows.first().map_or(0..0, Spanned::span);
            return Err(self.at(span, PackFault::RatingLevels));
        }
        Ok(rows.into_iter().map(Spanned::into_inner).collect())
    }

    pub(super) fn steps(&self, names: Spanned<BTreeMap<String, Words>>) -> Result<Vec<(Step, Words)>, PackError> {
        let span = names.span();
        let mut names = names.into_inner();
        let mut named = Vec::new();
        for step in Step::ALL {
            let name = names.remove(step.name());
            named.push((step, name.ok_or_else(|| self.at(span.clone(), PackFault::StepNotNamed(step.name())))?));
        }
        match names.into_keys().next() {
            Some(name) => Err(self.at(span, PackFault::Unknown { what: "step", name })),
            None => Ok(named),
        }
    }
}
