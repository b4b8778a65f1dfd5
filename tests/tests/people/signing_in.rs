//! First run, the door, the lock and the end of a session.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use casework::nouns::WindowLevel;
use casework::station_fact::StationFact;
use desk::contract::{Kind, Request, Screen, Secret};
use journeys::bench::Simulator;
use journeys::http;
use journeys::programs::command;
use serde_json::{Value, json};

use crate::bench::{ADMINISTRATOR, Bench, CLERK, wrong};

#[test]
fn a_new_station_wants_its_first_administrator_and_takes_nothing_else() {
    let mut bench = Bench::new();
    assert_eq!(bench.screen(), "first_run");
    assert_eq!(bench.code(Request::OpenCase { kind: Kind::First }), "desk.not_signed_in");
    assert_eq!(bench.code(CLERK.sign_in()), "desk.wrong_password", "nobody is there yet");
    for (name, password) in
        [("", "lianxi-guanli-1"), ("system", "lianxi-guanli-1"), ("甲", "short"), ("甲", "12345678")]
    {
        let first = Request::SetUpFirst { name: name.to_owned(), password: Secret::new(password) };
        assert_eq!(bench.code(first), "desk.correct", "{name} {password}");
    }
    bench.must(cli::people::first());
    assert_eq!(bench.screen(), "people", "who has set the station up is at work as its administrator");
    bench.must(Request::SignOut);
    assert_eq!(bench.code(cli::people::first()), "desk.not_now", "there is a first one only once");
    assert_eq!(bench.screen(), "sign_in");
}

#[test]
fn a_session_shows_who_is_at_work_and_does_not_outlive_the_program() {
    let mut bench = Bench::with_people();
    assert_eq!(bench.view().station.at_work, None);
    bench.sign_in(CLERK);
    let at_work = bench.view().station.at_work.unwrap();
    assert_eq!((at_work.name.as_str(), at_work.roles.as_str()), (CLERK.name, "收件人员、发证人员、归档人员"));
    bench.restart();
    assert_eq!(bench.screen(), "sign_in");
}

#[test]
fn an_unknown_name_and_a_wrong_password_are_answered_alike() {
    let mut bench = Bench::with_people();
    for _ in 0..6 {
        let known = bench.ask(wrong(CLERK.name)).unwrap_err();
        let unknown = bench.ask(wrong("没有这个人")).unwrap_err();
        assert_eq!(known, unknown);
    }
    let fault = bench.ask(wrong(CLERK.name)).unwrap_err();
    assert_eq!(fault.code, "desk.locked_out");
    assert!(fault.reasons[0].contains("09:15"), "{fault:#?}");
    assert!(!fault.call.is_empty() && fault.do_now.contains("管理员"), "{fault:#?}");
}

#[test]
fn each_wrong_try_says_how_many_are_left() {
    let mut bench = Bench::with_people();
    for left in (1..5).rev() {
        let fault = bench.ask(wrong(CLERK.name)).unwrap_err();
        assert!(fault.fields[0].words.contains(&format!("还可以试 {left} 次")), "{fault:#?}");
    }
    assert_eq!(bench.code(wrong(CLERK.name)), "desk.locked_out");
}

#[test]
fn a_lock_holds_over_a_restart_and_over_a_clock_that_is_set_back_and_opens_in_time() {
    let mut bench = Bench::with_people();
    for _ in 0..5 {
        bench.ask(wrong(CLERK.name)).unwrap_err();
    }
    bench.restart();
    assert_eq!(bench.code(CLERK.sign_in()), "desk.locked_out", "also with the right password");
    bench.minutes(14);
    assert_eq!(bench.code(CLERK.sign_in()), "desk.locked_out");
    bench.turn(-60 * 24 * 365);
    assert_eq!(bench.code(CLERK.sign_in()), "desk.locked_out", "a clock set back opens nothing");
    bench.restart();
    bench.turn(14);
    assert_eq!(bench.code(CLERK.sign_in()), "desk.locked_out");
    bench.turn(1);
    assert_eq!(bench.code(CLERK.sign_in()), "done", "and it does not hold for a year either");
}

#[test]
fn tries_are_counted_over_a_restart_and_forgotten_after_a_good_one() {
    let mut bench = Bench::with_people();
    for _ in 0..4 {
        bench.ask(wrong(CLERK.name)).unwrap_err();
    }
    bench.restart();
    bench.sign_in(CLERK);
    bench.must(Request::SignOut);
    let fault = bench.ask(wrong(CLERK.name)).unwrap_err();
    assert!(fault.fields[0].words.contains("还可以试 4 次"), "{fault:#?}");
}

