//! What is seen of a person, and for how long: every view of a visit is read, every paper, everything that is logged.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use desk::contract::{Request, Screen, SearchEntry, StageChoice, View};
use journeys::aftermath::{Aftermath, text};
use journeys::bench::Simulator;
use journeys::counter::Counter;
use journeys::programs::command;
use tempfile::TempDir;

/// The person of the bench, who is invented.
const NAME: &str = "欧阳𬭚";
const NUMBER: &str = "430903195103080025";
const ADDRESS: &str = "样例村1组1号";

/// A station whose views are all kept as the page gets them.
struct Watched {
    simulator: Simulator,
    folder: TempDir,
    station: PathBuf,
    views: Arc<Mutex<Vec<String>>>,
}

impl Watched {
    fn new() -> Watched {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        Watched { simulator, folder, station, views: Arc::default() }
    }

    fn counter(&self) -> Counter {
        let views = Arc::clone(&self.views);
        Counter::open_watched(&self.station, move |view| views.lock().unwrap().push(json(&view))).unwrap()
    }

    /// Every view since this was last asked.
    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.views.lock().unwrap())
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn json(view: &View) -> String {
    serde_json::to_string(view).unwrap()
}

fn shows_lobby(view: &str) -> bool {
    view.contains("\"show\":\"lobby\"") || view.contains("\"show\":\"search\"")
}

#[test]
fn no_view_of_a_visit_shows_the_full_number_and_no_list_the_full_name() {
    let bench = Watched::new();
    let counter = bench.counter();
    counter.walk_to("photo");
    counter.ask(Request::ParkCase).unwrap();
    for text in ["欧阳", "HS0101-20211108-0001"] {
        let entry =
            SearchEntry { text: text.to_owned(), from: String::new(), to: String::new(), stage: StageChoice::Any };
        counter.ask(Request::Search { entry }).unwrap();
        let Screen::Search(found) = counter.view().screen else { panic!("a search") };
        assert_eq!(found.lines.len(), 1, "{found:?}");
    }
    counter.ask(Request::CloseSearch).unwrap();
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    let views = bench.seen();
    assert!(views.iter().any(|view| view.contains("430903********0025")), "the number was shown masked");
    assert!(views.iter().any(|view| shows_lobby(view) && view.contains("欧**")), "the name was listed masked");
    for view in views {
        assert!(!view.contains(NUMBER), "{view}");
        assert!(!(shows_lobby(&view) && view.contains(NAME)), "{view}");
    }
}

#[test]
fn an_unmasked_number_is_seen_until_the_case_is_left_and_stands_on_no_paper() {
    let bench = Watched::new();
    let counter = bench.counter();
    counter.walk_to("eligibility");
    assert_eq!(counter.ask(Request::Unmask { reason: " ".to_owned() }).unwrap_err().code, "desk.correct");
    assert!(bench.seen().iter().all(|view| !view.contains(NUMBER)), "not without a reason");
    counter.ask(Request::Unmask { reason: "核对户口簿".to_owned() }).unwrap();
    assert!(json(&counter.view()).contains(NUMBER));
    counter.ask(Request::ParkCase).unwrap();
    bench.seen();
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    assert!(bench.seen().iter().all(|view| !view.contains(NUMBER)), "whoever takes it up again sees it masked");
    drop(counter);
    let left = Aftermath::of(bench.path());
    for print in [left.prints("card"), left.prints("paper")].concat() {
        assert!(!text(&print).contains(NUMBER), "{}", print.display());
    }
    let needs_it =
        |message: &ledger::Message| matches!(message.kind.name(), "acceptance" | "ageing_record" | "filing_report");
    for message in left.messages() {
        assert_eq!(message.body.contains(NUMBER), needs_it(&message), "{}", message.kind.name());
    }
}

#[test]
fn nothing_of_the_person_is_left_when_the_case_is_left() {
    let ways = [
        vec![Request::ParkCase],
        vec![Request::SignOut],
        vec![Request::WithdrawCase { reason: "不办了".to_owned() }, Request::CloseCase],
    ];
    for leave in ways {
        let bench = Watched::new();
        let counter = bench.counter();
        counter.walk_to("eligibility");
        counter.wait("the chip's portrait", |_| counter.picture("chip-photo").map(|_| ()));
        let how = format!("{leave:?}");
        for request in leave {
            counter.ask(request).unwrap();
        }
        let after = json(&counter.view());
        for trace in [NAME, NUMBER, "430903********0025", ADDRESS, "0737-4400000"] {
            assert!(!after.contains(trace), "{how}: {trace} is left in {after}");
        }
        assert!(counter.picture("chip-photo").is_none(), "{how}: the portrait is left");
    }
}

#[test]
fn a_picture_is_shown_to_whoever_has_a_case_open_and_to_nobody_else() {
    let bench = Watched::new();
    let counter = bench.counter();
    counter.walk_to("numbering");
    counter.ask(Request::ReserveNumber).unwrap();
    assert!(counter.picture("preview-front").is_some());
    counter.ask(Request::SignOut).unwrap();
    assert!(counter.picture("preview-front").is_none());
}

#[test]
fn nothing_that_is_logged_names_a_person_or_holds_a_number() {
    let bench = Watched::new();
    let mut visit = command("youdai");
    visit.env("YOUDAI_LOG", "trace").args(["--json", "visit", "--station"]).arg(&bench.station);
    let visit = visit.arg("--out").arg(bench.path().join("out")).output().unwrap();
    let said = String::from_utf8_lossy(&[visit.stdout, visit.stderr].concat()).into_owned();
    assert!(visit.status.success(), "{said}");
    for trace in [NAME, NUMBER, "19510308", ADDRESS, "0737-4400000", "lianxi-", "argon2id"] {
        assert!(!said.contains(trace), "{trace} was logged:\n{said}");
    }
    assert!(!bench.simulator.address("platform").is_empty());
}
