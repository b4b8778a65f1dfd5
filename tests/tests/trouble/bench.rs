//! A quick bench of its own for each test, and what every fault has to say.

use std::path::{Path, PathBuf};

use desk::contract::{Fault, FaultKind, Kind, Request};
use journeys::bench::Simulator;
use journeys::counter::Counter;
use serde_json::json;
use tempfile::TempDir;

/// A simulator, a station wired to it, and the folder of both.
pub struct Bench {
    pub simulator: Simulator,
    pub folder: TempDir,
    pub station: PathBuf,
}

impl Bench {
    pub fn new() -> Bench {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        Bench { simulator, folder, station }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The station with `old` replaced in its file.
    ///
    /// # Panics
    /// When the file does not hold `old`.
    pub fn rewired(self, old: &str, new: &str) -> Bench {
        let text = std::fs::read_to_string(&self.station).unwrap();
        assert!(text.contains(old), "{old} is not in the station file");
        std::fs::write(&self.station, text.replace(old, new)).unwrap();
        self
    }

    pub fn counter(&self) -> Counter {
        Counter::open(&self.station).unwrap_or_else(|fault| panic!("the station does not start: {fault:#?}"))
    }

    /// A station with an open first issue.
    pub fn with_case(&self) -> Counter {
        let counter = self.counter();
        counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
        counter
    }

    pub fn reader(&self, verb: &str) {
        self.simulator.order("reader", &json!({"do": verb})).unwrap();
    }

    pub fn unplug(&self) {
        self.reader("unplug");
        self.await_cable(false);
    }

    pub fn replug(&self) {
        self.reader("replug");
        self.await_cable(true);
    }

    /// The simulator takes an order at once and moves the cable a moment later.
    fn await_cable(&self, there: bool) {
        let port = Path::new(self.simulator.address("reader_pty"));
        for _ in 0..1000 {
            if port.exists() == there {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("{} did not come or go", port.display());
    }

    pub fn lay(&self, card: &str) {
        self.simulator.order("reader", &json!({"do": "lay", "card": card})).unwrap();
    }

    pub fn card_printer(&self, state: &str) {
        let dir = self.path().join("queue/card");
        self.simulator.order("printer", &json!({"dir": dir, "state": state})).unwrap();
    }
}

/// Checks that a fault is the one expected and that it helps: what happened, what to do, and whom to call where
/// somebody else has to act.
pub fn assert_helps(fault: &Fault, code: &str, kind: FaultKind) {
    assert_eq!((fault.code.as_str(), fault.kind), (code, kind), "{fault:#?}");
    assert!(fault.what.ends_with('。'), "{fault:#?}");
    assert!(!fault.do_now.is_empty(), "{fault:#?}");
}
