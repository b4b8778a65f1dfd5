//! Step 10: the rating is offered and answered freely, or not at all; it never blocks (八·六; domain 3.1).

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, awake};
use crate::{
    case::{Case, Rating},
    fact::Fact,
    nouns::RatingPoint,
    pack::PolicyPack,
};

/// Offers the rating at a point that is reached. Nothing is preselected: an offer carries no level.
///
/// # Errors
/// `NotNow` before the point is reached, where the pack has no such point, or when it was offered before.
pub fn offer(case: &Case, pack: &PolicyPack, point: RatingPoint) -> Judgement {
    awake(case, pack)?;
    let reached = match point {
        RatingPoint::Acceptance => case.acceptance().is_some(),
        RatingPoint::Delivery => case.delivery().is_some(),
    };
    if !reached || !pack.rules().rating_points.value.contains(&point) {
        return Err(Refusal::NotNow(Obstacle::RatingNotDue));
    }
    match case.ratings().get(&point) {
        None => Ok(vec![Fact::RatingOffered { point }]),
        Some(Rating::Offered | Rating::Given { .. } | Rating::Declined) => {
            Err(Refusal::NotNow(Obstacle::RatingSettled))
        }
    }
}

/// Takes a level from 5 to 1 and reason codes of that level.
///
/// # Errors
/// `NotNow` unless offered and open; `Correct` for a level or code that the pack does not have.
pub fn give(case: &Case, pack: &PolicyPack, point: RatingPoint, level: u8, codes: Vec<String>) -> Judgement {
    open(case, pack, point)?;
    let known = pack.rating_levels().iter().find(|one| one.level == level);
    let Some(known) = known else {
        return Err(Refusal::Correct(vec![FieldFault::new("level", FieldWhy::UnknownRating)]));
    };
    let of_level = |code: &String| known.codes.iter().any(|one| one.code.as_str() == code);
    if !codes.iter().all(of_level) {
        return Err(Refusal::Correct(vec![FieldFault::new("codes", FieldWhy::UnknownRating)]));
    }
    Ok(vec![Fact::RatingGiven { point, level, codes }])
}

/// The person does not want to rate. No level is invented for it.
///
/// # Errors
/// `NotNow` unless offered and open.
pub fn decline(case: &Case, pack: &PolicyPack, point: RatingPoint) -> Judgement {
    open(case, pack, point)?;
    Ok(vec![Fact::RatingDeclined { point }])
}

fn open(case: &Case, pack: &PolicyPack, point: RatingPoint) -> Result<(), Refusal> {
    awake(case, pack)?;
    match case.ratings().get(&point) {
        Some(Rating::Offered) => Ok(()),
        Some(Rating::Given { .. } | Rating::Declined) => Err(Refusal::NotNow(Obstacle::RatingSettled)),
        None => Err(Refusal::NotNow(Obstacle::RatingNotOffered)),
    }
}
