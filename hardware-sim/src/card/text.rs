//! The four layouts of the 256-byte text record (reader-protocol, 2): UTF-16LE, padded with spaces.

use serde::Deserialize;

use super::TEXT_BYTES;
use super::chip::Overlong;

/// Why a field could not be written into the record.
#[derive(Debug, thiserror::Error)]
#[error("`{field}` takes {units} UTF-16 units and the record holds {room}; `chip.overlong = \"cut\"` cuts it there")]
pub struct TextError {
    pub field: &'static str,
    pub units: usize,
    pub room: usize,
}

/// A resident's card. Dates are `YYYY-MM-DD`, or eight characters that are written as they stand.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resident {
    pub name: String,
    /// `male`, `female`, or the code itself: `0`, `1`, `2`, `9`.
    pub sex: String,
    /// Two digits (GB/T 3304); 97, 98 and codes of no table are written as they stand.
    pub ethnicity: String,
    pub birth: String,
    pub address: String,
    pub number: String,
    pub authority: String,
    pub valid_from: String,
    /// A date, or `long_term`.
    pub valid_until: String,
}

/// A residence permit for people of Hong Kong, Macao and Taiwan (type letter `J`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hmt {
    pub name: String,
    pub sex: String,
    pub birth: String,
    pub address: String,
    pub number: String,
    pub authority: String,
    pub valid_from: String,
    pub valid_until: String,
    /// Nine characters.
    pub pass_number: String,
    /// Two digits.
    pub issue_count: String,
}

/// A foreigner's permanent residence card of the 2017 version (type letter `I`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Foreigner2017 {
    pub english_name: String,
    #[serde(default)]
    pub chinese_name: String,
    pub sex: String,
    pub birth: String,
    /// Three letters.
    pub nationality: String,
    /// Fifteen characters.
    pub number: String,
    /// Four digits of the accepting office.
    pub office: String,
    pub card_version: String,
    pub valid_from: String,
    pub valid_until: String,
}

/// A foreigner's permanent residence card of the 2023 version (type letter `Y`).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Foreigner2023 {
    #[serde(default)]
    pub chinese_name: String,
    /// Up to 46 characters; the record keeps 35 of them at 52 and the rest at 220.
    pub english_name: String,
    pub sex: String,
    pub birth: String,
    pub nationality: String,
    /// Eighteen digits, beginning with 9.
    pub number: String,
    /// Two digits.
    pub renewal_count: String,
    pub valid_from: String,
    pub valid_until: String,
    /// Up to three characters that point at the holder's earlier number.
    #[serde(default)]
    pub earlier_number: String,
}

impl Resident {
    pub(super) fn write(&self, overlong: Overlong) -> Result<Vec<u8>, TextError> {
        let mut record = Record::blank(overlong);
        record.put(0, 30, "name", &self.name)?;
        record.put(30, 2, "sex", sex(&self.sex))?;
        record.put(32, 4, "ethnicity", &self.ethnicity)?;
        record.put(36, 16, "birth", &date(&self.birth))?;
        record.put(52, 70, "address", &self.address)?;
        record.put(122, 36, "number", &self.number)?;
        record.put(158, 30, "authority", &self.authority)?;
        record.put(188, 16, "valid_from", &date(&self.valid_from))?;
        record.put(204, 16, "valid_until", &date(&self.valid_until))?;
        Ok(record.bytes)
    }
}

impl Hmt {
    pub(super) fn write(&self, overlong: Overlong) -> Result<Vec<u8>, TextError> {
        let mut record = Record::blank(overlong);
        record.put(0, 30, "name", &self.name)?;
        record.put(30, 2, "sex", sex(&self.sex))?;
        record.put(36, 16, "birth", &date(&self.birth))?;
        record.put(52, 70, "address", &self.address)?;
        record.put(122, 36, "number", &self.number)?;
        record.put(158, 30, "authority", &self.authority)?;
        record.put(188, 16, "valid_from", &date(&self.valid_from))?;
        record.put(204, 16, "valid_until", &date(&self.valid_until))?;
        record.put(220, 18, "pass_number", &self.pass_number)?;
        record.put(238, 4, "issue_count", &self.issue_count)?;
        record.put(248, 2, "type", "J")?;
        Ok(record.bytes)
    }
}

impl Foreigner2017 {
    pub(super) fn write(&self, overlong: Overlong) -> Result<Vec<u8>, TextError> {
        let mut record = Record::blank(overlong);
        record.put(0, 120, "english_name", &self.english_name)?;
        record.put(120, 2, "sex", sex(&self.sex))?;
        record.put(122, 30, "number", &self.number)?;
        record.put(152, 6, "nationality", &self.nationality)?;
        record.put(158, 30, "chinese_name", &self.chinese_name)?;
        record.put(188, 16, "valid_from", &date(&self.valid_from))?;
        record.put(204, 16, "valid_until", &date(&self.valid_until))?;
        record.put(220, 16, "birth", &date(&self.birth))?;
        record.put(236, 4, "card_version", &self.card_version)?;
        record.put(240, 8, "office", &self.office)?;
        record.put(248, 2, "type", "I")?;
        Ok(record.bytes)
    }
}

impl Foreigner2023 {
    pub(super) fn write(&self, overlong: Overlong) -> Result<Vec<u8>, TextError> {
        let mut record = Record::blank(overlong);
        let head: String = self.english_name.chars().take(35).collect();
        let tail: String = self.english_name.chars().skip(35).collect();
        record.put(0, 30, "chinese_name", &self.chinese_name)?;
        record.put(30, 2, "sex", sex(&self.sex))?;
        record.put(32, 4, "renewal_count", &self.renewal_count)?;
        record.put(36, 16, "birth", &date(&self.birth))?;
        record.put(52, 70, "english_name", &head)?;
        record.put(122, 36, "number", &self.number)?;
        record.put(188, 16, "valid_from", &date(&self.valid_from))?;
        record.put(204, 16, "valid_until", &date(&self.valid_until))?;
        record.put(220, 22, "english_name", &tail)?;
        record.put(242, 6, "nationality", &self.nationality)?;
        record.put(248, 2, "type", "Y")?;
        record.put(250, 6, "earlier_number", &self.earlier_number)?;
        Ok(record.bytes)
    }
}

/// `text` in UTF-16LE, padded with spaces to `length` bytes and cut there.
pub(super) fn padded(text: &str, length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.truncate(length);
    while bytes.len() < length {
        bytes.extend([0x20, 0x00]);
    }
    bytes
}

struct Record {
    bytes: Vec<u8>,
    overlong: Overlong,
}

impl Record {
    fn blank(overlong: Overlong) -> Record {
        Record { bytes: padded("", TEXT_BYTES), overlong }
    }

    fn put(&mut self, offset: usize, length: usize, field: &'static str, text: &str) -> Result<(), TextError> {
        let units = text.encode_utf16().count();
        match self.overlong {
            Overlong::Refuse if units * 2 > length => return Err(TextError { field, units, room: length / 2 }),
            Overlong::Refuse | Overlong::Cut => {}
        }
        self.bytes[offset..offset + length].copy_from_slice(&padded(text, length));
        Ok(())
    }
}

fn sex(written: &str) -> &str {
    match written {
        "male" => "1",
        "female" => "2",
        code => code,
    }
}

fn date(written: &str) -> String {
    match written {
        "long_term" => "长期".to_owned(),
        date => date.replace('-', ""),
    }
}
