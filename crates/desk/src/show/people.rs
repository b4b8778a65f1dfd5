//! The screens of the people: the door before somebody has signed in, and the administrator's list.

use casework::nouns::PersonRole;
use casework::people::{self, Standing};

use crate::contract::{Choice, PeopleView, PersonLine, Screen};
use crate::desk::{Desk, Now};
use crate::people::Session;
use crate::station::Mode;
use crate::words;

impl Desk {
    /// What is shown while nobody is at work.
    pub(crate) fn door(&self) -> Screen {
        // A ledger that does not say who there is does not let anybody make themselves its first administrator.
        match self.ledger.people() {
            Ok(people) if people.is_empty() => Screen::FirstRun { shortest_password: shortest_password() },
            Ok(_) | Err(_) => Screen::SignIn,
        }
    }

    /// What an administrator works at.
    pub(crate) fn people_list(&self, now: Now) -> Screen {
        let own = self.session.as_ref().map(|session: &Session| &session.name);
        let rule = self.station.people.lock_rule();
        let locked = |name: &str| match self.ledger.tries(name).ok()?.at(now.at, rule).standing(rule) {
            Standing::Locked { until } => Some(format!("{} 以后才能登录", words::since(until, now.today))),
            Standing::Open { .. } => None,
        };
        let people = self.ledger.people().unwrap_or_default().into_iter().filter(|person| !person.dismissed);
        Screen::People(PeopleView {
            people: people
                .map(|person| PersonLine {
                    roles: person.roles.iter().map(|role| role.name().to_owned()).collect(),
                    role_names: words::roles(&person.roles),
                    own: own == Some(&person.name),
                    locked: locked(person.name.as_str()),
                    name: person.name.to_string(),
                })
                .collect(),
            roles: self.roles_to_give(),
            shortest_password: shortest_password(),
        })
    }

    fn roles_to_give(&self) -> Vec<Choice> {
        let training = self.station.mode == Mode::Training;
        PersonRole::ALL
            .into_iter()
            .filter(|role| people::fits(&[*role].into(), training).is_ok())
            .map(|role| Choice { value: role.name().to_owned(), name: words::role(role).to_owned() })
            .collect()
    }
}

fn shortest_password() -> u32 {
    people::SHORTEST_PASSWORD as u32
}
