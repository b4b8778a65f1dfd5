//! `youdai reader`: which ports there are, who the reader is, what card lies on it, and what passes on the line.

mod card_answer;
mod pin;
mod ports;
mod watch;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use devices::reader::{Endpoint, Privacy, ReadOptions, Reader, ReaderFault, Trace};
use idcard::conversation::Wanted;
use serde::Serialize;

use self::card_answer::CardAnswer;
use crate::answer::{End, Failure, fail, say};

pub use pin::pin;
pub use ports::list;
pub use watch::watch;

/// Everything a card can be asked for.
const EVERYTHING: Wanted = Wanted { fingerprint: true, appended_addresses: true, management_number: true };

/// How one card is to be read.
pub struct Reading {
    /// `serial:PATH@BAUD`, `tcp:HOST:PORT`, `usb` or `auto`.
    pub port: String,
    /// How long to wait for a card, milliseconds.
    pub timeout_ms: u64,
    /// Fingerprints, appended addresses and management number too.
    pub all: bool,
    /// Where the transcript of the line goes.
    pub trace: Option<PathBuf>,
    /// The transcript shows what the card says.
    pub full: bool,
}

#[derive(Serialize)]
struct ProbeAnswer {
    endpoint: String,
    sam_id: String,
    status: String,
}

#[derive(Serialize)]
struct TraceAnswer {
    file: String,
    lines: usize,
    /// `read`, or the code of the fault that ended the conversation.
    outcome: &'static str,
    masked: bool,
}

/// `youdai reader probe`.
pub fn probe(json: bool, port: &str) -> End {
    let endpoint = match endpoint(json, port) {
        Ok(endpoint) => endpoint,
        Err(end) => return end,
    };
    match Reader::open(&endpoint).and_then(|mut reader| reader.probe()) {
        Ok(probe) => {
            let answer = ProbeAnswer {
                endpoint: probe.endpoint.to_string(),
                sam_id: probe.sam_id.to_string(),
                status: probe.status.to_string(),
            };
            say(json, &answer, &format!("读卡器就绪：{}，安全模块 {}", answer.endpoint, answer.sam_id));
            End::Done
        }
        Err(fault) => device(json, &fault),
    }
}

/// `youdai reader read`.
pub fn read(json: bool, reading: &Reading) -> End {
    match converse(json, reading) {
        Ok(Ok(answer)) => {
            say(json, &answer, &answer.words());
            End::Done
        }
        Ok(Err(fault)) => device(json, &fault),
        Err(end) => end,
    }
}

/// `youdai reader trace`: reads one card for the sake of the transcript, whatever comes of it. Says nothing of the card.
pub fn trace(json: bool, file: &Path, reading: Reading) -> End {
    let reading = Reading { trace: Some(file.to_owned()), ..reading };
    let outcome = match converse(json, &reading) {
        Ok(outcome) => outcome,
        Err(end) => return end,
    };
    let lines = std::fs::read_to_string(file).map_or(0, |text| text.lines().count());
    let code = outcome.as_ref().map_or_else(ReaderFault::code, |_| "read");
    let answer = TraceAnswer { file: file.display().to_string(), lines, outcome: code, masked: !reading.full };
    let kept = if reading.full { "含个人信息，请妥善保管" } else { "个人信息已略去" };
    let ending = outcome.as_ref().map_or_else(|fault| fault.words().to_string(), |_| "读卡成功。".to_owned());
    say(json, &answer, &format!("{ending}\n{} 行记录写入 {}，{kept}", lines, answer.file));
    if outcome.is_ok() { End::Done } else { End::Device }
}

/// Opens the port and reads one card. The outer error has been said already.
fn converse(json: bool, reading: &Reading) -> Result<Result<CardAnswer, ReaderFault>, End> {
    let endpoint = endpoint(json, &reading.port)?;
    let trace = reading.trace.as_deref().map(|file| transcript(json, file, reading.full)).transpose()?;
    let options = ReadOptions {
        timeout: Duration::from_millis(reading.timeout_ms),
        wanted: if reading.all { EVERYTHING } else { Wanted::default() },
        ..ReadOptions::default()
    };
    let read = Reader::open(&endpoint).and_then(|mut reader| {
        reader.set_trace(trace);
        reader.read(&options)
    });
    Ok(read.map(|read| CardAnswer::of(&read, reading.all)))
}

fn transcript(json: bool, file: &Path, full: bool) -> Result<Trace, End> {
    let privacy = if full { Privacy::Full } else { Privacy::Masked };
    match private_file(file) {
        Ok(out) => Ok(Trace::new(Box::new(out), privacy)),
        Err(error) => {
            let what = format!("记录文件 {} 不能写：{error}", file.display());
            Err(fail(json, &Failure::new("usage", what, "请换一个可以写的位置"), End::Usage))
        }
    }
}

/// A new file for its owner's eyes only: even a masked transcript tells when somebody was at the counter.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn endpoint(json: bool, port: &str) -> Result<Endpoint, End> {
    Endpoint::parse(port).map_err(|refusal| {
        let remedy = "端口写作 serial:PATH@BAUD、tcp:HOST:PORT、usb 或 auto";
        fail(json, &Failure::new("usage", refusal.to_string(), remedy), End::Usage)
    })
}

fn device(json: bool, fault: &ReaderFault) -> End {
    let words = fault.words();
    fail(json, &Failure::new(fault.code(), words.happened, words.remedy), End::Device)
}
