//! Takes fields out of a text record and notes what is odd about each.

use jiff::{ToSpan, civil::Date};

use super::{ChipText, Ethnicity, Field, Finding, SexCode, TextBlock, ValidUntil, number};
use crate::pua;

/// Code unit of the type letter: byte 248.
const TYPE_UNIT: usize = 124;

pub(super) struct Fields {
    block: TextBlock,
    units: Vec<u16>,
    findings: Vec<Finding>,
}

impl Fields {
    pub(super) fn new(block: &TextBlock) -> Self {
        Self { block: block.clone(), units: block.units(), findings: Vec::new() }
    }

    pub(super) fn find(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    pub(super) fn end(self) -> (Vec<Finding>, TextBlock) {
        (self.findings, self.block)
    }

    /// NUL stands for a blank here: some writers do not pad.
    pub(super) fn type_letter(&self) -> char {
        match self.units[TYPE_UNIT] {
            0 => ' ',
            unit => char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER),
        }
    }

    fn slice(&self, offset: usize, bytes: usize) -> &[u16] {
        &self.units[offset / 2..(offset + bytes) / 2]
    }

    /// A text of `bytes` bytes at byte `offset`.
    pub(super) fn text(&mut self, field: Field, offset: usize, bytes: usize) -> ChipText {
        let units = self.slice(offset, bytes).to_vec();
        self.judge_units(field, &units);
        let text = ChipText::from_field(&units);
        self.judge_characters(field, &text);
        text
    }

    /// A text that continues in a second place.
    pub(super) fn text_in_two(&mut self, field: Field, head: (usize, usize), tail: (usize, usize)) -> ChipText {
        let head = self.slice(head.0, head.1).to_vec();
        let tail = self.slice(tail.0, tail.1).to_vec();
        let text = ChipText::join(&head, &tail);
        self.judge_units(field, &[head, tail].concat());
        self.judge_characters(field, &text);
        text
    }

    /// A text that every card of its layout has.
    pub(super) fn required(&mut self, field: Field, offset: usize, bytes: usize) -> ChipText {
        let text = self.text(field, offset, bytes);
        if text.is_blank() {
            self.find(Finding::Blank(field));
        }
        text
    }

