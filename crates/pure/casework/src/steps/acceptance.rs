//! Step 6: the gate. Every gap at once, or accepted: receipt list, village clock, push (八·三, 一次性告知).

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{Gap, Judgement, Refusal, Step, applicant, drafting, eligibility, identify, photo, reason};
use crate::{
    case::{Case, Draft, Stage},
    fact::Fact,
    nouns::{ApplicantMode, MaterialCode, ReasonCode, ReceiptNumber},
    pack::{Material, PolicyPack},
};

/// Everything that still stands before acceptance, in the order of the steps; empty means that [`accept`] will
/// succeed today. A closed or accepted case has no gaps.
pub fn gaps(case: &Case, pack: &PolicyPack, today: Date) -> Vec<Gap> {
    let Stage::Draft(draft) = case.stage() else { return Vec::new() };
    let mut gaps = Gaps(Vec::new());
    who(draft, &mut gaps);
    if !applicant::is_current(case, pack, today) {
        gaps.add(Step::Applicant, reason("ENTRIES_OUTDATED"), None);
    }
    verdict(case, draft, today, &mut gaps);
    for material in super::materials::demanded(case, pack) {
        papers(case, pack, material, &mut gaps);
    }
    if let Some(portrait) = portrait_of(case, pack) {
        match case.photo() {
            None => gaps.add(Step::Photo, portrait.missing.clone(), Some(&portrait.code)),
            Some(_) => {
                for code in photo::reasons(case).into_iter().filter(|code| pack.blocks(code)) {
                    gaps.add(Step::Photo, code, Some(&portrait.code));
                }
            }
        }
    }
    gaps.0
}

/// What is to be said although it does not block: a typed identity, a photo that may be old.
pub fn warnings(case: &Case, pack: &PolicyPack) -> Vec<ReasonCode> {
    let ticked = case.materials().values().filter_map(|state| state.check.as_ref()).flat_map(|check| &check.errors);
    let mut said = identify::warnings(case);
    said.extend(ticked.cloned());
    said.extend(photo::reasons(case));
    said.retain(|code| !pack.blocks(code));
    said
}

/// Through the gate. Where the window makes the card, the clock starts now (S-55); elsewhere there is none.
///
/// # Errors
/// Every gap at once.
pub fn accept(case: &Case, pack: &PolicyPack, now: Timestamp, today: Date) -> Judgement {
    drafting(case, pack)?;
    let gaps = gaps(case, pack, today);
    if !gaps.is_empty() {
        return Err(Refusal::Incomplete(gaps));
    }
    let rules = pack.rules();
    let here = case.situation().filter(|at| pack.holds(&rules.cards_made_at.value, at));
    let due = here.map(|_| {
        let minutes = SignedDuration::from_mins(i64::from(rules.village_deadline_min.value));
        now.saturating_add(minutes).expect("a plain duration of minutes fits")
    });
    Ok(vec![Fact::Accepted { receipt: ReceiptNumber::of(case.id()), due }])
}

/// Prints the receipt list once more, marked 补打 with its count (D-19).
///
/// # Errors
/// `NotNow` before acceptance or once the case is closed; `Correct` without a reason.
pub fn reprint_receipt(case: &Case, pack: &PolicyPack, why: &str) -> Judgement {
    super::awake(case, pack)?;
    let receipt = case.receipt().ok_or(Refusal::NotNow(super::Obstacle::NotAccepted))?.clone();
    let copy = u16::try_from(case.reprints().len() + 1).unwrap_or(u16::MAX);
    Ok(vec![Fact::ReceiptReprinted { receipt, copy, reason: super::printing::said("reason", why)? }])
}

struct Gaps(Vec<Gap>);

impl Gaps {
    fn add(&mut self, step: Step, reason: ReasonCode, material: Option<&MaterialCode>) {
        self.0.push(Gap { step, reason, material: material.cloned() });
    }
}

fn who(draft: &Draft, gaps: &mut Gaps) {
    if draft.identity().is_none() {
        gaps.add(Step::Identify, reason("ID_NOT_READ"), None);
    }
    match draft.applicant() {
        None => gaps.add(Step::Applicant, reason("APPLICANT_NOT_FILLED"), None),
        Some(applicant) => match applicant.mode {
            ApplicantMode::Agent if draft.agent().is_none() => {
                gaps.add(Step::Identify, reason("AGENT_NOT_IDENTIFIED"), None);
            }
            ApplicantMode::Agent | ApplicantMode::InPerson => {}
        },
    }
}

/// A verdict holds for the day it was given: a parked case is asked again.
fn verdict(case: &Case, draft: &Draft, today: Date, gaps: &mut Gaps) {
    match draft.verdict().filter(|verdict| verdict.on == today) {
        None => gaps.add(Step::Eligibility, reason("NOT_YET_JUDGED"), None),
        Some(verdict) if !verdict.eligible => {
            for code in eligibility::reasons(case) {
                gaps.add(Step::Eligibility, code, None);
            }
        }
        Some(_) => {}
    }
}

fn papers(case: &Case, pack: &PolicyPack, material: &Material, gaps: &mut Gaps) {
    let state = case.material(&material.code);
    let mut add = |reason| gaps.add(Step::Materials, reason, Some(&material.code));
    if state.is_some_and(|state| state.committed_until.is_some()) {
        return;
    }
    let Some(state) = state.filter(|state| !state.pages.is_empty()) else {
        return add(material.missing.clone());
    };
    let mut told = BTreeSet::new();
    for finding in state.unsettled_findings().filter(|finding| finding.blocks) {
        if told.insert(&finding.code) {
            add(finding.code.clone());
        }
    }
    if let Some(code) = super::materials::unrecorded(case, material) {
        add(code);
    }
    let Some(check) = &state.check else {
        return add(reason("MATERIAL_NOT_CHECKED"));
    };
    if material.inspect_original && !check.original_inspected {
        add(material.original_not_shown.clone());
    }
    for error in check.errors.iter().filter(|error| pack.blocks(error)) {
        add(error.clone());
    }
}

fn portrait_of<'a>(case: &Case, pack: &'a PolicyPack) -> Option<&'a Material> {
    pack.material(case.applicant()?.portrait.as_ref()?)
}
