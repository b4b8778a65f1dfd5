//! A card as `youdai reader read` prints it.

use devices::reader::CardRead;
use idcard::card::ValidUntil;
use serde::Serialize;

/// How `长期` is written for scripts.
const LONG_TERM: &str = "long_term";

/// A card as `reader read --json` prints it.
#[derive(Serialize)]
pub struct CardAnswer {
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
    /// Two reads agreed byte for byte: the line, or the record, was in doubt.
    heard_twice: bool,
    /// Waiting for the card included.
    duration_ms: u64,
    #[serde(flatten)]
    extras: Option<Extras>,
}

/// What `--all` adds. A module or card without the thing answers `null`, or 0 bytes of fingerprints.
#[derive(Serialize)]
struct Extras {
    fingerprint_bytes: usize,
    /// Oldest first.
    appended_addresses: Option<Vec<String>>,
    /// 28 bytes as hex.
    management_number: Option<String>,
}

impl CardAnswer {
    /// The card as it is printed; `all` adds what was asked for besides text and photo.
    pub fn of(read: &CardRead, all: bool) -> CardAnswer {
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
                ValidUntil::LongTerm => LONG_TERM.to_owned(),
            }),
            photo_bytes: read.photo.raw().len(),
            sam_id: read.sam_id.to_string(),
            findings: record.findings().iter().map(|finding| finding.code()).collect(),
            heard_twice: read.heard_twice,
            duration_ms: read.duration.as_millis().try_into().unwrap_or(u64::MAX),
            extras: all.then(|| Extras {
                fingerprint_bytes: read.fingerprint.0.len(),
                appended_addresses: read
                    .appended
                    .as_ref()
                    .map(|list| list.iter().map(|address| address.as_str().to_owned()).collect()),
                management_number: read.management.as_ref().map(|number| hex::encode_upper(&number.0)),
            }),
        }
    }

    /// The same for a person, a line a field.
    pub fn words(&self) -> String {
        let line = |name: &str, value: &str| format!("{name}：{value}\n");
        let mut words = line("姓名", &self.name);
        words.push_str(&line("性别", sex_name(&self.sex)));
        for (name, value) in [
            ("民族", &self.ethnicity),
            ("出生", &self.birth),
            ("住址", &self.address),
            ("签发机关", &self.issuing_authority),
        ] {
            if let Some(value) = value {
                words.push_str(&line(name, value));
            }
        }
        if let Some(until) = &self.valid_until {
            words.push_str(&line("有效期至", if until == LONG_TERM { "长期" } else { until }));
        }
        words.push_str(&line("号码", &self.number));
        if let Some(extras) = &self.extras {
            words.push_str(&line("指纹", &format!("{} 字节", extras.fingerprint_bytes)));
            match extras.appended_addresses.as_deref() {
                None => words.push_str(&line("追加住址", "没有读到")),
                Some([]) => words.push_str(&line("追加住址", "无")),
                Some(list) => list.iter().for_each(|address| words.push_str(&line("追加住址", address))),
            }
            words.push_str(&line("卡体管理号", extras.management_number.as_deref().unwrap_or("没有读到")));
        }
        if !self.findings.is_empty() {
            words.push_str(&line("请留意", &self.findings.join("、")));
        }
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
