//! Who it is: cards in either order, an identity that has to be typed, and the case of somebody who comes back.

use casework::fact::Identity;
use casework::nouns::Role;
use casework::steps::{Step, identify};
use casework::typed::{self, TypedEntry};
use devices::reader::CardRead;
use idcard::pua::with_real_characters;

use crate::at_hand::{expected, may_look_at};
use crate::contract::{CardRole, TypedIdentity};
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};
use crate::words;

impl Desk {
    /// Waits for a card; without a role, for the one that the case lacks.
    pub(super) fn read_card(&mut self, role: Option<Role>) -> Result<Vec<Effect>, Trouble> {
        let role = role.unwrap_or_else(|| self.open.as_ref().map_or(Role::Applicant, expected));
        self.case()?;
        if self.reading {
            return Ok(Vec::new());
        }
        self.at_hand.awaited = Some(role);
        self.reading = true;
        Ok(vec![Effect::ReadCard])
    }

    /// Waits for a card in the lobby, to take up its holder's case.
    pub(super) fn take_over(&mut self) -> Result<Vec<Effect>, Trouble> {
        self.at_the_lobby()?;
        self.at_hand.taking_over = true;
        self.reading = true;
        Ok(vec![Effect::ReadCard])
    }

    /// A card that was read while the lobby was shown.
    pub(super) fn card_came_to_the_lobby(&mut self, identity: &Identity, now: Now) -> Result<Vec<Effect>, Trouble> {
        if let Some(standing) = self.at_hand.batching.take() {
            return self.begin_batch(identity.clone(), &standing, now);
        }
        if !std::mem::take(&mut self.at_hand.taking_over) {
            return Ok(Vec::new());
        }
        let lines = self.ledger.holder_cases(&identity.number)?;
        let unfinished = lines.into_iter().filter(|line| !line.stage.is_closed()).max_by_key(|line| line.moved_at);
        match unfinished {
            Some(line) => self.resume_case(line.case.as_str(), now),
            None => Err(Trouble::of("desk.nothing_unfinished")),
        }
    }

    /// The role of a card that was read for the open case.
    pub(super) fn role_of_card(&mut self) -> Role {
        let awaited = self.at_hand.awaited.take();
        awaited.unwrap_or_else(|| self.open.as_ref().map_or(Role::Applicant, expected))
    }

    /// Takes what the clerk typed from the face of a card.
    pub(super) fn type_identity(
        &mut self,
        role: CardRole,
        entry: TypedIdentity,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        self.case()?;
        let identity = typed::identity(&entry.into(), now.today)
            .map_err(|refusal| fault::refusal("identify", &refusal, &self.pack))?;
        self.take_identity(role.into(), identity, now)
    }

    /// Records an identity, however it came, and says at once what of it could not be printed.
    pub(super) fn take_identity(&mut self, role: Role, identity: Identity, now: Now) -> Result<Vec<Effect>, Trouble> {
        let undrawable = self.undrawable(&identity);
        self.judged("identify", now, |case, pack| identify::identify(case, pack, role, identity, now.today))?;
        undrawable.map_or(Ok(Vec::new()), Err)
    }

    /// What of an identity no face can draw, each field with its code points. Every paper asks again when it is laid out.
    pub(super) fn undrawable(&self, identity: &Identity) -> Option<Trouble> {
        let ethnicity = words::ethnicity(&identity.ethnicity);
        let fields = [
            ("name", identity.name.as_str()),
            ("ethnicity", &ethnicity),
            ("address", &identity.address),
            ("issuing_authority", &identity.issuing_authority),
        ];
        let reasons = fields.into_iter().filter_map(|(field, text)| {
            let missing = self.press.undrawable(text);
            (!missing.is_empty()).then(|| words::papers::no_glyph(field, &missing))
        });
        let reasons: Vec<String> = reasons.collect();
        (!reasons.is_empty()).then(|| Trouble { reasons, ..Trouble::of("identify.glyph_missing") })
    }

    /// Looks at another step of the open case.
    pub(super) fn go_to(&mut self, step: &str) -> Result<Vec<Effect>, Trouble> {
        let wanted = Step::ALL.into_iter().find(|one| one.name() == step);
        match wanted.filter(|step| self.open.as_ref().is_some_and(|case| may_look_at(case, *step))) {
            Some(step) => {
                self.at_hand.looking_at = Some(step);
                Ok(Vec::new())
            }
            None => Err(Trouble::of("desk.not_now").because("这一步现在不能看")),
        }
    }

    /// What a card that was read says, as an identity.
    pub(super) fn identity_of(&mut self, read: &CardRead, now: Now) -> Result<Identity, Trouble> {
        let source = self.reader_spoke(read.sam_id, now)?;
        crate::identity::of_card(&read.record, &read.sam_id.to_string(), source)
    }
}

/// An input method of old times still types the private-use code points of GBK; they are read as a chip's are.
impl From<TypedIdentity> for TypedEntry {
    fn from(entry: TypedIdentity) -> TypedEntry {
        TypedEntry {
            name: with_real_characters(&entry.name),
            sex: entry.sex,
            ethnicity: entry.ethnicity,
            birth: entry.birth,
            address: with_real_characters(&entry.address),
            number: entry.number,
            issuing_authority: with_real_characters(&entry.issuing_authority),
            valid_from: entry.valid_from,
            valid_until: entry.valid_until,
        }
    }
}

impl From<CardRole> for Role {
    fn from(role: CardRole) -> Role {
        match role {
            CardRole::Applicant => Role::Applicant,
            CardRole::Agent => Role::Agent,
        }
    }
}
