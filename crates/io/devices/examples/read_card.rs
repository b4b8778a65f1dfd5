//! Reads one card and prints it as one JSON object: the least program around the driver, for the simulator's conformance
//! pack (`hardware-sim conformance --driver …/read_card`). Invented cards only: it prints the person.
//!
//! Ends with 0 and a card, or with 4 and the fault's words on standard error.

use std::{process::ExitCode, time::Duration};

use devices::reader::{CardRead, Endpoint, Privacy, ReadOptions, Reader, ReaderFault, Trace};
use idcard::card::{CardRecord, ChipText, ValidUntil};
use serde_json::json;

fn main() -> ExitCode {
    let mut port = "auto".to_owned();
    let mut trace = None;
    let mut timeout = Duration::from_secs(10);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--port" => port = arguments.next().unwrap_or_default(),
            "--timeout-ms" => {
                let text = arguments.next().unwrap_or_default();
                timeout = text.parse().map(Duration::from_millis).unwrap_or(timeout);
            }
            "--trace" => trace = arguments.next(),
            // What it prints is JSON in any case.
            _ => {}
        }
    }
    match Endpoint::parse(&port) {
        Ok(endpoint) => match read(&endpoint, timeout, trace.as_deref()) {
            Ok(card) => {
                println!("{}", printed(&card));
                ExitCode::SUCCESS
            }
            Err(fault) => {
                eprintln!("{}: {} {}", fault.code(), fault.who_acts().words(), fault.words());
                ExitCode::from(4)
            }
        },
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::from(2)
        }
    }
}

fn read(endpoint: &Endpoint, timeout: Duration, trace: Option<&str>) -> Result<CardRead, ReaderFault> {
    let mut reader = Reader::open(endpoint)?;
    if let Some(file) = trace.and_then(|path| std::fs::File::create(path).ok()) {
        reader.set_trace(Some(Trace::new(Box::new(file), Privacy::Full)));
    }
    reader.read(&ReadOptions { timeout, ..ReadOptions::default() })
}

fn printed(read: &CardRead) -> serde_json::Value {
    let record = &read.record;
    let text = |text: Option<&ChipText>| text.map(|text| text.as_str().to_owned());
    json!({
        "kind": record.kind(),
        "name": record.name().as_str(),
        "sex": record.sex().digit().to_string(),
        "ethnicity_code": record.ethnicity().map(|ethnicity| ethnicity.code()),
        "birth": record.birth().map(|date| date.to_string()),
        "address": text(record.address()),
        "number": record.number().as_str(),
        "issuing_authority": text(record.authority()),
        "valid_from": record.valid_from().map(|date| date.to_string()),
        "valid_until": record.valid_until().map(until),
        "findings": record.findings().iter().map(|finding| finding.code()).collect::<Vec<_>>(),
        "sam_id": read.sam_id.to_string(),
        "photo_bytes": read.photo.raw().len(),
        "raw_text": hex::encode(CardRecord::raw_text(record).raw()),
        "heard_twice": read.heard_twice,
        "duration_ms": read.duration.as_millis() as u64,
    })
}

fn until(until: ValidUntil) -> String {
    match until {
        ValidUntil::Date(date) => date.to_string(),
        ValidUntil::LongTerm => "long_term".to_owned(),
    }
}
