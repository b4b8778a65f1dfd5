//! The resident identity card, blank at byte 248 (reader-protocol 2.1).

use jiff::civil::Date;

use super::{ChipText, Ethnicity, Field, Finding, SexCode, TextBlock, ValidUntil, fields::Fields};

/// A citizen's card as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct ResidentCard {
    pub name: ChipText,
    pub sex: SexCode,
    pub ethnicity: Ethnicity,
    pub birth: Option<Date>,
    pub address: ChipText,
    pub number: ChipText,
    pub authority: ChipText,
    pub valid_from: Option<Date>,
    pub valid_until: Option<ValidUntil>,
    pub findings: Vec<Finding>,
    pub raw_text: TextBlock,
}

impl ResidentCard {
    pub(super) fn parse(mut fields: Fields) -> Self {
        let name = fields.required(Field::Name, 0, 30);
        let sex = fields.sex(30);
        let ethnicity = fields.ethnicity(32);
        let birth = fields.date(Field::Birth, 36);
        let address = fields.required(Field::Address, 52, 70);
        let number = fields.code(Field::Number, 122, 36);
        let authority = fields.required(Field::Authority, 158, 30);
        let valid_from = fields.date(Field::ValidFrom, 188);
        let valid_until = fields.valid_until(204);
        fields.reserved(220, 28);
        fields.reserved(250, 6);
        fields.judge_citizen(&number, sex, birth);
        fields.judge_validity(birth, valid_from, valid_until);
        fields.judge_term(birth, valid_from, valid_until);
        let (findings, raw_text) = fields.end();
        Self { name, sex, ethnicity, birth, address, number, authority, valid_from, valid_until, findings, raw_text }
    }
}

impl std::fmt::Debug for ResidentCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ResidentCard(hidden, findings {:?})", self.findings)
    }
}
