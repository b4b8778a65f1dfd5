//! Materials: what a case must bring, each pointing at reasons that are worded.

use serde::Deserialize;

use super::reading::Reading;
use crate::{
    nouns::{MaterialCode, ReasonCode},
    pack::{
        Axes, CommonError, Confidence, District, Material, PackFault, PaperHandling, Reason, Recorded, SourceDate,
        TakenAt, When, Words,
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MaterialRow {
    code: MaterialCode,
    name: Words,
    hint: Words,
    required: bool,
    province_requires: Option<bool>,
    #[serde(default)]
    when: When,
    taken_at: TakenAt,
    inspect_original: bool,
    handling: PaperHandling,
    tolerance: bool,
    #[serde(default)]
    tolerance_when: When,
    tolerance_method: Words,
    tolerance_days: Option<u16>,
    missing: ReasonCode,
    original_not_shown: Option<ReasonCode>,
    common_errors: Vec<CommonError>,
    #[serde(default)]
    history_reusable: bool,
    particulars: Option<Recorded>,
    source: Words,
    date: SourceDate,
    confidence: Confidence,
}

impl Reading<'_> {
    pub(super) fn materials(
        &mut self,
        rows: Vec<MaterialRow>,
        reasons: &[Reason],
        axes: &Axes,
        districts: &[District],
    ) -> Vec<Material> {
        let mut materials: Vec<Material> = Vec::new();
        for (at, row) in rows.into_iter().enumerate() {
            let path = |key: &str| format!("material.{at}.{key}");
            if materials.iter().any(|material| material.code == row.code) {
                self.note_twice(&path("code"), "material", &row.code);
            }
            self.condition(&path("when"), &row.when, axes, districts);
            self.condition(&path("tolerance_when"), &row.tolerance_when, axes, districts);
            let tolerance_days = row.tolerance_days.unwrap_or(0);
            if row.tolerance != (tolerance_days > 0) {
                let why = "`tolerance = true` and `tolerance_days` of one or more go together";
                self.note(&path("tolerance"), PackFault::Impossible("tolerance", why));
            }
            if !row.tolerance && row.tolerance_when != When::default() {
                let why = "`tolerance_when` says something of a material that is not tolerated";
                self.note(&path("tolerance_when"), PackFault::Impossible("tolerance", why));
            }
            if let Some(particulars) = row.particulars {
                let code = particulars.missing();
                if !reasons.iter().any(|reason| reason.code == code) {
                    self.note(&path("particulars"), PackFault::ReasonNotWorded(code.to_string()));
                }
            }
            self.known(&path("missing"), &row.missing, reasons);
            if let Some(code) = &row.original_not_shown {
                self.known(&path("original_not_shown"), code, reasons);
            }
            for (nth, code) in row.common_errors.iter().enumerate() {
                let path = path(&format!("common_errors.{nth}"));
                self.known(&path, code, reasons);
                if row.common_errors[..nth].contains(code) {
                    self.note_twice(&path, "common error", code);
                }
            }
            materials.push(Material {
                code: row.code,
                name: row.name,
                hint: row.hint,
                required: row.required,
                province_requires: row.province_requires.unwrap_or(true),
                when: row.when,
                taken_at: row.taken_at,
                inspect_original: row.inspect_original,
                handling: row.handling,
                tolerance: row.tolerance,
                tolerance_when: row.tolerance_when,
                tolerance_method: row.tolerance_method,
                tolerance_days,
                original_not_shown: row.original_not_shown.unwrap_or_else(|| row.missing.clone()),
                missing: row.missing,
                common_errors: row.common_errors,
                history_reusable: row.history_reusable,
                particulars: row.particulars,
                source: row.source,
                date: row.date,
                confidence: row.confidence,
            });
        }
        materials
    }

    fn known(&mut self, path: &str, code: &ReasonCode, reasons: &[Reason]) {
        if !reasons.iter().any(|reason| reason.code == *code) {
            self.note_unknown(path, "reason", code);
        }
    }
}
