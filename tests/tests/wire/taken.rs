//! Every kind of message as its platform receives it: request line, headers, body.

use std::collections::BTreeMap;

use casework::outbox::MessageKind;
use desk::contract::{Kind, LightState, Request, Screen};
use desk::station::StationFile;
use journeys::aftermath::Aftermath;
use journeys::bench::Simulator;
use journeys::counter::Counter;
use serde_json::Value;

use crate::recorder::{Recorder, Taken};

/// Kinds of cases that a practised clerk walks to their end. Together they send a message of every kind; whoever adds a
/// kind adds the walk that sends it.
const WALK: [Kind; 2] = [Kind::First, Kind::ReissueLost];

#[test]
fn every_kind_of_message_is_on_the_wire_as_its_snapshot_shows_it() {
    let mut pictures = BTreeMap::new();
    for (name, picture) in walk().into_iter().chain(approved_without_a_number()).chain(spoiled_after_it_was_made()) {
        pictures.entry(name).or_insert(picture);
    }
    for kind in MessageKind::ALL {
        let picture = pictures.get(kind.name());
        let picture = picture.unwrap_or_else(|| panic!("no walk sends a message of kind {}", kind.name()));
        insta::assert_snapshot!(kind.name(), picture);
    }
}

/// The requests of the cases by their kind, each as text.
fn walk() -> Vec<(String, String)> {
    let close = |counter: &Counter, kind| {
        counter.ask(Request::OpenCase { kind }).unwrap();
        counter.walk_to("closed");
        counter.ask(Request::CloseCase).unwrap();
        all_sent(counter);
    };
    sent("block_allocated", |counter| WALK.into_iter().for_each(|kind| close(counter, kind)))
}

/// A card that was confirmed and went to waste before it was handed over.
fn spoiled_after_it_was_made() -> Vec<(String, String)> {
    sent("block_allocated", |counter| {
        counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
        counter.walk_to("delivery");
        counter.ask(Request::SpoilCard { cause: "折断".to_owned() }).unwrap();
        all_sent(counter);
    })
}

/// A case whose number comes from the department's system, which approves it and brings none.
fn approved_without_a_number() -> Vec<(String, String)> {
    sent("returned_by_system", |counter| {
        counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
        counter.walk_to("numbering");
        counter.wait("the department is asked for a number", |view| {
            let Screen::Case(case) = &view.screen else { return None };
            let act = case.acts.iter().find(|act| act.ask == "reserve_number")?;
            act.why_not.as_ref()?.contains("已向承办部门另要").then_some(())
        });
        all_sent(counter);
    })
}

fn all_sent(counter: &Counter) {
    counter.wait("everything sent", |view| {
        let light = view.lights.iter().find(|light| light.device == "platform")?;
        (light.state == LightState::Good).then_some(())
    });
}

/// What a station sends that numbers in this way while somebody is served.
fn sent(mode: &str, serve: impl FnOnce(&Counter)) -> Vec<(String, String)> {
    let (simulator, recorder) = (Simulator::start("tests/scenarios/quick.toml").unwrap(), Recorder::start());
    let folder = journeys::outputs::folder();
    let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
    let text = std::fs::read_to_string(&station).unwrap();
    let shipped = StationFile::load(&station).unwrap().pack;
    let pack = std::fs::read_to_string(&shipped).unwrap();
    let numbered = pack.replacen("value = \"block_allocated\"", &format!("value = \"{mode}\""), 1);
    std::fs::write(folder.path().join("pack.toml"), numbered).unwrap();
    let text = text.replace(&shipped.display().to_string(), &folder.path().join("pack.toml").display().to_string());
    std::fs::write(&station, text.replace(simulator.address("platform"), &recorder.address)).unwrap();
    let counter = Counter::open(&station).unwrap();
    serve(&counter);
    drop(counter);
    let messages = Aftermath::of(folder.path()).messages();
    let taken = recorder.taken();
    assert_eq!(taken.len(), messages.len(), "each was sent once");
    let sent = messages.iter().zip(&taken).map(|(message, taken)| {
        assert_eq!(taken.header("idempotency-key"), Some(message.key.as_str()));
        assert_eq!(taken.body, message.body.as_bytes(), "byte for byte as it was frozen");
        (message.kind.name().to_owned(), shown(taken))
    });
    sent.collect()
}

/// A request as text, with what differs from run to run named instead of shown.
fn shown(taken: &Taken) -> String {
    let body: Value = serde_json::from_slice(&taken.body).unwrap();
    let header = |(name, value): &(String, String)| match name.as_str() {
        "host" => "host: HOST\n".to_owned(),
        "idempotency-key" => "idempotency-key: KEY\n".to_owned(),
        "content-length" => "content-length: LENGTH\n".to_owned(),
        _ => format!("{name}: {value}\n"),
    };
    let headers: String = taken.headers.iter().map(header).collect();
    format!("{}\n{headers}\n{}", taken.line, serde_json::to_string_pretty(&named(body)).unwrap())
}

fn named(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(name_of(&text).map_or(text.clone(), str::to_owned)),
        Value::Array(list) => list.into_iter().map(named).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, named(value))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

fn name_of(text: &str) -> Option<&'static str> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some("SM3");
    }
    if text.ends_with("+08:00") && text.contains('T') {
        return Some("MOMENT");
    }
    (text.len() == 18 && text.is_char_boundary(17) && digits(&text[..17])).then_some("CITIZEN-NUMBER")
}
