//! The record of a case: a sequence of facts, inserted and never overwritten.
//!
//! A fact is the one domain type that serialises: its JSON is the canonical body that the journal chain hashes
//! (see [`crate::journal`]), so its shape is part of the ledger's format. Fields may be added with a default;
//! none may change its meaning.

mod aftercare;
mod parts;
mod tag;
#[cfg(test)]
mod tests;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::nouns::*;

pub use aftercare::{Again, AgainHow, FollowUpDue, Reminder};
pub use parts::{
    Correction, EntryField, HistoryPage, Identity, IdentityField, IssuedSlip, LossNotice, OldCard, PackStamp,
    PageFinding, PhotoFinding, Reused, RuleFired, SlipKind,
};

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
        /// The card was read at the opening of a batch and not at this case; of an agent only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reused: Option<Reused>,
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
        /// What the pack demands at step `materials` of this [`crate::pack::Situation`], in the pack's order. It stands
        /// in the record so that the fold can forget the material of an earlier entry without asking the pack.
        #[serde(default)]
        demanded: Vec<MaterialCode>,
        /// The material that step `photo` takes, where the pack demands one.
        #[serde(default)]
        portrait: Option<MaterialCode>,
        /// The day on which the demand was asked for: an age band depends on it. `None` in records from before there
        /// were age bands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Date>,
    },
    /// The pack's verdict over facts and date, with the rules that fired.
    EligibilityJudged {
        eligible: bool,
        on: Date,
        rules: Vec<RuleFired>,
        /// What the register said of a valid card of this person: with it the verdict can be asked for again. `None` in
        /// records from before it was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holds_a_card: Option<bool>,
    },
    /// One page of a material was digitised.
    MaterialScanned {
        material: MaterialCode,
        page: u16,
        picture: PictureHash,
        /// What was measured and found wanting.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<PageFinding>,
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
        /// The notice of form, deadline and consequence that the person signed, as it was told.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        told: String,
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
        /// The number that the department's system gives the card, where the pack numbers so (`returned_by_system`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        card_number: Option<CardNumber>,
        /// What the department wrote beside its reasons, shortened and with long numbers starred.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said: Option<String>,
    },
    /// A card number was taken from stock. It never returns to the pool.
    NumberReserved {
        number: CardNumber,
        /// What gave the number. A block in records from before there was anything else.
        #[serde(default, skip_serializing_if = "NumberFrom::is_block")]
        from: NumberFrom,
    },
    /// A reserved number is spent without a print (a damaged blank, a withdrawn application).
    NumberSpoiled {
        number: CardNumber,
        cause: String,
    },
    /// The department's system is asked for a number: the one that it gave is spent, or its approval brought none (domain
    /// 2.3). Written in the transaction of what made it necessary.
    NumberAsked {
        /// The number that went to waste.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<CardNumber>,
    },
    /// A print was decided. Committed before the job is sent. `reprint` holds the reason of any but the first.
    PrintAttempted {
        attempt: AttemptId,
        number: CardNumber,
        reprint: Option<String>,
        pdf: PictureHash,
        queue: String,
        /// SM3 of the calibration (校准) by which the page was put right, 64 hex digits; none where nobody had measured.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        calibration: Option<String>,
        /// The same card as it is archived: PDF/A-2u, in its true place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        archived: Option<PictureHash>,
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
    /// The promised time was over before the card was handed over, and why (S-55).
    DeadlineMissed {
        reason: String,
    },
    /// The card was handed over against one of the two proofs (S-54).
    Delivered {
        proof: DeliveryProof,
        receiver: Receiver,
        /// The other proof, when both were shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        also: Option<DeliveryProof>,
        /// Who took it, when it was neither applicant nor agent. `None` in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collector: Option<Collector>,
        /// The identity card was read and is the receiver's; else somebody looked at it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        id_read: bool,
    },
    /// The number of the card that this case has replaced: void from the delivery on, not before (domain 2.4). Written in
    /// the transaction of [`Fact::Delivered`]; an unknown old number has no such fact.
    OldCardVoided {
        number: CardNumber,
    },
    /// The rating was offered at this point (S-48).
    RatingOffered {
        point: RatingPoint,
    },
    /// An answer of the person's own. No screen, paper or log at the counter shows what is in it.
    RatingGiven {
        point: RatingPoint,
        /// 5 is best; 2 and 1 are bad.
        level: u8,
        /// As chosen; an empty list stays empty.
        codes: Vec<String>,
        /// At most 150 characters, read by nobody at this counter.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
        /// `None` in records from before it was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Rater>,
        /// The answer of this point that was there before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<Again>,
        /// Of a counted bad rating.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        follow_up: Option<FollowUpDue>,
    },
    RatingDeclined {
        point: RatingPoint,
        /// `None` in records from before it was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Rater>,
    },
    /// The handling department was asked to go on (八·四, S-46).
    DepartmentReminded {
        reminder: Reminder,
    },
    /// The person was helped with one of the pack's ways to do things online (八·五, S-47).
    GuideHelped {
        guide: String,
    },
    /// The person does not want that help.
    GuideDeclined,
    /// The papers went from the clerk to the issuer or archivist, signed by both (S-51, S-56).
    HandedOver {
        from: Actor,
        to: Actor,
        papers: Vec<MaterialCode>,
        /// The list that both signed. `None` in records from before there were lists.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        list: Option<ListNumber>,
    },
    /// The working papers went from the window to the issuing staff, signed by both (S-51).
    WorkingPapersHandedOver {
        from: Actor,
        to: Actor,
        papers: Vec<MaterialCode>,
        list: ListNumber,
    },
    /// The case is closed for good. `package` is the hash of its sealed record.
    Sealed {
        package: PictureHash,
    },
    /// A field of a chip was set aside, with the reason (S-41). Without such a fact a chip's field is locked.
    FieldOverridden {
        role: Role,
        field: IdentityField,
        before: String,
        after: String,
        reason: String,
    },
    /// A page of an earlier case was taken over after a person had looked at it and at its age (S-45).
    HistoryReused {
        material: MaterialCode,
        page: u16,
        history: HistoryPage,
    },
    /// The clerk keeps a page although something was found on it, and says why.
    PageKept {
        material: MaterialCode,
        page: u16,
        picture: PictureHash,
        reason: String,
    },
    /// The pages of a material were put into another order, or some were taken out: the pictures before and after,
    /// each list in the order of the pages from 1.
    PagesArranged {
        material: MaterialCode,
        before: Vec<PictureHash>,
        after: Vec<PictureHash>,
    },
    /// What stands in the newspaper that carries the loss notice (S-30).
    LossNoticeRecorded {
        notice: LossNotice,
    },
    /// The number and the condition of the card that is to be replaced (S-32).
    OldCardRecorded {
        card: OldCard,
    },
    /// Something was put right at the counter: before and after in one fact (S-40).
    Corrected {
        correction: Correction,
    },
    /// A slip was given to the person: 不予收件告知书 or 一次性告知单 (S-39; domain 3.3).
    SlipIssued {
        slip: IssuedSlip,
    },
    /// The receipt list was printed once more (补打); `copy` counts from 1 (D-19).
    ReceiptReprinted {
        receipt: ReceiptNumber,
        copy: u16,
        reason: String,
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
