//! Ratings at a real desk: what a clerk sees of one (nothing), what a supervisor does about a bad one, and what else stands
//! on a case after acceptance.

use desk::contract::{
    ExclusionChoice, FollowUpStanding, FollowUpsView, Kind, Request, Screen, SearchEntry, StageChoice, StationRole,
};
use journeys::aftermath::{Aftermath, text};
use journeys::bench::Simulator;
use journeys::counter::Counter;
use ledger::MessageState;
use serde_json::json;
use tempfile::TempDir;

use crate::bench::{ADMINISTRATOR, CLERK, add};
use cli::people::Practice;

const SUPERVISOR: Practice = Practice { name: "监督丁", password: "lianxi-gangwei-1" };

/// What no screen of a clerk may hold.
const WORDS: &str = "来了三趟才办成";

struct Window {
    simulator: Simulator,
    folder: TempDir,
    counter: Counter,
}

impl Window {
    fn open() -> Window {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        let counter = Counter::open(&station).unwrap();
        Window { simulator, folder, counter }
    }

    fn must(&self, request: Request) {
        let asked = format!("{request:?}");
        self.counter.ask(request).unwrap_or_else(|fault| panic!("{asked}: {fault:#?}"));
    }

    fn code(&self, request: Request) -> String {
        self.counter.ask(request).err().map_or_else(|| "done".to_owned(), |fault| fault.code)
    }

    /// The screen as the page gets it. Digits are left out: times and counts of tries are of the moment, and a level
    /// that was chosen is looked for by what it does to all the rest.
    fn screen(&self) -> String {
        let screen = serde_json::to_string(&self.counter.view().screen).unwrap();
        screen.chars().filter(|shown| !shown.is_ascii_digit()).collect()
    }

    fn follow_ups(&self) -> FollowUpsView {
        let Screen::FollowUps(page) = self.counter.view().screen else { panic!("the page of follow-ups") };
        *page
    }

    fn closed(self) -> (Simulator, Aftermath, TempDir) {
        drop(self.counter);
        (self.simulator, Aftermath::of(self.folder.path()), self.folder)
    }
}

/// Everything a clerk can look at after two ratings of this level: each screen to the end, the search, the case once
/// more, and every paper.
fn seen_after(level: u8, code: &str) -> Vec<String> {
    let window = Window::open();
    // What has arrived meanwhile is shown, and is not what is compared here.
    for platform in ["city", "ageing", "filing", "rating"] {
        window.simulator.order("platform", &json!({"platform": platform, "behaviour": "away"})).unwrap();
    }
    let counter = &window.counter;
    let mut seen = Vec::new();
    let rate = |seen: &mut Vec<String>| {
        counter.walk_to("rating");
        let (codes, text) = (vec![code.to_owned()], WORDS.to_owned());
        window.must(Request::GiveRating { level, codes, text });
        seen.push(window.screen());
        window.must(Request::GoOn);
        seen.push(window.screen());
    };
    window.must(Request::OpenCase { kind: Kind::First });
    rate(&mut seen);
    window.must(Request::GoTo { step: "rating".to_owned() });
    seen.push(window.screen());
    window.must(Request::ParkCase);
    seen.push(window.screen());
    rate(&mut seen);
    for request in [
        Request::HandOver { to: "张敏".to_owned(), password: None },
        Request::Seal,
        Request::CloseCase,
        Request::Search {
            entry: SearchEntry {
                text: "欧阳".to_owned(),
                from: String::new(),
                to: String::new(),
                stage: StageChoice::Any,
            },
        },
        Request::ResumeCase { case: "HS0101-20211108-0001".to_owned() },
    ] {
        window.must(request);
        seen.push(window.screen());
    }
    let (_, left, _folder) = window.closed();
    seen.extend([left.prints("card"), left.prints("paper")].concat().iter().map(|print| text(print)));
    seen.iter_mut().for_each(|shown| *shown = without_moments(shown));
    seen
}

/// Two stations work at two moments, so their figures differ, and with them the comparison of a package; that this one says
/// nothing of a rating is shown where it is made.
fn without_moments(shown: &str) -> String {
    let mark = r#""comparison":""#;
    let kept = match shown.split_once(mark).and_then(|(before, rest)| Some((before, rest.split_once('"')?.1))) {
        Some((before, after)) => format!("{before}{after}"),
        None => shown.to_owned(),
    };
    kept.chars().filter(|one| !one.is_ascii_digit()).collect()
}

/// What somebody rated changes nothing that a clerk sees: with the best and the worst rating the screens are the same.
#[test]
fn a_bad_rating_and_a_good_one_give_the_clerk_the_same_views_byte_by_byte() {
    let (bad, good) = (seen_after(1, "108"), seen_after(5, "510"));
    assert!(bad.len() > 10);
    for (bad, good) in bad.iter().zip(&good) {
        assert_eq!(bad, good);
        assert!(!bad.contains(WORDS), "{bad}");
    }
    assert_eq!(bad.len(), good.len());
}

#[test]
fn a_rating_that_the_platform_refuses_is_not_lost() {
    let window = Window::open();
    let order = json!({"platform": "rating", "behaviour": {"reject": {"code": "BAD"}}});
    window.simulator.order("platform", &order).unwrap();
    window.must(Request::OpenCase { kind: Kind::First });
    window.counter.walk_to("rating");
    window.must(Request::GiveRating { level: 2, codes: Vec::new(), text: WORDS.to_owned() });
    window
        .counter
        .wait("the refusal", |view| view.lights.iter().find(|light| light.words.contains("退回")).map(|_| ()));
    let (_, left, _folder) = window.closed();
    let rating: Vec<_> = left.messages().into_iter().filter(|message| message.kind.name() == "rating").collect();
    assert_eq!(rating.len(), 1);
    assert_ne!(rating[0].state, MessageState::Done);
    assert!(rating[0].body.contains(WORDS), "the message stays as it was given");
    assert!(left.tags(&left.only_case()).contains(&"rating_given"));
    assert_eq!(left.ledger.follow_ups(10).unwrap().len(), 1, "and so does what it asks for");
}

