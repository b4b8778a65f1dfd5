//! The record of a case: a sequence of facts, inserted and never overwritten.
//!
//! A fact is the one domain type that serialises: its JSON is the canonical body that the journal chain hashes
//! (see [`crate::journal`]), so its shape is part of the ledger's format. Fields may be added with a default;
//! none may change its meaning.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::nouns::*;

/// One fact of one case, as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    pub case: CaseId,
    /// Position in the case, counted from 1 without gaps.
    pub seq: u32,
    pub at: Timestamp,
    pub actor: Actor,
    pub fact: Fact,
}

/// What can be true of a case. The list is closed: every stage of [`crate::case::Case`] is a fold over it.
/// Its `Debug` is the body, except where that is about a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// The case exists. It carries the rules it is judged by.
    Opened {
        kind: CaseKind,
        window: WindowCode,
        level: WindowLevel,
        pack: PackStamp,
        training: bool,
    },
    /// An identity card was read (or typed, and then marked so) for one role.
    Identified {
        role: Role,
        identity: Identity,
    },
    /// Contact and the clerk's decisions about mode, hukou and handling department (D-13, D-18).
    ApplicantFilled {
        mode: ApplicantMode,
        hukou: Hukou,
        /// Why the clerk decided so, in the clerk's words (S-26).
        hukou_basis: String,
        phone: String,
        contact_address: String,
        department: CountyId,
        /// What the pack demands at step `materials` for this mode, hukou and kind, in the pack's order. It stands
        /// in the record so that the fold can forget the material of an earlier entry without asking the pack.
        #[serde(default)]
        demanded: Vec<MaterialCode>,
        /// The material that step `photo` takes, where the pack demands one.
        #[serde(default)]
        portrait: Option<MaterialCode>,
    },
    /// The pack's verdict over facts and date, with the rules that fired.
    EligibilityJudged {
        eligible: bool,
        on: Date,
        rules: Vec<RuleFired>,
    },
    /// One page of a material was digitised.
    MaterialScanned {
        material: MaterialCode,
        page: u16,
        picture: PictureHash,
    },
    /// The clerk's formal check of one material: original seen, common errors ticked (S-38).
    MaterialChecked {
        material: MaterialCode,
        original_inspected: bool,
        errors: Vec<ReasonCode>,
    },
    /// A scanned original went back to the person (S-11).
    MaterialReturned {
        material: MaterialCode,
    },
    /// A missing material is promised until a day, where the pack tolerates it (domain 3.3).
    ToleranceCommitted {
        material: MaterialCode,
        until: Date,
    },
    /// A portrait was measured. `original` is kept untouched beside the crop.
    PhotoMeasured {
        original: PictureHash,
        crop: PictureHash,
        width_um: u32,
        height_um: u32,
        findings: Vec<PhotoFinding>,
    },
    /// The clerk's own verdict on the portrait (S-13, S-15).
    PhotoJudged {
        same_person: bool,
        bareheaded: bool,
        recent: bool,
    },
    /// The gate was passed. For a village window `due` is 30 minutes later (S-55).
    Accepted {
        receipt: ReceiptNumber,
        due: Option<Timestamp>,
    },
    /// The handling department answered the push. A hall waits for it; a village if its pack says so (D-21).
    DepartmentAnswered {
        approved: bool,
        /// The department's own name for its answer.
        reference: String,
        /// The pack's reasons when it did not approve.
        reasons: Vec<ReasonCode>,
    },
    /// A card number was taken from stock. It never returns to the pool.
    NumberReserved {
        number: CardNumber,
    },
    /// A reserved number is spent without a print (a damaged blank, a withdrawn application).
    NumberSpoiled {
        number: CardNumber,
        cause: String,
    },
    /// A print was decided. Committed before the job is sent. `reprint` holds the reason of any but the first.
    PrintAttempted {
        attempt: AttemptId,
        number: CardNumber,
        reprint: Option<String>,
        pdf: PictureHash,
        queue: String,
    },
    /// The queue took the job.
    JobSubmitted {
        attempt: AttemptId,
        job: String,
    },
    /// What is known of the job's end. Never a claim that a card exists.
    PrintEnded {
        attempt: AttemptId,
        outcome: PrintOutcome,
    },
    /// A person holds a good card in hand.
    CardConfirmed {
        attempt: AttemptId,
        number: CardNumber,
    },
    /// A person says that this card is waste. Its number is spent.
    CardSpoiled {
        attempt: AttemptId,
        number: CardNumber,
        cause: String,
    },
    /// A person says that the paper photo is glued on the card (S-18). Only where the pack glues it.
    PhotoGlued,
    /// The card was handed over against one of the two proofs (S-54).
    Delivered {
        proof: DeliveryProof,
        receiver: Receiver,
    },
    /// The rating was offered at this point (S-48).
    RatingOffered {
        point: RatingPoint,
    },
    RatingGiven {
        point: RatingPoint,
        level: u8,
        codes: Vec<String>,
    },
    RatingDeclined {
        point: RatingPoint,
    },
    /// The papers went from the clerk to the issuer or archivist, signed by both (S-51, S-56).
    HandedOver {
        from: Actor,
        to: Actor,
        papers: Vec<MaterialCode>,
    },
    /// The case is closed for good. `package` is the hash of its sealed record.
    Sealed {
        package: PictureHash,
    },
    /// Put aside; every entry stays.
    Parked {
        reason: String,
    },
    Resumed,
    /// The rule said no (S-39). Final.
    Refused {
        reasons: Vec<ReasonCode>,
    },
    /// The person took the application back. Final.
    Withdrawn {
        reason: String,
    },
}

