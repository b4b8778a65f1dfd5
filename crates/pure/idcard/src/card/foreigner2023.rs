//! The foreigner's permanent residence card of 2023, `Y` at byte 248 (reader-protocol 2.4).
//!
//! Bytes 220 to 242 and 250 to 256 rest on a single source: they are read as the end of a long English name and the link
//! to an earlier number, and their raw bytes stay in the record.

use jiff::civil::Date;

use super::{ChipText, Field, Finding, SexCode, TextBlock, ValidUntil, fields::Fields};

/// A card of 2023 as stored. It names no issuing authority.
#[derive(Clone, PartialEq, Eq)]
pub struct Foreigner2023Card {
    /// Blank if the holder has none.
    pub chinese_name: ChipText,
    pub sex: SexCode,
    /// Two digits.
    pub renewal_count: ChipText,
    pub birth: Option<Date>,
    /// Up to 46 characters, stored in two places.
    pub english_name: ChipText,
    /// Eighteen characters beginning with 9.
    pub number: ChipText,
    pub valid_from: Option<Date>,
    pub valid_until: Option<ValidUntil>,
    /// Three letters or digits.
    pub nationality: ChipText,
    /// Link to the holder's earlier card number.
    pub earlier_number: ChipText,
    pub findings: Vec<Finding>,
    pub raw_text: TextBlock,
}

impl Foreigner2023Card {
    pub(super) fn parse(mut fields: Fields) -> Self {
        let chinese_name = fields.text(Field::Name, 0, 30);
        let sex = fields.sex(30);
        let renewal_count = fields.code(Field::RenewalCount, 32, 4);
        let birth = fields.date(Field::Birth, 36);
        let english_name = fields.text_in_two(Field::EnglishName, (52, 70), (220, 22));
        let number = fields.code(Field::Number, 122, 36);
        fields.reserved(158, 30);
        let valid_from = fields.date(Field::ValidFrom, 188);
        let valid_until = fields.valid_until(204);
        let nationality = fields.code(Field::Nationality, 242, 6);
        let earlier_number = fields.code(Field::EarlierNumber, 250, 6);
        fields.judge_foreigner(&number, birth);
        fields.judge_validity(birth, valid_from, valid_until);
        if chinese_name.is_blank() && english_name.is_blank() {
            fields.find(Finding::Blank(Field::Name));
        }
        let (findings, raw_text) = fields.end();
        Self {
            chinese_name,
            sex,
            renewal_count,
            birth,
            english_name,
            number,
            valid_from,
            valid_until,
            nationality,
            earlier_number,
            findings,
            raw_text,
        }
    }
}

impl std::fmt::Debug for Foreigner2023Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Foreigner2023Card(hidden, findings {:?})", self.findings)
    }
}
