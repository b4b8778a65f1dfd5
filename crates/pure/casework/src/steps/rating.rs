//! Step 10: the rating is offered and answered freely, or not at all; it never blocks (八·六; domain 3.1).
//!
//! Nothing here, and nothing that rests on it, invents an answer: an offer carries no level, declining carries none,
//! an offer that nobody answers stays an offer, an empty list of reasons stays empty, and the time is that of the act.

use jiff::{Timestamp, civil::Date};

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, awake};
use crate::{
    case::{Case, Rating, Stage},
    fact::{Again, AgainHow, Fact, FollowUpDue},
    nouns::{Actor, ApplicantMode, Rater, RatingPoint, Receiver},
    pack::PolicyPack,
};

/// Characters of the free text (domain 3.1).
pub const LONGEST_TEXT: usize = 150;

/// The worst level that is not bad; those below it open a follow-up.
const WORST_GOOD: u8 = 3;

/// What a person answers: a level from 5 to 1, reason codes of that level, and words of their own. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    pub level: u8,
    pub codes: Vec<String>,
    pub text: String,
}

/// Offers the rating at a point that is reached. Nothing is preselected: an offer carries no level.
///
/// # Errors
/// `NotNow` before the point is reached, where the pack has no such point, where neither applicant nor agent stands
/// there, or when it was offered before.
pub fn offer(case: &Case, pack: &PolicyPack, point: RatingPoint) -> Judgement {
    awake(case, pack)?;
    if !pack.rules().rating_points.value.contains(&point) || rater(case, point).is_none() {
        return Err(Refusal::NotNow(Obstacle::RatingNotDue));
    }
    match case.ratings().get(&point) {
        None => Ok(vec![Fact::RatingOffered { point }]),
        Some(Rating::Offered | Rating::Given(_) | Rating::Declined) => Err(Refusal::NotNow(Obstacle::RatingSettled)),
    }
}

/// The facts that bring a case to a point, and the offer with them where the pack wants one: both stand or fall in one
/// transaction, so that no case passes the point without the offer (S-48).
///
/// # Errors
/// Those of the facts themselves.
pub fn with_offer(
    case: &Case,
    pack: &PolicyPack,
    mut facts: Vec<Fact>,
    point: RatingPoint,
    at: Timestamp,
    actor: &Actor,
) -> Judgement {
    if let Ok((reached, _)) = case.after(&facts, at, actor)
        && let Ok(offered) = offer(&reached, pack, point)
    {
        facts.extend(offered);
    }
    Ok(facts)
}

/// The point at which the person who is there can answer: that of the delivery once there was one.
pub fn at_hand(case: &Case) -> Option<RatingPoint> {
    let point = if case.delivery().is_some() { RatingPoint::Delivery } else { RatingPoint::Acceptance };
    let open = !case.is_closed() && case.parked().is_none();
    (open && case.ratings().contains_key(&point)).then_some(point)
}

/// Who answers at a point that is reached: at acceptance whoever came, at delivery whoever took the card. `None` before
/// it, and where somebody else carried the receipt list: the procedure asks applicant and agent only.
pub fn rater(case: &Case, point: RatingPoint) -> Option<Rater> {
    match point {
        RatingPoint::Acceptance => {
            case.acceptance()?;
            Some(match case.applicant()?.mode {
                ApplicantMode::InPerson => Rater::Applicant,
                ApplicantMode::Agent => Rater::Agent,
            })
        }
        RatingPoint::Delivery => match case.delivery()?.receiver {
            Receiver::Applicant => Some(Rater::Applicant),
            Receiver::Agent => Some(Rater::Agent),
            Receiver::Other => None,
        },
    }
}

/// Whether this case still has to be offered its first rating before it can be sealed (S-48).
pub fn is_owed(case: &Case, pack: &PolicyPack) -> bool {
    let points = &pack.rules().rating_points.value;
    case.ratings().is_empty() && points.iter().any(|point| rater(case, *point).is_some())
}

/// Whether the answer of a point may still be put right: nothing has happened since, so the person is still there.
pub fn may_correct(case: &Case, point: RatingPoint) -> bool {
    match case.ratings().get(&point) {
        Some(Rating::Given(answer)) => answer.seq == case.seq(),
        Some(Rating::Offered | Rating::Declined) | None => false,
    }
}

