//! How far a case has come: an enum with data, because it is stored, shown and resumed.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Particulars,
    draft::{Applicant, Draft, MaterialState, Photo, Verdict},
};
use crate::{
    fact::Identity,
    nouns::{
        Actor, ApplicantMode, AttemptId, CardNumber, Collector, DeliveryProof, MaterialCode, PictureHash, PrintOutcome,
        ReasonCode, ReceiptNumber, Receiver,
    },
};

/// The stages in their order, and the two ends beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Steps 1 to 5, in any order.
    Draft(Box<Draft>),
    /// Through the gate; without a number, or without one that is not spent.
    Accepted(Box<Dossier>),
    Numbered {
        dossier: Box<Dossier>,
        number: CardNumber,
    },
    /// At least one attempt for this number; the last of [`super::Case::attempts`] is the current one.
    Printing {
        dossier: Box<Dossier>,
        number: CardNumber,
    },
    /// A person holds the good card.
    Made {
        dossier: Box<Dossier>,
        card: Card,
    },
    Delivered {
        dossier: Box<Dossier>,
        card: Card,
        delivery: Delivery,
    },
    Sealed {
        dossier: Box<Dossier>,
        card: Card,
        delivery: Delivery,
        package: PictureHash,
    },
    /// What was known stays readable for the slip.
    Refused {
        before: Box<Stage>,
        reasons: Vec<ReasonCode>,
    },
    Withdrawn {
        before: Box<Stage>,
        reason: String,
    },
}

/// A case that has passed the gate: nothing in it may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    pub identity: Identity,
    pub party: Party,
    pub applicant: Applicant,
    pub verdict: Verdict,
    pub materials: BTreeMap<MaterialCode, MaterialState>,
    pub portrait: Portrait,
    pub particulars: Particulars,
    pub acceptance: Acceptance,
    pub answer: Answered,
}

/// Who stands at the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    InPerson,
    Agent(Identity),
}

/// The portrait of an accepted case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Portrait {
    /// The pack does not ask for one.
    NotDemanded,
    Passed(Photo),
}

/// When and under which receipt the case was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    pub receipt: ReceiptNumber,
    pub at: Timestamp,
    pub by: Actor,
    /// End of the village clock; `None` elsewhere.
    pub due: Option<Timestamp>,
}

/// What the handling department has said so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    NotYet,
    Approved {
        reference: String,
        /// The number that came with it, where the department's system gives numbers.
        card_number: Option<CardNumber>,
    },
    Rejected {
        reference: String,
        reasons: Vec<ReasonCode>,
        /// What it wrote beside them.
        said: Option<String>,
    },
}

impl Answered {
    /// The number that came with an approval.
    pub fn card_number(&self) -> Option<&CardNumber> {
        match self {
            Self::Approved { card_number, .. } => card_number.as_ref(),
            Self::NotYet | Self::Rejected { .. } => None,
        }
    }

    /// Whether another answer may follow this one: the first, and after an approval one that brings another number, because
    /// the number that came before was spent on a card that went to waste.
    pub fn takes(&self, approved: bool, number: Option<&CardNumber>) -> bool {
        match self {
            Self::NotYet => true,
            Self::Approved { card_number, .. } => approved && number.is_some() && number != card_number.as_ref(),
            Self::Rejected { .. } => false,
        }
    }
}

/// A card in somebody's hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub number: CardNumber,
    pub attempt: AttemptId,
    pub confirmed_at: Timestamp,
    pub confirmed_by: Actor,
    /// The paper photo is glued on (S-18).
    pub photo_glued: bool,
}

/// How the card came into a hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub proof: DeliveryProof,
    pub receiver: Receiver,
    /// The other proof, when both were shown.
    pub also: Option<DeliveryProof>,
    /// Who took it, when it was neither applicant nor agent.
    pub collector: Option<Collector>,
    /// The identity card was read.
    pub id_read: bool,
    pub at: Timestamp,
    pub by: Actor,
}

/// One print attempt and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub id: AttemptId,
    pub number: CardNumber,
    /// The reason of any print but the first.
    pub reprint: Option<String>,
    pub pdf: PictureHash,
    /// The same card as it is archived; cards that were printed before this was kept have none.
    pub archived: Option<PictureHash>,
    pub queue: String,
    pub job: Option<String>,
    pub state: AttemptState,
}

/// How an attempt stands. Only a person makes it `Confirmed` or `Spoiled`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptState {
    /// Decided; whether the job was sent is not yet on record.
    Decided,
    Submitted,
    Ended(PrintOutcome),
    Confirmed,
    Spoiled {
        cause: String,
    },
}