impl Fact {
    /// The name of the fact in the ledger's `kind` column; equal to the `fact` tag of its JSON.
    pub fn tag(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Identified { .. } => "identified",
            Self::ApplicantFilled { .. } => "applicant_filled",
            Self::EligibilityJudged { .. } => "eligibility_judged",
            Self::MaterialScanned { .. } => "material_scanned",
            Self::MaterialChecked { .. } => "material_checked",
            Self::MaterialReturned { .. } => "material_returned",
            Self::ToleranceCommitted { .. } => "tolerance_committed",
            Self::PhotoMeasured { .. } => "photo_measured",
            Self::PhotoJudged { .. } => "photo_judged",
            Self::Accepted { .. } => "accepted",
            Self::DepartmentAnswered { .. } => "department_answered",
            Self::NumberReserved { .. } => "number_reserved",
            Self::NumberSpoiled { .. } => "number_spoiled",
            Self::PrintAttempted { .. } => "print_attempted",
            Self::JobSubmitted { .. } => "job_submitted",
            Self::PrintEnded { .. } => "print_ended",
            Self::CardConfirmed { .. } => "card_confirmed",
            Self::CardSpoiled { .. } => "card_spoiled",
            Self::PhotoGlued => "photo_glued",
            Self::Delivered { .. } => "delivered",
            Self::RatingOffered { .. } => "rating_offered",
            Self::RatingGiven { .. } => "rating_given",
            Self::RatingDeclined { .. } => "rating_declined",
            Self::HandedOver { .. } => "handed_over",
            Self::Sealed { .. } => "sealed",
            Self::Parked { .. } => "parked",
            Self::Resumed => "resumed",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The canonical body: compact JSON in the order of declaration. The journal chain holds its SM3.
    pub fn body(&self) -> String {
        serde_json::to_string(self).expect("a fact holds only text, numbers and lists, which always serialise")
    }
}

impl std::fmt::Debug for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Identified { .. } | Self::ApplicantFilled { .. } | Self::EligibilityJudged { .. } => {
                write!(f, "{} (hidden)", self.tag())
            }
            Self::Opened { .. }
            | Self::MaterialScanned { .. }
            | Self::MaterialChecked { .. }
            | Self::MaterialReturned { .. }
            | Self::ToleranceCommitted { .. }
            | Self::PhotoMeasured { .. }
            | Self::PhotoJudged { .. }
            | Self::Accepted { .. }
            | Self::DepartmentAnswered { .. }
            | Self::NumberReserved { .. }
            | Self::NumberSpoiled { .. }
            | Self::PrintAttempted { .. }
            | Self::JobSubmitted { .. }
            | Self::PrintEnded { .. }
            | Self::CardConfirmed { .. }
            | Self::CardSpoiled { .. }
            | Self::PhotoGlued
            | Self::Delivered { .. }
            | Self::RatingOffered { .. }
            | Self::RatingGiven { .. }
            | Self::RatingDeclined { .. }
            | Self::HandedOver { .. }
            | Self::Sealed { .. }
            | Self::Parked { .. }
            | Self::Resumed
            | Self::Refused { .. }
            | Self::Withdrawn { .. } => f.write_str(&self.body()),
        }
    }
}

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

/// Which rules a case is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackStamp {
    pub id: String,
    /// SM3 of the pack file's bytes, hex.
    pub hash: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_is_the_json_tag_and_the_body_reads_back() {
        let facts = [
            Fact::Resumed,
            Fact::PhotoGlued,
            Fact::NumberSpoiled { number: "YY000001".parse().unwrap(), cause: "空白证破损".to_owned() },
            Fact::PrintEnded {
                attempt: "C-P1".parse().unwrap(),
                outcome: PrintOutcome::Failed { reason: "缺卡".to_owned() },
            },
        ];
        for fact in facts {
            let json: serde_json::Value = serde_json::from_str(&fact.body()).unwrap();
            assert_eq!(json["fact"], fact.tag());
            assert_eq!(serde_json::from_str::<Fact>(&fact.body()).unwrap(), fact);
        }
    }

    #[test]
    fn debug_shows_nothing_of_a_person() {
        let entry = r#"{"fact":"applicant_filled","mode":"in_person","hukou":"local","hukou_basis":"芯片住址",
            "phone":"13900000000","contact_address":"某村","department":"heshan"}"#;
        let fact: Fact = serde_json::from_str(entry).unwrap();
        assert_eq!(format!("{fact:?}"), "applicant_filled (hidden)");
        assert_eq!(format!("{:?}", Fact::Resumed), r#"{"fact":"resumed"}"#);
    }

    #[test]
    fn an_entry_written_before_demanded_existed_still_reads() {
        let old = r#"{"fact":"applicant_filled","mode":"in_person","hukou":"local","hukou_basis":"芯片住址",
            "phone":"13900000000","contact_address":"某村","department":"heshan"}"#;
        let Fact::ApplicantFilled { demanded, .. } = serde_json::from_str(old).unwrap() else { panic!("other fact") };
        assert!(demanded.is_empty());
    }
}
