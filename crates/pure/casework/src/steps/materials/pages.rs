//! Single pages of a material: scanned and measured, kept in spite of a finding, put in order, taken over from an
//! earlier case (八·三; S-43, S-45).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{super::drafting, wanted};
use crate::{
    case::Case,
    fact::{Fact, HistoryPage, PageFinding},
    nouns::{Actor, MaterialCode, PictureHash, ReasonCode},
    pack::PolicyPack,
    steps::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, printing::said},
};

/// The next page of a material (from 1).
pub fn next_page(case: &Case, material: &MaterialCode) -> u16 {
    let pages = case.material(material).map(|state| &state.pages);
    pages.and_then(|pages| pages.keys().last()).map_or(1, |last| last.saturating_add(1))
}

/// A page as it came from the device, with what was found on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    pub picture: PictureHash,
    pub findings: Vec<Found>,
}

/// One finding: the pack's reason, and what was measured against which threshold, each with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub code: ReasonCode,
    pub measured: String,
    pub threshold: String,
}

impl From<PictureHash> for Scan {
    /// A page on which nothing was found.
    fn from(picture: PictureHash) -> Self {
        Self { picture, findings: Vec::new() }
    }
}

/// Adds or replaces a page. A scan of a checked material takes the check back. What was found is written down with
/// the page; whether it stands in the way is the pack's to say, and the gate's to ask.
///
/// # Errors
/// `NotNow` for a material that is not demanded, or a picture that is a page of it already.
pub fn scan(case: &Case, pack: &PolicyPack, material: &MaterialCode, page: u16, scan: impl Into<Scan>) -> Judgement {
    drafting(case, pack)?;
    wanted(case, pack, material)?;
    if page == 0 {
        return Err(Refusal::Correct(vec![FieldFault::new("page", FieldWhy::NotAPage)]));
    }
    let Scan { picture, findings } = scan.into();
    let mut others = case.material(material).into_iter().flat_map(|state| &state.pages);
    if others.any(|(at, one)| *at != page && *one == picture) {
        return Err(Refusal::NotNow(Obstacle::PageTwice));
    }
    let findings = findings.into_iter().map(|found| PageFinding {
        blocks: pack.blocks(&found.code),
        code: found.code,
        measured: found.measured,
        threshold: found.threshold,
    });
    Ok(vec![Fact::MaterialScanned { material: material.clone(), page, picture, findings: findings.collect() }])
}

/// Keeps a page in spite of what was found on it, because a person can read it, and says why.
///
/// # Errors
/// `NotNow` for a page on which nothing was found; `Correct` without a reason.
pub fn keep(case: &Case, pack: &PolicyPack, material: &MaterialCode, page: u16, why: &str) -> Judgement {
    drafting(case, pack)?;
    let state = case.material(material).filter(|state| state.findings.contains_key(&page));
    let picture = state.and_then(|state| state.pages.get(&page)).ok_or(Refusal::NotNow(Obstacle::NothingFound))?;
    let (material, picture, reason) = (material.clone(), picture.clone(), said("reason", why)?);
    Ok(vec![Fact::PageKept { material, page, picture, reason }])
}

/// Puts the pages of a material into another order, or takes some out: `order` names the pages as they stand, in the
/// order in which they shall stand. Before and after are one fact.
///
/// # Errors
/// `NotNow` without pages; `Correct` for a page that is not there, one that is named twice, or no change at all.
pub fn arrange(case: &Case, pack: &PolicyPack, material: &MaterialCode, order: &[u16]) -> Judgement {
    drafting(case, pack)?;
    let state = case.material(material).filter(|state| !state.pages.is_empty());
    let pages = &state.ok_or(Refusal::NotNow(Obstacle::NotScanned))?.pages;
    let fault = |why| Err(Refusal::Correct(vec![FieldFault::new("order", why)]));
    let named: BTreeSet<&u16> = order.iter().collect();
    if named.len() != order.len() || !order.iter().all(|page| pages.contains_key(page)) {
        return fault(FieldWhy::NotAPage);
    }
    let before: Vec<PictureHash> = pages.values().cloned().collect();
    let after: Vec<PictureHash> = order.iter().filter_map(|page| pages.get(page)).cloned().collect();
    if after == before {
        return fault(FieldWhy::Unchanged);
    }
    Ok(vec![Fact::PagesArranged { material: material.clone(), before, after }])
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
