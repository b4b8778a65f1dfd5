//! The ratings of a case and what else is done for the person after acceptance: which answer counts, whom the clerk
//! reminded, and what the person was helped with.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Break, Case};
use crate::{
    fact::{Again, AgainHow, Reminder},
    nouns::{Actor, Rater, RatingPoint},
};

/// What came of an offered rating. Its `Debug` says whether it was answered and never how.
#[derive(Clone, PartialEq, Eq)]
pub enum Rating {
    Offered,
    Given(RatingAnswer),
    Declined,
}

/// The answer that counts at one point.
#[derive(Clone, PartialEq, Eq)]
pub struct RatingAnswer {
    /// Its place in the case.
    pub seq: u32,
    /// When it was given, on the station's clock: never moved, whatever stands beside it.
    pub at: Timestamp,
    pub level: u8,
    pub codes: Vec<String>,
    pub text: String,
    pub by: Option<Rater>,
}

/// What was done for the person beside the procedure's required steps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Aftercare {
    /// Reminders to the department, in order.
    pub reminders: Vec<Reminded>,
    /// With what the person was helped, and when first.
    pub helped: BTreeMap<String, Timestamp>,
    /// The person does not want help with registering.
    pub help_declined: bool,
    /// Place in the case of the answer, counted or declining, of each point.
    pub(super) answers: BTreeMap<RatingPoint, u32>,
    /// Place in the case of each offer.
    pub(super) offers: BTreeMap<RatingPoint, u32>,
}

/// A reminder as it stands on the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminded {
    pub reminder: Reminder,
    pub at: Timestamp,
    pub by: Actor,
}

impl Case {
    /// Place in the case of the offer at this point.
    pub fn rating_offer(&self, point: RatingPoint) -> Option<u32> {
        self.aftercare.offers.get(&point).copied()
    }

    /// Place in the case of the answer that counts at this point, or of the declining.
    pub fn rating_answer(&self, point: RatingPoint) -> Option<u32> {
        self.aftercare.answers.get(&point).copied()
    }
}

pub(super) fn offered(case: &mut Case, point: RatingPoint, seq: u32, out_of_order: Break) -> Result<(), Break> {
    let reached = match point {
        RatingPoint::Acceptance => case.stage.dossier().is_some(),
        RatingPoint::Delivery => case.delivery().is_some(),
    };
    if !reached {
        return Err(out_of_order);
    }
    case.aftercare.offers.insert(point, seq);
    match case.ratings.insert(point, Rating::Offered) {
        None => Ok(()),
        Some(Rating::Offered | Rating::Given(_) | Rating::Declined) => Err(Break::Rating),
    }
}

/// An answer; one that follows another names it and says why there are two.
pub(super) fn given(
    case: &mut Case,
    point: RatingPoint,
    answer: RatingAnswer,
    again: Option<Again>,
) -> Result<(), Break> {
    let (fits, counts) = match (case.ratings.get(&point), again.map(|again| again.how)) {
        (Some(Rating::Offered), None) => (true, true),
        (Some(Rating::Declined), Some(AgainHow::AfterDeclining)) => (true, true),
        (Some(Rating::Given(_)), Some(AgainHow::Correction)) => (true, true),
        (Some(Rating::Given(_)), Some(AgainHow::Duplicate)) => (true, false),
        (None | Some(Rating::Offered | Rating::Given(_) | Rating::Declined), _) => (false, false),
    };
    if !fits || again.map(|again| again.of) != case.rating_answer(point) {
        return Err(Break::Rating);
    }
    if counts {
        case.aftercare.answers.insert(point, answer.seq);
        case.ratings.insert(point, Rating::Given(answer));
    }
    Ok(())
}

pub(super) fn declined(case: &mut Case, point: RatingPoint, seq: u32) -> Result<(), Break> {
    match case.ratings.insert(point, Rating::Declined) {
        Some(Rating::Offered) => {
            case.aftercare.answers.insert(point, seq);
            Ok(())
        }
        Some(Rating::Given(_) | Rating::Declined) | None => Err(Break::Rating),
    }
}

/// What was done for the person, once there is something accepted.
pub(super) fn care(case: &mut Case, out_of_order: Break) -> Result<&mut Aftercare, Break> {
    case.acceptance().ok_or(out_of_order)?;
    Ok(&mut case.aftercare)
}

impl std::fmt::Debug for Rating {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Offered => "Offered",
            Self::Given(_) => "Given(hidden)",
            Self::Declined => "Declined",
        })
    }
}

impl std::fmt::Debug for RatingAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RatingAnswer(hidden)")
    }
}
