//! What a message costs on its way: by itself over a bare socket, through the uplink, and out of a durable outbox with its
//! receipt written down, all to the same simulated platform in one run. `npm run bench` starts it.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program says what it measured")]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use casework::fact::{Fact, PackStamp};
use casework::nouns::{Actor, CaseId, CaseKind, PlatformId, WindowLevel};
use casework::outbox::{Answer, MessageKey, MessageKind, NewMessage};
use journeys::bench::Simulator;
use journeys::courier::Courier;
use journeys::{http, outputs};
use ledger::Entry;
use uplink::{Letter, Uplink};

/// Messages of each way. The middle one counts.
const MESSAGES: u32 = 300;
/// About as long as an acceptance.
const BODY_BYTES: usize = 2_000;

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(5)
        }
    }
}

fn measure() -> Result<(), String> {
    let simulator = Simulator::start("tests/scenarios/quick.toml").map_err(|error| error.to_string())?;
    let platforms = simulator.address("platform").to_owned();
    let body = serde_json::json!({"case": "x".repeat(BODY_BYTES)}).to_string();
    let bare = middle(|nth| {
        let address = format!("{platforms}/city/messages/acceptance");
        http::post_once(&address, &format!("bare-{nth}"), &body).map_err(|error| error.to_string())
    })?;
    let uplink = through_the_uplink(&platforms, &body)?;
    let durable = out_of_the_outbox(&platforms, &body)?;
    for (way, taken) in [("a bare socket", bare), ("the uplink", uplink), ("the outbox, durable", durable)] {
        let (ms, ratio) = (taken.as_secs_f64() * 1000.0, taken.as_secs_f64() / bare.as_secs_f64());
        println!("   {way:<22} {ms:>7.2} ms a message  ratio {ratio:.2}");
    }
    println!("   {MESSAGES} messages each way, {BODY_BYTES} bytes of text in each");
    Ok(())
}

/// The median of one way.
fn middle(mut send: impl FnMut(u32) -> Result<(), String>) -> Result<Duration, String> {
    let mut taken = Vec::new();
    for nth in 0..MESSAGES {
        let began = Instant::now();
        send(nth)?;
        taken.push(began.elapsed());
    }
    taken.sort();
    Ok(taken[taken.len() / 2])
}

fn through_the_uplink(platforms: &str, body: &str) -> Result<Duration, String> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let city: PlatformId = "city".parse().map_err(|_| "city is a platform's name")?;
    let addresses = BTreeMap::from([(city.clone(), format!("{platforms}/city"))]);
    let uplink = Uplink::new(&addresses, Duration::from_secs(5)).map_err(|error| error.to_string())?;
    middle(|nth| {
        let case = case(nth)?;
        let key = MessageKey::of("uplink", &case, MessageKind::Acceptance, 1);
        let letter = Letter { platform: &city, kind: MessageKind::Acceptance, key: key.as_str(), body };
        let answer = runtime.block_on(uplink.send(letter));
        let taken = matches!(answer, Answer::Status { code: 200, .. });
        taken.then_some(()).ok_or_else(|| format!("no answer: {answer:?}"))
    })
}

/// Written down, taken out, sent, and settled: three commits a message.
fn out_of_the_outbox(platforms: &str, body: &str) -> Result<Duration, String> {
    let folder = outputs::folder();
    let mut courier = Courier::new(folder.path(), platforms, &["city"]);
    middle(|nth| {
        let case = case(nth)?;
        let message = NewMessage {
            kind: MessageKind::Acceptance,
            platform: "city".parse().map_err(|_| "city is a platform's name")?,
            key: MessageKey::of("outbox", &case, MessageKind::Acceptance, 2),
            seq_in_case: 2,
            place: 1,
            keyed: true,
            body: body.to_owned(),
        };
        let fact = Fact::Opened {
            kind: CaseKind::First,
            window: "HS0101".parse().map_err(|_| "a window's code")?,
            level: WindowLevel::Village,
            pack: PackStamp { id: "yiyang-2021".to_owned(), hash: "0".repeat(64) },
            training: true,
        };
        let (at, actor) = (courier.now(), Actor::system());
        let entry = Entry { case: &case, expected_seq: 0, at, actor: &actor, facts: &[fact], messages: &[message] };
        courier.ledger().record(entry).map_err(|error| error.to_string())?;
        while courier.step().map_err(|error| error.to_string())? > 0 {}
        Ok(())
    })
}

fn case(nth: u32) -> Result<CaseId, String> {
    format!("HS0101-20211108-{:04}", nth + 1).parse().map_err(|_| "a case's number".to_owned())
}
