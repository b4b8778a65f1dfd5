//! A desk without devices and a clock turned by hand: enough to sign in, to be refused and to wait.

use casework::nouns::WindowLevel;
use cli::people::Practice;
use desk::contract::{Fault, Request, Screen, Secret, StationRole, View};
use desk::desk::{Desk, Effect, Input, Now};
use desk::station::StationFile;
use jiff::{SignedDuration, Timestamp, civil::date};
use journeys::aftermath::Aftermath;
use journeys::programs::root;
use tempfile::TempDir;

pub const ADMINISTRATOR: Practice = cli::people::ADMINISTRATOR;
pub const CLERK: Practice = cli::people::CLERK;

/// A desk at a station of a certain kind.
pub struct Bench {
    folder: TempDir,
    station: String,
    desk: Option<Desk>,
    now: Timestamp,
}

impl Bench {
    /// A village window in training, with nobody in it.
    pub fn new() -> Bench {
        Self::at(WindowLevel::Village, "")
    }

    /// A window of that level, with more lines in its `[window]` section.
    pub fn at(level: WindowLevel, more: &str) -> Bench {
        let folder = journeys::outputs::folder();
        let text = std::fs::read_to_string(root().join("fixtures/stations/demo.toml")).unwrap();
        let level = match level {
            WindowLevel::Village => "village",
            WindowLevel::Township => "township",
            WindowLevel::County => "county",
            WindowLevel::City => "city",
        };
        let station = text
            .replace("../../out/demo", &folder.path().display().to_string())
            .replace("level = \"village\"", &format!("level = \"{level}\"\n{more}"));
        let mut bench = Bench { folder, station, desk: None, now: "2021-11-08T01:00:00Z".parse().unwrap() };
        bench.restart();
        bench
    }

    /// The same with the first administrator and the practice clerk; nobody is signed in.
    pub fn with_people() -> Bench {
        let mut bench = Bench::new();
        bench.found();
        bench
    }

    pub fn found(&mut self) {
        self.must(cli::people::first());
        self.must(cli::people::clerk());
        self.must(Request::SignOut);
    }

    /// The power fails, and the station starts again.
    pub fn restart(&mut self) {
        self.desk = None;
        let file = StationFile::parse("station.toml", &root().join("fixtures/stations"), &self.station).unwrap();
        let desk = Desk::open(file, None).unwrap_or_else(|fault| panic!("the desk does not open: {fault:#?}"));
        self.desk = Some(desk);
    }

    /// Stops the desk and reads what it left behind.
    pub fn aftermath(&mut self) -> Aftermath {
        self.desk = None;
        Aftermath::of(self.folder.path())
    }

    fn clock(&self) -> Now {
        Now { at: self.now, today: date(2021, 11, 8), jitter: 0.5 }
    }

    /// Minutes pass, or are taken back, and the desk hears that nothing happened.
    pub fn minutes(&mut self, minutes: i64) -> Vec<Effect> {
        self.turn(minutes);
        self.happens(Input::Beat)
    }

    /// Only the clock moves.
    pub fn turn(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    pub fn happens(&mut self, input: Input) -> Vec<Effect> {
        let now = self.clock();
        self.desk.as_mut().unwrap().handle(input, now)
    }

    pub fn ask(&mut self, request: Request) -> Result<(), Fault> {
        let now = self.clock();
        self.desk.as_mut().unwrap().ask(request, now).0
    }

    /// Asks for something that has to be done.
    pub fn must(&mut self, request: Request) {
        let asked = format!("{request:?}");
        self.ask(request).unwrap_or_else(|fault| panic!("{asked}: {fault:#?}"));
    }

    /// The code of the answer, `done` when there is none.
    pub fn code(&mut self, request: Request) -> String {
        self.ask(request).err().map_or_else(|| "done".to_owned(), |fault| fault.code)
    }

    pub fn sign_in(&mut self, practice: Practice) {
        self.must(practice.sign_in());
    }

    pub fn view(&mut self) -> View {
        let now = self.clock();
        self.desk.as_mut().unwrap().view(now)
    }

    /// The name of the screen, as the page has it.
    pub fn screen(&mut self) -> &'static str {
        match self.view().screen {
            Screen::FirstRun { .. } => "first_run",
            Screen::SignIn => "sign_in",
            Screen::People(_) => "people",
            Screen::Lobby { .. } => "lobby",
            Screen::Search(_) => "search",
            Screen::Pack(_) => "pack",
            Screen::Outbox(_) => "outbox",
            Screen::Statistics(_) => "statistics",
            Screen::Retention(_) => "retention",
            Screen::CardCode(_) => "card_code",
            Screen::Calibration(_) => "calibration",
            Screen::FollowUps(_) => "follow_ups",
            Screen::Stock(_) => "stock",
            Screen::Day(_) => "day",
            Screen::Results(_) => "results",
            Screen::HandOver(_) => "hand_over",
            Screen::Batch(_) => "batch",
            Screen::Case(_) => "case",
        }
    }
}

pub fn wrong(name: &str) -> Request {
    Request::SignIn { name: name.to_owned(), password: Secret::new("wrong password") }
}

pub fn add(practice: Practice, roles: &[StationRole]) -> Request {
    Request::AddPerson { name: practice.name.to_owned(), roles: roles.to_vec(), password: practice.secret() }
}
