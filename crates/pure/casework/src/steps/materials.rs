//! Step 4: what the pack demands, scanned, formally checked, given back (八·二, 八·三; S-38). What is judged of single
//! pages is in `materials/pages.rs`.

mod pages;

use jiff::{Span, civil::Date};

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, awake, drafting, in_words, printing::said};
use crate::{
    case::{Case, MaterialState},
    fact::{Correction, Fact, LossNotice, OldCard},
    nouns::{CardNumber, CaseKind, MaterialCode, ReasonCode},
    pack::{Material, PaperHandling, PolicyPack, Recorded},
};

pub use pages::{Found, Kept, LookedAt, Scan, arrange, days_since, keep, next_page, reuse, scan};

/// What this case must bring at this step, in the pack's order; empty until the applicant's entries are there.
pub fn demanded<'a>(case: &Case, pack: &'a PolicyPack) -> Vec<&'a Material> {
    let codes = case.applicant().map(|applicant| applicant.demanded.as_slice()).unwrap_or_default();
    codes.iter().filter_map(|code| pack.material(code)).collect()
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
pub fn unrecorded(case: &Case, material: &Material) -> Option<ReasonCode> {
    let particulars = case.particulars();
    let written = match material.particulars? {
        Recorded::Newspaper => particulars.loss_notice.is_some(),
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
    let here = case.material(material).is_some_and(MaterialState::has_original);
    // An original may lie here for an entry that has changed since: it goes back all the same.
    let paper = if here { pack.material(material) } else { Some(wanted(case, pack, material)?) };
    let paper = paper.ok_or(Refusal::NotNow(Obstacle::NotDemanded))?;
    match paper.handling {
        PaperHandling::ScanAndReturn => {}
        PaperHandling::OnCard | PaperHandling::RetainArchive => return Err(Refusal::NotNow(Obstacle::Retained)),
    }
    if !here {
        return Err(Refusal::NotNow(Obstacle::NotScanned));
    }
    Ok(vec![Fact::MaterialReturned { material: material.clone() }])
}

/// What a person signs who promises a missing material: its form, until when, and what follows if it does not arrive.
/// `None` where the pack does not tolerate it.
pub fn promise_notice(material: &Material, until: Date) -> Option<String> {
    let consequence = material.tolerance_consequence.as_ref().filter(|_| material.tolerance)?;
    let (name, method) = (&material.name, &material.tolerance_method);
    Some(format!("容缺材料：{name}。补交方式：{method}。最迟{}补交。{consequence}", in_words(until)))
}

/// The last day until which a material may be promised.
pub fn latest_promise(material: &Material, today: Date) -> Date {
    today.saturating_add(Span::new().days(i64::from(material.tolerance_days)))
}

/// Takes a signed promise for a missing material, where the pack tolerates it (容缺).
///
/// # Errors
/// `NotNow` where it does not, or where the material is there already; `Correct` for a day that is past or too far.
pub fn promise(case: &Case, pack: &PolicyPack, material: &MaterialCode, until: Date, today: Date) -> Judgement {
    drafting(case, pack)?;
    let wanted = wanted(case, pack, material)?;
    let told = Some(wanted).filter(|wanted| tolerated(case, pack, wanted));
    let told = told.and_then(|wanted| promise_notice(wanted, until)).ok_or(Refusal::NotNow(Obstacle::NotTolerated))?;
    if case.material(material).is_some_and(|state| !state.pages.is_empty()) {
        return Err(Refusal::NotNow(Obstacle::AlreadyScanned));
    }
    if until < today || until > latest_promise(wanted, today) {
        return Err(Refusal::Correct(vec![FieldFault::new("until", FieldWhy::DayOutOfRange)]));
    }
    Ok(vec![Fact::ToleranceCommitted { material: material.clone(), until, told }])
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
