//! Papers change hands on a list that both sides sign, or they stay where they are.

use casework::fact::Fact;
use casework::station_fact::StationFact;
use cli::people::{ADMINISTRATOR, CLERK};
use cli::visit::text_of;
use desk::contract::{Fault, HandOverTo, HandOverView, Request, Screen, Secret};
use journeys::aftermath::Aftermath;
use journeys::bench::Simulator;
use journeys::counter::Counter;
use tempfile::TempDir;

struct Bench {
    counter: Counter,
    folder: TempDir,
    _simulator: Simulator,
}

impl Bench {
    /// A village station with one delivered case, in the lobby.
    fn delivered() -> Bench {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        let counter = Counter::open(&station).unwrap();
        counter.walk_to("archive");
        counter.ask(Request::ParkCase).unwrap();
        Bench { counter, folder, _simulator: simulator }
    }

    fn page(&self) -> HandOverView {
        self.counter.ask(Request::ShowHandOver).unwrap();
        let Screen::HandOver(page) = self.counter.view().screen else { panic!("the page of the hand-over") };
        *page
    }

    fn sign(&self, cases: &[&str], old_cards: u32, taker: &str, password: &str) -> Result<(), Fault> {
        self.counter.ask(Request::SignHandOver {
            to: HandOverTo::Archivist,
            cases: cases.iter().map(|case| (*case).to_owned()).collect(),
            old_cards,
            taker: taker.to_owned(),
            password: Secret::new(password),
        })
    }

    /// What the station left behind, and the folder in which it lies.
    fn left(self) -> (Aftermath, TempDir) {
        drop(self.counter);
        (Aftermath::of(self.folder.path()), self.folder)
    }
}

fn code(answer: Result<(), Fault>) -> (String, String) {
    let fault = answer.unwrap_err();
    (fault.code, fault.fields.first().map(|field| field.field.clone()).unwrap_or_default())
}

/// The giver is at work, the taker signs with a password; whatever is missing, nothing changes hands, and a wrong password
/// counts as a wrong try.
#[test]
fn a_list_is_signed_by_both_or_by_nobody() {
    let bench = Bench::delivered();
    let page = bench.page();
    assert_eq!(page.issuer, None, "at a village window the clerk is the issuing staff");
    let [row] = page.archivist.as_slice() else { panic!("one case waits: {page:#?}") };
    let case = row.case.as_str();
    assert_eq!((row.why_not.as_deref(), row.package.as_str()), (None, format!("DA-{case}").as_str()));
    let told = |field: &str| ("archive.correct".to_owned(), field.to_owned());
    assert_eq!(code(bench.sign(&[], 0, CLERK.name, CLERK.password)), told("cases"));
    assert_eq!(code(bench.sign(&[case], 1, CLERK.name, CLERK.password)), told("old_cards"));
    assert_eq!(code(bench.sign(&[case], 0, " ", CLERK.password)), told("taker"));
    assert_eq!(code(bench.sign(&[case], 0, ADMINISTRATOR.name, ADMINISTRATOR.password)), told("taker"));
    assert_eq!(code(bench.sign(&[case], 0, CLERK.name, "wrong password")).0, "archive.not_signed");
    assert_eq!(code(bench.sign(&[case, "XXC-20211108-0099"], 0, CLERK.name, CLERK.password)).0, "desk.unknown_case");
    assert_eq!(bench.page(), page, "nothing has changed hands");
    bench.sign(&[case, case], 0, CLERK.name, CLERK.password).unwrap();
    let after = bench.page();
    assert_eq!((after.archivist.as_slice(), after.last.as_deref()), (&[][..], Some("YDHS0101-20211108-001")));
    assert_eq!(code(bench.sign(&[case], 0, CLERK.name, CLERK.password)).0, "desk.not_now", "no second list");
    // The case goes on to its seal, and its package holds the sheet.
    bench.counter.ask(Request::ClosePage).unwrap();
    bench.counter.ask(Request::ResumeCase { case: case.to_owned() }).unwrap();
    bench.counter.walk_to("closed");
    let case = case.parse().unwrap();
    let (left, _folder) = bench.left();
    assert_eq!(left.tags(&case).iter().filter(|tag| **tag == "handed_over").count(), 1);
    assert_eq!(left.report().problems, Vec::<String>::new());
}

/// Each way in which a signature can fail, and then the one that is good.
#[test]
fn nothing_changes_hands_until_the_taker_has_signed() {
    let bench = Bench::delivered();
    let case = bench.page().archivist[0].case.clone();
    bench.counter.ask(Request::ClosePage).unwrap();
    bench.counter.ask(Request::ResumeCase { case: case.clone() }).unwrap();
    let hand = |to: &str, password: Option<&str>| {
        bench.counter.ask(Request::HandOver { to: to.to_owned(), password: password.map(Secret::new) })
    };
    let unsigned = ("archive.not_signed".to_owned(), "password".to_owned());
    assert_eq!(code(hand(CLERK.name, Some("wrong password"))), unsigned);
    assert_eq!(code(hand("没有这个人", Some("wrong password"))), unsigned);
    let not_an_archivist = code(hand(ADMINISTRATOR.name, Some(ADMINISTRATOR.password)));
    assert_eq!(not_an_archivist, ("archive.correct".to_owned(), "taker".to_owned()));
    hand(CLERK.name, Some(CLERK.password)).unwrap();
    let sheet = bench.counter.paper("YDHS0101-20211108-001");
    let text: String = text_of(&sheet).unwrap().split_whitespace().collect();
    for words in [CLERK.name, &format!("DA-{case}"), "留存的旧证0张", "不邮寄"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let (left, _folder) = bench.left();
    let facts = left.facts(&case.parse().unwrap());
    let signed: Vec<&Fact> = facts.iter().map(|one| &one.fact).filter(|fact| fact.tag() == "handed_over").collect();
    let [Fact::HandedOver { from, to, list: Some(list), .. }] = signed.as_slice() else { panic!("{signed:?}") };
    assert_eq!((from.as_str(), to.as_str(), list.as_str()), (CLERK.name, CLERK.name, "YDHS0101-20211108-001"));
    let station = left.ledger.station_facts().unwrap();
    let wrong = station.iter().filter(|one| matches!(one.fact, StationFact::SignInFailed { .. })).count();
    assert_eq!(wrong, 2, "a wrong signature counts as a wrong try");
    assert!(
        station.iter().any(|one| matches!(&one.fact, StationFact::ListSigned { list: signed, .. } if signed == list))
    );
    assert_eq!(left.report().problems, Vec::<String>::new());
}
