//! A bench with two readers, and what hands do to them.

use journeys::bench::Simulator;
use serde_json::json;

/// Readers `main` and `other`, each with a module of its own, nothing on them.
pub struct TwoReaders {
    pub simulator: Simulator,
}

impl TwoReaders {
    pub fn start() -> TwoReaders {
        TwoReaders { simulator: Simulator::start("fixtures/scenarios/readers.toml").unwrap() }
    }

    /// A reader's endpoint.
    pub fn port(&self, reader: &str) -> String {
        let readers = self.simulator.ready["readers"].as_array().unwrap();
        let found = readers.iter().find(|one| one["name"] == reader).unwrap();
        format!("serial:{}@115200", found["pty"].as_str().unwrap())
    }

    /// Lays a card of fixtures/people on a reader, in place of what lies there.
    pub fn lay(&self, reader: &str, card: &str) {
        self.simulator.order("reader", &json!({ "do": "lift", "reader": reader })).unwrap();
        self.simulator.order("reader", &json!({ "do": "lay", "card": card, "reader": reader })).unwrap();
    }

    /// `unplug` or `replug`.
    pub fn cable(&self, reader: &str, verb: &str) {
        self.simulator.order("reader", &json!({ "do": verb, "reader": reader })).unwrap();
    }
}
