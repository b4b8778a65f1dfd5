//! A station with its simulator and a practised clerk, as the office finds it after a visit.

use std::path::{Path, PathBuf};

use desk::contract::{Fault, Kind, Request};
use journeys::aftermath::Aftermath;
use journeys::bench::Simulator;
use journeys::counter::Counter;
use tempfile::TempDir;

pub struct Bench {
    pub counter: Counter,
    pub station: PathBuf,
    pub simulator: Simulator,
    folder: TempDir,
}

impl Bench {
    pub fn new() -> Bench {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        let counter = Counter::open(&station).unwrap_or_else(|fault| panic!("the station does not start: {fault:#?}"));
        Bench { counter, station, simulator, folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn must(&self, request: Request) {
        self.counter.ask(request).unwrap_or_else(|fault| panic!("refused: {fault:#?}"));
    }

    pub fn refused(&self, request: Request) -> Fault {
        self.counter.ask(request).expect_err("this is refused")
    }

    /// A whole visit, to the seal and back to the lobby.
    pub fn visit(&self) {
        self.must(Request::OpenCase { kind: Kind::First });
        self.counter.walk_to("closed");
        self.must(Request::CloseCase);
    }

    /// Stops the station and reads what it left behind.
    pub fn stopped(self) -> (Aftermath, Simulator, TempDir) {
        let Bench { counter, station: _, simulator, folder } = self;
        drop(counter);
        (Aftermath::of(folder.path()), simulator, folder)
    }
}
