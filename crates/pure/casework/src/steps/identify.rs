//! Step 1: whose card lies on the reader (八·三, 六·1, 六·3).

use jiff::civil::Date;

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, drafting, printing::said, reason};
use crate::{
    case::{Case, field_of},
    fact::{Fact, Identity, IdentityField, Reused},
    nouns::{ApplicantMode, IdentitySource, PersonName, ReasonCode, Role},
    pack::PolicyPack,
};

/// Takes a card for a role. Only documents of the pack's list, only in date, and never one card in both roles.
///
/// A typed identity is taken and stays marked; see [`warnings`].
///
/// # Errors
/// Every reason at once; `Correct` for an agent's card in a case of a person who came alone.
pub fn identify(case: &Case, pack: &PolicyPack, role: Role, identity: Identity, today: Date) -> Judgement {
    taken(case, pack, role, (identity, None), today)
}

/// The same for a card that was read here, or for an agent's at the opening of a batch ([`crate::batch`]).
pub(crate) fn taken(
    case: &Case,
    pack: &PolicyPack,
    role: Role,
    (identity, reused): (Identity, Option<Reused>),
    today: Date,
) -> Judgement {
    let draft = drafting(case, pack)?;
    let in_person = draft.applicant().is_some_and(|entry| match entry.mode {
        ApplicantMode::InPerson => true,
        ApplicantMode::Agent => false,
    });
    if role == Role::Agent && in_person {
        return Err(Refusal::Correct(vec![FieldFault::new("role", FieldWhy::NoAgent)]));
    }
    let mut reasons = of_the_card(pack, &identity, today);
    let other = match role {
        Role::Applicant => draft.agent(),
        Role::Agent => draft.identity(),
    };
    if other.is_some_and(|other| other.number == identity.number) {
        reasons.push(reason("AGENT_IS_APPLICANT"));
    }
    if reasons.is_empty() {
        Ok(vec![Fact::Identified { role, identity, reused }])
    } else {
        Err(Refusal::Refused(reasons))
    }
}

/// What speaks against a card, whoever brings it.
pub(crate) fn of_the_card(pack: &PolicyPack, identity: &Identity, today: Date) -> Vec<ReasonCode> {
    let rules = pack.rules();
    let mut reasons = Vec::new();
    if !rules.accepted_id_types.value.contains(&identity.document) {
        reasons.push(rules.accepted_id_types.reason.clone());
    }
    if rules.id_in_date.value && !identity.valid_until.covers(today) {
        reasons.push(rules.id_in_date.reason.clone());
    }
    reasons
}

/// Sets a field of the chip aside: it is locked otherwise (S-41). What the chip said stays in the fact and in the raw
/// record; reading the card again brings it back.
///
/// # Errors
/// `NotNow` before a card was read for this role, or for a typed identity; `Correct` without a reason, without a
/// change, or for a value that the field cannot hold.
pub fn set_aside(
    case: &Case,
    pack: &PolicyPack,
    role: Role,
    field: IdentityField,
    after: &str,
    why: &str,
) -> Judgement {
    let draft = drafting(case, pack)?;
    let identity = match role {
        Role::Applicant => draft.identity(),
        Role::Agent => draft.agent(),
    };
    let identity = identity.ok_or(Refusal::NotNow(Obstacle::NotIdentified))?;
    match identity.source {
        IdentitySource::Chip | IdentitySource::OtherReader => {}
        IdentitySource::Typed => return Err(Refusal::NotNow(Obstacle::NotFromChip)),
    }
    // Nothing of a name is trimmed or normalised but the dot between its parts (domain 3.7).
    let typed_name = PersonName::typed(after).ok().filter(|_| field == IdentityField::Name);
    let after = typed_name.as_ref().map_or(after, PersonName::as_str);
    let good = match field {
        IdentityField::Name => typed_name.is_some(),
        IdentityField::Ethnicity => after.len() == 2 && after.bytes().all(|one| one.is_ascii_digit()),
        IdentityField::Address => !after.trim().is_empty() && after.chars().count() <= 200,
    };
    let before = field_of(identity, field).to_owned();
    let mut faults = Vec::new();
    if !good {
        faults.push(FieldFault::new("after", FieldWhy::NotAValue));
    } else if before == after {
        faults.push(FieldFault::new("after", FieldWhy::Unchanged));
    }
    match said("reason", why) {
        Ok(reason) if faults.is_empty() => {
            Ok(vec![Fact::FieldOverridden { role, field, before, after: after.to_owned(), reason }])
        }
        Err(Refusal::Correct(more)) => {
            faults.extend(more);
            Err(Refusal::Correct(faults))
        }
        Ok(_) => Err(Refusal::Correct(faults)),
        Err(other) => Err(other),
    }
}

/// What is to be said beside an identity that was taken: a typed one, and one that another reader than the station's own
/// has read, is not verified (S-07).
pub fn warnings(case: &Case) -> Vec<ReasonCode> {
    let warning = |identity: &Identity| match identity.source {
        IdentitySource::Chip => None,
        IdentitySource::OtherReader => Some(reason("ID_OTHER_READER")),
        IdentitySource::Typed => Some(reason("ID_HAND_TYPED")),
    };
    let mut said: Vec<ReasonCode> = case.identity().into_iter().chain(case.agent()).filter_map(warning).collect();
    said.dedup();
    said
}
