//! Step 4: what the pack demands, scanned, formally checked, given back (八·二, 八·三; S-38).

use jiff::{Span, civil::Date};

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, awake, drafting};
use crate::{
    case::Case,
    fact::Fact,
    nouns::{MaterialCode, PictureHash, ReasonCode},
    pack::{Material, PaperHandling, PolicyPack},
};

/// What this case must bring at this step, in the pack's order; empty until the applicant's entries are there.
pub fn demanded<'a>(case: &Case, pack: &'a PolicyPack) -> Vec<&'a Material> {
    let codes = case.applicant().map(|applicant| applicant.demanded.as_slice()).unwrap_or_default();
    codes.iter().filter_map(|code| pack.material(code)).collect()
}

/// The next page of a material (from 1).
pub fn next_page(case: &Case, material: &MaterialCode) -> u16 {
    let pages = case.material(material).map(|state| &state.pages);
    pages.and_then(|pages| pages.keys().last()).map_or(1, |last| last.saturating_add(1))
}

/// Adds or replaces a page. A scan of a checked material takes the check back.
///
/// # Errors
/// `NotNow` for a material that is not demanded.
pub fn scan(case: &Case, pack: &PolicyPack, material: &MaterialCode, page: u16, picture: PictureHash) -> Judgement {
    drafting(case, pack)?;
    wanted(case, pack, material)?;
    if page == 0 {
        return Err(Refusal::Correct(vec![FieldFault::new("page", FieldWhy::NotAPage)]));
    }
    Ok(vec![Fact::MaterialScanned { material: material.clone(), page, picture }])
}

/// The clerk's formal check: original seen, common errors ticked. Ticked errors are written as they are; the gate
/// reads them.
///
/// # Errors
/// `NotNow` for a material without a page; `Correct` for an error that is not the material's own.
pub fn check(
    case: &Case,
    pack: &PolicyPack,
    material: &MaterialCode,
    original_inspected: bool,
    errors: Vec<ReasonCode>,
) -> Judgement {
    drafting(case, pack)?;
    let wanted = wanted(case, pack, material)?;
    if case.material(material).is_none_or(|state| state.pages.is_empty()) {
        return Err(Refusal::NotNow(Obstacle::NotScanned));
    }
    if errors.iter().any(|error| !wanted.common_errors.contains(error)) {
        return Err(Refusal::Correct(vec![FieldFault::new("errors", FieldWhy::UnknownReason)]));
    }
    Ok(vec![Fact::MaterialChecked { material: material.clone(), original_inspected, errors }])
}

/// The original went back to the person: before acceptance or after it, until the case is closed.
///
/// # Errors
/// `NotNow` for a material that was not scanned, or that the archive keeps.
pub fn give_back(case: &Case, pack: &PolicyPack, material: &MaterialCode) -> Judgement {
    awake(case, pack)?;
    let wanted = wanted(case, pack, material)?;
    match wanted.handling {
        PaperHandling::ScanAndReturn => {}
        PaperHandling::OnCard | PaperHandling::RetainArchive => return Err(Refusal::NotNow(Obstacle::Retained)),
    }
    if case.material(material).is_none_or(|state| state.pages.is_empty()) {
        return Err(Refusal::NotNow(Obstacle::NotScanned));
    }
    Ok(vec![Fact::MaterialReturned { material: material.clone() }])
}

/// Takes a written promise for a missing material, where the pack tolerates it (容缺).
///
/// # Errors
/// `NotNow` where it does not; `Correct` for a day that is past or too far.
pub fn promise(case: &Case, pack: &PolicyPack, material: &MaterialCode, until: Date, today: Date) -> Judgement {
    drafting(case, pack)?;
    let wanted = wanted(case, pack, material)?;
    if !wanted.tolerance {
        return Err(Refusal::NotNow(Obstacle::NotTolerated));
    }
    let latest = today.saturating_add(Span::new().days(i64::from(wanted.tolerance_days)));
    if until < today || until > latest {
        return Err(Refusal::Correct(vec![FieldFault::new("until", FieldWhy::DayOutOfRange)]));
    }
    Ok(vec![Fact::ToleranceCommitted { material: material.clone(), until }])
}

/// Originals that lie scanned on the counter and still have to go back (S-11).
pub fn unreturned(case: &Case, pack: &PolicyPack) -> Vec<MaterialCode> {
    let to_return = |material: &&Material| match material.handling {
        PaperHandling::ScanAndReturn => {
            case.material(&material.code).is_some_and(|state| !state.pages.is_empty() && !state.returned)
        }
        PaperHandling::OnCard | PaperHandling::RetainArchive => false,
    };
    pack.materials().iter().filter(to_return).map(|material| material.code.clone()).collect()
}

fn wanted<'a>(case: &Case, pack: &'a PolicyPack, material: &MaterialCode) -> Result<&'a Material, Refusal> {
    if case.applicant().is_none() {
        return Err(Refusal::NotNow(Obstacle::NotFilled));
    }
    let wanted = demanded(case, pack).into_iter().find(|one| one.code == *material);
    wanted.ok_or(Refusal::NotNow(Obstacle::NotDemanded))
}
