//! Table `person`: who may sign in at this station. Nobody is ever removed.

use std::collections::BTreeSet;

use casework::nouns::{Actor, PersonRole};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::parsed,
};

const READING: &str = "read the people of the station";
const WRITING: &str = "write a person of the station";

/// A password's hash in PHC string form, which holds its own parameters and salt. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes the PHC string of an argon2id hash; whether it is one is told by the table.
    pub fn new(phc: String) -> Self {
        Self(phc)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(hidden)")
    }
}

/// A person of the station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: Actor,
    pub roles: BTreeSet<PersonRole>,
    pub password: PasswordHash,
    /// Signs in no more.
    pub dismissed: bool,
}

impl Ledger {
    /// Everybody there ever was, by name.
    pub fn people(&self) -> Result<Vec<Person>, LedgerError> {
        let mut select = self
            .connection()
            .prepare_cached("SELECT name, roles, password, dismissed FROM person ORDER BY name")
            .doing(READING)?;
        let rows = select.query_map([], row).doing(READING)?;
        rows.map(|row| person(row.doing(READING)?)).collect()
    }

    /// The person of this name, dismissed or not.
    pub fn person(&self, name: &Actor) -> Result<Option<Person>, LedgerError> {
        of_name(self.connection(), name)
    }
}

pub(crate) fn of_name(connection: &Connection, name: &Actor) -> Result<Option<Person>, LedgerError> {
    connection
        .prepare_cached("SELECT name, roles, password, dismissed FROM person WHERE name = ?1")
        .and_then(|mut select| select.query_row([name.as_str()], row).optional())
        .doing(READING)?
        .map(person)
        .transpose()
}

/// A new person, or one who was dismissed and is back.
pub(crate) fn add(
    tx: &Transaction<'_>,
    name: &Actor,
    roles: &BTreeSet<PersonRole>,
    password: &PasswordHash,
) -> Result<(), LedgerError> {
    let added = tx
        .execute(
            "INSERT INTO person (name, roles, password) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET roles = ?2, password = ?3, dismissed = 0 WHERE dismissed = 1",
            (name.as_str(), joined(roles), password.as_str()),
        )
        .doing(WRITING)?;
    one(added, name)
}

pub(crate) fn set_roles(tx: &Transaction<'_>, name: &Actor, roles: &BTreeSet<PersonRole>) -> Result<(), LedgerError> {
    let set = tx
        .execute("UPDATE person SET roles = ?2 WHERE name = ?1 AND dismissed = 0", (name.as_str(), joined(roles)))
        .doing(WRITING)?;
    one(set, name)
}

pub(crate) fn set_password(tx: &Transaction<'_>, name: &Actor, password: &PasswordHash) -> Result<(), LedgerError> {
    let set = tx
        .execute(
            "UPDATE person SET password = ?2 WHERE name = ?1 AND dismissed = 0",
            (name.as_str(), password.as_str()),
        )
        .doing(WRITING)?;
    one(set, name)
}

pub(crate) fn dismiss(tx: &Transaction<'_>, name: &Actor) -> Result<(), LedgerError> {
    let set = tx
        .execute("UPDATE person SET dismissed = 1 WHERE name = ?1 AND dismissed = 0", [name.as_str()])
        .doing(WRITING)?;
    one(set, name)
}

fn one(rows: usize, name: &Actor) -> Result<(), LedgerError> {
    if rows == 1 { Ok(()) } else { Err(LedgerError::PersonState { name: name.clone() }) }
}

fn joined(roles: &BTreeSet<PersonRole>) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(" ")
}

type Columns = (String, String, String, bool);

fn row(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn person((name, roles, password, dismissed): Columns) -> Result<Person, LedgerError> {
    let roles: Option<BTreeSet<PersonRole>> = roles.split_whitespace().map(PersonRole::of_name).collect();
    Ok(Person {
        roles: roles.ok_or_else(|| LedgerError::Unreadable {
            table: "person",
            row: name.clone(),
            source: "a role is not known".into(),
        })?,
        name: parsed("person", &name, &name)?,
        password: PasswordHash(password),
        dismissed,
    })
}
