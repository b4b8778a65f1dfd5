//! Step 9: the card goes into the right hand, against one of two proofs (十·1, 十·2).

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{FieldFault, FieldWhy, Judgement, Obstacle, Refusal, awake, printing::said, reason};
use crate::{
    case::{Case, Stage},
    fact::{Fact, Identity},
    nouns::{Actor, CardNumber, CaseKind, Collector, DeliveryProof, IdNumber, PersonName, Phone, Receiver},
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

/// What was shown at the hand-over, and who took the card.
#[derive(Clone, PartialEq, Eq)]
pub struct Handing {
    /// None, one or both; either suffices.
    pub proofs: BTreeSet<DeliveryProof>,
    pub receiver: Receiver,
    /// Who it is, when it is neither applicant nor agent.
    pub collector: Option<CollectorEntry>,
    /// The identity card was read, and it is the receiver's.
    pub id_read: bool,
    /// Why the promised time was missed; only looked at when it was.
    pub late: Option<String>,
}

/// Name, and identity number or phone, as the clerk typed them.
#[derive(Clone, PartialEq, Eq)]
pub struct CollectorEntry {
    pub name: String,
    pub contact: String,
}

/// Hands the card over. The identity card of the applicant or agent suffices, or the receipt list in anybody's hand
/// (S-54); what was shown and who took the card is on record. After the promised time the reason is written in the same
/// transaction (S-55). With the new card in the hand the old number is void, and not before.
///
/// # Errors
/// `Refused` without a proof that the pack takes, or for a stranger without the receipt list; `NotNow` before the
/// card is confirmed, or glued where the pack glues; `Correct` for an agent in a case without one, a stranger without
/// name or contact, and a late card without a reason, all at once.
pub fn deliver(case: &Case, pack: &PolicyPack, now: Timestamp, handing: &Handing) -> Judgement {
    awake(case, pack)?;
    card_is_made(case)?;
    let glued = case.card().is_some_and(|card| card.photo_glued);
    match pack.rules().photo_on_card.value {
        PhotoOnCard::Glue if !glued => return Err(Refusal::NotNow(Obstacle::PhotoNotGlued)),
        PhotoOnCard::Glue | PhotoOnCard::Printed => {}
    }
    let receiver = handing.receiver;
    let taken = &pack.rules().delivery_proof.value;
    let proof = handing.proofs.iter().find(|proof| taken.contains(proof) && proves(**proof, receiver));
    let proof = *proof.ok_or_else(|| Refusal::Refused(vec![reason("DELIVERY_PROOF_NOT_ACCEPTED")]))?;
    let mut faults = Vec::new();
    match (receiver, case.agent()) {
        (Receiver::Agent, None) => faults.push(FieldFault::new("receiver", FieldWhy::NoAgent)),
        (Receiver::Agent, Some(_)) | (Receiver::Applicant | Receiver::Other, _) => {}
    }
    let collector = match (receiver, &handing.collector) {
        (Receiver::Other, entry) => collector(entry.as_ref(), &mut faults),
        (Receiver::Applicant | Receiver::Agent, _) => None,
    };
    let missed = match case.is_overdue(now) {
        true => said("late", handing.late.as_deref().unwrap_or_default()).map(Some),
        false => Ok(None),
    };
    let missed = missed.unwrap_or_else(|refusal| {
        if let Refusal::Correct(more) = refusal {
            faults.extend(more);
        }
        None
    });
    if !faults.is_empty() {
        return Err(Refusal::Correct(faults));
    }
    let also = handing.proofs.iter().copied().find(|other| *other != proof);
    let id_read = handing.id_read && handing.proofs.contains(&DeliveryProof::IdCard);
    let delivered = Fact::Delivered { proof, receiver, also, collector, id_read };
    let void = replaced(case).map(|number| Fact::OldCardVoided { number: number.clone() });
    Ok(missed.map(|reason| Fact::DeadlineMissed { reason }).into_iter().chain([delivered]).chain(void).collect())
}

/// Whose identity card it is that was read at the hand-over: it proves its holder and nobody else.
///
/// # Errors
/// `Refused` for the card of neither applicant nor agent; `NotNow` before the card is made.
pub fn holder(case: &Case, pack: &PolicyPack, number: &IdNumber) -> Result<Receiver, Refusal> {
    awake(case, pack)?;
    card_is_made(case)?;
    let is = |identity: Option<&Identity>| identity.is_some_and(|identity| identity.number == *number);
    match (is(case.identity()), is(case.agent())) {
        (true, _) => Ok(Receiver::Applicant),
        (false, true) => Ok(Receiver::Agent),
        (false, false) => Err(Refusal::Refused(vec![reason("DELIVERY_PROOF_NOT_ACCEPTED")])),
    }
}

/// Name and contact of a stranger: who signs for the card has to be found again.
fn collector(entry: Option<&CollectorEntry>, faults: &mut Vec<FieldFault>) -> Option<Collector> {
    let (name, contact) = entry.map_or(("", ""), |entry| (entry.name.trim(), entry.contact.trim()));
    let read = match name.parse::<PersonName>() {
        Ok(name) => Some(name),
        Err(_) => {
            let why = if name.is_empty() { FieldWhy::Missing } else { FieldWhy::NotAValue };
            faults.push(FieldFault::new("collector_name", why));
            None
        }
    };
    // Eighteen characters can only be meant as an identity number; everything else as a phone.
    let of_a_number = contact.chars().count() == 18;
    let number = if of_a_number { contact.to_uppercase().parse::<IdNumber>().ok() } else { None };
    let phone = if of_a_number { None } else { Phone::read(contact).dialable().map(str::to_owned) };
    if number.is_none() && phone.is_none() {
        let why = match (contact.is_empty(), of_a_number) {
            (true, _) => FieldWhy::Missing,
            (false, true) => FieldWhy::NotANumber,
            (false, false) => FieldWhy::NotAPhone,
        };
        faults.push(FieldFault::new("collector_contact", why));
        return None;
    }
    Some(Collector { name: read?, number, phone })
}

/// The number of the card that this case replaces, where it is known. It is good until the new card is delivered, so that
/// a case that fails, or is refused or withdrawn, leaves the person with a valid card (domain 2.4).
pub fn replaced(case: &Case) -> Option<&CardNumber> {
    match case.kind() {
        CaseKind::First => None,
        CaseKind::ReissueLost | CaseKind::ReissueDamaged => {
            let old = case.particulars().old_card.as_ref()?.number.as_ref();
            // A card does not replace itself, whatever was typed.
            old.filter(|old| case.number() != Some(old))
        }
    }
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
