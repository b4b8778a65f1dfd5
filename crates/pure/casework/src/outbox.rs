//! The outbox: which messages a case sends, and what becomes of one after an answer (reliability 5).
//!
//! [`messages_for`] freezes the messages of facts that have just been decided; they are written in the transaction
//! of those facts. [`plan`] judges one answer. Nothing here sends.

mod bodies;
mod codes;
pub mod limits;
mod plan;
mod reach;

use std::collections::BTreeSet;

use sm3::{Digest, Sm3};

use crate::{
    case::Case,
    fact::{Fact, Recorded},
    nouns::{CaseId, CountyId, NotA, PlatformId},
    pack::PolicyPack,
};

pub use codes::{KNOWN_CODES, KnownCode, Meaning, known_code};
pub use plan::{Answer, Cause, Entry, Next, State, masked, plan};
pub use reach::{MOST_IN_FLIGHT, Queued, Reach};

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageKind {
    /// The accepted case for its handling department (S-44).
    Acceptance,
    /// The same case for the register in which the department works on it (老龄业务管理系统, S-37).
    AgeingRecord,
    /// A card made at a village, for its township (S-50).
    FilingReport,
    /// A rating given or declined (S-48).
    Rating,
    /// The number of a card that was replaced, void since the new one was delivered (domain 2.4).
    CardVoid,
    /// The department's system is asked for a number in place of one that went to waste (domain 2.3).
    NumberRequest,
    /// A card that was reported to the township as made, and went to waste before it was handed over.
    FilingWithdrawn,
}

/// A message as it is queued. The body is frozen here and never rebuilt.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMessage {
    pub kind: MessageKind,
    pub platform: PlatformId,
    pub key: MessageKey,
    /// Place of the fact it came from; messages of one case are sent in this order.
    pub seq_in_case: u32,
    /// Place among the messages of that fact, from 1; they are sent in this order.
    pub place: u8,
    /// Its platform honours idempotency keys, so that sending it again is harmless.
    pub keyed: bool,
    /// JSON.
    pub body: String,
}

/// The idempotency key: the same for the same counter, case, kind and sequence, also after a restore from backup.
/// A fact sends at most one message of a kind, so its place among them is not needed.
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
    /// Platforms that do not honour idempotency keys: what was sent to one of them is never silently sent again.
    pub keyless: BTreeSet<PlatformId>,
}

/// The messages of facts that have just been decided. `after` is the case with them.
///
/// Acceptance goes to the platform of the handling department's county (S-36), and to the ageing business system where the
/// pack names one (S-37). A filing report is made when a card is confirmed where the pack wants one. Training cases send
/// too: their platforms are simulated, and every body says so.
pub fn messages_for(after: &Case, decided: &[Recorded], pack: &PolicyPack, station: &Station) -> Vec<NewMessage> {
    let of_one = |recorded: &Recorded| {
        let said = said_of(after, recorded, pack, station);
        let message = |(said, place): (Said<'_>, u8)| NewMessage {
            kind: said.kind,
            platform: said.platform.clone(),
            key: MessageKey::of(&station.counter, after.id(), said.kind, recorded.seq),
            seq_in_case: recorded.seq,
            place,
            keyed: !station.keyless.contains(said.platform),
            body: said.body,
        };
        said.into_iter().zip(1..).map(message).collect::<Vec<_>>()
    };
    decided.iter().flat_map(of_one).collect()
}

/// What a fact has to say to one platform.
struct Said<'a> {
    kind: MessageKind,
    platform: &'a PlatformId,
    body: String,
}

/// Where the pack says so (a village window, S-50) every card that was made is reported.
fn is_reported(case: &Case, pack: &PolicyPack) -> bool {
    case.situation().is_some_and(|at| pack.holds(&pack.rules().filing_report_at.value, &at))
}

