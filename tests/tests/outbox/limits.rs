//! Too much waiting, or too little room: told, then no new case, and never the end of one that was begun.

use cli::people::{CLERK, clerk, first};
use desk::contract::{Act, Kind, LightState, Request, Screen, View};
use desk::desk::{Desk, Input, Now};
use desk::station::StationFile;
use jiff::{SignedDuration, Timestamp, civil::date};
use journeys::aftermath::Aftermath;
use journeys::programs::root;
use tempfile::TempDir;

use crate::bench::Bench;

const NEW: Request = Request::OpenCase { kind: Kind::First };

fn opening(view: &View) -> Act {
    let Screen::Lobby { acts, .. } = &view.screen else { panic!("the lobby is not shown: {view:#?}") };
    acts.iter().find(|act| act.ask == "open_case").unwrap().clone()
}

#[test]
fn at_the_hard_limit_no_case_is_opened_and_the_open_one_is_finished_to_its_seal() {
    let bench = Bench::cut_off();
    bench.rewire("soft_messages = 300", "soft_messages = 1");
    bench.rewire("hard_messages = 1000", "hard_messages = 2");
    let counter = bench.counter();
    counter.ask(NEW).unwrap();
    counter.walk_to("numbering");
    // The acceptance has sent two messages, one to the platform, one to the register; a third tells of the rating.
    counter.ask(Request::ParkCase).unwrap();
    let view = counter.view();
    let told = view.backlog.clone().unwrap();
    assert!(told.stopped && told.what.contains("2 条") && told.do_now.contains("接着办完"), "{told:?}");
    let act = opening(&view);
    assert!(!act.allowed && act.why_not.unwrap().contains("最上面"));
    let light = view.lights.iter().find(|light| light.device == "platform").unwrap();
    assert_eq!(light.state, LightState::NeedsHand);
    let fault = counter.ask(NEW).unwrap_err();
    assert_eq!(fault.code, "platform.backlog");
    assert!(fault.reasons[0].contains("待发的消息有 3 条") && fault.do_now.contains("发件箱"), "{fault:#?}");
    assert!(fault.call.contains("技术支持"), "{fault:#?}");

    let Screen::Lobby { cases, .. } = &view.screen else { panic!("the lobby") };
    counter.ask(Request::ResumeCase { case: cases[0].case.clone() }).unwrap();
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    assert_eq!(counter.ask(NEW).unwrap_err().code, "platform.backlog");
    drop(counter);
    let left = Aftermath::of(bench.path());
    assert_eq!(left.tags(&left.only_case()).last(), Some(&"sealed"));
    assert_eq!(left.prints("card").len(), 1);
}

#[test]
fn at_the_soft_limit_it_is_told_and_nothing_is_stopped() {
    let bench = Bench::cut_off();
    bench.rewire("soft_messages = 300", "soft_messages = 1");
    let counter = bench.after_a_visit();
    let view = counter.view();
    let told = view.backlog.clone().unwrap();
    assert!(!told.stopped && told.do_now.contains("不影响办理"), "{told:?}");
    assert!(opening(&view).allowed);
    counter.ask(NEW).unwrap();
    assert_eq!(counter.view().trouble, None);
}

/// A desk without devices whose clock and disk are turned by hand.
struct ByHand {
    desk: Desk,
    now: Timestamp,
    _folder: TempDir,
}

impl ByHand {
    /// With people, and the clerk at work.
    fn new() -> ByHand {
        let mut by_hand = ByHand::at("");
        for request in [first(), clerk(), Request::SignOut, CLERK.sign_in()] {
            by_hand.ask(request).unwrap();
        }
        by_hand
    }

    /// A station with more lines in its `[window]` section.
    fn at(more: &str) -> ByHand {
        let folder = journeys::outputs::folder();
        let text = std::fs::read_to_string(root().join("fixtures/stations/demo.toml")).unwrap();
        let text = text
            .replace("../../out/demo", &folder.path().display().to_string())
            .replace("level = \"village\"", &format!("level = \"village\"\n{more}"));
        let file = StationFile::parse("station.toml", &root().join("fixtures/stations"), &text).unwrap();
        let desk = Desk::open(file, None).unwrap();
        ByHand { desk, now: "2021-11-08T01:00:00Z".parse().unwrap(), _folder: folder }
    }

    fn clock(&self) -> Now {
        Now { at: self.now, today: date(2021, 11, 8), jitter: 0.5 }
    }

    fn ask(&mut self, request: Request) -> Result<(), desk::contract::Fault> {
        let now = self.clock();
        self.desk.ask(request, now).0
    }

    fn disk(&mut self, free: Option<u64>) {
        let now = self.clock();
        self.desk.handle(Input::DiskSeen { free }, now);
    }

    fn view(&mut self) -> View {
        let now = self.clock();
        self.desk.view(now)
    }
}

#[test]
fn a_disk_that_is_nearly_full_takes_no_new_case_until_there_is_room() {
    let mut by_hand = ByHand::new();
    by_hand.disk(Some(1_023 << 20));
    let told = by_hand.view().backlog.unwrap();
    assert!(told.stopped && told.what.contains("1023 MB") && told.what.contains("1024 MB"), "{told:?}");
    let fault = by_hand.ask(NEW).unwrap_err();
    assert_eq!(fault.code, "ledger.low_disk");
    assert!(fault.reasons[0].contains("1023 MB"), "{fault:#?}");
    by_hand.disk(Some(1_024 << 20));
    assert_eq!(by_hand.view().backlog, None);
    by_hand.ask(NEW).unwrap();
    // A case that is open goes on, however full the disk is.
    by_hand.disk(Some(0));
    by_hand.ask(Request::ParkCase).unwrap();
    let Screen::Lobby { cases, .. } = by_hand.view().screen else { panic!("the lobby") };
    by_hand.ask(Request::ResumeCase { case: cases[0].case.clone() }).unwrap();
}

#[test]
fn a_kiosk_is_held_to_the_same_limits_and_says_so() {
    let mut kiosk = ByHand::at("post = \"kiosk\"");
    kiosk.disk(Some(0));
    let fault = kiosk.ask(NEW).unwrap_err();
    assert_eq!(fault.code, "ledger.low_disk");
    assert!(kiosk.view().backlog.unwrap().stopped);
    kiosk.disk(Some(u64::MAX));
    kiosk.ask(NEW).unwrap();
}

#[test]
fn a_system_that_does_not_say_how_much_is_free_stops_nothing() {
    let mut by_hand = ByHand::new();
    by_hand.disk(None);
    by_hand.ask(NEW).unwrap();
}

#[test]
fn a_clock_that_is_set_back_or_far_ahead_ends_in_a_view() {
    let mut by_hand = ByHand::new();
    for hours in [-2 * 365 * 24, 4 * 365 * 24, -24] {
        by_hand.now += SignedDuration::from_hours(hours);
        let now = by_hand.clock();
        by_hand.desk.handle(Input::Beat, now);
        by_hand.view();
    }
}
