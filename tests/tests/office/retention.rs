//! Forgetting at a real desk with a clock turned by hand: nothing goes before its time, nothing that is unsent, and a clock
//! that jumped is not believed.

use casework::nouns::CaseId;
use casework::retention::Keep;
use casework::station_fact::StationFact;
use desk::contract::{Kind, Request, Screen, TypedIdentity};
use desk::desk::{Desk, Now};
use desk::station::StationFile;
use jiff::{SignedDuration, Timestamp, civil::Date, civil::date, tz};
use journeys::aftermath::Aftermath;
use journeys::programs::root;
use ledger::LedgerError;
use tempfile::TempDir;

const FIRST: Date = date(2021, 11, 8);
const NUMBER: &str = "430903195103080021";

struct Station {
    desk: Option<Desk>,
    at: Timestamp,
    folder: TempDir,
}

impl Station {
    fn new() -> Station {
        let folder = journeys::outputs::folder();
        let text = std::fs::read_to_string(root().join("fixtures/stations/demo.toml")).unwrap();
        let text = text.replace("../../out/demo", &folder.path().display().to_string());
        let file = StationFile::parse("station.toml", &root().join("fixtures/stations"), &text).unwrap();
        let desk = Desk::open(file, None).unwrap_or_else(|fault| panic!("{fault:#?}"));
        let mut station = Station { desk: Some(desk), at: "2021-11-08T01:00:00Z".parse().unwrap(), folder };
        station.must(cli::people::first());
        station.must(cli::people::clerk());
        station.must(Request::SignOut);
        station.must(cli::people::CLERK.sign_in());
        station
    }

    fn now(&self) -> Now {
        Now { at: self.at, today: tz::offset(8).to_datetime(self.at).date(), jitter: 0.5 }
    }

    fn desk(&mut self) -> &mut Desk {
        self.desk.as_mut().unwrap()
    }

    fn must(&mut self, request: Request) {
        let (now, asked) = (self.now(), format!("{request:?}"));
        self.desk().ask(request, now).0.unwrap_or_else(|fault| panic!("{asked}: {fault:#?}"));
    }

    fn days(&mut self, days: i64) {
        self.at += SignedDuration::from_hours(24 * days);
    }

    /// A case whose applicant was typed; it lies open.
    fn typed(&mut self) -> CaseId {
        self.must(Request::OpenCase { kind: Kind::First });
        let entry = TypedIdentity {
            name: "周样例".to_owned(),
            sex: String::new(),
            ethnicity: "01".to_owned(),
            birth: "1951-03-08".to_owned(),
            address: "湖南省益阳市赫山区样例街1号".to_owned(),
            number: valid_number(),
            issuing_authority: "益阳市公安局赫山分局".to_owned(),
            valid_from: "2010-01-01".to_owned(),
            valid_until: "长期".to_owned(),
        };
        self.must(Request::TypeIdentity { role: desk::contract::CardRole::Applicant, entry });
        let now = self.now();
        let Screen::Case(case) = self.desk().view(now).screen else { panic!("a case lies open") };
        case.case.parse().unwrap()
    }

    fn withdrawn(&mut self) -> CaseId {
        let case = self.typed();
        self.must(Request::WithdrawCase { reason: "改日再来".to_owned() });
        self.must(Request::CloseCase);
        case
    }

    fn plan(&mut self, word: bool) -> desk::retention::RetentionPlan {
        let now = self.now();
        self.desk().retention_plan(word, now).unwrap_or_else(|fault| panic!("{fault:#?}"))
    }

    fn run(&mut self, word: bool) -> desk::retention::RetentionDone {
        let now = self.now();
        self.desk().retention_run(word, now).unwrap_or_else(|fault| panic!("{fault:#?}"))
    }

    fn aftermath(mut self) -> (Aftermath, TempDir) {
        self.desk = None;
        (Aftermath::of(self.folder.path()), self.folder)
    }
}

/// [`NUMBER`] with the check character that belongs to it.
fn valid_number() -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = NUMBER.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{}{}", &NUMBER[..17], ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11])
}

#[test]
fn a_withdrawn_case_is_forgotten_on_the_thirtieth_day_and_an_open_one_never() {
    let mut station = Station::new();
    let closed = station.withdrawn();
    station.days(29);
    assert_eq!(station.plan(true).kept, [(closed.clone(), Keep::Until { day: date(2021, 12, 8) })]);
    station.days(1);
    assert_eq!(station.plan(true).erase, std::slice::from_ref(&closed));
    let done = station.run(true);
    assert_eq!((done.cases, done.waiting), (1, 0));
    assert_eq!(station.run(true).cases, 0, "twice");
    let (at, today) = (station.at, station.now().today);
    let told = station.desk().ask(Request::ResumeCase { case: closed.to_string() }, Now { at, today, jitter: 0.5 }).0;
    assert_eq!(told.unwrap_err().code, "ledger.erased");
    let (aftermath, _folder) = station.aftermath();
    assert!(matches!(aftermath.ledger.case_facts(&closed), Err(LedgerError::Erased { .. })));
    assert_eq!(aftermath.report().problems, Vec::<String>::new());
    let erased = |fact: &StationFact| matches!(fact, StationFact::Erased { case, .. } if *case == closed);
    assert_eq!(aftermath.ledger.station_facts().unwrap().iter().filter(|one| erased(&one.fact)).count(), 1);
}

#[test]
fn a_form_that_nobody_went_on_with_is_ended_after_a_week_and_forgotten() {
    let mut station = Station::new();
    let draft = station.typed();
    station.must(Request::ParkCase);
    station.days(6);
    assert_eq!(station.plan(true).abandon, []);
    station.days(1);
    assert_eq!(station.plan(true).abandon, std::slice::from_ref(&draft));
    assert_eq!(station.run(true).cases, 1);
    let (aftermath, _folder) = station.aftermath();
    assert_eq!(aftermath.ledger.count_open().unwrap(), 0);
    assert!(matches!(aftermath.ledger.case_facts(&draft), Err(LedgerError::Erased { .. })));
    assert_eq!(aftermath.report().problems, Vec::<String>::new());
}

#[test]
fn a_clock_that_jumped_a_year_forgets_nobody_until_a_person_says_that_it_is_right() {
    let mut station = Station::new();
    let closed = station.withdrawn();
    station.days(366);
    // Working under the wrong clock proves nothing about it.
    station.must(Request::SignOut);
    station.must(cli::people::CLERK.sign_in());
    let plan = station.plan(false);
    assert_eq!((plan.day, plan.erase.len()), (date(2021, 11, 9), 0));
    for _ in 0..40 {
        assert_eq!(station.run(false).cases, 0, "running it often makes no day pass");
    }
    assert_eq!(station.plan(true).erase, [closed]);
    assert_eq!(station.run(true).cases, 1);
    assert_eq!(station.now().today.year(), FIRST.year() + 1);
}

#[test]
fn nothing_is_forgotten_while_a_case_lies_open() {
    let mut station = Station::new();
    station.typed();
    station.days(40);
    let now = station.now();
    // The session ends by itself with the next beat; a case that somebody works at does not.
    assert_eq!(station.desk().retention_run(true, now).unwrap_err().code, "desk.not_now");
}
