//! A desk whose clock is turned by hand and whose effects are carried out one after the other: cards are read from a file,
//! prints come out at once, and what goes to a platform goes over the wire.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use casework::nouns::PrintOutcome;
use cli::clerk::{self, Eyes, Next};
use cli::people::Practice;
use desk::contract::{CaseView, Fault, Request, Screen, StationRole, StepBody, View};
use desk::desk::{Desk, Effect, Input, Now};
use desk::station::StationFile;
use jiff::{SignedDuration, Timestamp, civil::date};
use journeys::aftermath::Aftermath;
use journeys::bench::Simulator;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uplink::{Letter, Uplink};

use crate::persons;

pub use cli::people::{ARCHIVIST, CLERK, ISSUER};

/// A simulator and a station at its wires, with the people of a hall or of a village.
pub struct Bench {
    pub simulator: Simulator,
    folder: TempDir,
    station: PathBuf,
    desk: Option<Desk>,
    uplink: Uplink,
    runtime: Runtime,
    pub now: Timestamp,
    /// The card on the reader.
    pub card: &'static str,
    /// The platforms do not hear what is said of their results.
    pub mute: bool,
    /// How often a platform was asked for results.
    pub asked: u32,
}

impl Bench {
    pub fn hall() -> Bench {
        Self::at("fixtures/stations/hall.toml", |text| text)
    }

    /// A hall by a pack that was changed.
    pub fn hall_by(change: impl FnOnce(String) -> String) -> Bench {
        Self::at("fixtures/stations/hall.toml", change)
    }

    pub fn village() -> Bench {
        Self::at("fixtures/stations/demo.toml", |text| text)
    }

    /// A village by a pack that was changed.
    pub fn village_by(change: impl FnOnce(String) -> String) -> Bench {
        Self::at("fixtures/stations/demo.toml", change)
    }

