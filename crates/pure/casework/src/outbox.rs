//! The outbox: which messages a case sends, and what becomes of one after an answer (reliability 5).
//!
//! [`messages_for`] freezes the messages of facts that have just been decided; they are written in the transaction
//! of those facts. [`plan`] judges one answer. Nothing here sends.

mod bodies;
mod plan;

use sm3::{Digest, Sm3};

use crate::{
    case::Case,
    fact::{Fact, Recorded},
    nouns::{CaseId, CountyId, NotA, PlatformId},
    pack::PolicyPack,
};

pub use plan::{Answer, Cause, Entry, Next, State, plan};

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageKind {
    /// The accepted case for its handling department (S-44).
    Acceptance,
    /// A card made at a village, for its township (S-50).
    FilingReport,
    /// A rating given or declined (S-48).
    Rating,
}

/// A message as it is queued. The body is frozen here and never rebuilt.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMessage {
    pub kind: MessageKind,
    pub platform: PlatformId,
    pub key: MessageKey,
    /// Place of the fact it came from; messages of one case are sent in this order.
    pub seq_in_case: u32,
    /// JSON.
    pub body: String,
}

/// The idempotency key: the same for the same counter, case, kind and sequence, also after a restore from backup.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MessageKey(String);

/// What a message says about where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Unlike that of any other counter of the city.
    pub counter: String,
    /// `赫山区泉交河镇菱角村便民服务中心`.
    pub window_name: String,
    pub county: CountyId,
    /// To whom a village reports (D-22); blank for a hall.
    pub parent_township: String,
}

/// The messages of facts that have just been decided. `after` is the case with them.
///
/// Acceptance goes to the platform of the handling department's county (S-36). A filing report is made when a card
/// is confirmed where the pack wants one. Training cases send too: their platforms are simulated, and every body says so.
pub fn messages_for(after: &Case, decided: &[Recorded], pack: &PolicyPack, station: &Station) -> Vec<NewMessage> {
    decided.iter().filter_map(|recorded| message_for(after, recorded, pack, station)).collect()
}

/// Where the pack says so (a village window, S-50) every card that was made is reported.
fn is_reported(case: &Case, pack: &PolicyPack) -> bool {
    case.situation().is_some_and(|at| pack.holds(&pack.rules().filing_report_at.value, &at))
}

fn message_for(after: &Case, recorded: &Recorded, pack: &PolicyPack, station: &Station) -> Option<NewMessage> {
    let (kind, platform, body) = match &recorded.fact {
        Fact::Accepted { .. } => {
            let dossier = after.stage().dossier()?;
            let platform = pack.platform_for(&dossier.applicant.department)?;
            (MessageKind::Acceptance, platform, bodies::acceptance(after, dossier, pack, station))
        }
        Fact::CardConfirmed { number, .. } if is_reported(after, pack) => {
            let dossier = after.stage().dossier()?;
            let body = bodies::filing_report(after, dossier, number, recorded, pack, station);
            (MessageKind::FilingReport, &pack.platforms().filing, body)
        }
        Fact::RatingGiven { point, level, codes } => {
            let body = bodies::rating(after, *point, Some((*level, codes)), recorded, pack, station);
            (MessageKind::Rating, &pack.platforms().rating, body)
        }
        Fact::RatingDeclined { point } => {
            let body = bodies::rating(after, *point, None, recorded, pack, station);
            (MessageKind::Rating, &pack.platforms().rating, body)
        }
        Fact::Opened { .. }
        | Fact::Identified { .. }
        | Fact::ApplicantFilled { .. }
        | Fact::EligibilityJudged { .. }
        | Fact::MaterialScanned { .. }
        | Fact::MaterialChecked { .. }
        | Fact::MaterialReturned { .. }
        | Fact::ToleranceCommitted { .. }
        | Fact::PhotoMeasured { .. }
        | Fact::PhotoJudged { .. }
        | Fact::DepartmentAnswered { .. }
        | Fact::NumberReserved { .. }
        | Fact::NumberSpoiled { .. }
        | Fact::PrintAttempted { .. }
        | Fact::JobSubmitted { .. }
        | Fact::PrintEnded { .. }
        | Fact::CardConfirmed { .. }
        | Fact::CardSpoiled { .. }
        | Fact::PhotoGlued
        | Fact::Delivered { .. }
        | Fact::RatingOffered { .. }
        | Fact::HandedOver { .. }
        | Fact::Sealed { .. }
        | Fact::FieldOverridden { .. }
        | Fact::HistoryReused { .. }
        | Fact::PageKept { .. }
        | Fact::PagesArranged { .. }
        | Fact::LossNoticeRecorded { .. }
        | Fact::OldCardRecorded { .. }
        | Fact::Corrected { .. }
        | Fact::SlipIssued { .. }
        | Fact::ReceiptReprinted { .. }
        | Fact::Parked { .. }
        | Fact::Resumed
        | Fact::Refused { .. }
        | Fact::Withdrawn { .. } => return None,
    };
    Some(NewMessage {
        kind,
        platform: platform.clone(),
        key: MessageKey::of(&station.counter, after.id(), kind, recorded.seq),
        seq_in_case: recorded.seq,
        body,
    })
}

impl MessageKind {
    /// The word in the ledger and in the platform's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::FilingReport => "filing_report",
            Self::Rating => "rating",
        }
    }
}

impl std::str::FromStr for MessageKind {
    type Err = NotA;
    fn from_str(text: &str) -> Result<Self, NotA> {
        let known = [Self::Acceptance, Self::FilingReport, Self::Rating];
        known.into_iter().find(|kind| kind.name() == text).ok_or(NotA { noun: "MessageKind" })
    }
}

impl MessageKey {
    /// The first 16 bytes of SM3 over counter, case, kind and sequence, as the text of a UUID.
    pub fn of(counter: &str, case: &CaseId, kind: MessageKind, seq: u32) -> Self {
        let sum = Sm3::digest(format!("{counter}\u{1f}{case}\u{1f}{}\u{1f}{seq}", kind.name()).as_bytes());
        let hex = hex::encode(&sum[..16]);
        Self(format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for MessageKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Hides the body, which is about a person.
impl std::fmt::Debug for NewMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewMessage")
            .field("kind", &self.kind)
            .field("platform", &self.platform)
            .field("key", &self.key)
            .field("seq_in_case", &self.seq_in_case)
            .finish_non_exhaustive()
    }
}
