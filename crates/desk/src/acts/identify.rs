//! Who it is: cards in either order, an identity that has to be typed, and the case of somebody who comes back.

use casework::fact::Identity;
use casework::nouns::Role;
use casework::steps::{Step, identify};
use casework::typed::{self, TypedEntry};
use devices::reader::CardRead;

use crate::at_hand::{expected, may_look_at};
use crate::contract::{CardRole, TypedIdentity};
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};

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

    /// Records an identity, however it came, and says at once when its name could not be printed.
    pub(super) fn take_identity(&mut self, role: Role, identity: Identity, now: Now) -> Result<Vec<Effect>, Trouble> {
        let undrawable = self.press.undrawable(identity.name.as_str());
        self.judged("identify", now, |case, pack| identify::identify(case, pack, role, identity, now.today))?;
        match undrawable.first() {
            None => Ok(Vec::new()),
            Some(missing) => Err(Trouble::of("identify.glyph_missing")
                .because(format!("姓名里的字 U+{:04X} 没有字形", u32::from(*missing)))),
        }
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

impl From<TypedIdentity> for TypedEntry {
    fn from(entry: TypedIdentity) -> TypedEntry {
        TypedEntry {
            name: entry.name,
            sex: entry.sex,
            ethnicity: entry.ethnicity,
            birth: entry.birth,
            address: entry.address,
            number: entry.number,
            issuing_authority: entry.issuing_authority,
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
