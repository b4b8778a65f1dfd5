//! The record of a station: what happened there that belongs to no case, chained into the same journal.
//!
//! As with [`crate::fact`], the JSON of a station's fact is the body that the journal hashes, so its shape is part of
//! the ledger's format: fields may be added with a default, and none may change its meaning. No password, hash of a
//! password or personal data of an applicant stands in one.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    batch::BatchEnd,
    day::DayClose,
    follow_up::Settled,
    nouns::{
        Actor, BatchNumber, CardNumber, CaseId, IdentitySource, ListKind, ListNumber, PersonRole, PictureHash,
        PlatformId, ReasonCode, SlipNumber, WindowCode,
    },
    stock::Serials,
};

/// One thing that happened at a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum StationFact {
    /// A person of the station exists from now on.
    PersonAdded {
        name: Actor,
        roles: BTreeSet<PersonRole>,
    },
    /// The roles of a person are these and no others.
    RolesSet {
        name: Actor,
        roles: BTreeSet<PersonRole>,
    },
    /// A person has another password. Wrong tries are forgotten with the old one.
    PasswordSet {
        name: Actor,
    },
    /// A person signs in no more. The name stays in the rows it stands in.
    PersonDismissed {
        name: Actor,
    },
    SignedIn {
        name: Actor,
    },
    /// `idle` when nobody had asked for anything for the station's time.
    SignedOut {
        name: Actor,
        idle: bool,
    },
    /// A wrong name or password. The name only if it is one of the station's: what else was typed may be a password.
    SignInFailed {
        name: Option<Actor>,
    },
    /// So many wrong tries that the name takes no more until then.
    LockedOut {
        name: Option<Actor>,
        until: Timestamp,
    },
    /// The full identity number of a case was shown, and why.
    Unmasked {
        case: CaseId,
        reason: String,
    },
    /// A person had a message that waits, or that its platform refused, sent again at once.
    MessageRetried {
        /// Idempotency key of the message.
        key: String,
        case: CaseId,
        /// The state it was in, for example `rejected`.
        was: String,
    },
    /// A person had everything that waits for a platform sent again at once; so many messages.
    PlatformRetried {
        platform: PlatformId,
        messages: u32,
    },
    /// A person has found out what became of a message of which nobody knew: it arrived, under this receipt number.
    MessageArrived {
        key: String,
        case: CaseId,
        receipt: String,
    },
    /// The waiting messages with these keys were sealed for the county as export `serial`; `sm3` is that of the file.
    OutboxExported {
        serial: u32,
        sm3: String,
        keys: Vec<String>,
    },
    /// What the county answered to export `serial`, message by message; `sm3` is that of the file with the answers.
    ReceiptsImported {
        serial: u32,
        sm3: String,
        answers: Vec<StickAnswer>,
    },
    /// A supervisor settled the follow-up of a bad rating. Its `Debug` does not say of which case.
    FollowUpSettled {
        settled: Settled,
    },
    /// Blanks came in. `serials` where the blank bears the card's number; then `count` is theirs.
    BlanksReceived {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        serials: Option<Serials>,
        count: u32,
        /// From whom, or by which delivery note.
        source: String,
    },
    /// Blanks are waste although nothing was printed on them.
    BlanksSpoiled {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        serial: Option<CardNumber>,
        count: u32,
        cause: String,
    },
    /// Blanks are not to be found.
    BlanksLost {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        serial: Option<CardNumber>,
        count: u32,
        cause: String,
    },
    /// Another block of running numbers was granted to this window, both ends included.
    BlockGranted {
        lo: u32,
        hi: u32,
    },
    /// A day was closed (日结), or closed again with a correction.
    DayClosed {
        close: Box<DayClose>,
        /// The sheet that was printed of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sheet: Option<PictureHash>,
    },
    /// A hand-over list was signed by both sides (S-51, S-56); the fact of each case on it was recorded with this one.
    ListSigned {
        list: ListNumber,
        kind: ListKind,
        from: Actor,
        to: Actor,
        cases: Vec<CaseId>,
        /// Retained old cards that were counted in the hand (S-33).
        old_cards: u32,
        /// The very sheet.
        pdf: PictureHash,
    },
    /// The archive package of a case left the ledger.
    ArchiveExported {
        case: CaseId,
        package: PictureHash,
    },
    /// Reads of this reader count as the station's own from now on.
    ReaderPinned {
        sam_id: String,
        before: Option<String>,
    },
    /// A printer was measured (校准), and what it prints of this side on this stock is put right from now on.
    PrinterCalibrated {
        printer: String,
        tray: String,
        /// `front` or `back`.
        side: String,
        /// The template that fits the blank, by its id.
        stock: String,
        /// Offset, scale and turn as they stand in the file, and what they leave: `dx = 0.3; …; residual = 0.02`.
        terms: String,
        /// What the attempts from now on name as their calibration; none when nothing has to be put right any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sm3: Option<String>,
    },
    /// What was known of the person of a case was taken away, because its time was over: how many bodies of facts and how
    /// many pictures went.
    Erased {
        case: CaseId,
        facts: u32,
        pictures: u32,
        reason: String,
        /// Places among the station's facts whose words about the case went as well.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        words: Vec<u32>,
    },
    /// Somebody had everything forgotten whose time is over: counted to this day, while the clock showed that one; with
    /// `word` by their word that the clock is right. Each case has a fact of its own.
    RetentionRun {
        counted: Date,
        clock: Date,
        word: bool,
        cases: u32,
        /// What has to be sent or given back first.
        waiting: u32,
    },
    /// Somebody was sent away at the door with a slip, and no case was made. The reasons are codes of the pack.
    DoorSlipGiven {
        slip: SlipNumber,
        window: WindowCode,
        day: Date,
        /// Among the slips of its window and day, from 1.
        ordinal: u32,
        reasons: Vec<ReasonCode>,
        /// The very sheet.
        pdf: PictureHash,
    },
    /// The sheets of so many slips given at the door before this day were taken away, because their time was over.
    DoorSlipsErased {
        before: Date,
        slips: u32,
    },
    /// One agent comes for many elders (集中办理). `agent` is the keyed hash by which this ledger knows the agent: the same
    /// agent is known again, and who it is stands in the cases alone.
    BatchOpened {
        batch: BatchNumber,
        agent: String,
        /// In words: 村干部, 子女.
        standing: String,
        /// How the identity came: from the chip, or typed.
        source: IdentitySource,
        read_at: Timestamp,
        /// From this moment on the card is asked for anew.
        good_until: Timestamp,
    },
    BatchClosed {
        batch: BatchNumber,
        why: BatchEnd,
    },
    /// A file left the station: which list, of which days, how many rows, under what name, and the SM3 of its bytes.
    Exported {
        what: String,
        from: Date,
        to: Date,
        rows: u32,
        file: String,
        sm3: String,
    },
}