#[test]
fn a_bad_rating_is_followed_up_by_somebody_who_did_not_serve_the_case() {
    let window = Window::open();
    window.must(Request::OpenCase { kind: Kind::First });
    window.counter.walk_to("rating");
    let case = window.counter.case().case;
    window.must(Request::GiveRating { level: 1, codes: vec!["114".to_owned()], text: WORDS.to_owned() });
    window.must(Request::GoOn);
    window.must(Request::ParkCase);
    assert_eq!(window.code(Request::ShowFollowUps), "desk.not_permitted");
    window.must(Request::SignOut);
    window.must(ADMINISTRATOR.sign_in());
    window.must(add(SUPERVISOR, &[StationRole::Supervisor]));
    window.must(Request::SignOut);
    window.must(SUPERVISOR.sign_in());

    let seq = {
        assert_eq!(
            window.code(settle(&case, 1, "属实", "已改")),
            "desk.not_now",
            "what was not looked at is not settled"
        );
        window.must(Request::ShowFollowUps);
        let page = window.follow_ups();
        assert_eq!((page.open, page.overdue), (1, 0));
        let [line] = page.lines.as_slice() else { panic!("one line: {}", page.lines.len()) };
        assert_eq!(
            (line.level.as_str(), line.reasons.as_slice()),
            ("非常不满意", ["跑动次数多".to_owned()].as_slice())
        );
        assert_eq!((line.text.as_str(), line.name.as_str()), (WORDS, "欧**"));
        assert_eq!((line.standing, line.due.as_str()), (FollowUpStanding::Open, "还有 21 天，到 2021年11月29日"));
        let all = page.integrity.lines.last().unwrap();
        assert_eq!((all.offered, all.given, all.declined, all.unanswered), (1, 1, 0, 0));
        assert_eq!(page.integrity.lines[0].present, CLERK.name);
        line.seq
    };
    assert_eq!(window.code(Request::UnmaskRater { case: case.clone(), reason: " ".to_owned() }), "desk.correct");
    window.must(Request::UnmaskRater { case: case.clone(), reason: "回访".to_owned() });
    assert_eq!(window.follow_ups().lines[0].name, "欧阳𬭚");
    window.must(Request::ClosePage);
    window.must(Request::ShowFollowUps);
    assert_eq!(window.follow_ups().lines[0].name, "欧**", "masked again once the page was left");

    assert_eq!(window.code(settle(&case, seq, " ", "已改")), "desk.correct");
    let why = ExclusionChoice::Mistaken;
    let blank = Request::ExcludeFollowUp { case: case.clone(), seq, why, reason: String::new() };
    assert_eq!(window.code(blank), "desk.correct");
    window.must(settle(&case, seq, "属实", "已改"));
    let line = window.follow_ups().lines[0].clone();
    assert_eq!(line.standing, FollowUpStanding::Done);
    assert_eq!(&line.end[..2], ["查明：属实", "整改：已改"]);
    assert_eq!(window.code(settle(&case, seq, "属实", "已改")), "desk.not_now", "settled once");
    assert!(window.follow_ups().integrity.follow_ups.contains("整改率 100%"), "{:?}", window.follow_ups().integrity);

    let (_, left, _folder) = window.closed();
    assert_eq!(left.report().problems, Vec::<String>::new());
    let journal = left.ledger.journal(0, 1000).unwrap();
    for kind in ["unmasked", "follow_up_settled"] {
        let row = journal.iter().find(|row| row.kind == kind).unwrap_or_else(|| panic!("no row {kind}"));
        assert_eq!(row.actor.as_str(), SUPERVISOR.name);
    }
}

fn settle(case: &str, seq: u32, found: &str, done: &str) -> Request {
    Request::SettleFollowUp { case: case.to_owned(), seq, found: found.to_owned(), done: done.to_owned() }
}

/// S-46 and S-47 at the desk.
#[test]
fn a_reminder_and_help_with_registering_stand_on_the_case() {
    let window = Window::open();
    window.must(Request::OpenCase { kind: Kind::First });
    window.counter.walk_to("numbering");
    let care = || window.counter.case().aside.aftercare;
    let offered = care();
    assert_eq!(offered.remind.as_ref().unwrap().line, "赫山区 0737-4423642", "the line of the right district");
    assert_eq!(offered.guides.len(), 3);
    assert!(window.counter.picture(&offered.guides[0].picture).unwrap().starts_with(b"\x89PNG"));
    let remind = |person: &str| Request::RemindDepartment {
        channel: "phone".to_owned(),
        person: person.to_owned(),
        said: "请尽快审批".to_owned(),
    };
    assert_eq!(window.code(remind(" ")), "desk.correct");
    window.must(remind("王科长"));
    window.must(Request::HelpRegister { guide: "wechat".to_owned() });
    window.must(Request::DeclineHelp);
    let said = care();
    assert_eq!((said.reminded[0].channel.as_str(), said.reminded[0].person.as_str()), ("电话", "王科长"));
    assert!(said.guides.is_empty(), "it is not asked again");
    assert_eq!(said.helped.as_deref(), Some("已帮助：益阳政务服务微信公众号"));
    assert_eq!(window.counter.case().at, "numbering", "neither moves the case");
    window.counter.walk_to("closed");
}
