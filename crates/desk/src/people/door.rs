//! Who somebody is, by name and password. Unknown name and wrong password are one answer, cost the same, count alike and
//! lock alike; what was typed is kept nowhere.

use casework::nouns::Actor;
use casework::people::{LockRule, Standing, Tries};
use casework::station_fact::StationFact;
use ledger::{Ledger, Person, StationEntry};

use super::password;
use crate::contract::Secret;
use crate::desk::Now;
use crate::fault::Trouble;
use crate::words;

/// The person of this name who may sign in.
pub fn engaged(ledger: &Ledger, name: &str) -> Result<Option<Person>, Trouble> {
    let Ok(name) = name.parse::<Actor>() else { return Ok(None) };
    Ok(ledger.person(&name)?.filter(|person| !person.dismissed))
}

/// Lets a person in: the try is counted, and a row of the journal says that it was good, wrong or one too many.
///
/// # Errors
/// `desk.wrong_password` with the tries that are left, `desk.locked_out` with the time, or the ledger's own.
pub fn let_in(ledger: &mut Ledger, rule: LockRule, name: &str, password: &Secret, now: Now) -> Result<Person, Trouble> {
    let person = proven(ledger, rule, name, password, now)?;
    let stronger = password::is_outgrown(&person.password).then(|| password::hash(password)).transpose()?;
    ledger.record_station(StationEntry {
        at: now.at,
        actor: &person.name,
        facts: &[StationFact::SignedIn { name: person.name.clone() }],
        password: stronger.as_ref(),
        tries: Some((name.trim(), Tries::default())),
    })?;
    Ok(person)
}

/// Who somebody is, without letting them in: a wrong try is counted and locks as at the door, a good one is left for the
/// caller to record, and with it that the wrong tries are forgotten.
///
/// # Errors
/// As [`let_in`].
pub fn proven(ledger: &mut Ledger, rule: LockRule, name: &str, password: &Secret, now: Now) -> Result<Person, Trouble> {
    let name = name.trim();
    let tries = ledger.tries(name)?.at(now.at, rule);
    if let Standing::Locked { until } = tries.standing(rule) {
        // What the clock did to the lock is kept, so that it can run out.
        let (actor, tries) = (Actor::system(), Some((name, tries)));
        ledger.record_station(StationEntry { at: now.at, actor: &actor, facts: &[], password: None, tries })?;
        return Err(locked_out(until, now));
    }
    let person = engaged(ledger, name)?;
    let good = match &person {
        Some(person) => password::matches(&person.password, password),
        None => {
            password::spend(password);
            false
        }
    };
    match person {
        Some(person) if good => Ok(person),
        other => Err(wrong(ledger, rule, name, other.map(|person| person.name), tries, now)?),
    }
}

/// Counts a wrong try and says how many are left, or until when there are none.
///
/// # Errors
/// The ledger's own: a try that cannot be counted is answered with that.
pub fn wrong(
    ledger: &mut Ledger,
    rule: LockRule,
    typed: &str,
    known: Option<Actor>,
    tries: Tries,
    now: Now,
) -> Result<Trouble, Trouble> {
    let tries = tries.after_wrong(now.at, rule);
    let mut facts = vec![StationFact::SignInFailed { name: known.clone() }];
    let trouble = match tries.standing(rule) {
        Standing::Open { left } => Trouble::of("desk.wrong_password")
            .at("password", format!("姓名或密码不对。还可以试 {left} 次，再错就要等 {} 分钟", rule.for_time.as_mins())),
        Standing::Locked { until } => {
            facts.push(StationFact::LockedOut { name: known, until });
            locked_out(until, now)
        }
    };
    let (actor, tries) = (Actor::system(), Some((typed, tries)));
    ledger.record_station(StationEntry { at: now.at, actor: &actor, facts: &facts, password: None, tries })?;
    Ok(trouble)
}

/// `今天 09:15 以后才能再试。`
pub fn locked_out(until: jiff::Timestamp, now: Now) -> Trouble {
    Trouble::of("desk.locked_out").because(format!("{} 以后才能再试。", words::since(until, now.today)))
}