/// What a fact has to say, in the order in which it is sent.
fn said_of<'a>(after: &Case, recorded: &Recorded, pack: &'a PolicyPack, station: &Station) -> Vec<Said<'a>> {
    let dossier = after.stage().dossier();
    match &recorded.fact {
        Fact::Accepted { .. } => {
            let Some(dossier) = dossier else { return Vec::new() };
            let push = pack.platform_for(&dossier.applicant.department).map(|platform| Said {
                kind: MessageKind::Acceptance,
                platform,
                body: bodies::acceptance(after, dossier, pack, station),
            });
            let record = pack.platforms().ageing.as_ref().map(|platform| Said {
                kind: MessageKind::AgeingRecord,
                platform,
                body: bodies::ageing_record(after, dossier, pack, station),
            });
            push.into_iter().chain(record).collect()
        }
        Fact::CardConfirmed { number, .. } if is_reported(after, pack) => {
            let report = |dossier| Said {
                kind: MessageKind::FilingReport,
                platform: &pack.platforms().filing,
                body: bodies::filing_report(after, dossier, number, recorded, pack, station),
            };
            dossier.map(report).into_iter().collect()
        }
        // Only what was reported is taken back: a card that a person had confirmed.
        Fact::CardSpoiled { number, .. } if is_reported(after, pack) => {
            let was_made = after.spent().iter().any(|spent| spent.number == *number && spent.was_made);
            let withdrawn = |dossier| Said {
                kind: MessageKind::FilingWithdrawn,
                platform: &pack.platforms().filing,
                body: bodies::filing_withdrawn(after, dossier, number, recorded, pack, station),
            };
            dossier.filter(|_| was_made).map(withdrawn).into_iter().collect()
        }
        Fact::OldCardVoided { number } => {
            let told = dossier.and_then(|dossier| {
                let platform = pack.platform_for(&dossier.applicant.department)?;
                let body = bodies::card_void(after, dossier, number, recorded, pack, station);
                Some(Said { kind: MessageKind::CardVoid, platform, body })
            });
            told.into_iter().collect()
        }
        Fact::NumberAsked { instead_of } => {
            let asked = dossier.and_then(|dossier| {
                let platform = pack.platform_for(&dossier.applicant.department)?;
                let body = bodies::number_request(after, dossier, instead_of.as_ref(), recorded, pack, station);
                Some(Said { kind: MessageKind::NumberRequest, platform, body })
            });
            asked.into_iter().collect()
        }
        Fact::RatingGiven { point, level, codes, text, by, again, follow_up: _ } => {
            let given = bodies::Given { level: *level, codes, text, again: *again };
            let body = bodies::rating(after, (*point, *by), Some(given), recorded, pack, station);
            vec![Said { kind: MessageKind::Rating, platform: &pack.platforms().rating, body }]
        }
        Fact::RatingDeclined { point, by } => {
            let body = bodies::rating(after, (*point, *by), None, recorded, pack, station);
            vec![Said { kind: MessageKind::Rating, platform: &pack.platforms().rating, body }]
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
        | Fact::DeadlineMissed { .. }
        | Fact::Delivered { .. }
        | Fact::RatingOffered { .. }
        | Fact::DepartmentReminded { .. }
        | Fact::GuideHelped { .. }
        | Fact::GuideDeclined
        | Fact::HandedOver { .. }
        | Fact::WorkingPapersHandedOver { .. }
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
        | Fact::Withdrawn { .. } => Vec::new(),
    }
}

impl MessageKind {
    /// Every kind there is. Each has a picture of itself on the wire (tests/tests/wire).
    pub const ALL: [Self; 7] = [
        Self::Acceptance,
        Self::AgeingRecord,
        Self::FilingReport,
        Self::Rating,
        Self::CardVoid,
        Self::NumberRequest,
        Self::FilingWithdrawn,
    ];

    /// The word in the ledger and in the platform's address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::AgeingRecord => "ageing_record",
            Self::FilingReport => "filing_report",
            Self::Rating => "rating",
            Self::CardVoid => "card_void",
            Self::NumberRequest => "number_request",
            Self::FilingWithdrawn => "filing_withdrawn",
        }
    }
}

impl std::str::FromStr for MessageKind {
    type Err = NotA;
    fn from_str(text: &str) -> Result<Self, NotA> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(NotA { noun: "MessageKind" })
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
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}
