//! Recording an entry: facts, journal, projections and outbox rows in one transaction, or nothing at all.

use casework::{
    fact::{Fact, IdentityField, Recorded},
    journal::Subject,
    nouns::{Actor, ApplicantMode, CaseId, PrintOutcome, Role},
    outbox::NewMessage,
};
use jiff::Timestamp;
use rusqlite::Transaction;

use crate::{
    error::LedgerError,
    ledger::Ledger,
    table::{
        batch, blank,
        card_number::{self, NumberState},
        case_line::{self, Stage},
        draft_entry, fact, follow_up, journal, open_promise, outbox, picture,
        print_attempt::{self, Verdict},
        rating, returned_number, void_number,
    },
};

/// What one act of one person adds to one case.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    pub case: &'a CaseId,
    /// Number of facts the caller had seen of this case when it judged; 0 for a case that is being opened.
    pub expected_seq: u32,
    pub at: Timestamp,
    pub actor: &'a Actor,
    /// In the order in which they are to stand. The first fact of a case is `Opened`.
    pub facts: &'a [Fact],
    /// What has to reach a platform because of these facts.
    pub messages: &'a [NewMessage],
}

impl Ledger {
    /// Records an entry. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`LedgerError::Stale`] when the case has moved since; [`LedgerError::NumberTaken`] and its neighbours when a rule
    /// of the ledger forbids a fact; [`LedgerError::Storage`] when the disk fails. Nothing of a refused entry stays.
    /// After a storage failure the caller asks [`Ledger::case_facts`] whether the commit happened before it tries again.
    pub fn record(&mut self, entry: Entry<'_>) -> Result<Vec<Recorded>, LedgerError> {
        self.write("record an entry", |tx| record(tx, entry))
    }
}

pub(crate) fn record(tx: &Transaction<'_>, entry: Entry<'_>) -> Result<Vec<Recorded>, LedgerError> {
    let last_seq = case_line::last_seq(tx, entry.case)?;
    let found = last_seq.unwrap_or(0);
    if found != entry.expected_seq {
        return Err(LedgerError::Stale { case: entry.case.clone(), expected: entry.expected_seq, found });
    }
    if last_seq.is_none() {
        let first = entry.facts.first().ok_or_else(|| LedgerError::Opening { case: entry.case.clone() })?;
        case_line::open(tx, entry.case, entry.at, first)?;
    }
    let mut recorded = Vec::with_capacity(entry.facts.len());
    for (seq, fact) in (found + 1..).zip(entry.facts) {
        let row =
            Recorded { case: entry.case.clone(), seq, at: entry.at, actor: entry.actor.clone(), fact: fact.clone() };
        for hash in fact::pictures_named(fact) {
            if picture::secret(tx, hash)?.is_none() {
                return Err(LedgerError::PictureNotStored { hash: hash.clone() });
            }
        }
        let body_hash = fact::insert(tx, &row)?;
        let of = Subject::Case { case: row.case.clone(), seq };
        journal::append(tx, of, row.at, &row.actor, row.fact.tag(), body_hash)?;
        project(tx, &row)?;
        draft_entry::settled(tx, &row.case, &row.fact)?;
        recorded.push(row);
    }
    if let Some(last) = recorded.last() {
        case_line::moved(tx, entry.case, last.seq, last.at)?;
    }
    for message in entry.messages {
        outbox::insert(tx, entry.case, entry.at, message)?;
    }
    Ok(recorded)
}

