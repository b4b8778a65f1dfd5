//! A village day (集中办理): a counter under a hand-turned clock, one agent, and elders one after the other.

use std::path::PathBuf;

use casework::batch::BatchEnd;
use casework::fact::Identity;
use casework::station_fact::StationFact;
use cli::clerk::{self, Eyes, Next};
use cli::fill::people::{Age, person};
use cli::people::{ADMINISTRATOR, CLERK, Practice, begin};
use desk::contract::{
    BatchView, CaseView, HukouSide, Kind, Mode, Request, Screen, StationRole, StepBody, TypedIdentity,
};
use jiff::{SignedDuration, Timestamp};
use journeys::aftermath::Aftermath;
use journeys::bench::Simulator;
use journeys::programs::root;
use journeys::week::floor::Floor;
use journeys::{cards, outputs};
use tempfile::TempDir;

pub const BEAT: SignedDuration = SignedDuration::from_secs(60);
pub const SUPERVISOR: Practice = Practice { name: "林督", password: "lianxi-lindu-1" };
pub const SECOND_CLERK: Practice = Practice { name: "周接", password: "lianxi-zhoujie-1" };

/// A village day: a counter under a hand-turned clock, an agent, and elders as many as come.
pub struct VillageDay {
    pub simulator: Simulator,
    folder: TempDir,
    station: PathBuf,
    floor: Option<Floor>,
}

impl VillageDay {
    pub fn new() -> VillageDay {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        let mut day = VillageDay { simulator, folder, station, floor: None };
        day.start();
        let screen = day.floor().view().screen;
        begin(&screen, |request| day.floor().ask(request)).unwrap();
        day.sign_in(ADMINISTRATOR);
        for (practice, role) in [(SUPERVISOR, StationRole::Supervisor), (SECOND_CLERK, StationRole::Clerk)] {
            let (name, password) = (practice.name.to_owned(), practice.secret());
            day.must(Request::AddPerson { name, roles: vec![role], password });
        }
        day.sign_in(CLERK);
        day.must(Request::ShowBatch);
        day
    }

    fn start(&mut self) {
        let clock = self.folder.path().join("clock");
        let first: Timestamp = "2021-11-08T01:00:00Z".parse().unwrap();
        self.floor = Some(Floor::open(&self.station, &clock, first, None).unwrap());
    }

    /// The power fails, and the station starts again.
    pub fn power_cut(&mut self) {
        self.floor = None;
        self.start();
    }

    pub fn floor(&mut self) -> &mut Floor {
        self.floor.as_mut().unwrap()
    }

    pub fn must(&mut self, request: Request) {
        let asked = format!("{request:?}");
        self.floor().ask(request).unwrap_or_else(|fault| panic!("{asked}: {fault:#?}"));
        let trouble = self.floor().view().trouble;
        assert_eq!(trouble, None, "after {asked}");
    }

    /// The code of the answer, or of the trouble that it led to.
    pub fn code(&mut self, request: Request) -> String {
        let answer = self.floor().ask(request).err();
        let told = answer.or_else(|| self.floor().view().trouble);
        told.map_or_else(|| "done".to_owned(), |fault| fault.code)
    }

    pub fn sign_in(&mut self, practice: Practice) {
        if self.floor().view().screen != Screen::SignIn {
            self.must(Request::SignOut);
        }
        self.must(practice.sign_in());
    }

    pub fn page(&mut self) -> BatchView {
        let screen = self.floor().view().screen;
        let Screen::Batch(view) = screen else { panic!("the page of the batch lies open, not {screen:#?}") };
        *view
    }

    pub fn case(&mut self) -> CaseView {
        let screen = self.floor().view().screen;
        let Screen::Case(case) = screen else { panic!("a case is open, not {screen:#?}") };
        *case
    }

    pub fn lay(&mut self, person: &Identity) {
        self.floor().on_reader = Some(cards::of(person));
    }

    pub fn open(&mut self, agent: &Identity) {
        self.lay(agent);
        self.must(Request::OpenBatch { standing: "村干部".to_owned(), typed: None });
        assert!(self.page().open.is_some(), "{:#?}", self.page());
    }

