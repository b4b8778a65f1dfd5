//! Looking cases up at the counter: by whatever the person has in hand, masked, a page at a time.
#![expect(clippy::unwrap_used, reason = "a set-up that fails has to end the test")]

use desk::contract::{FaultKind, FoundLine, Kind, Request, Screen, SearchEntry, SearchView, StageChoice, StepBody};
use journeys::bench::Simulator;
use journeys::counter::Counter;
use tempfile::TempDir;

struct Bench {
    counter: Counter,
    _simulator: Simulator,
    _folder: TempDir,
}

impl Bench {
    fn new() -> Bench {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        let counter = Counter::open(&station).unwrap_or_else(|fault| panic!("the station does not start: {fault:#?}"));
        Bench { counter, _simulator: simulator, _folder: folder }
    }

    fn ask(&self, request: Request) {
        self.counter.ask(request).unwrap_or_else(|fault| panic!("refused: {fault:#?}"));
    }

    /// The search on the screen.
    fn shown(&self) -> SearchView {
        let screen = self.counter.view().screen;
        let Screen::Search(search) = screen else { panic!("a search is on the screen, not {screen:#?}") };
        *search
    }

    fn found(&self, entry: SearchEntry) -> Vec<FoundLine> {
        self.ask(Request::Search { entry });
        self.shown().lines
    }

    /// Opens `count` cases and puts each aside.
    fn parked(&self, count: usize) {
        for _ in 0..count {
            self.ask(Request::OpenCase { kind: Kind::First });
            self.ask(Request::ParkCase);
        }
    }
}

fn by(text: &str) -> SearchEntry {
    SearchEntry { text: text.to_owned(), ..SearchEntry::default() }
}

#[test]
fn a_finished_case_is_found_by_everything_a_person_may_have_in_hand() {
    let bench = Bench::new();
    bench.ask(Request::OpenCase { kind: Kind::First });
    bench.counter.walk_to("closed");
    let case = bench.counter.case().case;
    bench.ask(Request::CloseCase);
    for text in ["", "欧阳", "阳𬭚", "YYHS0101000001", "yyhs01010", "HS0101-20211108-0001", "20211108-0001"] {
        let lines = bench.found(by(text));
        let [line] = lines.as_slice() else { panic!("{text}: {lines:#?}") };
        assert_eq!(line.case, case, "{text}");
        assert_eq!((line.name.as_str(), line.stage_name.as_str()), ("欧**", "办结，已归档"), "{text}");
        assert_eq!(line.card.as_deref(), Some("YYHS0101000001"), "{text}");
        assert_eq!((line.opened.as_str(), line.delivered.as_deref()), ("2021年11月8日", Some("2021年11月8日")));
    }
    assert_eq!(bench.found(by(&format!("S{case}"))).len(), 1, "the number of the receipt list");
    assert_eq!(bench.found(by("王")), []);
    assert_eq!(bench.found(by("YYHS0101000002")), []);
}

#[test]
fn a_person_is_found_by_the_number_of_the_identity_card_and_a_wrong_one_is_to_be_corrected() {
    let bench = Bench::new();
    bench.ask(Request::OpenCase { kind: Kind::First });
    bench.counter.walk_to("applicant");
    bench.ask(Request::ParkCase);
    let card = std::fs::read_to_string(journeys::programs::root().join("fixtures/people/ouyang.toml")).unwrap();
    let number = card.lines().find_map(|line| line.strip_prefix("number = \"")?.strip_suffix('"')).unwrap();
    let lines = bench.found(by(number));
    assert_eq!(lines.iter().map(|line| line.stage_name.as_str()).collect::<Vec<_>>(), ["填写中，已暂存"]);
    let shown = bench.shown();
    assert_eq!(shown.understood, "按身份证号查");
    // The number is not said again, and what is said still means the same person when only the stage is changed.
    assert_eq!(shown.asked.text, format!("{}********{}", &number[..6], &number[14..]));
    let narrowed = |stage| bench.found(SearchEntry { stage, ..shown.asked.clone() }).len();
    assert_eq!((narrowed(StageChoice::Open), narrowed(StageChoice::Sealed)), (1, 0));
    assert_eq!(bench.shown().understood, "按身份证号查");
    let wrong = format!("{}0", &number[..17]);
    let fault = bench.counter.ask(Request::Search { entry: by(&wrong) }).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.kind), ("ledger.search", FaultKind::Correct));
    assert_eq!(fault.fields[0].field, "text");
    assert!(!format!("{fault:?}").contains(&number[6..14]), "the fault does not repeat whom it was about");
}