    fn at(template: &str, change: impl FnOnce(String) -> String) -> Bench {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station(template, folder.path()).unwrap();
        let file = StationFile::load(&station).unwrap();
        let pack = folder.path().join("pack.toml");
        std::fs::write(&pack, change(std::fs::read_to_string(&file.pack).unwrap())).unwrap();
        let text = std::fs::read_to_string(&station).unwrap();
        std::fs::write(&station, text.replace(&file.pack.display().to_string(), &pack.display().to_string())).unwrap();
        let file = StationFile::load(&station).unwrap();
        let uplink = Uplink::new(&file.platforms.addresses(), Duration::from_secs(5)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let now = "2021-11-08T01:00:00Z".parse().unwrap();
        let mut bench = Bench {
            simulator,
            folder,
            station,
            desk: None,
            uplink,
            runtime,
            now,
            card: "ouyang",
            mute: false,
            asked: 0,
        };
        bench.start();
        bench.must(cli::people::first());
        for (practice, roles) in [
            (CLERK, vec![StationRole::Clerk]),
            (ISSUER, vec![StationRole::Issuer]),
            (ARCHIVIST, vec![StationRole::Archivist]),
        ] {
            let (name, password) = (practice.name.to_owned(), practice.secret());
            bench.must(Request::AddPerson { name, roles, password });
        }
        bench.must(Request::SignOut);
        bench
    }

    fn start(&mut self) {
        let file = StationFile::load(&self.station).unwrap();
        let mut desk = Desk::open(file, None).unwrap_or_else(|fault| panic!("the desk does not open: {fault:#?}"));
        let opening = desk.opening();
        self.desk = Some(desk);
        self.carry_out(opening);
    }

    /// The power fails, and the station starts again. Nobody is signed in then.
    pub fn restart(&mut self) {
        self.desk = None;
        self.start();
    }

    pub fn clock(&self) -> Now {
        Now { at: self.now, today: date(2021, 11, 8), jitter: 0.5 }
    }

    pub fn ask(&mut self, request: Request) -> Result<(), Fault> {
        let now = self.clock();
        let (answer, effects) = self.desk.as_mut().unwrap().ask(request, now);
        self.carry_out(effects);
        answer
    }

    pub fn must(&mut self, request: Request) {
        let asked = format!("{request:?}");
        self.ask(request).unwrap_or_else(|fault| panic!("{asked}: {fault:#?}"));
    }

    /// The code of the answer, `done` when there is none.
    pub fn code(&mut self, request: Request) -> String {
        self.ask(request).err().map_or_else(|| "done".to_owned(), |fault| fault.code)
    }

    /// Whoever is at work goes.
    fn leave(&mut self) {
        if self.view().screen != Screen::SignIn {
            self.must(Request::SignOut);
        }
    }

    /// Somebody else comes to the counter.
    pub fn sign_in(&mut self, practice: Practice) {
        self.leave();
        self.must(practice.sign_in());
    }

    /// In a village one person does everything: the practice clerk gets the other posts as well.
    pub fn sign_in_for_everything(&mut self) {
        self.leave();
        self.must(cli::people::ADMINISTRATOR.sign_in());
        let roles = vec![StationRole::Clerk, StationRole::Issuer, StationRole::Archivist];
        self.must(Request::SetRoles { name: CLERK.name.to_owned(), roles });
        self.sign_in(CLERK);
    }

    /// So many seconds pass, one beat each.
    pub fn seconds(&mut self, seconds: u32) {
        for _ in 0..seconds {
            self.now += SignedDuration::from_secs(1);
            let now = self.clock();
            let effects = self.desk.as_mut().unwrap().handle(Input::Beat, now);
            self.carry_out(effects);
        }
    }

    pub fn view(&mut self) -> View {
        let now = self.clock();
        self.desk.as_mut().unwrap().view(now)
    }

    /// The open case.
    pub fn case(&mut self) -> CaseView {
        let Screen::Case(case) = self.view().screen else { panic!("no case is open: {:#?}", self.view().screen) };
        *case
    }

    /// Has the practised clerk go on until the body of the step is the one that is looked for.
    pub fn walk_until(&mut self, found: impl Fn(&StepBody) -> bool) -> CaseView {
        for _ in 0..60 {
            let view = self.view();
            if let Screen::Case(case) = &view.screen
                && found(&case.body)
            {
                return (**case).clone();
            }
            match clerk::next(&view, &Eyes { card_in_tray: &|_| true }) {
                Next::Ask(request) => self.must(request),
                Next::Wait => self.seconds(1),
                Next::Over => panic!("the case closed: {:#?}", self.case().body),
            }
        }
        panic!("the clerk does not get on: {:#?}", self.view())
    }

    /// A case that waits for its department, and its number.
    pub fn accepted(&mut self) -> String {
        self.sign_in(CLERK);
        let case = self.walk_until(|body| matches!(body, StepBody::Awaiting { .. }));
        self.seconds(2);
        case.case
    }

    /// The department behind the city's platform makes a result of this case.
    pub fn result(&self, case: &str, make: &str) {
        self.simulator.order("result", &json!({"platform": "city", "case": case, "make": make})).unwrap();
    }

    /// The same, with a card's number in it.
    pub fn numbered_result(&self, case: &str, make: &str, number: &str) {
        let order = json!({"platform": "city", "case": case, "make": make, "card_number": number});
        self.simulator.order("result", &order).unwrap();
    }

    /// What was offered, and what this counter said of it: make is told by place.
    pub fn told(&self) -> Vec<(String, u64)> {
        let list = journeys::http::get(&format!("{}/control/results", self.simulator.address("control"))).unwrap();
        let one = |one: &Value| (one["became"].as_str().unwrap().to_owned(), one["told"].as_u64().unwrap());
        list.as_array().unwrap().iter().map(one).collect()
    }

    /// Kinds of messages that reached the platforms, in order.
    pub fn received(&self) -> Vec<String> {
        let received = self.simulator.received().unwrap();
        received.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
    }

    pub fn platform(&self, platform: &str, behaviour: &str) {
        self.simulator.order("platform", &json!({"platform": platform, "behaviour": behaviour})).unwrap();
    }

    /// Stops the desk and reads what it left behind.
    pub fn aftermath(&mut self) -> Aftermath {
        self.desk = None;
        Aftermath::of(self.folder.path())
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut under_way = VecDeque::from(effects);
        while let Some(effect) = under_way.pop_front() {
            for input in self.outcome(effect) {
                let now = self.clock();
                under_way.extend(self.desk.as_mut().unwrap().handle(input, now));
            }
        }
    }

    fn outcome(&mut self, effect: Effect) -> Vec<Input> {
        let (uplink, runtime) = (&self.uplink, &self.runtime);
        match effect {
            // A card is said to be printed as soon as its job is opened.
            Effect::ProbeReader
            | Effect::CancelRead
            | Effect::LookAtDisk { .. }
            | Effect::LookAtPrinter { .. }
            | Effect::PrintSheet { .. }
            | Effect::SendCard { .. }
            | Effect::AskJob { .. }
            | Effect::StopJob { .. }
            | Effect::Stick(_) => Vec::new(),
            Effect::ReadCard => vec![Input::CardRead(Box::new(Ok(persons::read(self.card))))],
            Effect::PrintCard { case, attempt, .. } => vec![
                Input::JobTaken { case: case.clone(), attempt: attempt.clone(), job: attempt.to_string() },
                Input::JobEnded { case, attempt, outcome: PrintOutcome::SpoolerConfirmed },
            ],
            Effect::FindJob { case, attempt, .. } => {
                vec![Input::JobEnded { case, attempt, outcome: PrintOutcome::Unknown }]
            }
            Effect::PrintPaper { job, .. } => vec![Input::PaperPrinted { job, outcome: Ok(()) }],
            Effect::Send(message) => {
                let letter =
                    Letter { platform: &message.platform, kind: message.kind, key: &message.key, body: &message.body };
                let answer = runtime.block_on(uplink.send(letter));
                vec![Input::Answered { message: message.id, answer }]
            }
            Effect::FetchResults { platform, after } => {
                self.asked += 1;
                let window = if self.station_is_a_hall() { "HS0001" } else { "HS0101" };
                let answer = self.runtime.block_on(self.uplink.fetch_results(&platform, window, after.as_deref()));
                vec![Input::ResultsCame { platform, answer }]
            }
            Effect::TellResult { .. } if self.mute => Vec::new(),
            Effect::TellResult { platform, result, told } => {
                let answer = runtime.block_on(uplink.tell_result(&platform, &result, &told));
                vec![Input::ResultTold { platform, result, answer }]
            }
        }
    }

    fn station_is_a_hall(&self) -> bool {
        std::fs::read_to_string(&self.station).unwrap().contains("level = \"county\"")
    }
}

/// Whether the view offers this act.
pub fn offers(case: &CaseView, ask: &str) -> bool {
    case.acts.iter().any(|act| act.ask == ask && act.allowed)
}
