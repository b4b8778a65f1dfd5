//! The rows of step `materials`: what the pack demands and how far each has come.

use casework::case::Case;
use casework::pack::{Material, PaperHandling, PolicyPack};
use casework::steps::{self, archive};

use super::Ground;
use crate::contract::{Choice, MaterialRow, PaperLine};

/// One row for each material that is taken at step `materials`.
pub fn rows(case: &Case, ground: &Ground) -> Vec<MaterialRow> {
    steps::materials::demanded(case, ground.pack).into_iter().map(|material| row(case, material, ground.pack)).collect()
}

/// What becomes of each paper, for the hand-over.
pub fn papers(case: &Case, ground: &Ground) -> Vec<PaperLine> {
    archive::papers(case, ground.pack)
        .into_iter()
        .map(|paper| PaperLine {
            name: paper.material.name.to_string(),
            handling: match paper.material.handling {
                PaperHandling::ScanAndReturn => "扫描后退回申请人",
                PaperHandling::OnCard => "印在优待证上",
                PaperHandling::RetainArchive => "留存归档",
            }
            .to_owned(),
            done: paper.done,
        })
        .collect()
}

fn row(case: &Case, material: &Material, pack: &PolicyPack) -> MaterialRow {
    let state = case.material(&material.code);
    let check = state.and_then(|state| state.check.as_ref());
    MaterialRow {
        material: material.code.to_string(),
        name: material.name.to_string(),
        hint: material.hint.to_string(),
        original_inspected: check.is_some_and(|check| check.original_inspected),
        checked: check.is_some(),
        common_errors: material
            .common_errors
            .iter()
            .map(|code| Choice {
                value: code.to_string(),
                name: pack.reason(code).map_or_else(|| code.to_string(), |reason| reason.public.to_string()),
            })
            .collect(),
        ticked: check.map_or_else(Vec::new, |check| check.errors.iter().map(ToString::to_string).collect()),
        pages: state.map_or_else(Vec::new, |state| state.pages.values().map(ToString::to_string).collect()),
        needs_scan: true,
        needs_return: material.handling == PaperHandling::ScanAndReturn,
        returned: state.is_some_and(|state| state.returned),
    }
}
