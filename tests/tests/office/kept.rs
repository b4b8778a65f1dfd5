//! What is kept and for how long, from the seal to the day on which nobody is known any more: a real visit, and then the same
//! station's desk under a clock that is turned by hand.

use std::path::{Path, PathBuf};

use casework::fact::Fact;
use casework::nouns::CaseId;
use casework::retention::Keep;
use casework::station_fact::StationFact;
use desk::contract::{LightState, Request, RetentionView, Screen, StationRole, StepBody};
use desk::desk::{Desk, Now};
use desk::station::StationFile;
use jiff::{SignedDuration, Timestamp, tz};
use journeys::aftermath::Aftermath;
use journeys::bench::Simulator;
use ledger::LedgerError;
use serde_json::json;
use tempfile::TempDir;

use crate::bench::Bench;

/// A station that was left with one sealed case, and what was known of its person.
struct Left {
    station: PathBuf,
    case: CaseId,
    words: Vec<String>,
    folder: TempDir,
    _simulator: Simulator,
}

impl Left {
    /// `arrive`: whether the platforms take what is sent.
    fn new(arrive: bool) -> Left {
        let bench = Bench::new();
        if !arrive {
            for platform in ["city", "ageing", "filing", "rating"] {
                bench.simulator.order("platform", &json!({"platform": platform, "behaviour": "away"})).unwrap();
            }
        }
        bench.visit();
        if arrive {
            bench.counter.wait("everything sent", |view| {
                let light = view.lights.iter().find(|light| light.device == "platform")?;
                (light.state == LightState::Good).then_some(())
            });
        }
        let station = bench.station.clone();
        let (left, simulator, folder) = bench.stopped();
        let case = left.only_case();
        let words = left.facts(&case).into_iter().find_map(|one| {
            let Fact::Identified { identity, .. } = one.fact else { return None };
            let read = [identity.name.as_str(), identity.number.as_str(), identity.address.as_str(), "0737-4400000"];
            Some(read.map(str::to_owned).to_vec())
        });
        drop(left);
        Left { station, case, words: words.unwrap(), folder, _simulator: simulator }
    }

    fn on_day(&self, days: i64) -> Now {
        let first: Timestamp = "2021-11-08T02:00:00Z".parse().unwrap();
        let at = first + SignedDuration::from_hours(24 * days);
        Now { at, today: tz::offset(8).to_datetime(at).date(), jitter: 0.5 }
    }

    fn on(&self, days: i64) -> Later {
        let now = self.on_day(days);
        let file = StationFile::load(&self.station).unwrap();
        let desk = Desk::open(file, None).unwrap_or_else(|fault| panic!("{fault:#?}"));
        let mut later = Later { desk, now };
        later.must(cli::people::CLERK.sign_in());
        later
    }

    fn aftermath(&self) -> Aftermath {
        Aftermath::of(self.folder.path())
    }

    /// Where the person is still known: tables of the ledger, and files beside it by their raw bytes.
    fn traces(&self) -> Vec<String> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let mut places = self.aftermath().ledger.traces(&words).unwrap();
        let mut folders = vec![self.folder.path().join("ledger/training")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if holds(&std::fs::read(&path).unwrap(), &words) {
                    places.push(path.display().to_string());
                }
            }
        }
        places
    }
}

fn holds(bytes: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| bytes.windows(word.len()).any(|part| part == word.as_bytes()))
}

/// The desk of that station on a later day, the practised clerk at work.
struct Later {
    desk: Desk,
    now: Now,
}

impl Later {
    fn must(&mut self, request: Request) {
        let asked = format!("{request:?}");
        self.desk.ask(request, self.now).0.unwrap_or_else(|fault| panic!("{asked}: {fault:#?}"));
    }

    fn plan(&self) -> (Vec<CaseId>, Vec<(CaseId, Keep)>) {
        let plan = self.desk.retention_plan(true, self.now).unwrap_or_else(|fault| panic!("{fault:#?}"));
        (plan.erase, plan.kept)
    }

