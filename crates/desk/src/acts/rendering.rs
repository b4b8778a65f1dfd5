//! The card of a case as it will print.

use casework::case::Case;
use casework::pack::PhotoOnCard;

use crate::desk::{Desk, Now};
use crate::fault::Trouble;
use crate::press::{CardFacts, Preview};

impl Desk {
    pub(crate) fn render(&self, case: &Case, now: Now) -> Result<Preview, Trouble> {
        let number = case.number().cloned().ok_or_else(|| Trouble::of("desk.not_now"))?;
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
        let facts = CardFacts { number, issued_on: now.today, photo, reprint, at: now.at };
        self.press.card(case, &facts, &self.pack, &self.code_signer)
    }
}
