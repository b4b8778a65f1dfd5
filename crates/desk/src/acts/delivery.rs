//! Step 9: what was shown, who took the card, and the identity card that is read there.

use casework::fact::Identity;
use casework::nouns::{DeliveryProof, RatingPoint, Receiver};
use casework::steps::delivery::{CollectorEntry, Handing};
use casework::steps::{delivery, rating};

use crate::contract::{CollectorForm, Proof, Taker};
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};

impl Desk {
    pub(super) fn deliver(
        &mut self,
        proofs: &[Proof],
        receiver: Taker,
        collector: Option<CollectorForm>,
        late: Option<String>,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let receiver = receiver_of(receiver);
        let handing = Handing {
            proofs: proofs.iter().map(|proof| proof_of(*proof)).collect(),
            receiver,
            collector: collector.map(|form| CollectorEntry { name: form.name, contact: form.contact }),
            id_read: self.at_hand.shown_card == Some(receiver),
            late,
        };
        // The rating is offered in the same transaction, as soon as the card is in the hand (S-48): a case that was
        // delivered and never offered a rating could not be closed.
        let actor = self.actor()?;
        self.judged("delivery", now, |case, pack| {
            let facts = delivery::deliver(case, pack, now.at, &handing)?;
            rating::with_offer(case, pack, facts, RatingPoint::Delivery, now.at, &actor)
        })
    }

    /// Waits for the identity card that is shown as the proof.
    pub(super) fn read_collector(&mut self) -> Result<Vec<Effect>, Trouble> {
        self.case()?;
        if self.reading {
            return Ok(Vec::new());
        }
        self.at_hand.collecting = true;
        self.at_hand.shown_card = None;
        self.reading = true;
        Ok(vec![Effect::ReadCard])
    }

    /// A card was read as the proof: presented is not taken, so it only says whose it is. Nothing of a stranger's card is
    /// kept.
    pub(super) fn card_was_shown(&mut self, identity: &Identity) -> Result<Vec<Effect>, Trouble> {
        match delivery::holder(self.case()?, &self.pack, &identity.number) {
            Ok(receiver) => {
                self.at_hand.shown_card = Some(receiver);
                Ok(Vec::new())
            }
            Err(casework::steps::Refusal::Refused(_)) => Err(Trouble::of("delivery.other_card")),
            Err(refusal) => Err(fault::refusal("delivery", &refusal, &self.pack)),
        }
    }
}

fn proof_of(proof: Proof) -> DeliveryProof {
    match proof {
        Proof::IdCard => DeliveryProof::IdCard,
        Proof::ReceiptList => DeliveryProof::ReceiptList,
    }
}

fn receiver_of(taker: Taker) -> Receiver {
    match taker {
        Taker::Applicant => Receiver::Applicant,
        Taker::Agent => Receiver::Agent,
        Taker::Other => Receiver::Other,
    }
}
