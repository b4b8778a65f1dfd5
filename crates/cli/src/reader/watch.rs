//! `youdai reader watch`: what happens to the reader and to cards on it, one line an event.

use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use devices::DeviceState;
use devices::reader::{Cancel, Reader, ReaderFault, WatchEvent};
use idcard::conversation::Wanted;
use serde::Serialize;

use super::{CardAnswer, EVERYTHING, endpoint};
use crate::answer::End;

/// One event as JSON. `at_ms` counts from the start of the watch.
#[derive(Serialize)]
struct Event {
    at_ms: u64,
    #[serde(flatten)]
    what: What,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum What {
    /// The device's state changed: one of the ten words of XFS4IoT.
    Device {
        state: &'static str,
        fault: Option<FaultAnswer>,
    },
    Card {
        card: Box<CardAnswer>,
    },
    CardFailed {
        fault: FaultAnswer,
    },
    /// Gone, or still there on a module that does not find a card twice.
    CardUnknown,
}

#[derive(Serialize)]
struct FaultAnswer {
    code: &'static str,
    who_acts: &'static str,
    happened: &'static str,
    remedy: &'static str,
}

/// Watches until standard input closes, or for `for_ms` milliseconds if that is shorter.
pub fn watch(json: bool, port: &str, all: bool, for_ms: Option<u64>) -> End {
    let endpoint = match endpoint(json, port) {
        Ok(endpoint) => endpoint,
        Err(end) => return end,
    };
    let cancel = Cancel::new();
    call_off(&cancel, for_ms);
    let began = Instant::now();
    let tell = |what| {
        let event = Event { at_ms: began.elapsed().as_millis().try_into().unwrap_or(u64::MAX), what };
        say(json, &event, &cancel);
    };
    let wanted = if all { EVERYTHING } else { Wanted::default() };
    // A reader that is not there yet is waited for like one that was pulled out.
    let mut away = None;
    while !cancel.is_cancelled() {
        match Reader::open(&endpoint) {
            Ok(mut reader) => {
                reader.watch(wanted, &cancel, &mut |event| tell(What::of(event, all)));
                return End::Done;
            }
            Err(fault) => {
                if away.replace(fault.state()) != Some(fault.state()) {
                    tell(What::away(&fault));
                }
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
    End::Done
}

/// Two ways to end a watch, each a thread that outlives nothing but this process.
fn call_off(cancel: &Cancel, for_ms: Option<u64>) {
    match for_ms {
        Some(limit) => {
            let cancel = cancel.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(limit));
                cancel.cancel();
            });
        }
        None => {
            let cancel = cancel.clone();
            thread::spawn(move || {
                // Whatever ends standard input ends the watch.
                let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
                cancel.cancel();
            });
        }
    }
}

/// A line is out at once, so that a script may wait for it; nobody listening any more ends the watch.
fn say(json: bool, event: &Event, cancel: &Cancel) {
    let line = if json {
        serde_json::to_string(event).expect("an event is plain data")
    } else {
        format!("{:>9.3}　{}", Duration::from_millis(event.at_ms).as_secs_f64(), event.what.words())
    };
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        cancel.cancel();
    }
}

impl What {
    fn of(event: WatchEvent, all: bool) -> What {
        match event {
            WatchEvent::Device { state, fault } => {
                What::Device { state: state.code(), fault: fault.as_ref().map(FaultAnswer::of) }
            }
            WatchEvent::Card(read) => What::Card { card: Box::new(CardAnswer::of(&read, all)) },
            WatchEvent::CardFailed { fault } => What::CardFailed { fault: FaultAnswer::of(&fault) },
            WatchEvent::CardUnknown => What::CardUnknown,
        }
    }

    fn away(fault: &ReaderFault) -> What {
        What::Device { state: fault.state().code(), fault: Some(FaultAnswer::of(fault)) }
    }

    fn words(&self) -> String {
        match self {
            What::Device { state, fault: None } if *state == DeviceState::Online.code() => "读卡器就绪".to_owned(),
            What::Device { state, fault: None } => format!("读卡器状态 {state}"),
            What::Device { fault: Some(fault), .. } | What::CardFailed { fault } => {
                format!("{}{}", fault.happened, fault.remedy)
            }
            What::Card { card } => format!("读到一张证\n{}", card.words()),
            What::CardUnknown => "证件已拿开，或仍在原处而读卡器不再报告".to_owned(),
        }
    }
}

impl FaultAnswer {
    fn of(fault: &ReaderFault) -> FaultAnswer {
        let words = fault.words();
        FaultAnswer {
            code: fault.code(),
            who_acts: fault.who_acts().code(),
            happened: words.happened,
            remedy: words.remedy,
        }
    }
}
