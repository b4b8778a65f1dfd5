//! The rules about the people of a station: which roles go together, what a password has to be, and how wrong tries
//! lock a name. Who may do what by a role is the desk's table of permits.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::nouns::PersonRole;

/// Fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 8;

/// Most bytes of a password: more than anybody types, and little enough to hash.
pub const LONGEST_PASSWORD: usize = 256;

/// Passwords that everybody tries first. Digits in a row and one character repeated are found without a list.
const COMMON: [&str; 12] = [
    "password",
    "passw0rd",
    "qwertyui",
    "qwer1234",
    "abcd1234",
    "a1234567",
    "1q2w3e4r",
    "1qaz2wsx",
    "admin123",
    "administrator",
    "woaini1314",
    "yiyang0737",
];

/// Why a person cannot hold these roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RolesWhy {
    #[error("a person needs at least one role")]
    None,
    #[error("the public role belongs to kiosks and to nobody")]
    Public,
    /// 三员分立: who manages people or oversees the journal handles no case, and is not the other of the two.
    #[error("administrator and supervisor stand alone")]
    NotTogether,
    #[error("a tester works at training stations only")]
    TrainingOnly,
}

/// Whether one person may hold these roles at a station that is in training or not.
///
/// # Errors
/// The first rule that is against it.
pub fn fits(roles: &BTreeSet<PersonRole>, training: bool) -> Result<(), RolesWhy> {
    let alone = [PersonRole::Administrator, PersonRole::Supervisor];
    if roles.is_empty() {
        return Err(RolesWhy::None);
    }
    if roles.contains(&PersonRole::Public) {
        return Err(RolesWhy::Public);
    }
    if roles.len() > 1 && alone.iter().any(|role| roles.contains(role)) {
        return Err(RolesWhy::NotTogether);
    }
    if roles.contains(&PersonRole::Tester) && !training {
        return Err(RolesWhy::TrainingOnly);
    }
    Ok(())
}

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordWhy {
    #[error("a password has at least {SHORTEST_PASSWORD} characters")]
    TooShort,
    #[error("a password has at most {LONGEST_PASSWORD} bytes")]
    TooLong,
    #[error("the password is the person's name")]
    TheName,
    #[error("everybody tries this password first")]
    Common,
}

/// Whether a password may be chosen by the person of this name.
///
/// # Errors
/// The first rule that is against it.
pub fn good_password(password: &str, name: &str) -> Result<(), PasswordWhy> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(PasswordWhy::TooShort);
    }
    if password.len() > LONGEST_PASSWORD {
        return Err(PasswordWhy::TooLong);
    }
    if password.eq_ignore_ascii_case(name) {
        return Err(PasswordWhy::TheName);
    }
    let steps: BTreeSet<i64> = password
        .chars()
        .zip(password.chars().skip(1))
        .map(|(one, next)| i64::from(u32::from(next)) - i64::from(u32::from(one)))
        .collect();
    // 11111111, 12345678, hgfedcba: each character stands at the same distance from the one before it.
    let in_a_row = steps.len() == 1 && steps.iter().all(|step| (-1..=1).contains(step));
    let listed = COMMON.iter().any(|common| password.eq_ignore_ascii_case(common));
    if in_a_row || listed { Err(PasswordWhy::Common) } else { Ok(()) }
}

/// How many wrong tries lock a name, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockRule {
    /// Wrong tries, at least 1.
    pub tries: u32,
    pub for_time: SignedDuration,
}

/// The wrong tries at one name since the last good one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tries {
    pub wrong: u32,
    pub locked: Option<Lock>,
}

/// A lock: when it was set and when it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lock {
    pub from: Timestamp,
    pub until: Timestamp,
}

/// What a name stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It takes so many more wrong tries.
    Open {
        left: u32,
    },
    Locked {
        until: Timestamp,
    },
}

impl Tries {
    /// The same seen at `now`. A lock that has run out is forgotten, with its tries. A clock that was set back to before
    /// the lock does not open it, and does not make it last for years: it begins again.
    pub fn at(self, now: Timestamp, rule: LockRule) -> Self {
        match self.locked {
            Some(lock) if now < lock.from => Self { locked: Some(rule.lock(now)), ..self },
            Some(lock) if now >= lock.until => Self::default(),
            Some(_) | None => self,
        }
    }

