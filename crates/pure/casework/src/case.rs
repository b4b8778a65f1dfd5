//! A case: the fold over its facts.
//!
//! [`Case::replay`] reads a record from the ledger, [`Case::apply`] adds one fact. Both refuse a record that skips a
//! step, spends a number twice or touches a closed case, so that no ledger can hold one unnoticed. What the pack has
//! to say was asked before the fact was made ([`crate::steps`]); the fold needs no pack.

mod draft;
mod fold;
mod handing;
mod particulars;
mod prints;
mod ratings;
mod situation;
mod stage;
mod step;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    fact::{Fact, Identity, IssuedSlip, PackStamp, Recorded},
    nouns::{
        Actor, AttemptId, CardNumber, CaseId, CaseKind, ListNumber, MaterialCode, PictureHash, RatingPoint, ReasonCode,
        ReceiptNumber, WindowCode, WindowLevel,
    },
    steps::Step,
};

pub use draft::{Applicant, Check, Draft, KeptPage, MaterialState, Photo, PhotoJudgement, Verdict};
pub use fold::{Break, BrokenRecord};
pub use handing::Missed;
pub(crate) use particulars::field_of;
pub use particulars::{Corrected, Overridden, Particulars};
pub use ratings::{Aftercare, Rating, RatingAnswer, Reminded};
pub use stage::{Acceptance, Answered, Attempt, AttemptState, Card, Delivery, Dossier, Party, Portrait, Stage};

/// One person's application, as its facts have made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    id: CaseId,
    seq: u32,
    opened: Opened,
    stage: Stage,
    parked: Option<String>,
    attempts: Vec<Attempt>,
    spent: Vec<SpentNumber>,
    number_asked: bool,
    voids: Option<CardNumber>,
    ratings: BTreeMap<RatingPoint, Rating>,
    aftercare: Aftercare,
    handover: Option<Handover>,
    working_papers: Option<Handover>,
    slips: Vec<IssuedSlip>,
    reprints: Vec<Reprint>,
    missed: Option<Missed>,
}

/// How the case began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub kind: CaseKind,
    pub window: WindowCode,
    pub level: WindowLevel,
    pub pack: PackStamp,
    pub training: bool,
    pub at: Timestamp,
    pub by: Actor,
}

/// A number that no card carries. It never returns to the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentNumber {
    pub number: CardNumber,
    pub cause: String,
    /// A person had held the card of this number as a good one.
    pub was_made: bool,
}

/// The papers went on, signed by both sides at once: half a signature cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    pub from: Actor,
    pub to: Actor,
    pub papers: Vec<MaterialCode>,
    /// The list that both signed; `None` in records from before there were lists.
    pub list: Option<ListNumber>,
    pub at: Timestamp,
}

/// The receipt list, printed once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reprint {
    /// Counted from 1; printed as 补打.
    pub copy: u16,
    pub reason: String,
    pub at: Timestamp,
    pub by: Actor,
}

impl Case {
    /// Reads a whole record.
    ///
    /// # Errors
    /// The first fact that cannot have happened, by its place in the case.
    pub fn replay(record: &[Recorded]) -> Result<Self, BrokenRecord> {
        let (first, rest) = record.split_first().ok_or(BrokenRecord { seq: 0, what: Break::Empty })?;
        let mut case = fold::open(first)?;
        for recorded in rest {
            case.apply(recorded)?;
        }
        Ok(case)
    }

    /// Adds one fact. On an error the case is as before.
    ///
    /// # Errors
    /// When the fact cannot follow what is known.
    pub fn apply(&mut self, recorded: &Recorded) -> Result<(), BrokenRecord> {
        let mut next = self.clone();
        fold::apply(&mut next, recorded)?;
        *self = next;
        Ok(())
    }

    /// Facts as they will stand in the ledger, and the case they make of this one.
    ///
    /// # Errors
    /// As [`Case::apply`].
    pub fn after(&self, facts: &[Fact], at: Timestamp, actor: &Actor) -> Result<(Self, Vec<Recorded>), BrokenRecord> {
        let mut case = self.clone();
        let recorded = record(&self.id, self.seq, facts, at, actor);
        for one in &recorded {
            case.apply(one)?;
        }
        Ok((case, recorded))
    }

