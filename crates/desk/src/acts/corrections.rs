//! Putting things right at the counter: a field of the chip, an entry, the errors of a paper; and keeping what stands in
//! forms that were not sent yet.

use casework::fact::{EntryField, IdentityField};
use casework::nouns::ReasonCode;
use casework::steps::{Step, applicant, identify, materials};
use idcard::pua::with_real_characters;

use super::materials::material_code;
use crate::contract::{CardRole, ChipField, EntryChoice};
use crate::desk::{Desk, Effect, Now};
use crate::fault::Trouble;
use crate::show;

/// Longest name of a form and field, bytes.
const LONGEST_FIELD: usize = 80;

impl Desk {
    pub(super) fn set_aside(
        &mut self,
        role: CardRole,
        field: ChipField,
        after: &str,
        reason: &str,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let field = match field {
            ChipField::Name => IdentityField::Name,
            ChipField::Ethnicity => IdentityField::Ethnicity,
            ChipField::Address => IdentityField::Address,
        };
        let after = with_real_characters(after);
        self.judged("identify", now, |case, pack| identify::set_aside(case, pack, role.into(), field, &after, reason))?;
        let (case, agent) = (self.case()?, matches!(role, CardRole::Agent));
        let identity = if agent { case.agent() } else { case.identity() };
        identity.and_then(|identity| self.undrawable(identity)).map_or(Ok(Vec::new()), Err)
    }

    pub(super) fn correct_entry(&mut self, field: EntryChoice, after: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let field = match field {
            EntryChoice::HukouBasis => EntryField::HukouBasis,
            EntryChoice::Phone => EntryField::Phone,
            EntryChoice::ContactAddress => EntryField::ContactAddress,
        };
        self.judged("applicant", now, |case, pack| applicant::correct(case, pack, field, after))
    }

    pub(super) fn correct_material(
        &mut self,
        material: &str,
        left: &[String],
        how: &str,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let material = material_code(material)?;
        let unknown = |_| Trouble::of("materials.correct").at("errors", "请从列表里选原因");
        let left: Vec<ReasonCode> = left.iter().map(|code| code.parse().map_err(unknown)).collect::<Result<_, _>>()?;
        self.judged("materials", now, |case, pack| materials::correct(case, pack, &material, left, how))
    }

    /// Keeps what stands in a field that was left. A form that is no longer on the screen was sent or put away meanwhile:
    /// what it held is nobody's any more.
    pub(super) fn keep_entry(&mut self, field: &str, value: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let form = field.split_once('.').map(|(form, _)| form).unwrap_or_default();
        let named = field.len() <= LONGEST_FIELD && !form.is_empty();
        match &self.open {
            Some(case) if named && !case.is_closed() && self.is_on_screen(form, now) => {
                self.ledger.keep_entry(Some(case.id()), field, value, now.at)?;
            }
            None if named && form == "door" => self.ledger.keep_entry(None, field, value, now.at)?,
            Some(_) | None => {}
        }
        Ok(Vec::new())
    }

    fn is_on_screen(&self, form: &str, now: Now) -> bool {
        let Some(case) = &self.open else { return false };
        let here = show::here(case, &self.pack, self.at_hand.looking_at, now);
        match form {
            // Boxes that may be opened over any step.
            "correct" | "withdraw" | "refuse" | "reprint" | "remind" => true,
            "typed_applicant" | "typed_agent" => here == Step::Identify,
            "applicant" => here == Step::Applicant,
            "loss_notice" | "old_card" | "keep_page" => here == Step::Materials,
            "printing" | "spoil" => here == Step::Printing,
            "archive" => here == Step::Archive,
            _ => false,
        }
    }
}
