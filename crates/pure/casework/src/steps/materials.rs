//! Step 4: what the pack demands, scanned, formally checked, given back (八·二, 八·三; S-38).

use jiff::{Span, civil::Date};

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, awake, drafting, printing::said};
use crate::{
    case::{Case, MaterialState},
    fact::{Correction, Fact, HistoryPage, LossNotice, OldCard},
    nouns::{Actor, CardNumber, CaseKind, MaterialCode, PictureHash, ReasonCode},
    pack::{LossEvidence, Material, PaperHandling, PolicyPack, Recorded},
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

/// A page that was kept from an earlier case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub picture: PictureHash,
    /// Where it comes from, for example the number of the earlier case.
    pub source: String,
    pub taken_on: Date,
}

/// What the clerk had before their eyes when they said that the page is still right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    pub picture: PictureHash,
    pub age_days: u32,
}

/// Takes a page over from an earlier case (S-45). It counts only after a person has looked at this very picture and
/// at its age of today; the material's own formal check still follows.
///
/// # Errors
/// `NotNow` for a material that is not demanded or that the pack does not let be taken over; `Correct` when picture or
/// age are not the ones that were looked at, or the page is younger than today.
pub fn reuse(
    case: &Case,
    pack: &PolicyPack,
    material: &MaterialCode,
    kept: Kept,
    looked_at: &LookedAt,
    checked_by: &Actor,
    today: Date,
) -> Judgement {
    drafting(case, pack)?;
    if !wanted(case, pack, material)?.history_reusable {
        return Err(Refusal::NotNow(Obstacle::NotReusable));
    }
    if !checked_by.is_person() {
        return Err(Refusal::NotNow(Obstacle::NotAPerson));
    }
    let fault = |field, why| Err(Refusal::Correct(vec![FieldFault::new(field, why)]));
    let Some(age_days) = days_since(kept.taken_on, today) else {
        return fault("taken_on", FieldWhy::DayOutOfRange);
    };
    if looked_at.picture != kept.picture || looked_at.age_days != age_days {
        return fault("looked_at", FieldWhy::NotLookedAt);
    }
    let source = said("source", &kept.source)?;
    let Kept { picture, source: _, taken_on } = kept;
    let history = HistoryPage { picture, source, taken_on, age_days, checked_by: checked_by.clone() };
    Ok(vec![Fact::HistoryReused { material: material.clone(), page: next_page(case, material), history }])
}

/// Full days from a day to a later one; `None` for a day to come.
pub fn days_since(day: Date, today: Date) -> Option<u32> {
    u32::try_from(today.duration_since(day).as_hours() / 24).ok()
}

/// Writes down which newspaper carries the loss notice (S-30).
///
/// # Errors
/// `NotNow` where no material asks for it; every entry to correct at once.
pub fn record_loss_notice(case: &Case, pack: &PolicyPack, notice: LossNotice, today: Date) -> Judgement {
    drafting(case, pack)?;
    if !demanded(case, pack).iter().any(|one| one.particulars == Some(Recorded::Newspaper)) {
        return Err(Refusal::NotNow(Obstacle::NotDemanded));
    }
    let mut faults = Vec::new();
    let mut text = |field, text: &str| {
        said(field, text).unwrap_or_else(|refusal| {
            if let Refusal::Correct(more) = refusal {
                faults.extend(more);
            }
            String::new()
        })
    };
    let (paper, page) = (text("paper", &notice.paper), text("page", &notice.page));
    if days_since(notice.published, today).is_none() {
        faults.push(FieldFault::new("published", FieldWhy::DayOutOfRange));
    }
    if !faults.is_empty() {
        return Err(Refusal::Correct(faults));
    }
    Ok(vec![Fact::LossNoticeRecorded { notice: LossNotice { paper, page, published: notice.published } }])
}

/// Writes down the number of the card that is to be replaced, or that nobody knows it, and its condition (S-32).
///
/// # Errors
/// `NotNow` for a first issue or before the entries are there; `Correct` without a condition.
pub fn record_old_card(case: &Case, pack: &PolicyPack, number: Option<CardNumber>, condition: &str) -> Judgement {
    drafting(case, pack)?.applicant().ok_or(Refusal::NotNow(Obstacle::NotFilled))?;
    match case.kind() {
        CaseKind::First => return Err(Refusal::NotNow(Obstacle::NotDemanded)),
        CaseKind::ReissueLost | CaseKind::ReissueDamaged => {}
    }
    Ok(vec![Fact::OldCardRecorded { card: OldCard { number, condition: said("condition", condition)? } }])
}

/// What a paper says and nobody has written down yet.
pub fn unrecorded(case: &Case, pack: &PolicyPack, material: &Material) -> Option<ReasonCode> {
    let particulars = case.particulars();
    let written = match material.particulars? {
        Recorded::Newspaper => match pack.rules().loss_evidence.value {
            LossEvidence::Newspaper => particulars.loss_notice.is_some(),
            LossEvidence::SelfDeclaration => true,
        },
        Recorded::OldCard => particulars.old_card.is_some(),
    };
    if written { None } else { material.particulars.map(Recorded::missing) }
}

/// Common errors that were put right at the counter: the case stays open, before and after are one fact (S-40).
///
/// # Errors
/// `NotNow` where no error was ticked; `Correct` when nothing is put right, an error is new, or nothing is said of how.
pub fn correct(case: &Case, pack: &PolicyPack, material: &MaterialCode, left: Vec<ReasonCode>, how: &str) -> Judgement {
    drafting(case, pack)?;
    wanted(case, pack, material)?;
    let check = case.material(material).and_then(|state| state.check.as_ref());
    let check = check.filter(|check| !check.errors.is_empty());
    let before = check.ok_or(Refusal::NotNow(Obstacle::NothingToCorrect))?.errors.clone();
    let fault = |why| Err(Refusal::Correct(vec![FieldFault::new("errors", why)]));
    if left.iter().any(|error| !before.contains(error)) {
        return fault(FieldWhy::UnknownReason);
    }
    if left.len() >= before.len() {
        return fault(FieldWhy::Unchanged);
    }
    let (material, how) = (material.clone(), said("how", how)?);
    Ok(vec![Fact::Corrected { correction: Correction::Material { material, before, after: left, how } }])
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
    if !case.material(material).is_some_and(MaterialState::has_original) {
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
    if !tolerated(case, pack, wanted) {
        return Err(Refusal::NotNow(Obstacle::NotTolerated));
    }
    let latest = today.saturating_add(Span::new().days(i64::from(wanted.tolerance_days)));
    if until < today || until > latest {
        return Err(Refusal::Correct(vec![FieldFault::new("until", FieldWhy::DayOutOfRange)]));
    }
    Ok(vec![Fact::ToleranceCommitted { material: material.clone(), until }])
}

/// Whether this case may promise a material for later: the pack tolerates it, for cases like this one.
pub fn tolerated(case: &Case, pack: &PolicyPack, material: &Material) -> bool {
    case.situation().is_some_and(|at| pack.tolerates(material, &at))
}

/// Originals that lie scanned on the counter and still have to go back (S-11).
pub fn unreturned(case: &Case, pack: &PolicyPack) -> Vec<MaterialCode> {
    let to_return = |material: &&Material| match material.handling {
        PaperHandling::ScanAndReturn => {
            case.material(&material.code).is_some_and(|state| state.has_original() && !state.returned)
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