    /// The first facts of a case that does not exist yet; the first must be [`Fact::Opened`].
    ///
    /// # Errors
    /// As [`Case::replay`].
    pub fn begin(
        id: &CaseId,
        facts: &[Fact],
        at: Timestamp,
        actor: &Actor,
    ) -> Result<(Self, Vec<Recorded>), BrokenRecord> {
        let recorded = record(id, 0, facts, at, actor);
        Ok((Self::replay(&recorded)?, recorded))
    }

    pub fn id(&self) -> &CaseId {
        &self.id
    }

    /// Place of the last fact, from 1. The next one is `seq() + 1`.
    pub fn seq(&self) -> u32 {
        self.seq
    }

    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    pub fn kind(&self) -> CaseKind {
        self.opened.kind
    }

    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    pub fn is_closed(&self) -> bool {
        self.stage.is_closed()
    }

    /// Whether its archive package is stored: the good end.
    pub fn is_sealed(&self) -> bool {
        self.stage.is_sealed()
    }

    /// Why the case is put aside, if it is.
    pub fn parked(&self) -> Option<&str> {
        self.parked.as_deref()
    }

    /// The step that nothing has been done about yet; for a closed case the one it ended at. Whether what was done
    /// contents the pack is asked by [`crate::steps::here`].
    pub fn step(&self) -> Step {
        step::step_of(&self.stage, &self.ratings)
    }

    /// The applicant's identity card.
    pub fn identity(&self) -> Option<&Identity> {
        match self.stage.dossier() {
            Some(dossier) => Some(&dossier.identity),
            None => self.stage.draft()?.identity.as_ref(),
        }
    }

    /// The agent's identity card.
    pub fn agent(&self) -> Option<&Identity> {
        match self.stage.dossier().map(|dossier| &dossier.party) {
            Some(Party::Agent(agent)) => Some(agent),
            Some(Party::InPerson) => None,
            None => self.stage.draft()?.agent.as_ref(),
        }
    }

    /// The clerk's entries.
    pub fn applicant(&self) -> Option<&Applicant> {
        match self.stage.dossier() {
            Some(dossier) => Some(&dossier.applicant),
            None => self.stage.draft()?.applicant.as_ref(),
        }
    }

    pub fn verdict(&self) -> Option<&Verdict> {
        match self.stage.dossier() {
            Some(dossier) => Some(&dossier.verdict),
            None => self.stage.draft()?.verdict.as_ref(),
        }
    }

    /// How far a material has come; `None` while nothing was done about it.
    pub fn material(&self, code: &MaterialCode) -> Option<&MaterialState> {
        self.materials().get(code)
    }

    pub fn materials(&self) -> &BTreeMap<MaterialCode, MaterialState> {
        static NONE: BTreeMap<MaterialCode, MaterialState> = BTreeMap::new();
        let accepted = self.stage.dossier().map(|dossier| &dossier.materials);
        accepted.or_else(|| self.stage.draft().map(|draft| &draft.materials)).unwrap_or(&NONE)
    }

    pub fn photo(&self) -> Option<&Photo> {
        match self.stage.dossier().map(|dossier| &dossier.portrait) {
            Some(Portrait::Passed(photo)) => Some(photo),
            Some(Portrait::NotDemanded) => None,
            None => self.stage.draft()?.photo.as_ref(),
        }
    }

    /// What was recorded beside the entries: newspaper, old card, overrides and corrections.
    pub fn particulars(&self) -> &Particulars {
        static NONE: Particulars = Particulars::none();
        let accepted = self.stage.dossier().map(|dossier| &dossier.particulars);
        accepted.or_else(|| self.stage.draft().map(|draft| &draft.particulars)).unwrap_or(&NONE)
    }

    /// Every slip that was given out, in order.
    pub fn slips(&self) -> &[IssuedSlip] {
        &self.slips
    }

    /// Every reprint of the receipt list, in order.
    pub fn reprints(&self) -> &[Reprint] {
        &self.reprints
    }

    pub fn acceptance(&self) -> Option<&Acceptance> {
        self.stage.dossier().map(|dossier| &dossier.acceptance)
    }

    pub fn receipt(&self) -> Option<&ReceiptNumber> {
        self.acceptance().map(|acceptance| &acceptance.receipt)
    }

