//! Number, print and delivery: steps 7 to 9.

use casework::nouns::{DeliveryProof, RatingPoint, Receiver};
use casework::steps::{delivery, numbering, printing, rating};

use crate::contract::{Proof, Taker};
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};

impl Desk {
    pub(super) fn reserve_number(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let post = self.post();
        numbering::permit(self.case()?, &self.pack, post)
            .map_err(|refusal| fault::refusal("numbering", &refusal, &self.pack))?;
        let n = self.ledger.next_number()?.ok_or_else(|| Trouble::of("numbering.none_left"))?;
        let number = self
            .pack
            .rules()
            .number_pattern
            .value
            .write(&self.station.window.code, u64::from(n))
            .map_err(|error| Trouble::of("station.pack").because(error.to_string()))?;
        self.judged("numbering", now, |case, pack| numbering::reserve(case, pack, number, post))
    }

    pub(super) fn print_card(&mut self, reprint: Option<&str>, now: Now) -> Result<Vec<Effect>, Trouble> {
        let (case, post) = (self.case()?, self.post());
        printing::permit(case, &self.pack, post).map_err(|refusal| fault::refusal("printing", &refusal, &self.pack))?;
        let pdf = self.sheet(now)?;
        let hash = self.ledger.store_picture(&pdf)?;
        self.judged("printing", now, |case, pack| printing::attempt(case, pack, post, reprint, hash, "card"))?;
        let case = self.case()?;
        let attempt =
            case.open_attempt().map(|attempt| attempt.id.clone()).ok_or_else(|| Trouble::of("desk.not_now"))?;
        Ok(vec![Effect::PrintCard { case: case.id().clone(), attempt, pdf }])
    }

    pub(super) fn confirm_card(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let (actor, post) = (self.actor()?, self.post());
        self.judged("printing", now, |case, pack| match case.number() {
            Some(number) => printing::confirm(case, pack, &actor, number),
            None => printing::permit(case, pack, post).map(|_| Vec::new()),
        })
    }

    pub(super) fn spoil_card(&mut self, cause: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        self.judged("printing", now, |case, pack| printing::spoil(case, pack, &actor, cause))
    }

    pub(super) fn nothing_came_out(&mut self, seen: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        self.judged("printing", now, |case, pack| printing::nothing_came_out(case, pack, &actor, seen))
    }

    pub(super) fn deliver(&mut self, proof: Proof, taker: Taker, now: Now) -> Result<Vec<Effect>, Trouble> {
        let proof = match proof {
            Proof::IdCard => DeliveryProof::IdCard,
            Proof::ReceiptList => DeliveryProof::ReceiptList,
        };
        let receiver = match taker {
            Taker::Applicant => Receiver::Applicant,
            Taker::Agent => Receiver::Agent,
            Taker::Other => Receiver::Other,
        };
        // The rating is offered in the same transaction, as soon as the card is in the hand (S-48): a case that was
        // delivered and never offered a rating could not be closed.
        let actor = self.actor()?;
        self.judged("delivery", now, |case, pack| {
            let mut facts = delivery::deliver(case, pack, proof, receiver)?;
            if let Ok((delivered, _)) = case.after(&facts, now.at, &actor)
                && pack.rules().rating_points.value.contains(&RatingPoint::Delivery)
            {
                facts.extend(rating::offer(&delivered, pack, RatingPoint::Delivery)?);
            }
            Ok(facts)
        })
    }
}