    /// After one more wrong try at `now`.
    pub fn after_wrong(self, now: Timestamp, rule: LockRule) -> Self {
        let seen = self.at(now, rule);
        if seen.locked.is_some() {
            return seen;
        }
        let wrong = seen.wrong.saturating_add(1);
        Self { wrong, locked: (wrong >= rule.tries).then(|| rule.lock(now)) }
    }

    /// What the name stands at, `self` having been seen at the present moment.
    pub fn standing(&self, rule: LockRule) -> Standing {
        match self.locked {
            Some(lock) => Standing::Locked { until: lock.until },
            None => Standing::Open { left: rule.tries.saturating_sub(self.wrong) },
        }
    }
}

impl LockRule {
    fn lock(self, now: Timestamp) -> Lock {
        // Past the end of time a lock would not matter any more.
        Lock { from: now, until: now.checked_add(self.for_time).unwrap_or(Timestamp::MAX) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: LockRule = LockRule { tries: 5, for_time: SignedDuration::from_mins(15) };

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_636_340_000 + seconds).unwrap()
    }

    fn locked(from: i64) -> Tries {
        (0..5).fold(Tries::default(), |tries, _| tries.after_wrong(at(from), RULE))
    }

    #[test]
    fn the_fifth_wrong_try_locks_for_fifteen_minutes() {
        let four = (0..4).fold(Tries::default(), |tries, _| tries.after_wrong(at(0), RULE));
        assert_eq!(four.standing(RULE), Standing::Open { left: 1 });
        assert_eq!(four.after_wrong(at(0), RULE).standing(RULE), Standing::Locked { until: at(900) });
    }

    #[test]
    fn a_lock_opens_when_its_time_is_over_and_all_tries_are_there_again() {
        assert_eq!(locked(0).at(at(899), RULE).standing(RULE), Standing::Locked { until: at(900) });
        assert_eq!(locked(0).at(at(900), RULE).standing(RULE), Standing::Open { left: 5 });
    }

    #[test]
    fn trying_while_locked_does_not_make_the_lock_longer() {
        assert_eq!(locked(0).after_wrong(at(600), RULE), locked(0));
    }

    proptest! {
        #[test]
        fn a_clock_that_jumps_back_never_unlocks_and_never_locks_for_longer_than_the_rule(back in 1i64..1_000_000_000) {
            let seen = locked(0).at(at(-back), RULE);
            prop_assert_eq!(seen.standing(RULE), Standing::Locked { until: at(900 - back) });
            prop_assert_eq!(seen.at(at(900 - back), RULE).standing(RULE), Standing::Open { left: 5 });
        }
    }

    #[test]
    fn who_manages_or_oversees_handles_no_case() {
        use PersonRole::{Administrator, Archivist, Clerk, Issuer, Public, Supervisor, Tester};
        let fit = |roles: &[PersonRole], training| fits(&roles.iter().copied().collect(), training);
        assert_eq!(fit(&[Clerk, Issuer, Archivist], false), Ok(()));
        assert_eq!(fit(&[Administrator], false), Ok(()));
        assert_eq!(fit(&[Administrator, Clerk], false), Err(RolesWhy::NotTogether));
        assert_eq!(fit(&[Administrator, Supervisor], false), Err(RolesWhy::NotTogether));
        assert_eq!(fit(&[Supervisor, Issuer], false), Err(RolesWhy::NotTogether));
        assert_eq!(fit(&[Tester], false), Err(RolesWhy::TrainingOnly));
        assert_eq!(fit(&[Tester, Clerk], true), Ok(()));
        assert_eq!(fit(&[Public], true), Err(RolesWhy::Public));
        assert_eq!(fit(&[], true), Err(RolesWhy::None));
    }

    #[test]
    fn passwords_that_anybody_guesses_are_refused() {
        for (password, why) in [
            ("一二三四五六七", PasswordWhy::TooShort),
            ("1234567", PasswordWhy::TooShort),
            ("12345678", PasswordWhy::Common),
            ("87654321", PasswordWhy::Common),
            ("88888888", PasswordWhy::Common),
            ("Passw0rd", PasswordWhy::Common),
            ("zhangmin1", PasswordWhy::TheName),
        ] {
            assert_eq!(good_password(password, "ZhangMin1"), Err(why), "{password}");
        }
        assert_eq!(good_password(&"长".repeat(86), "张敏"), Err(PasswordWhy::TooLong));
        assert_eq!(good_password("南门-1951-柳", "张敏"), Ok(()));
        assert_eq!(good_password("一二三四五六七八", "张敏"), Ok(()));
    }
}
