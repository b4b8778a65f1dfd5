//! Step 1: whose card lies on the reader (八·三, 六·1, 六·3).

use jiff::civil::Date;

use super::{FieldFault, FieldWhy, Judgement, Refusal, drafting, reason};
use crate::{
    case::Case,
    fact::{Fact, Identity},
    nouns::{ApplicantMode, IdentitySource, ReasonCode, Role},
    pack::PolicyPack,
};

/// Takes a card for a role. Only documents of the pack's list, only in date, and never one card in both roles.
///
/// A typed identity is taken and stays marked; see [`warnings`].
///
/// # Errors
/// Every reason at once; `Correct` for an agent's card in a case of a person who came alone.
pub fn identify(case: &Case, pack: &PolicyPack, role: Role, identity: Identity, today: Date) -> Judgement {
    let draft = drafting(case, pack)?;
    let in_person = draft.applicant().is_some_and(|entry| match entry.mode {
        ApplicantMode::InPerson => true,
        ApplicantMode::Agent => false,
    });
    if role == Role::Agent && in_person {
        return Err(Refusal::Correct(vec![FieldFault::new("role", FieldWhy::NoAgent)]));
    }
    let rules = pack.rules();
    let mut reasons = Vec::new();
    if !rules.accepted_id_types.value.contains(&identity.document) {
        reasons.push(rules.accepted_id_types.reason.clone());
    }
    if rules.id_in_date.value && !identity.valid_until.covers(today) {
        reasons.push(rules.id_in_date.reason.clone());
    }
    let other = match role {
        Role::Applicant => draft.agent(),
        Role::Agent => draft.identity(),
    };
    if other.is_some_and(|other| other.number == identity.number) {
        reasons.push(reason("AGENT_IS_APPLICANT"));
    }
    if reasons.is_empty() { Ok(vec![Fact::Identified { role, identity }]) } else { Err(Refusal::Refused(reasons)) }
}

/// What is to be said beside an identity that was taken: a typed one is not verified (S-07).
pub fn warnings(case: &Case) -> Vec<ReasonCode> {
    let typed = |identity: &Identity| match identity.source {
        IdentitySource::Chip => false,
        IdentitySource::Typed => true,
    };
    let any = case.identity().is_some_and(typed) || case.agent().is_some_and(typed);
    if any { vec![reason("ID_HAND_TYPED")] } else { Vec::new() }
}
