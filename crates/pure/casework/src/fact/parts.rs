//! What facts hold: the parts of a body that have a name of their own.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::nouns::*;

/// What a chip, or a clerk's keyboard, said about a person. Its `Debug` hides the person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub source: IdentitySource,
    pub document: DocumentKind,
    pub name: PersonName,
    pub sex: Sex,
    /// GB/T 3304 code as two digits, kept raw; unknown codes survive.
    pub ethnicity: String,
    pub birth: Date,
    pub address: String,
    pub number: IdNumber,
    pub issuing_authority: String,
    pub valid_from: Option<Date>,
    pub valid_until: ValidUntil,
    /// The reader's SAM id, `None` when typed.
    pub sam_id: Option<String>,
    /// The chip record as read: 256 bytes of text, kept whole as hex.
    pub raw_text: Option<String>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity")
            .field("source", &self.source)
            .field("document", &self.document)
            .field("valid_until", &self.valid_until)
            .finish_non_exhaustive()
    }
}

/// An agent whose card was read at the opening of a batch (集中办理).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reused {
    pub batch: BatchNumber,
    /// When the card was read, or typed from its face.
    pub read_at: Timestamp,
    /// How the agent stands to the applicants of the batch, in words.
    pub standing: String,
}

/// One rule of the pack that was asked, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleFired {
    /// The pack's key, for example `min_age`.
    pub rule: String,
    pub passed: bool,
    /// The reason it gives when it does not pass.
    pub reason: Option<ReasonCode>,
    /// The facts it rested on, in words, for "为什么".
    pub because: String,
}

/// One finding about a portrait, named as the pack names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoFinding {
    pub code: ReasonCode,
    pub blocks: bool,
    /// What was measured, with its unit, for example `25.1 × 34.8 mm`.
    pub measured: String,
}

/// One finding about a scanned page, named as the pack names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFinding {
    pub code: ReasonCode,
    pub blocks: bool,
    /// What was measured, with its unit.
    pub measured: String,
    /// The threshold that it missed, with its unit.
    pub threshold: String,
}

/// Which rules a case is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackStamp {
    pub id: String,
    /// SM3 of the pack file's bytes, hex.
    pub hash: String,
}

/// A field of an identity that a clerk may set aside with a reason. Number, birth, document and its last day are not
/// among them: they decide the verdict, and another number is another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityField {
    Name,
    /// Two digits of GB/T 3304.
    Ethnicity,
    Address,
}

/// A page that was kept from an earlier case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPage {
    pub picture: PictureHash,
    /// Where it comes from, for example the number of the earlier case.
    pub source: String,
    pub taken_on: Date,
    /// How old it was when it was looked at, days.
    pub age_days: u32,
    /// Who looked at the picture and its age.
    pub checked_by: Actor,
}

/// The newspaper that carries a loss notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LossNotice {
    pub paper: String,
    pub published: Date,
    /// As the paper counts: `A4`, `第3版`.
    pub page: String,
}

/// The card that is to be replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldCard {
    /// `None` is recorded as unknown and stops nobody (domain 2.4).
    pub number: Option<CardNumber>,
    /// What is left of it, in the clerk's words.
    pub condition: String,
}

/// Something put right at the counter. Its `Debug` hides entries, which are personal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Correction {
    /// Common errors that no longer stand.
    Material {
        material: MaterialCode,
        before: Vec<ReasonCode>,
        after: Vec<ReasonCode>,
        how: String,
    },
    Entry {
        field: EntryField,
        before: String,
        after: String,
    },
}

/// An entry of the clerk on which no other fact rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryField {
    HukouBasis,
    Phone,
    ContactAddress,
}

impl std::fmt::Debug for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Material { material, before, after, how: _ } => f
                .debug_struct("Material")
                .field("material", material)
                .field("before", before)
                .field("after", after)
                .finish_non_exhaustive(),
            Self::Entry { field, before: _, after: _ } => {
                f.debug_struct("Entry").field("field", field).finish_non_exhaustive()
            }
        }
    }
}

/// A slip as it was given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedSlip {
    pub kind: SlipKind,
    pub number: SlipNumber,
    /// The lines as printed, in order.
    pub lines: Vec<String>,
    /// The very sheet that was given out, so that it can be printed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pdf: Option<PictureHash>,
}

/// What a slip tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlipKind {
    /// 不予收件告知书.
    Refusal,
    /// 一次性告知单.
    OneTimeNotice,
}
