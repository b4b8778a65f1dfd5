//! Messages about a made card and its number: that it was reported, taken back, is void, or has to be replaced.

use serde::Serialize;

use super::{Head, beijing, head, written};
use crate::{
    case::{Answered, Case, Dossier},
    fact::Recorded,
    nouns::{CardNumber, CaseKind},
    outbox::Station,
    pack::PolicyPack,
};

#[derive(Serialize)]
struct FilingReport<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    receipt: &'a str,
    township: &'a str,
    card_number: &'a str,
    holder_name: &'a str,
    holder_number: &'a str,
    made_at: String,
    made_by: &'a str,
}

/// The number of a card that was reported and that nobody will get. Why is not said: it is a person's own words.
#[derive(Serialize)]
struct FilingWithdrawn<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    receipt: &'a str,
    township: &'a str,
    card_number: &'a str,
    holder_number: &'a str,
    spoiled_at: String,
    by: &'a str,
}

/// The old number and the one in its place; void since the new card was delivered.
#[derive(Serialize)]
struct CardVoid<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    receipt: &'a str,
    department: &'a str,
    kind: CaseKind,
    void_number: &'a str,
    new_number: Option<&'a str>,
    holder_number: &'a str,
    void_since: String,
    by: &'a str,
}

/// The approval that lacks a good number, and why. What a person wrote of the cause stays here.
#[derive(Serialize)]
struct NumberRequest<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    receipt: &'a str,
    department: &'a str,
    reference: Option<&'a str>,
    /// The number that went to waste; `None` when the approval came without one.
    spoiled_number: Option<&'a str>,
    holder_number: &'a str,
    asked_at: String,
    by: &'a str,
}

pub(in crate::outbox) fn filing_report(
    case: &Case,
    dossier: &Dossier,
    number: &CardNumber,
    recorded: &Recorded,
    pack: &PolicyPack,
    station: &Station,
) -> String {
    written(&FilingReport {
        head: head("filing_report-1", case, pack, station),
        receipt: dossier.acceptance.receipt.as_str(),
        township: &station.parent_township,
        card_number: number.as_str(),
        holder_name: dossier.identity.name.as_str(),
        holder_number: dossier.identity.number.as_str(),
        made_at: beijing(recorded.at),
        made_by: recorded.actor.as_str(),
    })
}

pub(in crate::outbox) fn filing_withdrawn(
    case: &Case,
    dossier: &Dossier,
    number: &CardNumber,
    recorded: &Recorded,
    pack: &PolicyPack,
    station: &Station,
) -> String {
    written(&FilingWithdrawn {
        head: head("filing_withdrawn-1", case, pack, station),
        receipt: dossier.acceptance.receipt.as_str(),
        township: &station.parent_township,
        card_number: number.as_str(),
        holder_number: dossier.identity.number.as_str(),
        spoiled_at: beijing(recorded.at),
        by: recorded.actor.as_str(),
    })
}

pub(in crate::outbox) fn card_void(
    case: &Case,
    dossier: &Dossier,
    number: &CardNumber,
    recorded: &Recorded,
    pack: &PolicyPack,
    station: &Station,
) -> String {
    written(&CardVoid {
        head: head("card_void-1", case, pack, station),
        receipt: dossier.acceptance.receipt.as_str(),
        department: dossier.applicant.department.as_str(),
        kind: case.kind(),
        void_number: number.as_str(),
        new_number: case.number().map(CardNumber::as_str),
        holder_number: dossier.identity.number.as_str(),
        void_since: beijing(recorded.at),
        by: recorded.actor.as_str(),
    })
}

pub(in crate::outbox) fn number_request(
    case: &Case,
    dossier: &Dossier,
    instead_of: Option<&CardNumber>,
    recorded: &Recorded,
    pack: &PolicyPack,
    station: &Station,
) -> String {
    written(&NumberRequest {
        head: head("number_request-1", case, pack, station),
        receipt: dossier.acceptance.receipt.as_str(),
        department: dossier.applicant.department.as_str(),
        reference: match &dossier.answer {
            Answered::Approved { reference, .. } => Some(reference),
            Answered::NotYet | Answered::Rejected { .. } => None,
        },
        spoiled_number: instead_of.map(CardNumber::as_str),
        holder_number: dossier.identity.number.as_str(),
        asked_at: beijing(recorded.at),
        by: recorded.actor.as_str(),
    })
}
