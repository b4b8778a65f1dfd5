//! `youdai reader`: who the reader is, and what card lies on it.

use std::time::Duration;

use devices::reader::{CardRead, Endpoint, ReadOptions, Reader, ReaderFault};
use idcard::card::ValidUntil;
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

#[derive(Serialize)]
struct ProbeAnswer {
    endpoint: String,
    sam_id: String,
    status: String,
}

/// A card as `reader read --json` prints it.
#[derive(Serialize)]
struct CardAnswer {
    kind: &'static str,
    name: String,
    /// GB/T 2261.1: 0, 1, 2 or 9.
    sex: String,
    ethnicity_code: Option<String>,
    ethnicity: Option<String>,
    /// YYYY-MM-DD.
    birth: Option<String>,
    address: Option<String>,
    number: String,
    issuing_authority: Option<String>,
    valid_from: Option<String>,
    /// A date, or `long_term`.
    valid_until: Option<String>,
    photo_bytes: usize,
    sam_id: String,
    /// What is odd about the record; the read stands all the same.
    findings: Vec<&'static str>,
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
pub fn read(json: bool, port: &str, timeout_ms: u64) -> End {
    let endpoint = match endpoint(json, port) {
        Ok(endpoint) => endpoint,
        Err(end) => return end,
    };
    let options = ReadOptions { timeout: Duration::from_millis(timeout_ms), ..ReadOptions::default() };
    match Reader::open(&endpoint).and_then(|mut reader| reader.read(&options)) {
        Ok(read) => {
            let answer = CardAnswer::of(&read);
            say(json, &answer, &answer.words());
            End::Done
        }
        Err(fault) => device(json, &fault),
    }
}

fn endpoint(json: bool, port: &str) -> Result<Endpoint, End> {
    Endpoint::parse(port).map_err(|refusal| {
        let failure = Failure::new("usage", refusal.to_string(), "端口写作 serial:PATH@BAUD、tcp:HOST:PORT 或 auto");
        fail(json, &failure, End::Usage)
    })
}

fn device(json: bool, fault: &ReaderFault) -> End {
    let words = fault.words();
    fail(json, &Failure::new(fault.code(), words.happened, words.remedy), End::Device)
}

impl CardAnswer {
    fn of(read: &CardRead) -> CardAnswer {
        let record = &read.record;
        CardAnswer {
            kind: record.kind(),
            name: record.name().as_str().to_owned(),
            sex: record.sex().digit().to_string(),
            ethnicity_code: record.ethnicity().map(|ethnicity| ethnicity.code().to_owned()),
            ethnicity: record.ethnicity().and_then(|ethnicity| ethnicity.name()).map(ToOwned::to_owned),
            birth: record.birth().map(|date| date.to_string()),
            address: record.address().map(|address| address.as_str().to_owned()),
            number: record.number().as_str().to_owned(),
            issuing_authority: record.authority().map(|authority| authority.as_str().to_owned()),
            valid_from: record.valid_from().map(|date| date.to_string()),
            valid_until: record.valid_until().map(|until| match until {
                ValidUntil::Date(date) => date.to_string(),
                ValidUntil::LongTerm => "long_term".to_owned(),
            }),
            photo_bytes: read.photo.raw().len(),
            sam_id: read.sam_id.to_string(),
            findings: record.findings().iter().map(|finding| finding.code()).collect(),
        }
    }

    fn words(&self) -> String {
        let line = |name: &str, value: &str| format!("{name}：{value}\n");
        let mut words = line("姓名", &self.name);
        words.push_str(&line("性别", sex_name(&self.sex)));
        for (name, value) in [
            ("民族", &self.ethnicity),
            ("出生", &self.birth),
            ("住址", &self.address),
            ("签发机关", &self.issuing_authority),
            ("有效期至", &self.valid_until),
        ] {
            if let Some(value) = value {
                words.push_str(&line(name, value));
            }
        }
        words.push_str(&line("号码", &self.number));
        words.trim_end().to_owned()
    }
}

fn sex_name(digit: &str) -> &'static str {
    match digit {
        "1" => "男",
        "2" => "女",
        "9" => "未说明",
        _ => "未知",
    }
}
