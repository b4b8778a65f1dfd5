//! The conformance pack: published vectors, every fault, and drawn chaos, against any driver that speaks
//! `COMMAND --port P --timeout-ms N --json`.
//!
//! A driver prints one JSON object about the card and ends with 0, or ends with 4 when the device needs attention. It passes a
//! case if it does what the case expects, within its own time-out and a little; and never, in any case, if what it prints is
//! not what stands on the card.

mod chaos;
mod driver;
mod expect;

pub use driver::{Driver, Ended};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Deserialize;

use crate::bench::{Bench, BenchError};
use crate::card::CardFile;
use crate::scenario::{ReaderSetup, Scenario};

const PACK: &str = include_str!("pack.toml");

/// Cases run at once: they mostly wait.
const AT_ONCE: usize = 3;

/// The pack as its file describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    cards: BTreeMap<String, CardFile>,
    #[serde(rename = "case")]
    cases: Vec<Case>,
}

/// One situation a driver is put into.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    pub expect: Expect,
    /// The card whose content must be printed; the one that lies there at the start, if not said.
    shows: Option<String>,
    /// Given to the driver; it must have ended soon after.
    #[serde(default = "some_seconds")]
    timeout_ms: u64,
    #[serde(default)]
    wire: Wire,
    #[serde(default)]
    reader: ReaderSetup,
    seed: Option<u64>,
}

/// What a driver must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expect {
    /// Print the card's content and end with 0.
    Reads,
    /// End with 4.
    Attends,
    /// Either of the two.
    Either,
}

/// The wire a case is run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wire {
    #[default]
    Tcp,
    Pty,
}

/// How one case went.
#[derive(Debug)]
pub struct Outcome {
    pub name: String,
    pub took: Duration,
    /// What was wrong, in words.
    pub wrong: Option<String>,
}

/// Why the pack could not be run at all.
#[derive(Debug, thiserror::Error)]
pub enum ConformanceError {
    #[error("the conformance pack is not understood")]
    Pack(#[source] Box<toml::de::Error>),
    #[error("no case has `{0}` in its name")]
    NoCase(String),
}

fn some_seconds() -> u64 {
    8_000
}

/// Runs the cases whose name contains `only`, and `chaos` drawn ones, on `driver`. Every case is drawn from `seed`.
pub fn run(driver: &Driver, only: &str, chaos: u32, seed: u64) -> Result<Vec<Outcome>, ConformanceError> {
    let pack: Pack = toml::from_str(PACK).map_err(|source| ConformanceError::Pack(Box::new(source)))?;
    let drawn = (0..u64::from(chaos)).map(|nth| chaos::case(seed.wrapping_add(nth)));
    let cases: Vec<Case> = pack.cases.iter().cloned().chain(drawn).filter(|case| case.name.contains(only)).collect();
    if cases.is_empty() {
        return Err(ConformanceError::NoCase(only.to_owned()));
    }
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((nth, case)) = take(&next, &cases) {
                    let outcome = case.run(driver, &pack.cards, seed);
                    outcomes.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(nth, outcome);
                }
            });
        }
    });
    Ok(outcomes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).into_values().collect())
}

fn take<'a>(next: &AtomicUsize, cases: &'a [Case]) -> Option<(usize, &'a Case)> {
    let nth = next.fetch_add(1, Ordering::Relaxed);
    cases.get(nth).map(|case| (nth, case))
}

impl Case {
    fn run(&self, driver: &Driver, cards: &BTreeMap<String, CardFile>, seed: u64) -> Outcome {
        let scenario = Scenario {
            seed: Some(self.seed.unwrap_or(seed)),
            cards: cards.clone(),
            readers: vec![self.reader.clone()],
            ..Scenario::default()
        };
        match self.drive(driver, &scenario) {
            Ok(ended) => {
                let wrong = self.judge(&ended, cards).map(|wrong| self.with_circumstances(wrong));
                Outcome { name: self.name.clone(), took: ended.took, wrong }
            }
            Err(error) => Outcome { name: self.name.clone(), took: Duration::ZERO, wrong: Some(error.to_string()) },
        }
    }

    fn drive(&self, driver: &Driver, scenario: &Scenario) -> Result<Ended, BenchError> {
        let bench = Bench::start(scenario, Path::new("."))?;
        let address = &bench.reader_addresses()[0];
        let port = match self.wire {
            Wire::Tcp => format!("tcp:{}", address.tcp),
            Wire::Pty => {
                format!("serial:{}@{}", address.pty.display(), self.reader.habits.baud.bits_per_second())
            }
        };
        let ended = driver.run(&port, Duration::from_millis(self.timeout_ms));
        bench.stop();
        ended.map_err(|source| BenchError::Open { what: "the driver".to_owned(), source })
    }

    /// A drawn case says what was drawn, so that its author need not guess.
    fn with_circumstances(&self, wrong: String) -> String {
        if self.seed.is_none() {
            return wrong;
        }
        let faults: Vec<String> =
            self.reader.faults.iter().map(|fault| format!("\n                 {fault:?}")).collect();
        let (noise, repeat_read) = (self.reader.noise_rate, self.reader.habits.repeat_read);
        format!("{wrong}\n                 noise {noise}, repeat_read {repeat_read}{}", faults.concat())
    }

    /// What is wrong with how the driver ended.
    fn judge(&self, ended: &Ended, cards: &BTreeMap<String, CardFile>) -> Option<String> {
        let shown = self.shows.as_ref().or(self.reader.card.as_ref()).and_then(|name| cards.get(name));
        match (ended.code, self.expect) {
            (None, _) => Some("did not end in time, or was ended by a signal".to_owned()),
            (Some(0), Expect::Attends) => Some("claims to have read a card".to_owned()),
            (Some(0), Expect::Reads | Expect::Either) => match shown {
                Some(card) => expect::difference(card, self.reader.sam_id, &ended.printed),
                None => Some("printed a card although there was none".to_owned()),
            },
            (Some(4), Expect::Attends | Expect::Either) => None,
            (Some(code), _) => Some(format!("ended with {code}: {}", ended.complaint())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_of_the_pack_can_be_set_up() {
        let pack: Pack = toml::from_str(PACK).unwrap();
        let mut names = std::collections::BTreeSet::new();
        for case in pack.cases.iter().cloned().chain((0..200).map(chaos::case)) {
            let scenario =
                Scenario { cards: pack.cards.clone(), readers: vec![case.reader.clone()], ..Scenario::default() };
            let cards = std::sync::Arc::new(scenario.library(Path::new(".")).unwrap());
            scenario.readers(Path::new("."), &cards, 1).unwrap_or_else(|error| panic!("{}: {error}", case.name));
            if case.expect != Expect::Attends {
                let shown = case.shows.as_ref().or(case.reader.card.as_ref());
                assert!(shown.is_some_and(|card| pack.cards.contains_key(card)), "{}", case.name);
            }
            assert!(names.insert(case.name.clone()), "two cases are called {}", case.name);
        }
    }
}