    /// What the photographer and the scanner leave of this elder: pictures of their own, told apart by a remark inside.
    pub fn new_pictures(&self, n: u64) {
        let folder = self.folder.path();
        let mut photo = std::fs::read(root().join("fixtures/portraits/woman.jpg")).unwrap();
        photo.splice(2..2, [&[0xFF, 0xFE, 0, 10][..], &n.to_be_bytes()].concat());
        std::fs::write(folder.join(format!("photos/{n:04}.jpg")), photo).unwrap();
        let mut page = std::fs::read(root().join("fixtures/pages/id-card-page.png")).unwrap();
        let remark = [b"tEXtn\0".as_slice(), format!("{n:08}").as_bytes()].concat();
        let chunk = [&10_u32.to_be_bytes(), remark.as_slice(), &crc(&remark).to_be_bytes()].concat();
        // Before the last chunk, which is twelve bytes long.
        page.splice(page.len() - 12..page.len() - 12, chunk);
        std::fs::write(folder.join(format!("documents/{n:04}.png")), page).unwrap();
    }

    /// Opens the next case of the batch and lays the elder's own card on the reader.
    pub fn next(&mut self, n: u64) {
        self.must(Request::NextOfBatch { kind: Kind::First });
        let case = self.case();
        assert_eq!((case.at.as_str(), &case.person), ("identify", &None), "nobody is known yet but the agent");
        self.lay(&elder(n));
        self.must(Request::ReadCard);
    }

    /// One elder from the card to the acceptance, with papers and a picture of their own.
    pub fn serve(&mut self, n: u64) {
        self.new_pictures(n);
        self.next(n);
        self.walk_to_acceptance();
        self.must(Request::ParkCase);
    }

    pub fn walk_to_acceptance(&mut self) {
        for _ in 0..60 {
            let view = self.floor().view();
            let Screen::Case(case) = &view.screen else { panic!("{:#?}", view.screen) };
            if matches!(case.body, StepBody::Numbering { .. }) {
                return;
            }
            let next = clerk::next(&view, &Eyes { card_in_tray: &|_| false });
            let Next::Ask(request) = next else { panic!("{:#?}", view.screen) };
            let at_the_form = matches!(request, Request::FillApplicant { .. });
            self.must(if at_the_form { entries(Mode::Agent) } else { request });
        }
        panic!("the case does not get on: {:#?}", self.case());
    }

    /// So many minutes in which somebody is at the counter.
    pub fn minutes(&mut self, minutes: i64) {
        for _ in 0..minutes / 5 {
            let then = self.floor().now() + SignedDuration::from_mins(5);
            self.floor().wait_until(then, BEAT);
            self.must(Request::ShowBatch);
        }
    }

    pub fn ends(&mut self) -> Vec<BatchEnd> {
        let facts = self.left().ledger.station_facts().unwrap();
        let end = |fact| if let StationFact::BatchClosed { why, .. } = fact { Some(why) } else { None };
        facts.into_iter().filter_map(|recorded| end(recorded.fact)).collect()
    }

    pub fn left(&mut self) -> Aftermath {
        self.floor = None;
        Aftermath::of(self.folder.path())
    }
}

/// What the clerk writes down of an elder.
pub fn entries(mode: Mode) -> Request {
    Request::FillApplicant {
        mode,
        hukou: HukouSide::Local,
        hukou_basis: "户口簿".to_owned(),
        phone: "0737-4400000".to_owned(),
        contact_address: "同身份证住址".to_owned(),
        department: "heshan".to_owned(),
    }
}

/// What stands on the face of a card.
pub fn typed(person: &Identity) -> TypedIdentity {
    let blank = String::new;
    TypedIdentity {
        name: person.name.as_str().to_owned(),
        sex: blank(),
        ethnicity: person.ethnicity.clone(),
        birth: blank(),
        address: person.address.clone(),
        number: person.number.as_str().to_owned(),
        issuing_authority: person.issuing_authority.clone(),
        valid_from: person.valid_from.map(|day| day.to_string()).unwrap_or_default(),
        valid_until: "长期".to_owned(),
    }
}

/// The check of a PNG chunk.
fn crc(bytes: &[u8]) -> u32 {
    let bit = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), bit))
}

pub fn elder(n: u64) -> Identity {
    person(1, n, Age::Old)
}

pub fn agent() -> Identity {
    person(1, 90_000, Age::Young)
}
