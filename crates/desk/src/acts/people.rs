//! Signing in and out, and the people of the station. Each of these is a row of the journal.

use std::collections::BTreeSet;

use casework::batch::BatchEnd;
use casework::nouns::{Actor, PersonRole};
use casework::people::{self, PasswordWhy, RolesWhy, Standing, Tries};
use casework::station_fact::StationFact;
use ledger::{PasswordHash, Person, StationEntry};

use crate::contract::{Secret, StationRole};
use crate::desk::{Desk, Effect, Now};
use crate::fault::Trouble;
use crate::people::{Session, door, password};
use crate::station::Mode;

impl Desk {
    pub(super) fn set_up_first(&mut self, name: &str, password: &Secret, now: Now) -> Result<Vec<Effect>, Trouble> {
        if !self.ledger.people()?.is_empty() {
            return Err(Trouble::of("desk.not_now").because("本站已经有管理员了，请登录"));
        }
        let name = new_name(name)?;
        let hash = chosen(password, &name)?;
        let roles = BTreeSet::from([PersonRole::Administrator]);
        let facts = [
            StationFact::PersonAdded { name: name.clone(), roles: roles.clone() },
            StationFact::SignedIn { name: name.clone() },
        ];
        self.note(&facts, &name, Some(&hash), None, now)?;
        self.session = Some(Session::of(name, roles, now.at));
        Ok(Vec::new())
    }

    pub(super) fn sign_in(&mut self, name: &str, password: &Secret, now: Now) -> Result<Vec<Effect>, Trouble> {
        let person = door::let_in(&mut self.ledger, self.station.people.lock_rule(), name, password, now)?;
        self.session = Some(Session::of(person.name, person.roles, now.at));
        self.end_batch_of_another(now)?;
        self.count_the_day(now);
        Ok(Vec::new())
    }

    /// Nothing of the person at the counter stays on the screen, whether or not the disk still takes anything.
    pub(super) fn sign_out(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let effects = self.put_aside("退出登录", now);
        self.forget();
        let Some(session) = self.session.take() else { return Ok(effects) };
        self.changed();
        let facts = self.signing_out(&session.name, false);
        match self.note(&facts, &session.name, None, None, now) {
            Ok(()) => Ok(effects),
            Err(trouble) => {
                self.report(trouble);
                Ok(effects)
            }
        }
    }

    /// Ends a session in which nobody has asked for anything for the station's time. At a kiosk the next person finds
    /// the first screen.
    pub(crate) fn end_idle_session(&mut self, now: Now) -> Vec<Effect> {
        let after = self.station.people.sign_out_after();
        let Some(session) = &mut self.session else { return Vec::new() };
        let nothing_to_end = session.is_public() && self.open.is_none();
        if nothing_to_end || !session.is_idle(now.at, after) {
            return Vec::new();
        }
        let (name, public) = (session.name.clone(), session.is_public());
        session.heard(now.at);
        self.trouble = None;
        let effects = self.put_aside("长时间没有人操作", now);
        self.forget();
        if !public {
            self.session = None;
            let facts = self.signing_out(&name, true);
            if let Err(trouble) = self.note(&facts, &Actor::system(), None, None, now) {
                self.report(trouble);
            }
        }
        self.changed();
        effects
    }

    /// A batch is its clerk's: it ends with the session.
    fn signing_out(&self, name: &Actor, idle: bool) -> Vec<StationFact> {
        let mut facts = Vec::from_iter(self.end_of_batch(BatchEnd::SignedOut).unwrap_or_default());
        facts.push(StationFact::SignedOut { name: name.clone(), idle });
        facts
    }

    /// What was looked up and given out stays with whoever did it.
    fn forget(&mut self) {
        self.searching = None;
        self.close_page();
        self.at_hand.door_slip = None;
        self.at_hand.last_list = None;
    }

    pub(super) fn add_person(
        &mut self,
        name: &str,
        roles: &[StationRole],
        password: &Secret,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        let name = new_name(name)?;
        if door::engaged(&self.ledger, name.as_str())?.is_some() {
            return Err(Trouble::of("desk.correct").at("name", "已经有这个人了，同名的请加一个字区分"));
        }
        let roles = self.given(roles)?;
        let hash = chosen(password, &name)?;
        let facts = [StationFact::PersonAdded { name: name.clone(), roles }];
        self.note(&facts, &actor, Some(&hash), Some((name.as_str(), Tries::default())), now)?;
        Ok(Vec::new())
    }

    pub(super) fn set_roles(&mut self, name: &str, roles: &[StationRole], now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        let person = self.somebody(name)?;
        let roles = self.given(roles)?;
        if !roles.contains(&PersonRole::Administrator) {
            self.not_the_last_administrator(&person)?;
        }
        let facts = [StationFact::RolesSet { name: person.name.clone(), roles: roles.clone() }];
        self.note(&facts, &actor, None, None, now)?;
        if let Some(session) = self.session.as_mut().filter(|session| session.name == person.name) {
            session.roles = roles;
        }
        Ok(Vec::new())
    }

