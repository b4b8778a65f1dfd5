//! The 256-byte text record of a card, in its four layouts.
//!
//! Parsing never fails: a person stands at the counter with a genuine card, and what is odd about it is a
//! [`Finding`] for the clerk. The raw bytes stay beside what was made of them.

mod codes;
mod fields;
mod finding;
mod foreigner2017;
mod foreigner2023;
mod hmt;
mod number;
mod resident;
mod text;

use std::fmt;

use jiff::civil::Date;

pub use codes::{Ethnicity, SexCode};
pub use finding::{Field, Finding};
pub use foreigner2017::Foreigner2017Card;
pub use foreigner2023::Foreigner2023Card;
pub use hmt::HmtCard;
pub use resident::ResidentCard;
pub use text::{ChipText, TextBlock};

use fields::Fields;

/// End of a card's validity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ValidUntil {
    Date(Date),
    /// `长期`
    LongTerm,
}

impl fmt::Display for ValidUntil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::LongTerm => f.write_str("长期"),
        }
    }
}

/// It tells a person's age to within years, so `Debug` hides it.
impl fmt::Debug for ValidUntil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ValidUntil(hidden)")
    }
}

/// One card. The letter at byte 248 of the record tells which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardRecord {
    Resident(ResidentCard),
    /// Residence permit for Hong Kong, Macao and Taiwan residents.
    Hmt(HmtCard),
    Foreigner2017(Foreigner2017Card),
    Foreigner2023(Foreigner2023Card),
}

impl CardRecord {
    /// Reads the record in the layout that its type letter names; an unknown letter is a finding, read as a resident card.
    pub fn parse(block: &TextBlock) -> Self {
        let mut fields = Fields::new(block);
        match fields.type_letter() {
            'I' => Self::Foreigner2017(Foreigner2017Card::parse(fields)),
            'J' => Self::Hmt(HmtCard::parse(fields)),
            'Y' => Self::Foreigner2023(Foreigner2023Card::parse(fields)),
            ' ' => Self::Resident(ResidentCard::parse(fields)),
            letter => {
                fields.find(Finding::TypeUnknown { unit: u32::from(letter) });
                Self::Resident(ResidentCard::parse(fields))
            }
        }
    }

    /// `resident`, `hmt`, `foreigner_2017` or `foreigner_2023`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Resident(_) => "resident",
            Self::Hmt(_) => "hmt",
            Self::Foreigner2017(_) => "foreigner_2017",
            Self::Foreigner2023(_) => "foreigner_2023",
        }
    }

    /// The name in Chinese, or the English one of a foreigner who has no Chinese name.
    pub fn name(&self) -> &ChipText {
        match self {
            Self::Resident(card) => &card.name,
            Self::Hmt(card) => &card.name,
            Self::Foreigner2017(card) if card.chinese_name.is_blank() => &card.english_name,
            Self::Foreigner2017(card) => &card.chinese_name,
            Self::Foreigner2023(card) if card.chinese_name.is_blank() => &card.english_name,
            Self::Foreigner2023(card) => &card.chinese_name,
        }
    }

    pub fn sex(&self) -> SexCode {
        match self {
            Self::Resident(card) => card.sex,
            Self::Hmt(card) => card.sex,
            Self::Foreigner2017(card) => card.sex,
            Self::Foreigner2023(card) => card.sex,
        }
    }

    /// Only resident cards carry one.
    pub fn ethnicity(&self) -> Option<&Ethnicity> {
        match self {
            Self::Resident(card) => Some(&card.ethnicity),
            Self::Hmt(_) | Self::Foreigner2017(_) | Self::Foreigner2023(_) => None,
        }
    }

    pub fn birth(&self) -> Option<Date> {
        match self {
            Self::Resident(card) => card.birth,
            Self::Hmt(card) => card.birth,
            Self::Foreigner2017(card) => card.birth,
            Self::Foreigner2023(card) => card.birth,
        }
    }

    /// Foreigners' cards carry none.
    pub fn address(&self) -> Option<&ChipText> {
        match self {
            Self::Resident(card) => Some(&card.address),
            Self::Hmt(card) => Some(&card.address),
            Self::Foreigner2017(_) | Self::Foreigner2023(_) => None,
        }
    }

    pub fn number(&self) -> &ChipText {
        match self {
            Self::Resident(card) => &card.number,
            Self::Hmt(card) => &card.number,
            Self::Foreigner2017(card) => &card.number,
            Self::Foreigner2023(card) => &card.number,
        }
    }

    /// The issuing authority as stored; foreigners' cards store none.
    pub fn authority(&self) -> Option<&ChipText> {
        match self {
            Self::Resident(card) => Some(&card.authority),
            Self::Hmt(card) => Some(&card.authority),
            Self::Foreigner2017(_) | Self::Foreigner2023(_) => None,
        }
    }

    pub fn valid_from(&self) -> Option<Date> {
        match self {
            Self::Resident(card) => card.valid_from,
            Self::Hmt(card) => card.valid_from,
            Self::Foreigner2017(card) => card.valid_from,
            Self::Foreigner2023(card) => card.valid_from,
        }
    }

    /// `None` when the field cannot be read, which is then also a finding.
    pub fn valid_until(&self) -> Option<ValidUntil> {
        match self {
            Self::Resident(card) => card.valid_until,
            Self::Hmt(card) => card.valid_until,
            Self::Foreigner2017(card) => card.valid_until,
            Self::Foreigner2023(card) => card.valid_until,
        }
    }

    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Resident(card) => &card.findings,
            Self::Hmt(card) => &card.findings,
            Self::Foreigner2017(card) => &card.findings,
            Self::Foreigner2023(card) => &card.findings,
        }
    }

    pub fn raw_text(&self) -> &TextBlock {
        match self {
            Self::Resident(card) => &card.raw_text,
            Self::Hmt(card) => &card.raw_text,
            Self::Foreigner2017(card) => &card.raw_text,
            Self::Foreigner2023(card) => &card.raw_text,
        }
    }

    /// Whether something in the record is more likely damage on the line than a person's odd card.
    pub fn is_suspect(&self) -> bool {
        self.findings().iter().any(Finding::smells_of_damage)
    }
}