/// Takes an answer. A second one to the same point is kept beside the first and not counted.
///
/// # Errors
/// `NotNow` unless offered; `Correct` for a level or code that the pack does not have, or a text that is too long.
pub fn give(case: &Case, pack: &PolicyPack, point: RatingPoint, answer: Answer, today: Date) -> Judgement {
    awake(case, pack)?;
    let again = match case.ratings().get(&point) {
        Some(Rating::Offered) => None,
        Some(Rating::Declined) => Some(AgainHow::AfterDeclining),
        Some(Rating::Given(_)) => Some(AgainHow::Duplicate),
        None => return Err(Refusal::NotNow(Obstacle::RatingNotOffered)),
    };
    taken(case, pack, point, answer, again, today)
}

/// Puts an answer right: a new row that names the old one and counts in its place. The old one stays, and so does the
/// follow-up that it opened.
///
/// # Errors
/// `NotNow` unless the last thing that happened to the case is the answer; `Correct` as for [`give`].
pub fn correct(case: &Case, pack: &PolicyPack, point: RatingPoint, answer: Answer, today: Date) -> Judgement {
    awake(case, pack)?;
    if !may_correct(case, point) {
        return Err(Refusal::NotNow(Obstacle::RatingSettled));
    }
    taken(case, pack, point, answer, Some(AgainHow::Correction), today)
}

/// The person does not want to rate. No level is invented for it.
///
/// # Errors
/// `NotNow` unless offered and open.
pub fn decline(case: &Case, pack: &PolicyPack, point: RatingPoint) -> Judgement {
    awake(case, pack)?;
    match case.ratings().get(&point) {
        Some(Rating::Offered) => Ok(vec![Fact::RatingDeclined { point, by: rater(case, point) }]),
        Some(Rating::Given(_) | Rating::Declined) => Err(Refusal::NotNow(Obstacle::RatingSettled)),
        None => Err(Refusal::NotNow(Obstacle::RatingNotOffered)),
    }
}

/// Whether nothing has happened since the person was asked: they are still there, also when the station was started anew.
pub fn is_just_offered(case: &Case) -> bool {
    at_hand(case).is_some_and(|point| case.rating_offer(point) == Some(case.seq()))
}

/// Whether a level is bad: 不满意 and 非常不满意.
pub fn is_bad(level: u8) -> bool {
    level < WORST_GOOD
}

/// Whether the archive may be looked at although the rating on the screen is open: it never blocks.
pub fn is_open_after_delivery(case: &Case) -> bool {
    match case.stage() {
        Stage::Delivered { .. } => case.ratings().get(&RatingPoint::Delivery) == Some(&Rating::Offered),
        Stage::Draft(_)
        | Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => false,
    }
}

fn taken(
    case: &Case,
    pack: &PolicyPack,
    point: RatingPoint,
    answer: Answer,
    again: Option<AgainHow>,
    today: Date,
) -> Judgement {
    let Answer { level, codes, text } = answer;
    let wrong = |field, why| Err(Refusal::Correct(vec![FieldFault::new(field, why)]));
    let Some(known) = pack.rating_levels().iter().find(|one| one.level == level) else {
        return wrong("level", FieldWhy::UnknownRating);
    };
    let of_level = |code: &String| known.codes.iter().any(|one| one.code.as_str() == code);
    let twice = codes.iter().enumerate().any(|(at, code)| codes[..at].contains(code));
    if twice || !codes.iter().all(of_level) {
        return wrong("codes", FieldWhy::UnknownRating);
    }
    let text = text.trim().to_owned();
    if text.chars().count() > LONGEST_TEXT {
        return wrong("text", FieldWhy::TooLong);
    }
    let counts = again != Some(AgainHow::Duplicate);
    let follow_up = (counts && is_bad(level)).then(|| follow_up(pack, today));
    let again = match (again, case.rating_answer(point)) {
        (None, _) => None,
        (Some(how), Some(of)) => Some(Again { of, how }),
        (Some(_), None) => return Err(Refusal::NotNow(Obstacle::RatingNotOffered)),
    };
    Ok(vec![Fact::RatingGiven { point, level, codes, text, by: rater(case, point), again, follow_up }])
}

fn follow_up(pack: &PolicyPack, today: Date) -> FollowUpDue {
    let days = pack.rules().bad_rating_days.value;
    FollowUpDue { days, due: pack.working_days().and_then(|table| table.after(today, days)) }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answer(hidden)")
    }
}
