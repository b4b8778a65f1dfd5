//! The foreigner's permanent residence card of 2017, `I` at byte 248 (reader-protocol 2.3).

use jiff::civil::Date;

use super::{ChipText, Field, Finding, SexCode, TextBlock, ValidUntil, fields::Fields};

/// A card of 2017 as stored. It names no issuing authority.
#[derive(Clone, PartialEq, Eq)]
pub struct Foreigner2017Card {
    pub english_name: ChipText,
    pub sex: SexCode,
    /// Fifteen characters: three letters and twelve digits.
    pub number: ChipText,
    /// Three letters, GB/T 2659.
    pub nationality: ChipText,
    /// Blank if the holder has none.
    pub chinese_name: ChipText,
    pub valid_from: Option<Date>,
    pub valid_until: Option<ValidUntil>,
    pub birth: Option<Date>,
    pub card_version: ChipText,
    /// Four digits of the office that accepted the application.
    pub office_code: ChipText,
    pub findings: Vec<Finding>,
    pub raw_text: TextBlock,
}

impl Foreigner2017Card {
    pub(super) fn parse(mut fields: Fields) -> Self {
        let english_name = fields.required(Field::EnglishName, 0, 120);
        let sex = fields.sex(120);
        let number = fields.code(Field::Number, 122, 30);
        let nationality = fields.code(Field::Nationality, 152, 6);
        let chinese_name = fields.text(Field::Name, 158, 30);
        let valid_from = fields.date(Field::ValidFrom, 188);
        let valid_until = fields.valid_until(204);
        let birth = fields.date(Field::Birth, 220);
        let card_version = fields.code(Field::CardVersion, 236, 4);
        let office_code = fields.code(Field::OfficeCode, 240, 8);
        fields.reserved(250, 6);
        if !is_permit_number(number.as_str()) {
            fields.find(Finding::NumberMalformed);
        }
        fields.judge_validity(birth, valid_from, valid_until);
        let (findings, raw_text) = fields.end();
        Self {
            english_name,
            sex,
            number,
            nationality,
            chinese_name,
            valid_from,
            valid_until,
            birth,
            card_version,
            office_code,
            findings,
            raw_text,
        }
    }
}

fn is_permit_number(text: &str) -> bool {
    let letters = text.bytes().take(3).all(|byte| byte.is_ascii_uppercase());
    text.len() == 15 && letters && text.bytes().skip(3).all(|byte| byte.is_ascii_digit())
}

impl std::fmt::Debug for Foreigner2017Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Foreigner2017Card(hidden, findings {:?})", self.findings)
    }
}
