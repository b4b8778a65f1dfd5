//! What is written down beside the entries: the newspaper, the old card, what was set aside and what was put right.

use jiff::Timestamp;

use super::{Break, Draft};
use crate::{
    fact::{Correction, EntryField, Identity, IdentityField, LossNotice, OldCard, Reused},
    nouns::{Actor, IdentitySource, Role},
};

/// All of it but the batch goes when another person's card is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Particulars {
    pub loss_notice: Option<LossNotice>,
    pub old_card: Option<OldCard>,
    pub overrides: Vec<Overridden>,
    pub corrections: Vec<Corrected>,
    /// The batch from which the agent was taken over, where the card was not read at this case.
    pub agent_reused: Option<Reused>,
}

/// A chip's field that a clerk set aside (S-41). Its `Debug` hides both values.
#[derive(Clone, PartialEq, Eq)]
pub struct Overridden {
    pub role: Role,
    pub field: IdentityField,
    pub before: String,
    pub after: String,
    pub reason: String,
    pub at: Timestamp,
    pub by: Actor,
}

/// What was put right at the counter (S-40), and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    pub correction: Correction,
    pub at: Timestamp,
    pub by: Actor,
}

impl Particulars {
    pub(super) const fn none() -> Self {
        Self { loss_notice: None, old_card: None, overrides: Vec::new(), corrections: Vec::new(), agent_reused: None }
    }
}

impl Draft {
    pub fn particulars(&self) -> &Particulars {
        &self.particulars
    }

    /// Sets a chip's field aside. The checks of the papers and the verdict rested on the card as it was.
    pub(super) fn set_aside(&mut self, overridden: Overridden) -> Result<(), Break> {
        let identity = match overridden.role {
            Role::Applicant => self.identity.as_mut(),
            Role::Agent => self.agent.as_mut(),
        };
        let identity = identity.ok_or(Break::Override)?;
        if identity.source == IdentitySource::Typed || field_of(identity, overridden.field) != overridden.before {
            return Err(Break::Override);
        }
        let after = overridden.after.clone();
        match overridden.field {
            IdentityField::Name => identity.name = after.try_into().map_err(|_| Break::Override)?,
            IdentityField::Ethnicity => identity.ethnicity = after,
            IdentityField::Address => identity.address = after,
        }
        match overridden.role {
            Role::Applicant => self.verdict = None,
            Role::Agent => {}
        }
        self.forget_checks();
        self.particulars.overrides.push(overridden);
        Ok(())
    }

    /// Puts something right; it must stand as the correction says it stood.
    pub(super) fn correct(&mut self, corrected: Corrected) -> Result<(), Break> {
        match &corrected.correction {
            Correction::Material { material, before, after, how: _ } => {
                let check = self.materials.get_mut(material).and_then(|state| state.check.as_mut());
                let check = check.filter(|check| check.errors == *before).ok_or(Break::Correction)?;
                check.errors = after.clone();
                check.by = corrected.by.clone();
                check.at = corrected.at;
            }
            Correction::Entry { field, before, after } => {
                let applicant = self.applicant.as_mut().ok_or(Break::Correction)?;
                let entry = match field {
                    EntryField::HukouBasis => &mut applicant.hukou_basis,
                    EntryField::Phone => &mut applicant.phone,
                    EntryField::ContactAddress => &mut applicant.contact_address,
                };
                if entry != before {
                    return Err(Break::Correction);
                }
                entry.clone_from(after);
            }
        }
        self.particulars.corrections.push(corrected);
        Ok(())
    }
}

/// A field as it stands, in the words of an override.
pub(crate) fn field_of(identity: &Identity, field: IdentityField) -> &str {
    match field {
        IdentityField::Name => identity.name.as_str(),
        IdentityField::Ethnicity => &identity.ethnicity,
        IdentityField::Address => &identity.address,
    }
}

impl std::fmt::Debug for Overridden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Overridden").field("role", &self.role).field("field", &self.field).finish_non_exhaustive()
    }
}
