//! Reads of invented people, as the driver would hand them over.

use std::time::Duration;

use casework::fact::Identity;
use casework::nouns::{Sex, ValidUntil};
use devices::reader::CardRead;
use idcard::card::{CardRecord, TextBlock};
use idcard::command::Hidden;
use idcard::sam_id::SamId;
use idcard::wlt::ChipPhoto;

/// Fields of a resident's record in order: name, length in UTF-16 units.
const LAYOUT: [(&str, usize); 9] = [
    ("name", 15),
    ("sex", 1),
    ("ethnicity", 2),
    ("birth", 8),
    ("address", 35),
    ("number", 18),
    ("authority", 15),
    ("valid_from", 8),
    ("valid_until", 8),
];

/// What the reader hands over when a resident's card lies on it. The fields stand as on the chip, in the order of the
/// record.
///
/// # Panics
/// When a field is longer than its place.
pub fn resident(fields: [&str; 9]) -> CardRead {
    let mut units = Vec::new();
    for ((name, length), value) in LAYOUT.into_iter().zip(fields) {
        let mut field: Vec<u16> = value.encode_utf16().collect();
        assert!(field.len() <= length, "{name} has no room in its field");
        field.resize(length, u16::from(b' '));
        units.extend(field);
    }
    units.resize(128, u16::from(b' '));
    let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let text = TextBlock::new(bytes.try_into().expect("128 units are 256 bytes"));
    CardRead {
        record: CardRecord::parse(&text),
        photo: ChipPhoto::new(vec![0; 1024]),
        fingerprint: Hidden(Vec::new()),
        appended: None,
        management: None,
        heard_twice: false,
        sam_id: SamId::new([0; 16]),
        duration: Duration::ZERO,
    }
}

/// The card of an invented person.
pub fn of(person: &Identity) -> CardRead {
    let day = |date: jiff::civil::Date| date.strftime("%Y%m%d").to_string();
    resident([
        person.name.as_str(),
        if person.sex == Sex::Male { "1" } else { "2" },
        &person.ethnicity,
        &day(person.birth),
        &person.address,
        person.number.as_str(),
        &person.issuing_authority,
        &person.valid_from.map(day).unwrap_or_default(),
        &match person.valid_until {
            ValidUntil::LongTerm => "长期".to_owned(),
            ValidUntil::Day(last) => day(last),
        },
    ])
}
