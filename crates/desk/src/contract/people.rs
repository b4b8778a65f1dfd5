//! What the page sees and sends of the people of a station.

use casework::nouns::PersonRole;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Choice;

/// A role that an administrator gives. The public's is given to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StationRole {
    Clerk,
    Issuer,
    Archivist,
    Supervisor,
    Administrator,
    Tester,
}

impl From<StationRole> for PersonRole {
    fn from(role: StationRole) -> PersonRole {
        match role {
            StationRole::Clerk => PersonRole::Clerk,
            StationRole::Issuer => PersonRole::Issuer,
            StationRole::Archivist => PersonRole::Archivist,
            StationRole::Supervisor => PersonRole::Supervisor,
            StationRole::Administrator => PersonRole::Administrator,
            StationRole::Tester => PersonRole::Tester,
        }
    }
}

/// Who is at work at this station now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AtWork {
    pub name: String,
    /// `收件人员、发证人员`.
    pub roles: String,
    /// A kiosk: nobody signed in, and nobody can sign out.
    pub public: bool,
    /// Fewest characters of a password, for whoever changes their own.
    pub shortest_password: u32,
}

/// The list of people, for the administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeopleView {
    pub people: Vec<PersonLine>,
    /// The roles that can be given here, in the order of the procedure: [`StationRole`] and its name.
    pub roles: Vec<Choice>,
    /// Fewest characters of a password.
    pub shortest_password: u32,
}

/// One person of the station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonLine {
    pub name: String,
    /// Names of [`StationRole`].
    pub roles: Vec<String>,
    /// The roles in words.
    pub role_names: String,
    /// The person who is looking at this list.
    pub own: bool,
    /// `到 09:20 才能再登录`, while the name is locked.
    pub locked: Option<String>,
}
