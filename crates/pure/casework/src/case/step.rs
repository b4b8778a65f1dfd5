//! Which step of a case nothing has been done about yet.

use std::collections::BTreeMap;

use super::{Draft, Rating, Stage};
use crate::{
    nouns::{ApplicantMode, MaterialCode, RatingPoint},
    steps::Step,
};

pub(super) fn step_of(stage: &Stage, ratings: &BTreeMap<RatingPoint, Rating>) -> Step {
    match stage {
        Stage::Draft(draft) => step_of_draft(draft),
        Stage::Accepted(_) => Step::Numbering,
        Stage::Numbered { .. } | Stage::Printing { .. } => Step::Printing,
        Stage::Made { .. } => Step::Delivery,
        Stage::Delivered { .. } => match ratings.get(&RatingPoint::Delivery) {
            None | Some(Rating::Offered) => Step::Rating,
            Some(Rating::Given { .. } | Rating::Declined) => Step::Archive,
        },
        Stage::Sealed { .. } => Step::Archive,
        Stage::Refused { before, .. } | Stage::Withdrawn { before, .. } => step_of(before, ratings),
    }
}

fn step_of_draft(draft: &Draft) -> Step {
    let Some(applicant) = &draft.applicant else {
        return if draft.identity.is_none() { Step::Identify } else { Step::Applicant };
    };
    let agent_awaited = match applicant.mode {
        ApplicantMode::InPerson => false,
        ApplicantMode::Agent => draft.agent.is_none(),
    };
    if draft.identity.is_none() || agent_awaited {
        return Step::Identify;
    }
    if !draft.verdict.as_ref().is_some_and(|verdict| verdict.eligible) {
        return Step::Eligibility;
    }
    let settled = |material: &MaterialCode| {
        let state = draft.materials.get(material);
        state.is_some_and(|state| (state.check.is_some() && !state.pages.is_empty()) || state.committed_until.is_some())
    };
    if !applicant.demanded.iter().all(settled) {
        return Step::Materials;
    }
    let judged = draft.photo.as_ref().is_some_and(|photo| photo.judgement.is_some());
    if applicant.portrait.is_some() && !judged {
        return Step::Photo;
    }
    Step::Acceptance
}
