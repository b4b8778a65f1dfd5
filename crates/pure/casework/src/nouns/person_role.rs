//! What a person of a station is there for.

use serde::{Deserialize, Serialize};

/// A role at a station (F-22). Who may do what by it stands in the desk's table of permits; [`crate::people::fits`]
/// says which roles one person may hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonRole {
    /// 收件人员: takes a case from the card to acceptance; in a village also numbers, prints and delivers.
    Clerk,
    /// 发证人员: numbers, prints, delivers.
    Issuer,
    /// 归档人员: takes the papers over and seals.
    Archivist,
    /// Sees the journal and unmasks; handles no case.
    Supervisor,
    /// Manages people and settings; handles no case.
    Administrator,
    /// Tries everything out at a training station, and nothing in production.
    Tester,
    /// Whoever stands at a kiosk. Nobody is given this role.
    Public,
}

impl PersonRole {
    pub const ALL: [Self; 7] =
        [Self::Clerk, Self::Issuer, Self::Archivist, Self::Supervisor, Self::Administrator, Self::Tester, Self::Public];

    /// The name in the ledger, in the table of permits and on the wire to the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Issuer => "issuer",
            Self::Archivist => "archivist",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
            Self::Tester => "tester",
            Self::Public => "public",
        }
    }

    /// The role of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}
