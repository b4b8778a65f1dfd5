//! The procedure, one file a step. Every function here is a judgement: it looks at the case, the pack and the day,
//! and gives the facts that may be written, or says why not. Nothing is changed; the desk writes the facts, and
//! [`crate::case::Case`] is what they make.

pub mod acceptance;
pub mod applicant;
pub mod archive;
pub mod delivery;
pub mod eligibility;
pub mod identify;
pub mod materials;
pub mod numbering;
pub mod photo;
pub mod printing;
pub mod rating;

use jiff::civil::Date;

use crate::{
    case::{Case, Draft, Stage},
    nouns::{RatingPoint, ReasonCode},
    pack::PolicyPack,
};

pub use crate::refusal::{FieldFault, FieldWhy, Gap, Obstacle, Refusal};

/// What every judgement answers: facts to write, or why not.
pub type Judgement = Result<Vec<crate::fact::Fact>, Refusal>;

/// The eleven steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Identify,
    Applicant,
    Eligibility,
    Materials,
    Photo,
    Acceptance,
    Numbering,
    Printing,
    Delivery,
    Rating,
    Archive,
}

impl Step {
    pub const ALL: [Self; 11] = [
        Self::Identify,
        Self::Applicant,
        Self::Eligibility,
        Self::Materials,
        Self::Photo,
        Self::Acceptance,
        Self::Numbering,
        Self::Printing,
        Self::Delivery,
        Self::Rating,
        Self::Archive,
    ];

    /// The name of the step's file, here and in the screens.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identify => "identify",
            Self::Applicant => "applicant",
            Self::Eligibility => "eligibility",
            Self::Materials => "materials",
            Self::Photo => "photo",
            Self::Acceptance => "acceptance",
            Self::Numbering => "numbering",
            Self::Printing => "printing",
            Self::Delivery => "delivery",
            Self::Rating => "rating",
            Self::Archive => "archive",
        }
    }
}

/// Who asks: an intake clerk or an issuing post. A village clerk is both; elsewhere only the issuing post numbers,
/// prints and delivers (S-49, S-53).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Post {
    IntakeClerk,
    Issuer,
}

/// The step whose screen belongs in front of the clerk: the first with a gap before acceptance, then
/// [`Case::step`].
pub fn here(case: &Case, pack: &PolicyPack, today: Date) -> Step {
    match case.stage() {
        Stage::Draft(_) => acceptance::gaps(case, pack, today).first().map_or(Step::Acceptance, |gap| gap.step),
        // Where nobody is there to be asked, or the pack does not ask, there is nothing to rate.
        Stage::Delivered { .. } => {
            let nobody = rating::at_hand(case).is_none() && rating::offer(case, pack, RatingPoint::Delivery).is_err();
            if nobody && case.step() == Step::Rating { Step::Archive } else { case.step() }
        }
        Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => case.step(),
    }
}

/// Whether anything may be written now, by this pack.
pub(crate) fn awake(case: &Case, pack: &PolicyPack) -> Result<(), Refusal> {
    if case.is_closed() {
        return Err(Refusal::NotNow(Obstacle::Closed));
    }
    if case.parked().is_some() {
        return Err(Refusal::NotNow(Obstacle::Parked));
    }
    if case.opened().pack != pack.stamp() {
        return Err(Refusal::NotNow(Obstacle::OtherPack));
    }
    Ok(())
}

/// The draft, while the case is one.
fn drafting<'a>(case: &'a Case, pack: &PolicyPack) -> Result<&'a Draft, Refusal> {
    awake(case, pack)?;
    match case.stage() {
        Stage::Draft(draft) => Ok(draft),
        Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. } => Err(Refusal::NotNow(Obstacle::AlreadyAccepted)),
    }
}

/// A reason that the steps speak; [`crate::pack`] has made sure that the pack words it.
pub(crate) fn reason(code: &str) -> ReasonCode {
    code.parse().expect("the program's own reasons are written in upper snake case")
}

/// `2021年11月8日`, as every text for a person has it.
pub fn in_words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Puts facts into the holes of a pack's sentence.
fn fill(sentence: &str, holes: &[(&str, String)]) -> String {
    let mut text = sentence.to_owned();
    for (hole, value) in holes {
        text = text.replace(&format!("{{{hole}}}"), value);
    }
    text
}
