//! Results of the handling department that come back (S-53): what a platform offers, and whether it fits a case.
//!
//! A result says whose it is in four ways: case, receipt, item and holder. All four must fit. What does not is refused by
//! name and changes nothing; what comes twice is one fact.

mod cadence;
mod page;

use crate::{
    case::{Answered, Case, Stage},
    fact::Fact,
    nouns::{CardNumber, CaseId, NotA, NumberFrom, ReasonCode, ResultId},
    pack::PolicyPack,
    steps::numbering,
};

pub use cadence::{pause_after, pause_of_rest};
pub use page::{Fetched, Offer, read};

/// A result as a platform wrote it. Its `Debug` hides the holder.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseResult {
    pub id: ResultId,
    pub case: CaseId,
    pub receipt: String,
    pub item_code: String,
    /// As the department has it.
    pub holder_name: String,
    /// The last four characters of the identity number.
    pub holder_tail: String,
    pub approved: bool,
    /// The department's own name for its answer.
    pub reference: String,
    pub reasons: Vec<ReasonCode>,
    /// What it wrote beside them, shortened and with long numbers starred.
    pub said: Option<String>,
    /// Where its system numbers the cards. What cannot be a number is kept as an error, so that it can be refused by name.
    pub card_number: Result<Option<CardNumber>, NotA>,
}

/// What becomes of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It fits: these facts may be written.
    Fits(Vec<Fact>),
    /// The case knows it already: nothing is written, and the platform is told that it was taken.
    Known,
    Refused(Mismatch),
}

/// Why a result is not taken. The platform is told the word, a person the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mismatch {
    /// It lacks something, or holds what cannot be.
    Unreadable,
    /// No case of this counter has that number.
    UnknownCase,
    OtherReceipt,
    OtherItem,
    /// Name or last four characters of the number are not the applicant's.
    OtherHolder,
    /// The case was not accepted: nothing was sent to the department.
    NotAccepted,
    /// The case was withdrawn, refused or sealed.
    Closed,
    /// The department has answered otherwise before.
    Contradicts,
    /// What it brings as the card's number cannot be one.
    BadNumber,
    /// The system has given this number to another case.
    NumberTwice,
    /// The number is on a card already, is void, or was spent.
    NumberUsed,
}

/// Judges a result against the case that it names; `None` when there is no such case.
pub fn judge(result: &CaseResult, case: Option<&Case>, pack: &PolicyPack) -> Verdict {
    let Some(case) = case.filter(|case| *case.id() == result.case) else {
        return Verdict::Refused(Mismatch::UnknownCase);
    };
    let Some(dossier) = case.stage().dossier() else {
        let why = if case.is_closed() { Mismatch::Closed } else { Mismatch::NotAccepted };
        return Verdict::Refused(why);
    };
    if dossier.acceptance.receipt.as_str() != result.receipt {
        return Verdict::Refused(Mismatch::OtherReceipt);
    }
    // A case keeps its pack; the item of another one is none of ours.
    if case.opened().pack != pack.stamp() || pack.item().code.as_str() != result.item_code {
        return Verdict::Refused(Mismatch::OtherItem);
    }
    let number = dossier.identity.number.as_str();
    if dossier.identity.name.as_str() != result.holder_name || !number.ends_with(result.holder_tail.as_str()) {
        return Verdict::Refused(Mismatch::OtherHolder);
    }
    // A reason that this pack does not word could be told to nobody; the department's own words are kept beside.
    let worded = |code: &&ReasonCode| pack.reason(code).is_some() && pack.blocks(code);
    let known: Vec<ReasonCode> = result.reasons.iter().filter(worded).cloned().collect();
    let Ok(given) = &result.card_number else { return Verdict::Refused(Mismatch::BadNumber) };
    match &dossier.answer {
        Answered::NotYet if case.is_closed() => Verdict::Refused(Mismatch::Closed),
        Answered::NotYet => taken(result, given.as_ref(), case, pack, known),
        answer if repeats(answer, result, &known) => Verdict::Known,
        // The system was asked for another number.
        Answered::Approved { .. } if result.approved && given.is_some() && numbering::awaits_number(case, pack) => {
            match given.as_ref().is_some_and(|given| case.spent().iter().any(|spent| spent.number == *given)) {
                true => Verdict::Refused(Mismatch::NumberUsed),
                false => taken(result, given.as_ref(), case, pack, known),
            }
        }
        Answered::Approved { .. } | Answered::Rejected { .. } => Verdict::Refused(Mismatch::Contradicts),
    }
}