    fn forget(&mut self) -> u32 {
        self.desk.retention_run(true, self.now).unwrap_or_else(|fault| panic!("{fault:#?}")).cases
    }

    fn shown(&mut self) -> Screen {
        self.desk.view(self.now).screen
    }

    /// Takes the package out by hand at the finished case, and gives the folder.
    fn export(&mut self, case: &CaseId) -> PathBuf {
        self.must(Request::ResumeCase { case: case.to_string() });
        self.must(Request::ExportPackage);
        let Screen::Case(shown) = self.shown() else { panic!("a case lies open") };
        let StepBody::Closed { package: Some(package), .. } = shown.body else { panic!("a sealed case") };
        assert!(package.has_left && package.comparison.len() == 19, "{package:?}");
        self.must(Request::CloseCase);
        Path::new(&package.left.unwrap().folder).to_path_buf()
    }
}

#[test]
fn from_the_seal_over_the_export_to_the_day_on_which_nothing_of_the_person_is_left() {
    let left = Left::new(true);
    let case = &left.case;
    assert!(left.traces().len() >= 4, "the person is known: {:?}", left.traces());

    // A month later the package has not left: it is the only copy of an archive, and stays.
    let mut later = left.on(31);
    assert_eq!(later.plan(), (vec![], vec![(case.clone(), Keep::NotExported)]));
    assert_eq!(later.forget(), 0);
    let folder = later.export(case);
    drop(later);

    let package = std::fs::read(folder.join(format!("DA-{case}.tar"))).unwrap();
    let verdict = archive::verify(&package);
    assert!(verdict.is_sound(), "{verdict:#?}");
    let aftermath = left.aftermath();
    let head = aftermath.report().head;
    let stored = aftermath.ledger.picture(&casework::journal::sm3(&package).to_hex().parse().unwrap()).unwrap();
    assert_eq!(stored.as_deref(), Some(package.as_slice()), "byte for byte as it was sealed");
    drop(aftermath);

    let mut later = left.on(32);
    assert_eq!(later.plan(), (vec![case.clone()], vec![]));
    assert_eq!(later.forget(), 1);
    drop(later);

    assert_eq!(left.traces(), Vec::<String>::new());
    let aftermath = left.aftermath();
    let report = aftermath.report();
    assert_eq!(report.problems, Vec::<String>::new());
    assert!(matches!(aftermath.ledger.case_facts(case), Err(LedgerError::Erased { .. })));
    // The skeleton: the case, its day, its number and every row of the journal are still there.
    assert!(aftermath.cases().iter().any(|line| line.case == *case && line.card.is_some()));
    assert!(report.head.n > head.n && aftermath.ledger.journal(head.n - 1, 1).unwrap()[0].n == head.n);
    let facts = aftermath.ledger.station_facts().unwrap();
    let erased = facts.iter().find(|one| matches!(&one.fact, StationFact::Erased { case: of, .. } if of == case));
    assert_eq!(erased.unwrap().actor.as_str(), cli::people::CLERK.name);
}

#[test]
fn an_exported_case_whose_messages_did_not_arrive_is_kept_however_old_it_is() {
    let left = Left::new(false);
    let mut later = left.on(400);
    later.export(&left.case);
    assert_eq!(later.plan(), (vec![], vec![(left.case.clone(), Keep::Unsent { messages: 5 })]));
    assert_eq!(later.forget(), 0);
    drop(later);
    assert!(left.traces().len() >= 4, "{:?}", left.traces());
    assert_eq!(left.aftermath().report().problems, Vec::<String>::new());
}

#[test]
fn all_packages_that_wait_leave_with_one_touch_on_the_page_of_the_hand_over() {
    let left = Left::new(true);
    let mut later = left.on(1);
    assert_eq!(later.desk.ask(Request::ExportPackages, later.now).0.unwrap_err().code, "desk.not_now");
    later.must(Request::ShowHandOver);
    let Screen::HandOver(page) = later.shown() else { panic!("the page") };
    assert_eq!((page.packages, page.left), (1, None));
    later.must(Request::ExportPackages);
    let Screen::HandOver(page) = later.shown() else { panic!("the page") };
    assert_eq!((page.packages, page.left.unwrap().count), (0, 1));
    assert!(page.acts.iter().any(|act| act.ask == "export_packages" && !act.allowed), "nothing is left to export");
}

