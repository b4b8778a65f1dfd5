//! Reads of the invented people of fixtures/people, as the driver would hand them over.

use std::time::Duration;

use devices::reader::CardRead;
use idcard::card::{CardRecord, TextBlock};
use idcard::command::Hidden;
use idcard::sam_id::SamId;
use idcard::wlt::ChipPhoto;
use journeys::programs::root;

/// Of age, of age, too young, out of date.
pub const PEOPLE: [&str; 4] = ["ouyang", "yan", "sixty", "expired"];

/// Fields of a resident's record: key, length in UTF-16 units.
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

/// What the reader hands over when this person's card lies on it.
pub fn read(person: &str) -> CardRead {
    let text = std::fs::read_to_string(root().join(format!("fixtures/people/{person}.toml"))).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let resident = file["resident"].as_table().unwrap();
    let mut units = Vec::new();
    for (key, length) in LAYOUT {
        let value = resident[key].as_str().unwrap();
        let value = match (key, value) {
            ("sex", "male") => "1".to_owned(),
            ("sex", _) => "2".to_owned(),
            ("birth" | "valid_from" | "valid_until", "long_term") => "长期".to_owned(),
            ("birth" | "valid_from" | "valid_until", date) => date.replace('-', ""),
            (_, other) => other.to_owned(),
        };
        let mut field: Vec<u16> = value.encode_utf16().collect();
        assert!(field.len() <= length, "{person}: {key}");
        field.resize(length, u16::from(b' '));
        units.extend(field);
    }
    units.resize(128, u16::from(b' '));
    let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    CardRead {
        record: CardRecord::parse(&TextBlock::new(bytes.try_into().unwrap())),
        photo: ChipPhoto::new(vec![0; 1024]),
        fingerprint: Hidden(Vec::new()),
        appended: None,
        management: None,
        heard_twice: false,
        sam_id: SamId::new([0; 16]),
        duration: Duration::ZERO,
    }
}

#[test]
fn the_people_of_the_storm_are_read_as_they_are_written() {
    let read = read("ouyang");
    assert_eq!((read.record.kind(), read.record.name().as_str()), ("resident", "欧阳𬭚"));
    assert_eq!(read.record.number().as_str(), "430903195103080025");
    assert!(read.record.findings().is_empty(), "{:?}", read.record.findings());
}