/// What each fact means for the tables that are worked out from facts.
fn project(tx: &Transaction<'_>, recorded: &Recorded) -> Result<(), LedgerError> {
    let Recorded { case, seq, at, actor, fact } = recorded;
    match fact {
        Fact::Opened { .. } if *seq == 1 => Ok(()),
        Fact::Opened { .. } => Err(LedgerError::Opening { case: case.clone() }),
        Fact::Identified { role: Role::Agent, identity, reused } => {
            batch::came(tx, recorded, &identity.number, reused.as_ref())
        }
        Fact::Identified { role, identity, reused: _ } => {
            case_line::identified(tx, case, *role, &identity.name, &identity.number)
        }
        Fact::ApplicantFilled { mode: ApplicantMode::InPerson, .. } => batch::left(tx, case),
        Fact::FieldOverridden { role, field, after, .. } => match (role, field) {
            (Role::Applicant, IdentityField::Name) => case_line::renamed(tx, case, after),
            (Role::Applicant, IdentityField::Ethnicity | IdentityField::Address)
            | (Role::Agent, IdentityField::Name | IdentityField::Ethnicity | IdentityField::Address) => Ok(()),
        },
        Fact::Accepted { due, .. } => {
            open_promise::begin(tx, case, *due)?;
            case_line::reached(tx, case, Stage::Accepted)
        }
        Fact::DepartmentAnswered { card_number, .. } => {
            if let Some(number) = card_number {
                returned_number::insert(tx, case, *at, number)?;
            }
            open_promise::waits(tx, case, false)
        }
        Fact::NumberAsked { .. } => open_promise::waits(tx, case, true),
        Fact::NumberReserved { number, from } => {
            card_number::reserve(tx, case, number, *from)?;
            open_promise::waits(tx, case, false)?;
            case_line::reached(tx, case, Stage::Numbered)
        }
        Fact::NumberSpoiled { number, cause } => {
            card_number::advance(tx, case, number, NumberState::Spoiled, Some(cause))?;
            blank::number_spoiled(tx, *at, actor, number, cause)?;
            case_line::reached(tx, case, Stage::Accepted)
        }
        Fact::PrintAttempted { .. } => {
            print_attempt::attempted(tx, case, *at, fact)?;
            case_line::reached(tx, case, Stage::Printing)
        }
        Fact::JobSubmitted { attempt, job } => print_attempt::submitted(tx, case, attempt, job),
        Fact::PrintEnded { attempt, outcome } => {
            let unsettled = print_attempt::ended(tx, case, attempt, outcome)?;
            match (outcome, unsettled) {
                (PrintOutcome::DeviceConfirmed | PrintOutcome::SpoolerConfirmed, Some(number)) => {
                    card_number::advance(tx, case, &number, NumberState::Printed, None)
                }
                (PrintOutcome::DeviceConfirmed | PrintOutcome::SpoolerConfirmed, None)
                | (PrintOutcome::Failed { .. } | PrintOutcome::Unknown, _) => Ok(()),
            }
        }
        Fact::CardConfirmed { attempt, number } => {
            print_attempt::settled(tx, case, attempt, number, Verdict::Confirmed)?;
            card_number::advance(tx, case, number, NumberState::Confirmed, None)?;
            blank::printed(tx, *at, actor, number)?;
            case_line::reached(tx, case, Stage::Made)
        }
        Fact::CardSpoiled { attempt, number, cause } => {
            print_attempt::settled(tx, case, attempt, number, Verdict::Spoiled)?;
            let was_made = card_number::is_confirmed(tx, number)?;
            blank::wasted(tx, *at, actor, number, was_made, cause)?;
            card_number::advance(tx, case, number, NumberState::Spoiled, Some(cause))?;
            case_line::reached(tx, case, Stage::Accepted)
        }
        Fact::Delivered { .. } => {
            card_number::deliver(tx, case)?;
            open_promise::end(tx, case)?;
            case_line::delivered(tx, case, *at)?;
            case_line::reached(tx, case, Stage::Delivered)
        }
        Fact::RatingOffered { point } => rating::offered(tx, recorded, *point),
        Fact::RatingGiven { point, by, again, follow_up, .. } => {
            rating::given(tx, recorded, *point, *by, again.as_ref())?;
            follow_up.as_ref().map_or(Ok(()), |due| follow_up::opened(tx, recorded, due))
        }
        Fact::RatingDeclined { point, by } => rating::declined(tx, recorded, *point, *by),
        Fact::OldCardVoided { number } => void_number::insert(tx, case, *at, number),
        Fact::Sealed { .. } => case_line::reached(tx, case, Stage::Sealed),
        Fact::Refused { .. } => {
            open_promise::end(tx, case)?;
            case_line::reached(tx, case, Stage::Refused)
        }
        Fact::Withdrawn { .. } => {
            open_promise::end(tx, case)?;
            case_line::reached(tx, case, Stage::Withdrawn)
        }
        Fact::Parked { .. } => case_line::parked(tx, case, true),
        Fact::Resumed => case_line::parked(tx, case, false),
        Fact::ApplicantFilled { mode: ApplicantMode::Agent, .. }
        | Fact::EligibilityJudged { .. }
        | Fact::MaterialScanned { .. }
        | Fact::MaterialChecked { .. }
        | Fact::MaterialReturned { .. }
        | Fact::ToleranceCommitted { .. }
        | Fact::PhotoMeasured { .. }
        | Fact::PhotoJudged { .. }
        | Fact::DeadlineMissed { .. }
        | Fact::PhotoGlued
        | Fact::DepartmentReminded { .. }
        | Fact::GuideHelped { .. }
        | Fact::GuideDeclined
        | Fact::HandedOver { .. }
        | Fact::WorkingPapersHandedOver { .. }
        | Fact::HistoryReused { .. }
        | Fact::LossNoticeRecorded { .. }
        | Fact::OldCardRecorded { .. }
        | Fact::Corrected { .. }
        | Fact::SlipIssued { .. }
        | Fact::PageKept { .. }
        | Fact::PagesArranged { .. }
        | Fact::ReceiptReprinted { .. } => Ok(()),
    }
}
