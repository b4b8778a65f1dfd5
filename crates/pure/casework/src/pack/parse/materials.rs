//! Materials: what a case must bring, each pointing at reasons that are worded.

use serde::Deserialize;
use toml::Spanned;

use super::place::Place;
use crate::{
    nouns::{MaterialCode, ReasonCode},
    pack::{CommonError, Material, PackError, PackFault, PaperHandling, Reason, Recorded, TakenAt, When, Words},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MaterialRow {
    code: Spanned<MaterialCode>,
    name: Words,
    hint: Words,
    required: bool,
    province_requires: Option<bool>,
    #[serde(default)]
    when: Option<Spanned<When>>,
    taken_at: TakenAt,
    inspect_original: bool,
    handling: PaperHandling,
    tolerance: Spanned<bool>,
    tolerance_method: Words,
    tolerance_days: Option<u16>,
    missing: Spanned<ReasonCode>,
    original_not_shown: Option<Spanned<ReasonCode>>,
    common_errors: Vec<Spanned<CommonError>>,
    #[serde(default)]
    history_reusable: bool,
    particulars: Option<Spanned<Recorded>>,
    source: Words,
}

impl Place<'_> {
    pub(super) fn materials(&self, rows: Vec<MaterialRow>, reasons: &[Reason]) -> Result<Vec<Material>, PackError> {
        let mut materials: Vec<Material> = Vec::new();
        for row in rows {
            let span = row.code.span();
            if materials.iter().any(|material| material.code == *row.code.get_ref()) {
                return Err(self.twice("material", span, row.code.get_ref()));
            }
            if let Some(when) = row.when.as_ref().filter(|when| when.get_ref().is_impossible()) {
                return Err(self.at(when.span(), PackFault::Impossible("a condition", "one of its axes is empty")));
            }
            let tolerance_days = row.tolerance_days.unwrap_or(0);
            if *row.tolerance.get_ref() != (tolerance_days > 0) {
                let why = "`tolerance = true` and `tolerance_days` of one or more go together";
                return Err(self.at(row.tolerance.span(), PackFault::Impossible("tolerance", why)));
            }
            if let Some(particulars) = &row.particulars {
                let code = particulars.get_ref().missing();
                if !reasons.iter().any(|reason| reason.code == code) {
                    return Err(self.at(particulars.span(), PackFault::ReasonNotWorded(code.to_string())));
                }
            }
            let missing = self.known(&row.missing, reasons)?;
            let original_not_shown = match &row.original_not_shown {
                Some(code) => self.known(code, reasons)?,
                None => missing.clone(),
            };
            let common_errors =
                row.common_errors.iter().map(|code| self.known(code, reasons)).collect::<Result<Vec<_>, _>>()?;
            materials.push(Material {
                code: row.code.into_inner(),
                name: row.name,
                hint: row.hint,
                required: row.required,
                province_requires: row.province_requires.unwrap_or(true),
                when: row.when.map(Spanned::into_inner).unwrap_or_default(),
                taken_at: row.taken_at,
                inspect_original: row.inspect_original,
                handling: row.handling,
                tolerance: row.tolerance.into_inner(),
                tolerance_method: row.tolerance_method,
                tolerance_days,
                missing,
                original_not_shown,
                common_errors,
                history_reusable: row.history_reusable,
                particulars: row.particulars.map(Spanned::into_inner),
                source: row.source,
            });
        }
        Ok(materials)
    }
}
