//! What several test files need: the vectors' cards and a module at hand.
#![expect(dead_code, reason = "each test file uses its own part")]
#![expect(clippy::unwrap_used, reason = "a test stops where its ground gives way")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hardware_sim::card::{Card, CardFile, Library};
use hardware_sim::fault::Fault;
use hardware_sim::module::{Habits, Module};
use hardware_sim::reader::{Reader, Voice};
use hardware_sim::sam_id::SamId;
use hardware_sim::script::{Script, Step, Verb};
use hardware_sim::wire::pipe::Pipe;

pub const STATUS: &str = "AAAAAA9669000311FFED";
pub const SAM_ID: &str = "AAAAAA9669000312FFEE";
pub const RESET: &str = "AAAAAA9669000310FFEC";
pub const FIND: &str = "AAAAAA96690003200122";
pub const SELECT: &str = "AAAAAA96690003200221";
pub const READ: &str = "AAAAAA96690003300132";
pub const READ_FINGERPRINT: &str = "AAAAAA96690003301023";
pub const ADDRESS: &str = "AAAAAA96690003300330";
pub const MANAGEMENT: &str = "AAAAAA96690003300536";

pub const NOTHING: [u8; 0] = [];

pub fn bytes(hex_text: &str) -> Vec<u8> {
    hex::decode(hex_text.replace(' ', "")).unwrap()
}

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The invented people of the fixtures and the cards of the published vectors.
pub fn library() -> Library {
    let mut library = Library::default();
    library.add_folder(&repository().join("fixtures/people")).unwrap();
    library.add_folder(&repository().join("hardware-sim/tests/cards")).unwrap();
    library
}

pub fn card(text: &str) -> Card {
    toml::from_str::<CardFile>(text).unwrap().make().unwrap()
}

/// A module without latencies, so that a test reads as a conversation.
pub fn module(change: impl FnOnce(&mut Habits)) -> Module {
    let mut habits = Habits::default();
    change(&mut habits);
    Module::new(SamId::default().bytes(), habits, 1)
}

/// Asks the module and returns all it says, as hexadecimal.
pub fn ask(module: &mut Module, request: &str, at_ms: u64) -> String {
    let replies = module.hear(&bytes(request), Duration::from_millis(at_ms));
    replies.iter().map(|reply| hex::encode_upper(&reply.bytes)).collect()
}

/// Asks and returns SW3 only; `None` is silence.
pub fn sw3(module: &mut Module, request: &str, at_ms: u64) -> Option<u8> {
    let replies = module.hear(&bytes(request), Duration::from_millis(at_ms));
    replies.first().map(|reply| reply.bytes[9])
}

/// A reader on a pipe under a virtual clock, with one card lying on it.
pub fn pipe(card: &str, paced: bool, seed: u64) -> Pipe {
    let voice = Voice::Module(Box::new(module(|_| {})));
    let mut reader = Reader::new("main", voice, Arc::new(library()), paced, seed);
    if !card.is_empty() {
        reader.act(&Verb::Lay { card: card.to_owned() }, Duration::ZERO).unwrap();
    }
    Pipe::new(reader)
}

pub fn arm(pipe: &mut Pipe, fault: &str) {
    let fault: Fault = serde_json::from_str(fault).unwrap();
    pipe.act(&Verb::Fault(fault)).unwrap();
}

pub fn follow(pipe: &mut Pipe, steps: &str) {
    let steps: Vec<Step> = serde_json::from_str(steps).unwrap();
    pipe.reader.follow(Script::new(steps));
}

/// Sends a request and returns everything that arrives within a second.
pub fn exchange(pipe: &mut Pipe, request: &str) -> Vec<u8> {
    pipe.write(&bytes(request));
    pipe.wait(Duration::from_secs(1))
}