#[test]
fn days_and_stages_narrow_a_search() {
    let bench = Bench::new();
    bench.parked(1);
    bench.ask(Request::OpenCase { kind: Kind::First });
    bench.ask(Request::WithdrawCase { reason: "申请人改日再来".to_owned() });
    bench.ask(Request::CloseCase);
    let of = |stage| bench.found(SearchEntry { stage, ..SearchEntry::default() }).len();
    assert_eq!(
        [StageChoice::Any, StageChoice::Open, StageChoice::Withdrawn, StageChoice::Refused].map(of),
        [2, 1, 1, 0]
    );
    let on = |from: &str, to: &str| {
        bench.found(SearchEntry { from: from.to_owned(), to: to.to_owned(), ..SearchEntry::default() }).len()
    };
    assert_eq!((on("2021-11-08", "2021-11-08"), on("2021-11-09", ""), on("", "2021-11-07")), (2, 0, 0));
    let entry = SearchEntry { from: "去年".to_owned(), ..SearchEntry::default() };
    assert_eq!(bench.counter.ask(Request::Search { entry }).unwrap_err().fields[0].field, "from");
}

#[test]
fn what_was_found_is_turned_a_page_at_a_time_newest_first() {
    let bench = Bench::new();
    bench.parked(23);
    let view = bench.counter.view();
    let Screen::Lobby { cases, open, .. } = view.screen else { panic!("the lobby is shown") };
    assert_eq!((cases.len(), open), (20, 23), "the lobby lists the newest and counts them all");
    assert_eq!(cases[0].case, "HS0101-20211108-0023");
    bench.ask(Request::Search { entry: by("") });
    let mut seen = Vec::new();
    for page in 1.. {
        let shown = bench.shown();
        assert_eq!(shown.page, page);
        seen.extend(shown.lines.into_iter().map(|line| line.case));
        if !shown.more {
            break;
        }
        bench.ask(Request::TurnPage { forward: true });
    }
    let expected: Vec<String> = (1..=23).rev().map(|n| format!("HS0101-20211108-{n:04}")).collect();
    assert_eq!(seen, expected);
    bench.ask(Request::TurnPage { forward: false });
    assert_eq!(bench.shown().page, 2);
    bench.ask(Request::TurnPage { forward: false });
    bench.ask(Request::TurnPage { forward: false });
    assert_eq!(bench.shown().page, 1, "there is no page before the first");
}

#[test]
fn a_closed_case_is_looked_at_and_left_without_a_change_and_the_search_stands_again() {
    let bench = Bench::new();
    bench.ask(Request::OpenCase { kind: Kind::First });
    bench.counter.walk_to("closed");
    bench.ask(Request::CloseCase);
    let line = bench.found(by("欧阳")).remove(0);
    assert!(line.closed);
    bench.ask(Request::ResumeCase { case: line.case.clone() });
    let shown = bench.counter.case();
    let StepBody::Closed { lines, .. } = shown.body else { panic!("a closed case is shown closed") };
    assert!(lines.iter().any(|words| words.contains("YYHS0101000001")), "{lines:?}");
    assert!(shown.person.unwrap().number.contains('*'));
    assert_eq!(shown.acts.iter().map(|act| act.ask.as_str()).collect::<Vec<_>>(), ["close_case", "export_package"]);
    let before = bench.counter.view().version;
    bench.ask(Request::CloseCase);
    assert!(bench.counter.view().version > before);
    assert_eq!(bench.shown().lines[0], line);
    bench.ask(Request::CloseSearch);
    assert!(matches!(bench.counter.view().screen, Screen::Lobby { .. }));
}

#[test]
fn nothing_is_looked_up_over_an_open_case() {
    let bench = Bench::new();
    bench.ask(Request::OpenCase { kind: Kind::First });
    let fault = bench.counter.ask(Request::Search { entry: by("欧阳") }).unwrap_err();
    assert_eq!(fault.code, "desk.not_now");
}