/// What became of one message that went to the county on a stick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickAnswer {
    /// Idempotency key of the message.
    pub key: String,
    pub case: CaseId,
    #[serde(flatten)]
    pub outcome: StickOutcome,
}

/// What its platform said, by way of the county.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum StickOutcome {
    Done {
        receipt: String,
    },
    /// `text` is in the platform's words, masked.
    Rejected {
        code: String,
        text: String,
    },
    /// The system behind the platform was closed: the message is kept, and holds nothing back.
    Closed {
        code: String,
        text: String,
    },
}

/// A station's fact as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StationRecorded {
    /// Place among the station's facts, counted from 1 without gaps.
    pub seq: u32,
    pub at: Timestamp,
    pub actor: Actor,
    pub fact: StationFact,
}

impl StationFact {
    /// The name of the fact in the ledger's `kind` column; equal to the `fact` tag of its JSON.
    pub fn tag(&self) -> &'static str {
        match self {
            Self::PersonAdded { .. } => "person_added",
            Self::RolesSet { .. } => "roles_set",
            Self::PasswordSet { .. } => "password_set",
            Self::PersonDismissed { .. } => "person_dismissed",
            Self::SignedIn { .. } => "signed_in",
            Self::SignedOut { .. } => "signed_out",
            Self::SignInFailed { .. } => "sign_in_failed",
            Self::LockedOut { .. } => "locked_out",
            Self::Unmasked { .. } => "unmasked",
            Self::MessageRetried { .. } => "message_retried",
            Self::PlatformRetried { .. } => "platform_retried",
            Self::MessageArrived { .. } => "message_arrived",
            Self::OutboxExported { .. } => "outbox_exported",
            Self::ReceiptsImported { .. } => "receipts_imported",
            Self::BlanksReceived { .. } => "blanks_received",
            Self::BlanksSpoiled { .. } => "blanks_spoiled",
            Self::BlanksLost { .. } => "blanks_lost",
            Self::BlockGranted { .. } => "block_granted",
            Self::DayClosed { .. } => "day_closed",
            Self::ListSigned { .. } => "list_signed",
            Self::ArchiveExported { .. } => "archive_exported",
            Self::ReaderPinned { .. } => "reader_pinned",
            Self::PrinterCalibrated { .. } => "printer_calibrated",
            Self::Erased { .. } => "erased",
            Self::BatchOpened { .. } => "batch_opened",
            Self::BatchClosed { .. } => "batch_closed",
            Self::RetentionRun { .. } => "retention_run",
            Self::DoorSlipGiven { .. } => "door_slip_given",
            Self::DoorSlipsErased { .. } => "door_slips_erased",
            Self::Exported { .. } => "exported",
            Self::FollowUpSettled { .. } => "follow_up_settled",
        }
    }

    /// The canonical body: what the ledger stores and the journal hashes.
    pub fn body(&self) -> String {
        serde_json::to_string(self).expect("a fact is plain data")
    }
}

#[cfg(test)]
mod tests;
