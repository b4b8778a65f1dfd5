//! The list of people and the rules about it.

use cli::people::Practice;
use desk::contract::{Request, Screen, Secret, StationRole};

use crate::bench::{ADMINISTRATOR, Bench, CLERK, add};

const SECOND: Practice = Practice { name: "第二管理员", password: "lianxi-guanli-2" };

fn names(bench: &mut Bench) -> Vec<String> {
    let Screen::People(list) = bench.view().screen else { panic!("the list of people") };
    list.people.into_iter().map(|line| line.name).collect()
}

#[test]
fn the_last_administrator_stays() {
    let mut bench = Bench::with_people();
    bench.sign_in(ADMINISTRATOR);
    let own = || ADMINISTRATOR.name.to_owned();
    assert_eq!(bench.code(Request::DismissPerson { name: own() }), "desk.not_now");
    assert_eq!(bench.code(Request::SetRoles { name: own(), roles: vec![StationRole::Clerk] }), "desk.not_now");
    bench.must(add(SECOND, &[StationRole::Administrator]));
    assert_eq!(bench.code(Request::DismissPerson { name: own() }), "desk.not_now", "nobody dismisses themselves");
    bench.must(Request::SetRoles { name: own(), roles: vec![StationRole::Clerk] });
    assert_eq!(bench.screen(), "lobby", "a role that was given up is given up at once");
    bench.must(Request::SignOut);
    bench.sign_in(SECOND);
    bench.must(Request::DismissPerson { name: own() });
    assert_eq!(names(&mut bench), [CLERK.name, SECOND.name]);
}

#[test]
fn a_dismissed_person_signs_in_no_more_and_keeps_the_name_in_the_journal() {
    let mut bench = Bench::with_people();
    bench.sign_in(CLERK);
    bench.must(Request::SignOut);
    bench.sign_in(ADMINISTRATOR);
    bench.must(Request::DismissPerson { name: CLERK.name.to_owned() });
    assert_eq!(names(&mut bench), [ADMINISTRATOR.name]);
    bench.must(Request::SignOut);
    assert_eq!(bench.code(CLERK.sign_in()), "desk.wrong_password");
    bench.sign_in(ADMINISTRATOR);
    bench.must(add(CLERK, &[StationRole::Clerk]));
    bench.must(Request::SignOut);
    bench.sign_in(CLERK);
    let left = bench.aftermath();
    assert_eq!(left.report().problems, Vec::<String>::new());
    assert!(left.ledger.journal(0, 1000).unwrap().iter().any(|row| row.actor.as_str() == CLERK.name));
}

#[test]
fn a_person_is_added_once_with_roles_that_go_together_and_a_password_nobody_guesses() {
    let mut bench = Bench::with_people();
    bench.sign_in(ADMINISTRATOR);
    assert_eq!(bench.code(add(CLERK, &[StationRole::Clerk])), "desk.correct", "there is one already");
    assert_eq!(bench.code(add(SECOND, &[])), "desk.correct");
    let both = [StationRole::Administrator, StationRole::Clerk];
    assert_eq!(bench.code(add(SECOND, &both)), "desk.correct");
    assert_eq!(bench.code(add(Practice { password: "88888888", ..SECOND }, &[StationRole::Clerk])), "desk.correct");
    assert_eq!(bench.code(Request::DismissPerson { name: "没有这个人".to_owned() }), "desk.correct");
    assert_eq!(names(&mut bench).len(), 2);
}

#[test]
fn ones_own_password_is_changed_with_the_old_one() {
    let mut bench = Bench::with_people();
    bench.sign_in(CLERK);
    let change = |old: Option<&str>, name: &str| Request::SetPassword {
        name: name.to_owned(),
        old: old.map(Secret::new),
        password: Secret::new("北门-1952-梅"),
    };
    assert_eq!(bench.code(change(None, CLERK.name)), "desk.correct");
    assert_eq!(bench.code(change(Some("wrong password"), CLERK.name)), "desk.correct");
    assert_eq!(bench.code(change(None, ADMINISTRATOR.name)), "desk.not_permitted", "another person's");
    bench.must(change(Some(CLERK.password), CLERK.name));
    bench.must(Request::SignOut);
    assert_eq!(bench.code(CLERK.sign_in()), "desk.wrong_password");
    bench.must(Request::SignIn { name: CLERK.name.to_owned(), password: Secret::new("北门-1952-梅") });
}

#[test]
fn guessing_ones_own_old_password_locks_like_guessing_at_the_door() {
    let mut bench = Bench::with_people();
    bench.sign_in(CLERK);
    let guess = || Request::SetPassword {
        name: CLERK.name.to_owned(),
        old: Some(Secret::new("wrong password")),
        password: Secret::new("北门-1952-梅"),
    };
    for _ in 0..4 {
        assert_eq!(bench.code(guess()), "desk.correct");
    }
    assert_eq!(bench.code(guess()), "desk.locked_out");
    assert_eq!(bench.code(guess()), "desk.locked_out");
}