#[test]
fn an_administrator_opens_a_lock_by_setting_a_new_password() {
    let mut bench = Bench::with_people();
    for _ in 0..5 {
        bench.ask(wrong(CLERK.name)).unwrap_err();
    }
    bench.sign_in(ADMINISTRATOR);
    let Screen::People(list) = bench.view().screen else { panic!("the list of people") };
    let line = list.people.iter().find(|line| line.name == CLERK.name).unwrap();
    assert!(line.locked.as_ref().unwrap().contains("09:15"), "{line:?}");
    let password = Secret::new("北门-1952-梅");
    bench.must(Request::SetPassword { name: CLERK.name.to_owned(), old: None, password: password.clone() });
    bench.must(Request::SignOut);
    assert_eq!(bench.code(CLERK.sign_in()), "desk.wrong_password", "the old one is gone");
    bench.must(Request::SignIn { name: CLERK.name.to_owned(), password });
}

#[test]
fn nothing_that_was_typed_at_the_door_is_kept() {
    let mut bench = Bench::with_people();
    bench.ask(wrong("我的密码是123")).unwrap_err();
    let left = bench.aftermath();
    let failed: Vec<_> = left.ledger.station_facts().unwrap().into_iter().map(|one| one.fact).collect();
    assert!(failed.contains(&StationFact::SignInFailed { name: None }), "{failed:?}");
    assert!(!format!("{failed:?}").contains("我的密码"), "{failed:?}");
}

#[test]
fn a_session_ends_by_itself_and_its_case_is_parked() {
    let mut bench = Bench::with_people();
    bench.sign_in(CLERK);
    bench.must(Request::OpenCase { kind: Kind::First });
    bench.minutes(9);
    assert_eq!(bench.screen(), "case");
    bench.must(Request::ParkCase);
    bench.must(Request::OpenCase { kind: Kind::First });
    bench.minutes(9);
    assert_eq!(bench.screen(), "case", "each request begins the wait anew");
    bench.minutes(1);
    assert_eq!(bench.screen(), "sign_in");
    bench.sign_in(CLERK);
    let Screen::Lobby { cases, .. } = bench.view().screen else { panic!("the lobby") };
    assert_eq!(cases.len(), 2, "both cases wait");
    let left = bench.aftermath();
    let last = left.cases().iter().map(|line| left.facts(&line.case).pop().unwrap()).collect::<Vec<_>>();
    assert!(last.iter().all(|one| one.fact.tag() == "parked"), "{last:?}");
}

#[test]
fn looking_at_the_page_does_not_keep_a_session_alive() {
    let mut bench = Bench::with_people();
    bench.sign_in(CLERK);
    bench.minutes(6);
    bench.must(Request::Look);
    bench.minutes(4);
    assert_eq!(bench.screen(), "sign_in");
}

#[test]
fn a_kiosk_is_at_work_as_public_without_anybody_signing_in() {
    let mut bench = Bench::at(WindowLevel::Village, "post = \"kiosk\"");
    assert_eq!(bench.screen(), "lobby");
    assert!(bench.view().station.at_work.unwrap().public);
    assert_eq!(bench.code(cli::people::first()), "desk.not_permitted");
    assert_eq!(bench.code(CLERK.sign_in()), "desk.not_permitted");
    bench.must(Request::OpenCase { kind: Kind::First });
    bench.minutes(10);
    let Screen::Lobby { cases, .. } = bench.view().screen else { panic!("the next person finds the first screen") };
    assert!(cases.is_empty(), "and nobody else's case: {cases:?}");
    assert!(bench.view().station.at_work.unwrap().public, "a kiosk stays at work");
}

/// A station as a process of its own, killed as the power would kill it.
#[test]
fn a_lock_outlives_a_program_that_was_killed() {
    let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
    let folder = journeys::outputs::folder();
    let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
    let made = command("youdai").args(["people", "practice", "--station"]).arg(&station).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));

    let mut host = Host::start(&station, folder.path());
    for _ in 0..5 {
        assert_eq!(host.sign_in("wrong password")["ok"], false);
    }
    host.kill();
    let mut host = Host::start(&station, folder.path());
    let answer = host.sign_in(CLERK.password);
    assert_eq!(answer["fault"]["code"], "desk.locked_out", "{answer}");
    host.kill();
}

struct Host {
    process: Child,
    url: String,
}

impl Host {
    fn start(station: &Path, ui: &Path) -> Host {
        let mut process = command("browser-host")
            .arg("--station")
            .arg(station)
            .arg("--ui")
            .arg(ui)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        Host { process, url: ready["url"].as_str().unwrap().to_owned() }
    }

    fn sign_in(&self, password: &str) -> Value {
        let request = json!({"ask": "sign_in", "name": CLERK.name, "password": password});
        http::post(&format!("{}/desk", self.url), &request).unwrap()
    }

    /// SIGKILL: no destructor runs, no buffer is written.
    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
