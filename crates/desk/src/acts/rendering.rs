//! The card of a case as it will print.

use casework::case::Case;
use casework::nouns::CardNumber;
use casework::pack::PhotoOnCard;

use crate::desk::{Desk, Now};
use crate::fault::Trouble;
use crate::press::{CardFacts, Preview};

impl Desk {
    pub(crate) fn render(&self, case: &Case, now: Now) -> Result<Preview, Trouble> {
        let number = case.number().cloned().ok_or_else(|| Trouble::of("desk.not_now"))?;
        let facts = self.card_facts(case, number, now)?;
        self.press.card(case, &facts, &self.pack, &self.code_signer)
    }

    /// A card that cannot be set uses up no number: what is wrong with it is said before one is reserved.
    pub(super) fn can_be_set(&self, number: &CardNumber, now: Now) -> Result<(), Trouble> {
        let case = self.case()?;
        let facts = self.card_facts(case, number.clone(), now)?;
        let set = self.press.try_card(case, &facts, &self.pack);
        set.map_err(|trouble| Trouble { code: "numbering.cannot_be_set", ..trouble })
    }

    fn card_facts(&self, case: &Case, number: CardNumber, now: Now) -> Result<CardFacts, Trouble> {
        let photo = match (self.pack.rules().photo_on_card.value, case.photo()) {
            (PhotoOnCard::Printed, Some(photo)) => {
                let bytes = self.ledger.picture(&photo.crop)?.ok_or_else(|| Trouble::of("printing.photo_missing"))?;
                Some(bytes.into())
            }
            // An item that asks for no portrait has a card without one.
            (PhotoOnCard::Printed, None) if case.applicant().is_some_and(|entry| entry.portrait.is_none()) => None,
            (PhotoOnCard::Printed, None) => return Err(Trouble::of("printing.photo_missing")),
            (PhotoOnCard::Glue, _) => None,
        };
        let reprint = u32::try_from(case.attempts().len()).ok().filter(|count| *count > 0);
        Ok(CardFacts { number, issued_on: now.today, photo, reprint, at: now.at })
    }
}
