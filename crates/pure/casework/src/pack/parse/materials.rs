//! Materials: what a case must bring, each pointing at reasons that are worded.

use serde::Deserialize;

use super::reading::Reading;
use crate::{
    nouns::{MaterialCode, ReasonCode},
    pack::{
        Axes, CommonError, Confidence, District, LossEvidence, Material, PackFault, PaperHandling, Reason, Recorded,
        SourceDate, TakenAt, When, Words,
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
    tolerance_consequence: Option<Words>,
    missing: ReasonCode,
    original_not_shown: Option<ReasonCode>,
    common_errors: Vec<CommonError>,
    #[serde(default)]
    history_reusable: bool,
    particulars: Option<Recorded>,
    self_declared: Option<SelfDeclaredRow>,
    source: Words,
    date: SourceDate,
    confidence: Confidence,
}

/// What stands in a newspaper's place where the pack takes a self-declaration.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SelfDeclaredRow {
    name: Words,
    hint: Words,
    handling: PaperHandling,
    missing: ReasonCode,
    original_not_shown: ReasonCode,
    source: Words,
    date: SourceDate,
    confidence: Confidence,
}

impl Reading<'_> {
    /// The materials as `evidence` makes them: which paper proves a loss is decided here, once for all.
    pub(super) fn materials(
        &mut self,
        rows: Vec<MaterialRow>,
        reasons: &[Reason],
        axes: &Axes,
        districts: &[District],
        evidence: LossEvidence,
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
            let told = tolerance_days > 0 && row.tolerance_consequence.is_some();
            let untold = tolerance_days == 0 && row.tolerance_consequence.is_none();
            if !(if row.tolerance { told } else { untold }) {
                let why = "`tolerance = true`, `tolerance_days` of one or more and `tolerance_consequence` go together";
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
            let by_newspaper = row.particulars == Some(Recorded::Newspaper);
            if let Some(declared) = &row.self_declared {
                self.known(&path("self_declared.missing"), &declared.missing, reasons);
                self.known(&path("self_declared.original_not_shown"), &declared.original_not_shown, reasons);
                if !by_newspaper {
                    let why = "it takes the place of a newspaper, and `particulars` does not say `newspaper`";
                    self.note(&path("self_declared"), PackFault::Impossible("`self_declared`", why));
                }
            }
            let material = Material {
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
                tolerance_consequence: row.tolerance_consequence,
                original_not_shown: row.original_not_shown.unwrap_or_else(|| row.missing.clone()),
                missing: row.missing,
                common_errors: row.common_errors,
                history_reusable: row.history_reusable,
                particulars: row.particulars,
                source: row.source,
                date: row.date,
                confidence: row.confidence,
            };
            materials.push(match (evidence, row.self_declared) {
                (LossEvidence::SelfDeclaration, Some(declared)) if by_newspaper => declared.in_place_of(material),
                (LossEvidence::SelfDeclaration, None) if by_newspaper => {
                    let why = "`loss_evidence` is `self_declaration`, and this material has no `self_declared`";
                    self.note(&path("code"), PackFault::Impossible("a loss", why));
                    material
                }
                (LossEvidence::SelfDeclaration | LossEvidence::Newspaper, _) => material,
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

impl SelfDeclaredRow {
    /// The newspaper's material with the declaration in its place: nothing is written down from it.
    fn in_place_of(self, paper: Material) -> Material {
        Material {
            name: self.name,
            hint: self.hint,
            handling: self.handling,
            missing: self.missing,
            original_not_shown: self.original_not_shown,
            particulars: None,
            source: self.source,
            date: self.date,
            confidence: self.confidence,
            ..paper
        }
    }
}
