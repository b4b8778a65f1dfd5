//! A desk without threads, a clock turned by hand, and devices and platforms that answer as the storm says.

use std::collections::{BTreeMap, BTreeSet};

use casework::fact::{Fact, Recorded};
use casework::nouns::{CaseId, PrintOutcome};
use casework::outbox;
use cli::clerk::{self, Eyes, Next};
use cli::people;
use desk::contract::{Request, Screen, View};
use desk::desk::{Desk, Effect, Input, Now};
use desk::station::StationFile;
use devices::reader::ReaderFault;
use jiff::{SignedDuration, Timestamp, civil::date};
use journeys::aftermath::Aftermath;
use journeys::programs::root;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::persons;

/// How a device or a platform answers.
#[derive(Debug, Clone, Copy)]
pub enum How {
    Well,
    Badly,
    /// The answer never comes.
    Never,
}

pub fn how() -> impl Strategy<Value = How> {
    prop_oneof![6 => Just(How::Well), 2 => Just(How::Badly), 1 => Just(How::Never)]
}

/// The desk and everything around it.
pub struct World {
    folder: TempDir,
    /// `None` only while it restarts.
    desk: Option<Desk>,
    now: Timestamp,
    under_way: Vec<Effect>,
    /// Attempts whose card came out, with their number as the card shows it.
    cards: BTreeSet<String>,
    /// What each platform took in, by key.
    taken: BTreeMap<String, String>,
    /// The record of each case as it was when last looked at.
    known: BTreeMap<CaseId, Vec<Recorded>>,
    person: usize,
}

impl World {
    pub fn new() -> World {
        let folder = journeys::outputs::folder();
        for (inner, picture) in
            [("photos", "fixtures/portraits/woman.jpg"), ("documents", "fixtures/pages/id-card-page.png")]
        {
            std::fs::create_dir_all(folder.path().join(inner)).unwrap();
            let picture = root().join(picture);
            std::fs::copy(&picture, folder.path().join(inner).join(picture.file_name().unwrap())).unwrap();
        }
        let mut world = World {
            folder,
            desk: None,
            now: "2021-11-08T01:00:00Z".parse().unwrap(),
            under_way: Vec::new(),
            cards: BTreeSet::new(),
            taken: BTreeMap::new(),
            known: BTreeMap::new(),
            person: 0,
        };
        world.start();
        world
    }

    fn start(&mut self) {
        let text = std::fs::read_to_string(root().join("fixtures/stations/demo.toml")).unwrap();
        let text = text.replace("../../out/demo", &self.folder.path().display().to_string());
        let file = StationFile::parse("station.toml", &root().join("fixtures/stations"), &text).unwrap();
        let mut desk = Desk::open(file, None).unwrap_or_else(|fault| panic!("the desk does not open: {fault:#?}"));
        self.under_way = desk.opening();
        self.desk = Some(desk);
        // The clerk is at work again after every start.
        let screen = self.view().screen;
        let mut asked = Vec::new();
        let now = self.clock();
        let desk = self.desk.as_mut().unwrap();
        let begun = people::begin(&screen, |request| {
            let (answer, effects) = desk.ask(request, now);
            asked.extend(effects);
            answer
        });
        begun.unwrap_or_else(|fault| panic!("the clerk cannot sign in: {fault:#?}"));
        self.under_way.extend(asked);
    }

    fn clock(&mut self) -> Now {
        self.now += SignedDuration::from_millis(250);
        Now { at: self.now, today: date(2021, 11, 8), jitter: 0.5 }
    }

    fn desk(&mut self) -> &mut Desk {
        self.desk.as_mut().unwrap()
    }

    pub fn view(&mut self) -> View {
        let now = self.clock();
        self.desk().view(now)
    }