    pub fn accepted_at(&self) -> Option<Timestamp> {
        self.acceptance().map(|acceptance| acceptance.at)
    }

    /// End of the village clock.
    pub fn due(&self) -> Option<Timestamp> {
        self.acceptance().and_then(|acceptance| acceptance.due)
    }

    /// The number that is reserved or on the card; a spent one is in [`Case::spent`].
    pub fn number(&self) -> Option<&CardNumber> {
        match &self.stage {
            Stage::Numbered { number, .. } | Stage::Printing { number, .. } => Some(number),
            Stage::Made { card, .. } | Stage::Delivered { card, .. } | Stage::Sealed { card, .. } => Some(&card.number),
            Stage::Draft(_) | Stage::Accepted(_) | Stage::Refused { .. } | Stage::Withdrawn { .. } => None,
        }
    }

    /// Every print attempt, in order.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// The attempt that a person still has to say something about, or that is still running.
    pub fn open_attempt(&self) -> Option<&Attempt> {
        self.attempts.last().filter(|attempt| attempt.state.is_open())
    }

    pub fn attempt(&self, id: &AttemptId) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.id == *id)
    }

    pub fn spent(&self) -> &[SpentNumber] {
        &self.spent
    }

    /// The department's system was asked for a number and has not sent one yet.
    pub fn number_asked(&self) -> bool {
        self.number_asked
    }

    /// The number of the replaced card, once this case has made it void.
    pub fn voids(&self) -> Option<&CardNumber> {
        self.voids.as_ref()
    }

    pub fn card(&self) -> Option<&Card> {
        match &self.stage {
            Stage::Made { card, .. } | Stage::Delivered { card, .. } | Stage::Sealed { card, .. } => Some(card),
            Stage::Draft(_)
            | Stage::Accepted(_)
            | Stage::Numbered { .. }
            | Stage::Printing { .. }
            | Stage::Refused { .. }
            | Stage::Withdrawn { .. } => None,
        }
    }

    pub fn delivery(&self) -> Option<&Delivery> {
        match &self.stage {
            Stage::Delivered { delivery, .. } | Stage::Sealed { delivery, .. } => Some(delivery),
            Stage::Draft(_)
            | Stage::Accepted(_)
            | Stage::Numbered { .. }
            | Stage::Printing { .. }
            | Stage::Made { .. }
            | Stage::Refused { .. }
            | Stage::Withdrawn { .. } => None,
        }
    }

    pub fn ratings(&self) -> &BTreeMap<RatingPoint, Rating> {
        &self.ratings
    }

    /// What else was done for the person after acceptance.
    pub fn aftercare(&self) -> &Aftercare {
        &self.aftercare
    }

    pub fn handover(&self) -> Option<&Handover> {
        self.handover.as_ref()
    }

    /// The hand-over of the working papers to the issuing staff (S-51).
    pub fn working_papers(&self) -> Option<&Handover> {
        self.working_papers.as_ref()
    }

    /// Hash of the sealed record.
    pub fn package(&self) -> Option<&PictureHash> {
        match &self.stage {
            Stage::Sealed { package, .. } => Some(package),
            Stage::Draft(_)
            | Stage::Accepted(_)
            | Stage::Numbered { .. }
            | Stage::Printing { .. }
            | Stage::Made { .. }
            | Stage::Delivered { .. }
            | Stage::Refused { .. }
            | Stage::Withdrawn { .. } => None,
        }
    }

    /// The reasons of a refused case.
    pub fn refused_for(&self) -> &[ReasonCode] {
        match &self.stage {
            Stage::Refused { reasons, .. } => reasons,
            Stage::Draft(_)
            | Stage::Accepted(_)
            | Stage::Numbered { .. }
            | Stage::Printing { .. }
            | Stage::Made { .. }
            | Stage::Delivered { .. }
            | Stage::Sealed { .. }
            | Stage::Withdrawn { .. } => &[],
        }
    }
}

fn record(id: &CaseId, seq: u32, facts: &[Fact], at: Timestamp, actor: &Actor) -> Vec<Recorded> {
    (seq + 1..)
        .zip(facts)
        .map(|(seq, fact)| Recorded { case: id.clone(), seq, at, actor: actor.clone(), fact: fact.clone() })
        .collect()
}
