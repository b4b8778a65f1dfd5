//! A station whose network can be away, a stick, and a county.

use std::path::{Path, PathBuf};

use desk::contract::{Kind, OutboxView, Request, Screen};
use journeys::bench::Simulator;
use journeys::counter::Counter;
use journeys::programs::command;
use ledger::Message;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Platforms to which a first visit in a village sends.
pub const PLATFORMS: [&str; 4] = ["city", "ageing", "filing", "rating"];

/// A simulator, a station wired to it, and the folder of both.
pub struct Bench {
    pub simulator: Simulator,
    folder: TempDir,
    pub station: PathBuf,
}

impl Bench {
    pub fn new() -> Bench {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        Bench { simulator, folder, station }
    }

    /// The same with a stick and a county, and without a network: its platforms have addresses where nobody answers.
    pub fn cut_off() -> Bench {
        let bench = Bench::new();
        let platform = bench.simulator.address("platform").to_owned();
        bench.rewire(&platform, "http://127.0.0.1:9");
        bench.add_stick();
        bench
    }

    /// Gives the station a stick and tells it of the county.
    pub fn add_stick(&self) {
        std::fs::create_dir_all(self.stick()).unwrap();
        let key = county_key(1);
        std::fs::write(self.path().join("county.key"), key["private"].as_str().unwrap()).unwrap();
        let section = format!(
            "[stick]\nfolder = \"{}\"\ncounty_key = \"{}\"\n\n[training]",
            self.stick().display(),
            key["public"].as_str().unwrap()
        );
        self.rewire("[training]", &section);
    }

    /// Replaces `old` everywhere in the station file.
    pub fn rewire(&self, old: &str, new: &str) {
        let text = std::fs::read_to_string(&self.station).unwrap();
        assert!(text.contains(old), "{old} is not in the station file");
        std::fs::write(&self.station, text.replace(old, new)).unwrap();
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn stick(&self) -> PathBuf {
        self.path().join("stick")
    }

    pub fn behave(&self, behaviour: &Value) {
        for platform in PLATFORMS {
            self.simulator.order("platform", &json!({"platform": platform, "behaviour": behaviour})).unwrap();
        }
    }

    pub fn counter(&self) -> Counter {
        Counter::open(&self.station).unwrap_or_else(|fault| panic!("the station does not start: {fault:#?}"))
    }

    /// A station that has walked a first issue to its end, with the case closed and the lobby shown.
    pub fn after_a_visit(&self) -> Counter {
        let counter = self.counter();
        counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
        counter.walk_to("closed");
        counter.ask(Request::CloseCase).unwrap();
        counter
    }

    /// The county opens the export, posts what it holds to the simulator and leaves its answers on the stick under `name`.
    /// Gives what it says, and its exit code.
    pub fn county(&self, export: &Path, key: &Path, counter_key: &str, name: &str) -> (Value, i32) {
        let output = command("hardware-sim")
            .arg("stick-county")
            .arg(export)
            .args(["--platform", self.simulator.address("platform")])
            .arg("--key")
            .arg(key)
            .args(["--counter", counter_key])
            .arg("--out")
            .arg(self.stick().join(name))
            .output()
            .unwrap();
        let said = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        (said, output.status.code().unwrap_or(-1))
    }

    pub fn county_file(&self) -> PathBuf {
        self.path().join("county.key")
    }
}

/// The key pair of an invented county.
pub fn county_key(seed: u64) -> Value {
    let output = command("hardware-sim").args(["stick-key", "--seed", &seed.to_string()]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The page, as soon as it shows what is wanted.
pub fn page<T>(counter: &Counter, what: &str, mut seen: impl FnMut(&OutboxView) -> Option<T>) -> T {
    counter.wait(what, |view| {
        let Screen::Outbox(shown) = &view.screen else { return None };
        seen(shown)
    })
}

/// Exports, and gives the file as soon as it is on the stick, with the counter's public key.
pub fn export(bench: &Bench, counter: &Counter, serial: u32) -> (PathBuf, String) {
    counter.ask(Request::ExportOutbox).unwrap();
    let key =
        page(counter, "an export on the stick", |shown| shown.stick.note.as_ref().and(shown.stick.counter_key.clone()));
    let file = bench.stick().join(format!("outbox-HS0101-{serial:04}.ydx"));
    assert!(file.is_file(), "{} is not there", file.display());
    (file, key)
}

/// What each message came to: its kind, state and receipt.
pub fn states(messages: &[Message]) -> Vec<(String, String)> {
    messages.iter().map(|one| (one.kind.name().to_owned(), one.state.name().to_owned())).collect()
}
