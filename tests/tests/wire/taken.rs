//! Every kind of message as its platform receives it: request line, headers, body.

use std::collections::BTreeMap;

use casework::outbox::MessageKind;
use desk::contract::{Kind, LightState, Request};
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
    for (name, picture) in walk() {
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
    let (simulator, recorder) = (Simulator::start("tests/scenarios/quick.toml").unwrap(), Recorder::start());
    let folder = journeys::outputs::folder();
    let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
    let text = std::fs::read_to_string(&station).unwrap();
    std::fs::write(&station, text.replace(simulator.address("platform"), &recorder.address)).unwrap();
    let counter = Counter::open(&station).unwrap();
    for kind in WALK {
        counter.ask(Request::OpenCase { kind }).unwrap();
        counter.walk_to("closed");
        counter.ask(Request::CloseCase).unwrap();
        counter.wait("everything sent", |view| {
            let light = view.lights.iter().find(|light| light.device == "platform")?;
            (light.state == LightState::Good).then_some(())
        });
    }
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