#[test]
fn a_folder_that_cannot_be_written_takes_no_package_and_leaves_no_row() {
    let left = Left::new(true);
    let mut later = left.on(1);
    // Where the folder should be there is a file.
    std::fs::write(left.folder.path().join("ledger/exports"), "in the way").unwrap();
    later.must(Request::ResumeCase { case: left.case.to_string() });
    assert_eq!(later.desk.ask(Request::ExportPackage, later.now).0.unwrap_err().code, "ledger.export");
    drop(later);
    assert!(!left.aftermath().ledger.package_has_left(&left.case).unwrap());
}

/// What the page shows to the supervisor.
fn page(later: &mut Later) -> RetentionView {
    let Screen::Retention(page) = later.shown() else { panic!("the page of what may be forgotten") };
    *page
}

#[test]
fn a_supervisor_forgets_what_is_due_behind_the_day_of_the_ledger_and_it_stands_under_their_name() {
    let left = Left::new(true);
    let mut later = left.on(31);
    assert_eq!(later.desk.ask(Request::ShowRetention, later.now).0.unwrap_err().code, "desk.not_permitted");
    let supervisor = cli::people::SUPERVISOR;
    for request in [
        Request::SignOut,
        cli::people::ADMINISTRATOR.sign_in(),
        Request::AddPerson {
            name: supervisor.name.to_owned(),
            roles: vec![StationRole::Supervisor],
            password: supervisor.secret(),
        },
        Request::SignOut,
        supervisor.sign_in(),
        Request::ShowRetention,
    ] {
        later.must(request);
    }
    // A month went by and nobody was at work: the ledger counts one day of it.
    let shown = page(&mut later);
    assert_eq!((shown.day.as_str(), shown.clock.as_deref()), ("2021年11月9日", Some("2021年12月9日")));
    assert_eq!((shown.due.cases, shown.due_by_clock.unwrap().cases), (0, 0), "the package has not left");
    assert_eq!(later.desk.ask(Request::EraseDue { day_is_right: true }, later.now).0.unwrap_err().code, "desk.not_now");
    drop(later);
    left.on(31).export(&left.case);

    let mut later = left.on(31);
    later.must(Request::SignOut);
    later.must(cli::people::SUPERVISOR.sign_in());
    later.must(Request::ShowRetention);
    assert_eq!(page(&mut later).due_by_clock.unwrap().named, [left.case.to_string()]);
    assert_eq!(
        later.desk.ask(Request::EraseDue { day_is_right: false }, later.now).0.unwrap_err().code,
        "desk.not_now"
    );
    later.must(Request::EraseDue { day_is_right: true });
    let shown = page(&mut later);
    assert!(shown.done.unwrap().starts_with("清理了 1 件"));
    assert_eq!((shown.clock, shown.due.cases), (None, 0), "the day counts now, and nothing is left");
    drop(later);
    assert_eq!(left.traces(), Vec::<String>::new());
    let aftermath = left.aftermath();
    assert_eq!(aftermath.report().problems, Vec::<String>::new());
    let facts = aftermath.ledger.station_facts().unwrap();
    let run = facts.iter().find(|one| matches!(one.fact, StationFact::RetentionRun { cases: 1, word: true, .. }));
    assert_eq!(run.unwrap().actor.as_str(), cli::people::SUPERVISOR.name);
}

#[test]
fn the_ledger_counts_a_day_for_each_day_on_which_somebody_came_to_work() {
    let left = Left::new(true);
    left.on(1).export(&left.case);
    for day in 2..30 {
        assert_eq!(left.on(day).desk.retention_plan(false, left.on_day(day)).unwrap().erase, []);
    }
    let plan = left.on(30).desk.retention_plan(false, left.on_day(30)).unwrap();
    assert_eq!((plan.day, plan.erase), (plan.clock, vec![left.case.clone()]), "nobody's word is needed");
}
