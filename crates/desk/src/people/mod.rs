//! Who is at work: the session of this station, and what may be asked for in it.

pub mod door;
pub mod password;
pub mod permits;

use std::collections::BTreeSet;

use casework::nouns::{Actor, PersonRole, WindowLevel};
use casework::people::SHORTEST_PASSWORD;
use casework::steps::Post;
use jiff::{SignedDuration, Timestamp};

use crate::contract::{Act, AtWork, Request};
use crate::desk::Desk;
use crate::fault::Trouble;
use crate::station::{Mode, StationFile, WindowPost};
use crate::words;
use permits::{Grant, Row};

/// Somebody at work at this station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub name: Actor,
    pub roles: BTreeSet<PersonRole>,
    /// When something was last asked for.
    heard_at: Timestamp,
}

impl Session {
    pub fn of(name: Actor, roles: BTreeSet<PersonRole>, now: Timestamp) -> Session {
        Session { name, roles, heard_at: now }
    }

    /// Whoever stands at a kiosk; nobody at a counter before somebody has signed in.
    pub fn at_start(station: &StationFile) -> Option<Session> {
        match station.window.post {
            WindowPost::Counter => None,
            WindowPost::Kiosk => Some(Session::of(Actor::public(), [PersonRole::Public].into(), Timestamp::UNIX_EPOCH)),
        }
    }

    pub fn is_public(&self) -> bool {
        self.roles.contains(&PersonRole::Public)
    }

    /// An administrator's work is the list of people, and no case.
    pub fn manages(&self) -> bool {
        self.roles.contains(&PersonRole::Administrator)
    }

    pub fn heard(&mut self, now: Timestamp) {
        self.heard_at = now;
    }

    /// Whether nobody has asked for anything for so long. A clock that was set back starts the wait anew.
    pub fn is_idle(&mut self, now: Timestamp, after: SignedDuration) -> bool {
        if now < self.heard_at {
            self.heard_at = now;
        }
        now.duration_since(self.heard_at) >= after
    }

    /// The post this person fills at step 7 to 9.
    pub fn post(&self) -> Post {
        if self.roles.iter().any(|role| matches!(role, PersonRole::Issuer | PersonRole::Tester)) {
            Post::Issuer
        } else {
            Post::IntakeClerk
        }
    }

    pub fn view(&self) -> AtWork {
        AtWork {
            name: self.name.to_string(),
            roles: words::roles(&self.roles),
            public: self.is_public(),
            shortest_password: SHORTEST_PASSWORD as u32,
        }
    }
}

impl Grant {
    /// Whether it holds at this station.
    pub fn holds(self, station: &StationFile) -> bool {
        match self {
            Grant::Yes => true,
            Grant::No => false,
            Grant::InVillage => station.window.level == WindowLevel::Village,
            Grant::InTraining => station.mode == Mode::Training,
        }
    }
}

impl Desk {
    /// Whether the person at work may ask for this.
    pub(crate) fn permitted(&self, request: &Request) -> Result<(), Trouble> {
        let row = permits::row_of(request);
        match &self.session {
            None if row.nobody => Ok(()),
            None => Err(Trouble::of("desk.not_signed_in")),
            Some(session) if may(row, session, &self.station) => Ok(()),
            Some(_) => Err(Trouble::of("desk.not_permitted").because(who_may(row, &self.station))),
        }
    }

    /// Who is at work, as the journal writes it.
    pub(crate) fn actor(&self) -> Result<Actor, Trouble> {
        self.session.as_ref().map(|session| session.name.clone()).ok_or_else(|| Trouble::of("desk.not_signed_in"))
    }

    pub(crate) fn post(&self) -> Post {
        self.session.as_ref().map_or(Post::IntakeClerk, Session::post)
    }
}

fn may(row: &Row, session: &Session, station: &StationFile) -> bool {
    session.roles.iter().any(|role| row.grant(*role).holds(station))
}

/// Takes back what the acts of a view offer to somebody who may not do it, and says who may.
pub fn forbid(acts: Vec<Act>, session: Option<&Session>, station: &StationFile) -> Vec<Act> {
    let Some(session) = session else { return Vec::new() };
    acts.into_iter()
        .map(|act| match permits::row_named(&act.ask) {
            Some(row) if act.allowed && !may(row, session, station) => {
                Act { allowed: false, why_not: Some(who_may(row, station)), ..act }
            }
            Some(_) | None => act,
        })
        .collect()
}

/// `这一步由收件人员、发证人员办理。` Whoever tries things out, or stands at a kiosk, is not sent for.
fn who_may(row: &Row, station: &StationFile) -> String {
    let sent_for = |role: &PersonRole| !matches!(role, PersonRole::Tester | PersonRole::Public);
    let roles: BTreeSet<PersonRole> =
        PersonRole::ALL.into_iter().filter(sent_for).filter(|role| row.grant(*role).holds(station)).collect();
    match roles.is_empty() {
        true => "现在没有人能做这一步。".to_owned(),
        false => format!("这一步由{}办理。", words::roles(&roles)),
    }
}
