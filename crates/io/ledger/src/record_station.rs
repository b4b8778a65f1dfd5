//! Recording what happened at the station: its fact, its journal row and the people it changes, in one transaction.

use casework::{
    journal::Subject,
    nouns::Actor,
    people::Tries,
    station_fact::{StationFact, StationRecorded},
};
use jiff::Timestamp;
use rusqlite::Transaction;

use crate::{
    error::LedgerError,
    ledger::Ledger,
    table::{
        batch,
        blank::{self, BlankState},
        card_number, day_close,
        door_slip::{self, DoorSlip},
        follow_up, journal, outbox_acts,
        person::{self, PasswordHash},
        picture, setting, sign_in_try, station_fact, stick_export,
    },
};

/// Name of the setting that keeps the SAM id of the station's own reader.
pub const PINNED_SAM: &str = "reader.sam_id";

/// What one act of one person changes at the station.
#[derive(Debug, Clone, Copy)]
pub struct StationEntry<'a> {
    pub at: Timestamp,
    pub actor: &'a Actor,
    /// In the order in which they are to stand.
    pub facts: &'a [StationFact],
    /// The password of the person that a `PersonAdded` or `PasswordSet` speaks of; with `SignedIn`, the same password
    /// hashed anew by stronger parameters.
    pub password: Option<&'a PasswordHash>,
    /// The name as it was typed, and the wrong tries at it from now on.
    pub tries: Option<(&'a str, Tries)>,
}

impl Ledger {
    /// Records what happened at the station. When this returns, it is on the disk.
    ///
    /// # Errors
    /// [`LedgerError::PersonState`] when a fact speaks of somebody who is not there, or adds somebody who is;
    /// [`LedgerError::Storage`] when the disk fails. Nothing of a refused entry stays.
    pub fn record_station(&mut self, entry: StationEntry<'_>) -> Result<(), LedgerError> {
        let tried = tried(self, &entry)?;
        self.write("record what happened at the station", |tx| record_facts(tx, entry, tried.as_ref()))
    }
}

/// The tries of an entry, by the keyed hash of the name that was typed.
pub(crate) fn tried(ledger: &Ledger, entry: &StationEntry<'_>) -> Result<Option<(String, Tries)>, LedgerError> {
    entry.tries.map(|(name, tries)| Ok((sign_in_try::hash_of(ledger, name)?, tries))).transpose()
}

/// An entry inside a transaction.
pub(crate) fn record_facts(
    tx: &Transaction<'_>,
    entry: StationEntry<'_>,
    tried: Option<&(String, Tries)>,
) -> Result<(), LedgerError> {
    if let Some((name_hash, tries)) = tried {
        sign_in_try::keep(tx, name_hash, tries)?;
    }
    let first = station_fact::last_seq(tx)? + 1;
    for (seq, fact) in (first..).zip(entry.facts) {
        let recorded = StationRecorded { seq, at: entry.at, actor: entry.actor.clone(), fact: fact.clone() };
        let body_hash = station_fact::insert(tx, &recorded)?;
        let of = Subject::Station { seq };
        journal::append(tx, of, recorded.at, &recorded.actor, fact.tag(), body_hash)?;
        project(tx, &recorded, entry.password)?;
    }
    Ok(())
}

/// What each fact means for the people, the settings, the outbox and the stock of the station.
fn project(
    tx: &Transaction<'_>,
    recorded: &StationRecorded,
    password: Option<&PasswordHash>,
) -> Result<(), LedgerError> {
    let StationRecorded { seq, at, actor, fact } = recorded;
    let missing = |name: &Actor| LedgerError::PersonState { name: name.clone() };
    match fact {
        StationFact::PersonAdded { name, roles } => {
            person::add(tx, name, roles, password.ok_or_else(|| missing(name))?)
        }
        StationFact::RolesSet { name, roles } => person::set_roles(tx, name, roles),
        StationFact::PasswordSet { name } => person::set_password(tx, name, password.ok_or_else(|| missing(name))?),
        StationFact::PersonDismissed { name } => person::dismiss(tx, name),
        StationFact::SignedIn { name } => match password {
            Some(stronger) => person::set_password(tx, name, stronger),
            None => Ok(()),
        },
        StationFact::ReaderPinned { sam_id, before: _ } => setting::write(tx, PINNED_SAM, sam_id),
        StationFact::MessageRetried { key, case: _, was: _ } => outbox_acts::retry(tx, *at, key),
        StationFact::PlatformRetried { platform, messages } => {
            outbox_acts::retry_platform(tx, *at, platform, *messages)
        }
        StationFact::MessageArrived { key, case: _, receipt } => outbox_acts::arrived(tx, *at, key, receipt),
        StationFact::OutboxExported { serial, sm3, keys } => stick_export::exported(tx, *at, *serial, sm3, keys),
        StationFact::ReceiptsImported { serial, sm3, answers } => {
            stick_export::imported(tx, *at, *serial, sm3, answers)
        }
        StationFact::BlanksReceived { serials, count, source } => {
            blank::receive(tx, *seq, *at, actor, (serials.as_ref(), *count, source))
        }
        StationFact::BlanksSpoiled { serial, count, cause } => {
            blank::write_off(tx, *at, actor, (serial.as_ref(), *count), (BlankState::Spoiled, cause))
        }
        StationFact::BlanksLost { serial, count, cause } => {
            blank::write_off(tx, *at, actor, (serial.as_ref(), *count), (BlankState::Lost, cause))
        }
        StationFact::BlockGranted { lo, hi } => card_number::grant(tx, *lo, *hi),
        StationFact::DayClosed { close, sheet } => {
            if let Some(hash) = sheet.as_ref()
                && picture::secret(tx, hash)?.is_none()
            {
                return Err(LedgerError::PictureNotStored { hash: hash.clone() });
            }
            day_close::insert(tx, *seq, close)
        }
        StationFact::DoorSlipGiven { slip, window, day, ordinal, reasons, pdf } => {
            let slip = DoorSlip {
                number: slip.clone(),
                window: window.clone(),
                day: *day,
                ordinal: *ordinal,
                at: *at,
                actor: actor.clone(),
                reasons: reasons.clone(),
                pdf: Some(pdf.clone()),
            };
            door_slip::insert(tx, *seq, &slip)
        }
        StationFact::DoorSlipsErased { before, slips: _ } => door_slip::erase_before(tx, *before),
        StationFact::FollowUpSettled { settled } => follow_up::settled(tx, settled, *seq),
        StationFact::BatchOpened { batch, agent, .. } => batch::opened(tx, *seq, *at, batch, agent),
        StationFact::BatchClosed { batch, why: _ } => batch::closed(tx, *seq, batch),
        StationFact::SignedOut { .. }
        | StationFact::SignInFailed { .. }
        | StationFact::LockedOut { .. }
        | StationFact::Erased { .. }
        | StationFact::RetentionRun { .. }
        | StationFact::Exported { .. }
        | StationFact::PrinterCalibrated { .. }
        | StationFact::Unmasked { .. }
        // Its table is written by the hand-over, in the same transaction.
        | StationFact::ListSigned { .. }
        | StationFact::ArchiveExported { .. } => Ok(()),
    }
}