impl AttemptState {
    /// True while the machine may still be at it, or nobody has looked.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Decided | Self::Submitted => true,
            Self::Ended(outcome) => match outcome {
                PrintOutcome::DeviceConfirmed | PrintOutcome::SpoolerConfirmed | PrintOutcome::Unknown => true,
                PrintOutcome::Failed { .. } => false,
            },
            Self::Confirmed | Self::Spoiled { .. } => false,
        }
    }
}

impl Stage {
    /// The word for the ledger's `stage` column.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Draft(_) => "draft",
            Self::Accepted(_) => "accepted",
            Self::Numbered { .. } => "numbered",
            Self::Printing { .. } => "printing",
            Self::Made { .. } => "made",
            Self::Delivered { .. } => "delivered",
            Self::Sealed { .. } => "sealed",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// True for sealed, refused and withdrawn: nothing is ever added to such a case.
    pub fn is_closed(&self) -> bool {
        match self {
            Self::Sealed { .. } | Self::Refused { .. } | Self::Withdrawn { .. } => true,
            Self::Draft(_)
            | Self::Accepted(_)
            | Self::Numbered { .. }
            | Self::Printing { .. }
            | Self::Made { .. }
            | Self::Delivered { .. } => false,
        }
    }

    /// True for the one end that comes with a card and a package.
    pub fn is_sealed(&self) -> bool {
        match self {
            Self::Sealed { .. } => true,
            Self::Draft(_)
            | Self::Accepted(_)
            | Self::Numbered { .. }
            | Self::Printing { .. }
            | Self::Made { .. }
            | Self::Delivered { .. }
            | Self::Refused { .. }
            | Self::Withdrawn { .. } => false,
        }
    }

    /// The draft, also behind a refusal or withdrawal.
    pub fn draft(&self) -> Option<&Draft> {
        match self {
            Self::Draft(draft) => Some(draft),
            Self::Refused { before, .. } | Self::Withdrawn { before, .. } => before.draft(),
            Self::Accepted(_)
            | Self::Numbered { .. }
            | Self::Printing { .. }
            | Self::Made { .. }
            | Self::Delivered { .. }
            | Self::Sealed { .. } => None,
        }
    }

    /// The dossier of an accepted case, whatever came after.
    pub fn dossier(&self) -> Option<&Dossier> {
        match self {
            Self::Draft(_) => None,
            Self::Accepted(dossier)
            | Self::Numbered { dossier, .. }
            | Self::Printing { dossier, .. }
            | Self::Made { dossier, .. }
            | Self::Delivered { dossier, .. }
            | Self::Sealed { dossier, .. } => Some(dossier),
            Self::Refused { before, .. } | Self::Withdrawn { before, .. } => before.dossier(),
        }
    }

    pub(super) fn dossier_mut(&mut self) -> Option<&mut Dossier> {
        match self {
            Self::Accepted(dossier)
            | Self::Numbered { dossier, .. }
            | Self::Printing { dossier, .. }
            | Self::Made { dossier, .. }
            | Self::Delivered { dossier, .. } => Some(dossier),
            Self::Draft(_) | Self::Sealed { .. } | Self::Refused { .. } | Self::Withdrawn { .. } => None,
        }
    }
}

impl Draft {
    /// The gate's record: only a draft from which nothing is missing becomes a dossier. Whether the pack is content
    /// with what is there was asked before ([`crate::steps::acceptance::gaps`]).
    pub(super) fn complete(&self, acceptance: Acceptance) -> Option<Dossier> {
        let applicant = self.applicant.clone()?;
        let party = match applicant.mode {
            ApplicantMode::InPerson => Party::InPerson,
            ApplicantMode::Agent => Party::Agent(self.agent.clone()?),
        };
        let verdict = self.verdict.clone().filter(|verdict| verdict.eligible)?;
        let in_hand = |material: &MaterialCode| {
            let state = self.materials.get(material)?;
            (state.check.is_some() || state.committed_until.is_some()).then_some(())
        };
        applicant.demanded.iter().try_for_each(in_hand)?;
        let portrait = match &applicant.portrait {
            None => Portrait::NotDemanded,
            Some(_) => Portrait::Passed(self.photo.clone().filter(|photo| photo.judgement.is_some())?),
        };
        Some(Dossier {
            identity: self.identity.clone()?,
            party,
            applicant,
            verdict,
            materials: self.materials.clone(),
            portrait,
            particulars: self.particulars.clone(),
            acceptance,
            answer: Answered::NotYet,
        })
    }
}
