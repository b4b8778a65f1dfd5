//! The control port: the same verbs for the control page, for scripts and for `hardware-sim ctl`.

use std::net::TcpStream;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::bench::{Bench, BenchError};
use crate::http::{self, Answer, Request};
use crate::platform::{self, AnswerOrder, Manner, PlatformName, PlatformOrder, ResultOrder};
use crate::printer::PrinterOrder;
use crate::script::Verb;
use crate::transcript::Entry;

const DOCK: &str = include_str!("dock.html");

/// Entries of the transcript that the page is given at once.
const RECENT: usize = 300;

/// Opens the control port and returns its URL.
pub fn serve(bench: &Arc<Bench>) -> Result<String, BenchError> {
    let bench = Arc::clone(bench);
    let address = http::serve(move |request, connection| answer(&bench, &request, connection));
    let address = address.map_err(|source| BenchError::Open { what: "the control port".to_owned(), source })?;
    Ok(format!("http://{address}"))
}

/// Answers one request of the control port.
pub fn answer(bench: &Bench, request: &Request, connection: &mut TcpStream) {
    let answer = match (request.method.as_str(), request.path.as_str()) {
        _ if comes_from_elsewhere(request) => Answer::json(
            403,
            &json!({"ok": false, "error": "only the page served here may give orders from a browser"}),
        ),
        ("GET", "/") => Answer::text(200, "text/html; charset=utf-8", DOCK),
        ("GET", "/control/state") => Answer::json(200, &state(bench)),
        ("GET", "/control/received") => Answer::json(200, &json!(bench.platforms().received())),
        ("GET", "/control/results") => Answer::json(200, &json!(bench.platforms().results())),
        ("GET", "/control/transcript") => {
            Answer::text(200, "text/plain; charset=utf-8", &transcript(bench, usize::MAX))
        }
        ("GET", "/control/transcript/recent") => {
            Answer::text(200, "text/plain; charset=utf-8", &transcript(bench, RECENT))
        }
        ("GET", "/control/coverage") => Answer::json(200, &coverage(bench)),
        ("POST", "/control/reader") => outcome(to_reader(bench, &request.body)),
        ("POST", "/control/platform") => outcome(to_platform(bench, &request.body)),
        ("POST", "/control/result") => outcome(to_result(bench, &request.body)),
        ("POST", "/control/answers") => outcome(to_answers(bench, &request.body)),
        ("POST", "/control/printer") => outcome(to_printer(bench, &request.body)),
        _ => Answer::json(404, &json!({"ok": false, "error": "there is nothing at this address"})),
    };
    platform::send(connection, &answer, Manner::AtOnce);
}

/// `{"do":"lay","card":"ouyang"}`, with `"reader":"NAME"` if there are several.
fn to_reader(bench: &Bench, body: &[u8]) -> Result<(), String> {
    let mut order: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let reader = order.as_object_mut().and_then(|order| order.remove("reader"));
    let verb: Verb = serde_json::from_value(order).map_err(|error| error.to_string())?;
    bench.act(reader.as_ref().and_then(Value::as_str), &verb).map_err(|error| error.to_string())
}

fn to_platform(bench: &Bench, body: &[u8]) -> Result<(), String> {
    let order: PlatformOrder = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    bench.platforms().order(&order);
    Ok(())
}

/// `{"platform":"city","case":"…","make":"good"}`: a result of the department, sound or not.
fn to_result(bench: &Bench, body: &[u8]) -> Result<(), String> {
    let order: ResultOrder = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    bench.platforms().make_result(&order)
}

/// `{"platform":"city","answers":{"approve":{"after_ms":500}}}`, or `"answers":"off"`.
fn to_answers(bench: &Bench, body: &[u8]) -> Result<(), String> {
    let order: AnswerOrder = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    bench.platforms().order_answers(order);
    Ok(())
}

/// `{"dir":…,"state":…}`, or `{"printer":"NAME","state":…}` for a queue of the scenario.
fn to_printer(bench: &Bench, body: &[u8]) -> Result<(), String> {
    let mut order: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    if let Some(order) = order.as_object_mut()
        && let Some(name) = order.remove("printer")
    {
        let queue = bench.printers.iter().find(|queue| Some(queue.name.as_str()) == name.as_str());
        let queue = queue.ok_or_else(|| format!("the scenario has no printer {name}"))?;
        order.insert("dir".to_owned(), json!(queue.dir));
    }
    let order: PrinterOrder = serde_json::from_value(order).map_err(|error| error.to_string())?;
    order.carry_out().map_err(|error| error.to_string())
}

/// A browser names the page a request comes from; any page of the world may try a loopback port.
fn comes_from_elsewhere(request: &Request) -> bool {
    let own = request.headers.get("host").map(|host| format!("http://{host}"));
    request.headers.get("origin").is_some_and(|origin| Some(origin) != own.as_ref())
}

fn outcome(done: Result<(), String>) -> Answer {
    match done {
        Ok(()) => Answer::json(200, &json!({"ok": true})),
        Err(error) => Answer::json(400, &json!({"ok": false, "error": error})),
    }
}

fn state(bench: &Bench) -> Value {
    let readers = bench.each_reader(|reader| {
        json!({
            "name": reader.name,
            "plugged": reader.plugged(),
            "card": reader.lying(),
            "noise_rate": reader.noise_rate(),
            "faults": reader.armed_faults(),
            "failures": reader.failures(),
        })
    });
    let cards: Vec<Value> = bench.cards.titles().map(|(name, title)| json!({"name": name, "title": title})).collect();
    let printers: Vec<Value> = bench
        .printers
        .iter()
        .map(|printer| {
            let state = std::fs::read_to_string(printer.dir.join(".state")).unwrap_or_else(|_| "good".to_owned());
            json!({"name": printer.name, "dir": printer.dir, "exists": printer.dir.is_dir(), "state": state.trim()})
        })
        .collect();
    let platforms = bench.platforms();
    let platform = |name: PlatformName| {
        let taken = platforms.received().iter().filter(|received| received.platform == name).count();
        json!({"name": name, "behaviour": platforms.behaviour(name), "received": taken})
    };
    json!({
        "title": bench.title,
        "seed": bench.seed,
        "readers": readers,
        "addresses": bench.reader_addresses(),
        "cards": cards,
        "printers": printers,
        "platforms": PlatformName::ALL.map(platform),
    })
}

/// How often each request was answered with each SW3, by reader.
fn coverage(bench: &Bench) -> Value {
    let readers = bench.each_reader(|reader| {
        let answers: Vec<Value> = reader
            .coverage()
            .iter()
            .map(|((command, sw3), count)| json!({"command": command, "sw3": format!("{sw3:02X}"), "count": count}))
            .collect();
        json!({"reader": reader.name, "answers": answers})
    });
    json!(readers)
}

/// The latest lines of each reader, at most `most` of them, in order of time.
pub fn transcript(bench: &Bench, most: usize) -> String {
    let of_one = |reader: &crate::reader::Reader| -> Vec<Entry> {
        let entries: Vec<&Entry> = reader.transcript.entries().rev().take(most).collect();
        entries.into_iter().rev().cloned().collect()
    };
    let mut entries = bench.each_reader(of_one).concat();
    entries.sort_by_key(|entry| entry.at);
    let skipped = entries.len().saturating_sub(most);
    entries[skipped..].iter().map(|entry| format!("{entry}\n")).collect()
}
