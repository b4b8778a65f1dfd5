//! Step 9: the card goes into the right hand, against one of two proofs (十·1, 十·2).

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, awake, reason};
use crate::{
    case::{Case, Party, Stage},
    fact::Fact,
    nouns::{Actor, DeliveryProof, Receiver},
    pack::{PhotoOnCard, PolicyPack},
};

/// A person says that the paper photo is glued on (S-18).
///
/// # Errors
/// `NotNow` before the card is made, or where the pack prints the portrait.
pub fn photo_glued(case: &Case, pack: &PolicyPack, actor: &Actor) -> Judgement {
    awake(case, pack)?;
    card_is_made(case)?;
    match pack.rules().photo_on_card.value {
        PhotoOnCard::Glue if actor.is_person() => Ok(vec![Fact::PhotoGlued]),
        PhotoOnCard::Glue => Err(Refusal::NotNow(Obstacle::NotAPerson)),
        PhotoOnCard::Printed => Err(Refusal::NotNow(Obstacle::NotDemanded)),
    }
}

/// Hands the card over. The identity card of the applicant or agent suffices, or the receipt list in anybody's hand
/// (S-54); who took the card is on record.
///
/// # Errors
/// `Refused` for a proof that the pack does not take, or a stranger without the receipt list; `NotNow` before the
/// card is confirmed, or glued where the pack glues; `Correct` for an agent in a case without one.
pub fn deliver(case: &Case, pack: &PolicyPack, proof: DeliveryProof, receiver: Receiver) -> Judgement {
    awake(case, pack)?;
    card_is_made(case)?;
    let glued = case.card().is_some_and(|card| card.photo_glued);
    match pack.rules().photo_on_card.value {
        PhotoOnCard::Glue if !glued => return Err(Refusal::NotNow(Obstacle::PhotoNotGlued)),
        PhotoOnCard::Glue | PhotoOnCard::Printed => {}
    }
    let party = case.stage().dossier().map(|dossier| &dossier.party);
    match (receiver, party) {
        (Receiver::Agent, Some(Party::InPerson) | None) => {
            return Err(Refusal::Correct(vec![FieldFault::new("receiver", FieldWhy::NoAgent)]));
        }
        (Receiver::Agent, Some(Party::Agent(_))) | (Receiver::Applicant | Receiver::Other, _) => {}
    }
    if !pack.rules().delivery_proof.value.contains(&proof) || !proves(proof, receiver) {
        return Err(Refusal::Refused(vec![reason("DELIVERY_PROOF_NOT_ACCEPTED")]));
    }
    Ok(vec![Fact::Delivered { proof, receiver }])
}

/// An identity card proves its holder; the receipt list proves whoever carries it (domain 2.5).
fn proves(proof: DeliveryProof, receiver: Receiver) -> bool {
    match (proof, receiver) {
        (DeliveryProof::ReceiptList, Receiver::Applicant | Receiver::Agent | Receiver::Other) => true,
        (DeliveryProof::IdCard, Receiver::Applicant | Receiver::Agent) => true,
        (DeliveryProof::IdCard, Receiver::Other) => false,
    }
}

fn card_is_made(case: &Case) -> Result<(), Refusal> {
    match case.stage() {
        Stage::Made { .. } => Ok(()),
        Stage::Draft(_) | Stage::Accepted(_) | Stage::Numbered { .. } | Stage::Printing { .. } => {
            Err(Refusal::NotNow(Obstacle::NotMade))
        }
        Stage::Delivered { .. } | Stage::Sealed { .. } | Stage::Refused { .. } | Stage::Withdrawn { .. } => {
            Err(Refusal::NotNow(Obstacle::Closed))
        }
    }
}
