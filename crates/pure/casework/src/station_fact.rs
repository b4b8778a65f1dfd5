//! The record of a station: what happened there that belongs to no case, chained into the same journal.
//!
//! As with [`crate::fact`], the JSON of a station's fact is the body that the journal hashes, so its shape is part of
//! the ledger's format: fields may be added with a default, and none may change its meaning. No password, hash of a
//! password or personal data of an applicant stands in one.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::nouns::{Actor, CaseId, PersonRole};

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
    /// Reads of this reader count as the station's own from now on.
    ReaderPinned {
        sam_id: String,
        before: Option<String>,
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
            Self::ReaderPinned { .. } => "reader_pinned",
        }
    }

    /// The canonical body: what the ledger stores and the journal hashes.
    pub fn body(&self) -> String {
        serde_json::to_string(self).expect("a fact is plain data")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_of_a_station_fact_is_that_of_its_body() {
        let name: Actor = "张敏".parse().unwrap();
        let until: Timestamp = "2021-11-08T01:00:00Z".parse().unwrap();
        let facts = [
            StationFact::PersonAdded { name: name.clone(), roles: [PersonRole::Clerk].into() },
            StationFact::RolesSet { name: name.clone(), roles: [PersonRole::Issuer].into() },
            StationFact::PasswordSet { name: name.clone() },
            StationFact::PersonDismissed { name: name.clone() },
            StationFact::SignedIn { name: name.clone() },
            StationFact::SignedOut { name: name.clone(), idle: true },
            StationFact::SignInFailed { name: None },
            StationFact::LockedOut { name: Some(name), until },
            StationFact::Unmasked { case: "HS0101-20211108-0001".parse().unwrap(), reason: "核对档案".to_owned() },
            StationFact::ReaderPinned { sam_id: "05030000".to_owned(), before: None },
        ];
        for fact in facts {
            let body: serde_json::Value = serde_json::from_str(&fact.body()).unwrap();
            assert_eq!(body["fact"], fact.tag());
            assert_eq!(serde_json::from_value::<StationFact>(body).unwrap(), fact);
        }
    }
}
