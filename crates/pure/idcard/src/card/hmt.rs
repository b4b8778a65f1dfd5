//! The residence permit for Hong Kong, Macao and Taiwan residents, `J` at byte 248 (reader-protocol 2.2).

use jiff::civil::Date;

use super::{ChipText, Field, Finding, SexCode, TextBlock, ValidUntil, fields::Fields};

/// A permit as stored.
#[derive(Clone, PartialEq, Eq)]
pub struct HmtCard {
    pub name: ChipText,
    pub sex: SexCode,
    pub birth: Option<Date>,
    pub address: ChipText,
    pub number: ChipText,
    pub authority: ChipText,
    pub valid_from: Option<Date>,
    pub valid_until: Option<ValidUntil>,
    /// Nine characters.
    pub pass_number: ChipText,
    /// Two digits.
    pub issue_count: ChipText,
    pub findings: Vec<Finding>,
    pub raw_text: TextBlock,
}

impl HmtCard {
    pub(super) fn parse(mut fields: Fields) -> Self {
        let name = fields.required(Field::Name, 0, 30);
        let sex = fields.sex(30);
        fields.reserved(32, 4);
        let birth = fields.date(Field::Birth, 36);
        let address = fields.required(Field::Address, 52, 70);
        let number = fields.code(Field::Number, 122, 36);
        let authority = fields.required(Field::Authority, 158, 30);
        let valid_from = fields.date(Field::ValidFrom, 188);
        let valid_until = fields.valid_until(204);
        let pass_number = fields.code(Field::PassNumber, 220, 18);
        let issue_count = fields.code(Field::IssueCount, 238, 4);
        fields.reserved(242, 6);
        fields.reserved(250, 6);
        fields.judge_citizen(&number, sex, birth);
        fields.judge_validity(birth, valid_from, valid_until);
        let (findings, raw_text) = fields.end();
        Self {
            name,
            sex,
            birth,
            address,
            number,
            authority,
            valid_from,
            valid_until,
            pass_number,
            issue_count,
            findings,
            raw_text,
        }
    }
}

impl std::fmt::Debug for HmtCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HmtCard(hidden, findings {:?})", self.findings)
    }
}
