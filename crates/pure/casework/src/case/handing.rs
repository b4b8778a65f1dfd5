//! What the hand-over of the card changes, and a promised time that was missed before it.

use jiff::Timestamp;

use super::{Break, Case, Delivery, Stage, fold::by_a_person};
use crate::{
    fact::{Fact, Recorded},
    nouns::Actor,
};

/// The promised time was over before the card was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    pub reason: String,
    pub at: Timestamp,
    pub by: Actor,
}

impl Case {
    /// Why the promised time was missed, if it was (S-55).
    pub fn missed(&self) -> Option<&Missed> {
        self.missed.as_ref()
    }

    /// Whether the promised time is over at `now` and the card is in nobody's hand yet. The last millisecond of the
    /// promise still keeps it.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.due().is_some_and(|due| now > due) && self.delivery().is_none() && !self.is_closed()
    }
}

pub(super) fn missed(case: &mut Case, recorded: &Recorded, reason: &str, out_of_order: Break) -> Result<(), Break> {
    if !case.is_overdue(recorded.at) || case.missed.is_some() {
        return Err(out_of_order);
    }
    by_a_person(&recorded.actor)?;
    case.missed = Some(Missed { reason: reason.to_owned(), at: recorded.at, by: recorded.actor.clone() });
    Ok(())
}

pub(super) fn delivered(case: &mut Case, recorded: &Recorded, out_of_order: Break) -> Result<(), Break> {
    let Fact::Delivered { proof, receiver, also, collector, id_read } = &recorded.fact else {
        return Err(out_of_order);
    };
    let Stage::Made { dossier, card } = &case.stage else { return Err(out_of_order) };
    by_a_person(&recorded.actor)?;
    let delivery = Delivery {
        proof: *proof,
        receiver: *receiver,
        also: *also,
        collector: collector.clone(),
        id_read: *id_read,
        at: recorded.at,
        by: recorded.actor.clone(),
    };
    case.stage = Stage::Delivered { dossier: dossier.clone(), card: card.clone(), delivery };
    Ok(())
}