    pub(super) fn set_password(
        &mut self,
        name: &str,
        old: Option<&Secret>,
        password: &Secret,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        let person = self.somebody(name)?;
        if person.name == actor {
            self.own_password(&person, old, now)?;
        } else if !self.session.as_ref().is_some_and(Session::manages) {
            return Err(Trouble::of("desk.not_permitted").because("别人的密码由管理员重设。"));
        }
        let hash = chosen(password, &person.name)?;
        let facts = [StationFact::PasswordSet { name: person.name.clone() }];
        self.note(&facts, &actor, Some(&hash), Some((person.name.as_str(), Tries::default())), now)?;
        Ok(Vec::new())
    }

    /// Whether `old` is the person's own password. Guessing it counts and locks as at the door.
    fn own_password(&mut self, person: &Person, old: Option<&Secret>, now: Now) -> Result<(), Trouble> {
        let (name, rule) = (person.name.as_str(), self.station.people.lock_rule());
        let tries = self.ledger.tries(name)?.at(now.at, rule);
        if let Standing::Locked { until } = tries.standing(rule) {
            return Err(door::locked_out(until, now));
        }
        if old.is_some_and(|old| password::matches(&person.password, old)) {
            return Ok(());
        }
        let told = door::wrong(&mut self.ledger, rule, name, Some(person.name.clone()), tries, now)?;
        // With tries left it is the form's own field that is wrong.
        Err(if told.fields.is_empty() { told } else { Trouble::of("desk.correct").at("old", "原来的密码不对") })
    }

    pub(super) fn dismiss_person(&mut self, name: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        let person = self.somebody(name)?;
        self.not_the_last_administrator(&person)?;
        if person.name == actor {
            return Err(Trouble::of("desk.not_now").because("不能停用自己，请由另一位管理员来办"));
        }
        let facts = [StationFact::PersonDismissed { name: person.name }];
        self.note(&facts, &actor, None, None, now)?;
        Ok(Vec::new())
    }

    /// Shows the full number of the open case until it is left. The row is there before the number is shown.
    pub(super) fn unmask(&mut self, reason: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        let case = self.case()?;
        if case.identity().is_none() {
            return Err(Trouble::of("desk.not_now").because("还没有读身份证"));
        }
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > 200 {
            return Err(Trouble::of("desk.correct").at("reason", "请写为什么要看，不超过 200 字"));
        }
        let facts = [StationFact::Unmasked { case: case.id().clone(), reason: reason.to_owned() }];
        self.note(&facts, &actor, None, None, now)?;
        self.unmasked = true;
        Ok(Vec::new())
    }

    /// Records what happened at the station.
    pub(crate) fn note(
        &mut self,
        facts: &[StationFact],
        actor: &Actor,
        password: Option<&PasswordHash>,
        tries: Option<(&str, Tries)>,
        now: Now,
    ) -> Result<(), Trouble> {
        self.ledger.record_station(StationEntry { at: now.at, actor, facts, password, tries })?;
        self.changed();
        Ok(())
    }

    fn somebody(&self, name: &str) -> Result<Person, Trouble> {
        door::engaged(&self.ledger, name.trim())?.ok_or_else(|| Trouble::of("desk.correct").at("name", "没有这个人"))
    }

    fn not_the_last_administrator(&self, person: &Person) -> Result<(), Trouble> {
        let manages = |one: &Person| !one.dismissed && one.roles.contains(&PersonRole::Administrator);
        let others = self.ledger.people()?.iter().filter(|one| one.name != person.name && manages(one)).count();
        if manages(person) && others == 0 {
            return Err(Trouble::of("desk.not_now").because("这是最后一位管理员，请先添加另一位"));
        }
        Ok(())
    }

    /// Roles as an administrator gives them, if they go together at this station.
    fn given(&self, roles: &[StationRole]) -> Result<BTreeSet<PersonRole>, Trouble> {
        let roles: BTreeSet<PersonRole> = roles.iter().map(|role| PersonRole::from(*role)).collect();
        people::fits(&roles, self.station.mode == Mode::Training).map_err(|why| {
            Trouble::of("desk.correct").at(
                "roles",
                match why {
                    RolesWhy::None | RolesWhy::Public => "请至少选一个岗位",
                    RolesWhy::NotTogether => "管理员和监督员不能兼任别的岗位",
                    RolesWhy::TrainingOnly => "演练岗位只能用在培训站点",
                },
            )
        })?;
        Ok(roles)
    }
}

fn new_name(typed: &str) -> Result<Actor, Trouble> {
    let wrong = |words| Trouble::of("desk.correct").at("name", words);
    let name: Actor = typed.trim().parse().map_err(|_| wrong("请写姓名，不超过 40 个字"))?;
    if name.is_free() { Ok(name) } else { Err(wrong("这个名字留给程序自己用，请换一个")) }
}

/// The hash of a password that somebody chose.
fn chosen(typed: &Secret, name: &Actor) -> Result<PasswordHash, Trouble> {
    people::good_password(typed.expose(), name.as_str()).map_err(|why| {
        let words = match why {
            PasswordWhy::TooShort => format!("密码至少 {} 个字符", people::SHORTEST_PASSWORD),
            PasswordWhy::TooLong => "密码太长了，请缩短".to_owned(),
            PasswordWhy::TheName => "密码不能和姓名一样".to_owned(),
            PasswordWhy::Common => "这个密码太好猜，请换一个".to_owned(),
        };
        Trouble::of("desk.correct").at("password", words)
    })?;
    password::hash(typed)
}