    pub fn ask(&mut self, request: Request) {
        let now = self.clock();
        let (answer, effects) = self.desk().ask(request, now);
        if let Err(fault) = &answer {
            assert!(!fault.what.is_empty() && !fault.do_now.is_empty(), "{fault:?}");
            assert!(effects.is_empty(), "a request that was refused does nothing: {fault:?}");
        }
        self.under_way.extend(effects);
    }

    /// The next act of the practised clerk, who sees the cards that came out.
    pub fn clerk(&mut self) {
        let view = self.view();
        let printed = !self.cards.is_empty();
        match clerk::next(&view, &Eyes { card_in_tray: &|_| printed }) {
            Next::Ask(request) => self.ask(request),
            Next::Wait if !self.under_way.is_empty() => self.answer(0, How::Well),
            Next::Wait => {}
            Next::Over => {
                // Somebody else comes.
                self.person = (self.person + 1) % persons::PEOPLE.len();
                self.ask(Request::CloseCase);
            }
        }
    }

    pub fn answer(&mut self, which: usize, how: How) {
        if self.under_way.is_empty() {
            return;
        }
        let effect = self.under_way.remove(which % self.under_way.len());
        for input in self.outcome(effect, how) {
            self.happens(input);
        }
    }

    pub fn time(&mut self, seconds: u16) {
        // Never past midnight: the day of a case is the day it is judged on.
        self.now += SignedDuration::from_secs(i64::from(seconds));
        self.happens(Input::Beat);
    }

    fn happens(&mut self, input: Input) {
        let now = self.clock();
        let effects = self.desk().handle(input, now);
        self.under_way.extend(effects);
    }

    /// The power fails. What was durable is still there, and the case that was open goes on where it stood.
    pub fn restart(&mut self) {
        let before = self.view();
        self.desk = None;
        self.look();
        self.start();
        let Screen::Case(case) = before.screen else { return };
        if case.at == "closed" {
            return;
        }
        self.ask(Request::ResumeCase { case: case.case.clone() });
        let Screen::Case(after) = self.view().screen else { panic!("{} cannot be gone on with", case.case) };
        assert_eq!(after.case, case.case);
        // A rating that was passed over without an answer is no fact: it is offered once more.
        if after.at != "rating" {
            assert_eq!(after.at, case.at);
        }
    }

    /// Reads the ledger of a desk that is gone: each record begins with what was known of it.
    fn look(&mut self) {
        let left = Aftermath::of(self.folder.path());
        for (case, before) in &self.known {
            assert!(left.facts(case).starts_with(before), "the record of {case} was changed");
        }
        for line in left.cases() {
            self.known.insert(line.case.clone(), left.facts(&line.case));
        }
        assert_eq!(left.report().problems, Vec::<String>::new());
        let drawn: u32 = left.ledger.numbers_balance().unwrap().iter().map(|balance| balance.drawn).sum();
        let mut numbers = BTreeSet::new();
        for recorded in self.known.values().flatten() {
            if let Fact::NumberReserved { number, .. } = &recorded.fact {
                assert!(numbers.insert(number.to_string()), "{number} was reserved twice");
            }
        }
        assert_eq!(numbers.len(), drawn as usize);
        for message in left.messages() {
            if let Some(body) = self.taken.get(&message.key) {
                assert_eq!(*body, message.body, "a message that was sent has changed");
            }
        }
        // Every card there is belongs to an attempt on record, and none but the first of a case lacks a reason.
        let mut unknown = self.cards.clone();
        for case in self.known.keys() {
            for (place, (attempt, reprint)) in left.attempts(case).into_iter().enumerate() {
                assert_eq!(place > 0, reprint.is_some(), "{attempt}");
                unknown.remove(&attempt);
            }
        }
        assert_eq!(unknown, BTreeSet::new(), "a card that no record knows");
    }