/// Whether a case waits for its department at the window that took it in: until a number is bound, where the pack lets
/// nobody number before the answer, or where the department's system gives the number.
pub fn awaits(case: &Case, pack: &PolicyPack) -> bool {
    match case.stage() {
        Stage::Accepted(dossier) => {
            let here = case.situation().is_some_and(|at| pack.holds(&pack.rules().cards_made_at.value, &at));
            match dossier.answer {
                Answered::NotYet => !here || a_village_waits(pack),
                Answered::Approved { .. } | Answered::Rejected { .. } => numbering::awaits_number(case, pack),
            }
        }
        Stage::Draft(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => false,
    }
}

/// Whether a window that makes cards itself waits for the department as well: where the pack says so (D-21), and where the
/// number comes with the department's answer.
pub fn a_village_waits(pack: &PolicyPack) -> bool {
    pack.rules().village_issue_requires_approval.value || numbering::gives(pack) == NumberFrom::System
}

fn taken(
    result: &CaseResult,
    given: Option<&CardNumber>,
    case: &Case,
    pack: &PolicyPack,
    known: Vec<ReasonCode>,
) -> Verdict {
    let approved = result.approved;
    let reasons = if approved { Vec::new() } else { known };
    match numbering::department_answered(case, approved, result.reference.clone(), reasons, given.cloned()) {
        Ok(mut facts) => {
            if approved && given.is_none() && numbering::gives(pack) == NumberFrom::System {
                facts.push(Fact::NumberAsked { instead_of: None });
            }
            for fact in &mut facts {
                if let Fact::DepartmentAnswered { said, .. } = fact {
                    said.clone_from(&result.said);
                }
            }
            Verdict::Fits(facts)
        }
        Err(_) => Verdict::Refused(Mismatch::NotAccepted),
    }
}

/// The same decision under the same name. Whether the department's free words are the same does not matter.
fn repeats(answer: &Answered, result: &CaseResult, known: &[ReasonCode]) -> bool {
    match answer {
        Answered::NotYet => false,
        Answered::Approved { reference, card_number } => {
            result.approved && *reference == result.reference && result.card_number.as_ref() == Ok(card_number)
        }
        Answered::Rejected { reference, reasons, said: _ } => {
            !result.approved && *reference == result.reference && reasons.as_slice() == known
        }
    }
}

impl Mismatch {
    pub const ALL: [Self; 11] = [
        Self::Unreadable,
        Self::UnknownCase,
        Self::OtherReceipt,
        Self::OtherItem,
        Self::OtherHolder,
        Self::NotAccepted,
        Self::Closed,
        Self::Contradicts,
        Self::BadNumber,
        Self::NumberTwice,
        Self::NumberUsed,
    ];

    /// The word on the wire and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "UNREADABLE",
            Self::UnknownCase => "UNKNOWN_CASE",
            Self::OtherReceipt => "OTHER_RECEIPT",
            Self::OtherItem => "OTHER_ITEM",
            Self::OtherHolder => "OTHER_HOLDER",
            Self::NotAccepted => "NOT_ACCEPTED",
            Self::Closed => "CASE_CLOSED",
            Self::Contradicts => "CONTRADICTS",
            Self::BadNumber => "BAD_CARD_NUMBER",
            Self::NumberTwice => "CARD_NUMBER_TWICE",
            Self::NumberUsed => "CARD_NUMBER_USED",
        }
    }
}

impl std::str::FromStr for Mismatch {
    type Err = crate::nouns::NotA;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|one| one.name() == text).ok_or(crate::nouns::NotA { noun: "Mismatch" })
    }
}

impl std::fmt::Debug for CaseResult {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaseResult")
            .field("id", &self.id)
            .field("case", &self.case)
            .field("approved", &self.approved)
            .field("reference", &self.reference)
            .field("reasons", &self.reasons)
            .finish_non_exhaustive()
    }
}