    /// A field that holds digits and letters only, and may fill its place.
    pub(super) fn code(&mut self, field: Field, offset: usize, bytes: usize) -> ChipText {
        let text = self.text(field, offset, bytes);
        self.findings.retain(|finding| *finding != Finding::FillsField(field));
        if !text.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            self.find(Finding::ControlCharacter(field));
        }
        text
    }

    pub(super) fn sex(&mut self, offset: usize) -> SexCode {
        let sex = SexCode::from_unit(self.units[offset / 2]);
        if matches!(sex, SexCode::Other(_)) {
            self.find(Finding::SexUnknown);
        }
        sex
    }

    pub(super) fn ethnicity(&mut self, offset: usize) -> Ethnicity {
        let ethnicity = Ethnicity::new(ChipText::from_field(self.slice(offset, 4)).as_str());
        if ethnicity.name().is_none() {
            self.find(Finding::EthnicityUnknown);
        }
        ethnicity
    }

    pub(super) fn date(&mut self, field: Field, offset: usize) -> Option<Date> {
        let date = number::date(ChipText::from_field(self.slice(offset, 16)).as_str());
        if date.is_none() {
            self.find(Finding::DateUnreadable(field));
        }
        date
    }

    pub(super) fn valid_until(&mut self, offset: usize) -> Option<ValidUntil> {
        let text = ChipText::from_field(self.slice(offset, 16));
        if text.as_str() == "长期" {
            return Some(ValidUntil::LongTerm);
        }
        self.date(Field::ValidUntil, offset).map(ValidUntil::Date)
    }

    pub(super) fn reserved(&mut self, offset: usize, bytes: usize) {
        if self.slice(offset, bytes).iter().any(|unit| !matches!(unit, 0x20 | 0 | 0xFFFF)) {
            self.find(Finding::ReservedNotBlank);
        } else if self.slice(offset, bytes).iter().any(|unit| *unit != 0x20) {
            self.find(Finding::Unpadded(Field::Reserved));
        }
    }

    pub(super) fn judge_citizen(&mut self, number: &ChipText, sex: SexCode, birth: Option<Date>) {
        number::judge_citizen(number.as_str(), sex, birth, &mut self.findings);
    }

    pub(super) fn judge_foreigner(&mut self, number: &ChipText, birth: Option<Date>) {
        number::judge_foreigner(number.as_str(), birth, &mut self.findings);
    }

    pub(super) fn judge_validity(&mut self, birth: Option<Date>, from: Option<Date>, until: Option<ValidUntil>) {
        let early = matches!((birth, from), (Some(birth), Some(from)) if from < birth);
        let reversed = matches!((from, until), (Some(from), Some(ValidUntil::Date(until))) if until < from);
        if early || reversed {
            self.find(Finding::ValidityReversed);
        }
    }

    /// Under 16: five years; to 25: ten; to 45: twenty; from 46: for good. Counted in years of age at issue.
    pub(super) fn judge_term(&mut self, birth: Option<Date>, from: Option<Date>, until: Option<ValidUntil>) {
        let (Some(birth), Some(from), Some(until)) = (birth, from, until) else { return };
        let Ok(age) = birth.until((jiff::Unit::Year, from)).map(|span| span.get_years()) else { return };
        let years = match age {
            ..16 => Some(5),
            16..26 => Some(10),
            26..46 => Some(20),
            46.. => None,
        };
        let agrees = match (years, until) {
            (None, ValidUntil::LongTerm) => true,
            // Offices count the last day in or out; a leap day may shift it by one more.
            (Some(years), ValidUntil::Date(until)) => from
                .checked_add(years.years())
                .and_then(|due| until.since((jiff::Unit::Day, due)))
                .is_ok_and(|span| span.get_days().abs() <= 1),
            (None, ValidUntil::Date(_)) | (Some(_), ValidUntil::LongTerm) => false,
        };
        if !agrees {
            self.find(Finding::ValidityAgainstAge);
        }
    }

    fn judge_units(&mut self, field: Field, units: &[u16]) {
        if units.iter().any(|unit| matches!(unit, 0 | 0xFFFF)) {
            self.find(Finding::Unpadded(field));
        } else if units.last().is_some_and(|unit| *unit != 0x20) {
            self.find(Finding::FillsField(field));
        }
    }

    fn judge_characters(&mut self, field: Field, text: &ChipText) {
        let (mut private, mut unmapped) = (0u8, 0u8);
        for decoded in char::decode_utf16(text.units().iter().copied()) {
            match decoded {
                Err(_) => self.find(Finding::LoneSurrogate(field)),
                Ok(character) if character.is_control() || matches!(character, '\u{FFFD}'..='\u{FFFF}') => {
                    self.find(Finding::ControlCharacter(field));
                }
                Ok(character) if pua::is_private_use(character) => {
                    private += 1;
                    unmapped += u8::from(pua::real_character(character).is_none());
                }
                Ok(character) if !is_usual(field, character) => self.find(Finding::Unusual(field)),
                Ok(_) => {}
            }
        }
        if private > 0 {
            self.find(Finding::PrivateUse { field, count: private, unmapped });
        }
        if text.units().windows(2).any(|pair| pair == [0x20, 0x20]) {
            self.find(Finding::Gap(field));
        }
    }
}

/// What sound cards hold: names of Han characters with a dot between the parts of a minority's name, English names in
/// plain letters, addresses and offices with digits, letters and punctuation besides.
fn is_usual(field: Field, character: char) -> bool {
    let ascii = matches!(character, ' '..='~');
    match field {
        Field::Name => is_han(character) || matches!(character, ' ' | '·' | '•' | '・' | '．'),
        Field::Address | Field::Authority => {
            let punctuation = matches!(character, '·' | '—' | '―' | '–' | '“' | '”' | '‘' | '’' | '…');
            let forms = matches!(character, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '\u{2160}'..='\u{217F}' | '\u{2460}'..='\u{24FF}');
            ascii || is_han(character) || punctuation || forms
        }
        Field::EnglishName
        | Field::Sex
        | Field::Ethnicity
        | Field::Birth
        | Field::Number
        | Field::ValidFrom
        | Field::ValidUntil
        | Field::PassNumber
        | Field::IssueCount
        | Field::Nationality
        | Field::CardVersion
        | Field::OfficeCode
        | Field::RenewalCount
        | Field::EarlierNumber
        | Field::Reserved => ascii,
    }
}

fn is_han(character: char) -> bool {
    matches!(u32::from(character),
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_23AF | 0x2E80..=0x2FDF | 0x31C0..=0x31EF
        | 0x3005..=0x3007 | 0x3021..=0x3029)
}