    /// Stops, checks everything once more, and gives the last facts of the cases.
    pub fn end(mut self) -> BTreeSet<&'static str> {
        self.desk = None;
        self.look();
        self.known.values().filter_map(|record| Some(record.last()?.fact.tag())).collect()
    }

    /// What a device or platform says in the end, if it says anything.
    fn outcome(&mut self, effect: Effect, how: How) -> Vec<Input> {
        match (effect, how) {
            (Effect::ProbeReader | Effect::CancelRead | Effect::LookAtDisk { .. } | Effect::Stick(_), _) => Vec::new(),
            (Effect::ReadCard, How::Well) => {
                vec![Input::CardRead(Box::new(Ok(persons::read(persons::PEOPLE[self.person]))))]
            }
            (Effect::ReadCard, How::Badly) => vec![Input::CardRead(Box::new(Err(ReaderFault::CardMoved)))],
            (Effect::ReadCard, How::Never) => vec![Input::CardRead(Box::new(Err(ReaderFault::NoCard)))],
            (Effect::PrintCard { case, attempt, .. }, How::Well) => {
                vec![Input::JobTaken { case, attempt: attempt.clone(), job: attempt.to_string() }]
            }
            (Effect::SendCard { case, attempt, pdf, .. }, How::Well | How::Badly | How::Never) => {
                assert!(pdf.starts_with(b"%PDF"));
                assert!(self.cards.insert(attempt.to_string()), "{attempt} was printed twice");
                vec![Input::JobEnded { case, attempt, outcome: PrintOutcome::SpoolerConfirmed }]
            }
            (
                Effect::AskJob { .. }
                | Effect::StopJob { .. }
                | Effect::LookAtPrinter { .. }
                | Effect::PrintSheet { .. },
                How::Well | How::Badly | How::Never,
            ) => Vec::new(),
            (Effect::PrintCard { case, attempt, .. }, How::Badly) => {
                vec![Input::JobEnded { case, attempt, outcome: PrintOutcome::Failed { reason: "缺卡".to_owned() } }]
            }
            (Effect::PrintCard { case, attempt, .. }, How::Never) => {
                vec![Input::JobEnded { case, attempt, outcome: PrintOutcome::Unknown }]
            }
            (Effect::FindJob { case, attempt, .. }, How::Well | How::Badly | How::Never) => {
                let found = self.cards.contains(attempt.as_str());
                let outcome = if found { PrintOutcome::SpoolerConfirmed } else { PrintOutcome::Unknown };
                vec![Input::JobEnded { case, attempt, outcome }]
            }
            (Effect::PrintPaper { job, pdf }, how) => {
                assert!(pdf.starts_with(b"%PDF") && !job.is_empty());
                let outcome = match how {
                    How::Well | How::Never => Ok(()),
                    How::Badly => Err("卡纸".to_owned()),
                };
                vec![Input::PaperPrinted { job, outcome }]
            }
            // Nobody answers for the departments here; a hall's own journeys do.
            (Effect::FetchResults { platform, .. }, how) => {
                let body = r#"{"ok":true,"results":[],"next":"0"}"#.to_owned();
                let answer = match how {
                    How::Well => outbox::Answer::Status { code: 200, retry_after: None, body },
                    How::Badly => outbox::Answer::NetworkDown,
                    How::Never => outbox::Answer::TimedOut,
                };
                vec![Input::ResultsCame { platform, answer }]
            }
            (Effect::TellResult { platform, result, .. }, _) => {
                vec![Input::ResultTold { platform, result, answer: outbox::Answer::NetworkDown }]
            }
            (Effect::Send(message), how) => {
                let receipt = format!(r#"{{"ok":true,"receipt":"R-{}"}}"#, message.key);
                let answer = match how {
                    How::Well => outbox::Answer::Status { code: 200, retry_after: None, body: receipt },
                    How::Badly => outbox::Answer::NetworkDown,
                    How::Never => outbox::Answer::TimedOut,
                };
                // A platform that was not heard may have acted all the same.
                let first = self.taken.entry(message.key.clone()).or_insert_with(|| message.body.clone());
                assert_eq!(*first, message.body, "one key, two bodies");
                vec![Input::Answered { message: message.id, answer }]
            }
        }
    }
}
