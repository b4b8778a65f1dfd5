//! Step 2: how to reach the person, and the clerk's decisions (八·三; D-13, D-18).

use jiff::civil::Date;

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, drafting, printing::said};
use crate::{
    case::Case,
    fact::{Correction, EntryField, Fact},
    nouns::{ApplicantMode, CountyId, Hukou, MaterialCode, Phone},
    pack::{PolicyPack, Situation, TakenAt},
};

/// Longest address or basis, in characters.
const LONGEST: usize = 200;

/// What the clerk entered.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    pub mode: ApplicantMode,
    /// The clerk's decision; [`suggest`] only hints.
    pub hukou: Hukou,
    /// Why the clerk decided so (S-26).
    pub hukou_basis: String,
    pub phone: String,
    pub contact_address: String,
    /// `None` takes the suggested department (D-18).
    pub department: Option<CountyId>,
}

/// What the chip's address suggests to the clerk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The district in which the household seems to be, if it is of this city.
    pub hukou_county: Option<CountyId>,
    /// Local when that is the window's own district.
    pub hukou: Hukou,
    /// The household's district if it is of this city, else the window's.
    pub department: CountyId,
}

/// Reads the chip's address, and the number's region where the address names no district, as a hint. `None` before a
/// card was read.
///
/// The scope of 窗口所属区域 is the county, as the first pack has it (D-13).
pub fn suggest(case: &Case, pack: &PolicyPack, window_county: &CountyId) -> Option<Suggestion> {
    let identity = case.identity()?;
    let named = pack.districts().iter().find(|district| identity.address.contains(district.name.as_str()));
    let region = identity.number.region();
    let found = named.or_else(|| pack.districts().iter().find(|district| district.region.as_ref() == Some(&region)));
    let hukou_county = found.map(|district| district.id.clone());
    let hukou = if hukou_county.as_ref() == Some(window_county) { Hukou::Local } else { Hukou::Outside };
    let department = hukou_county.clone().unwrap_or_else(|| window_county.clone());
    Some(Suggestion { hukou_county, hukou, department })
}

/// Takes the clerk's entries, with what the pack demands for them on this day.
///
/// # Errors
/// Every entry to correct at once; `NotNow` before the applicant's card was read.
pub fn fill(case: &Case, pack: &PolicyPack, entry: Entry, window_county: &CountyId, today: Date) -> Judgement {
    let identity = drafting(case, pack)?.identity().ok_or(Refusal::NotNow(Obstacle::NotIdentified))?;
    let suggestion = suggest(case, pack, window_county).ok_or(Refusal::NotNow(Obstacle::NotIdentified))?;
    let phone = Phone::read(&entry.phone);
    let department = entry.department.unwrap_or(suggestion.department);
    let mut faults = Vec::new();
    if phone.normalised().is_empty() {
        if pack.rules().contact_phone_required.value {
            faults.push(FieldFault::new("phone", FieldWhy::Missing));
        }
    } else if phone.dialable().is_none() {
        faults.push(FieldFault::new("phone", FieldWhy::NotAPhone));
    }
    for (field, text) in [("hukou_basis", &entry.hukou_basis), ("contact_address", &entry.contact_address)] {
        if text.trim().is_empty() {
            faults.push(FieldFault::new(field, FieldWhy::Missing));
        } else if text.chars().count() > LONGEST {
            faults.push(FieldFault::new(field, FieldWhy::TooLong));
        }
    }
    if pack.district(&department).is_none() {
        faults.push(FieldFault::new("department", FieldWhy::UnknownCounty));
    }
    if !faults.is_empty() {
        return Err(Refusal::Correct(faults));
    }
    let situation = Situation {
        kind: case.kind(),
        mode: entry.mode,
        hukou: entry.hukou,
        window_level: case.opened().level,
        department: department.clone(),
        birth: identity.birth,
        on: today,
    };
    let (demanded, portrait) = demand(pack, &situation);
    Ok(vec![Fact::ApplicantFilled {
        mode: entry.mode,
        hukou: entry.hukou,
        hukou_basis: entry.hukou_basis.trim().to_owned(),
        phone: phone.normalised().to_owned(),
        contact_address: entry.contact_address.trim().to_owned(),
        department,
        demanded,
        portrait,
        on: Some(today),
    }])
}

/// What a pack demands: for step `materials`, in its order, and for step `photo`.
pub fn demand(pack: &PolicyPack, at: &Situation) -> (Vec<MaterialCode>, Option<MaterialCode>) {
    let materials = pack.materials_for(at);
    let taken_at = |step| materials.iter().filter(move |one| one.taken_at == step).map(|one| one.code.clone());
    (taken_at(TakenAt::Materials).collect(), taken_at(TakenAt::Photo).next())
}

/// Whether the entries demand on `today` what they demanded on their day: an age band may have been left since, and then
/// they are made once more.
pub fn is_current(case: &Case, pack: &PolicyPack, today: Date) -> bool {
    let (Some(applicant), Some(now)) = (case.applicant(), case.situation_on(today)) else { return true };
    demand(pack, &now) == (applicant.demanded.clone(), applicant.portrait.clone())
}

/// Puts one entry right at the counter: before and after stand in one fact, and the case stays open (S-40). Entries
/// on which a verdict or a material rests are filled anew instead ([`fill`]).
///
/// # Errors
/// `NotNow` before the entries are there; `Correct` for a value that cannot stand, or without a change.
pub fn correct(case: &Case, pack: &PolicyPack, field: EntryField, after: &str) -> Judgement {
    let applicant = drafting(case, pack)?.applicant().ok_or(Refusal::NotNow(Obstacle::NotFilled))?;
    let (name, before) = match field {
        EntryField::HukouBasis => ("hukou_basis", &applicant.hukou_basis),
        EntryField::Phone => ("phone", &applicant.phone),
        EntryField::ContactAddress => ("contact_address", &applicant.contact_address),
    };
    let after = match field {
        EntryField::HukouBasis | EntryField::ContactAddress => said(name, after)?,
        EntryField::Phone => match Phone::read(after).dialable() {
            Some(number) => number.to_owned(),
            None => return Err(Refusal::Correct(vec![FieldFault::new(name, FieldWhy::NotAPhone)])),
        },
    };
    if after == *before {
        return Err(Refusal::Correct(vec![FieldFault::new(name, FieldWhy::Unchanged)]));
    }
    Ok(vec![Fact::Corrected { correction: Correction::Entry { field, before: before.clone(), after } }])
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("mode", &self.mode).field("hukou", &self.hukou).finish_non_exhaustive()
    }
}
