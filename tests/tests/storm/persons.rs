//! Reads of the invented people of fixtures/people, as the driver would hand them over.

use devices::reader::CardRead;
use journeys::cards::resident;
use journeys::programs::root;

/// Of age, of age, too young, out of date.
pub const PEOPLE: [&str; 4] = ["ouyang", "yan", "sixty", "expired"];

/// The keys of a fixture in the order of the record.
const KEYS: [&str; 9] =
    ["name", "sex", "ethnicity", "birth", "address", "number", "authority", "valid_from", "valid_until"];

/// What the reader hands over when this person's card lies on it.
pub fn read(person: &str) -> CardRead {
    let text = std::fs::read_to_string(root().join(format!("fixtures/people/{person}.toml"))).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let fields = KEYS.map(|key| match (key, file["resident"][key].as_str().unwrap()) {
        ("sex", "male") => "1".to_owned(),
        ("sex", _) => "2".to_owned(),
        (_, "long_term") => "长期".to_owned(),
        ("birth" | "valid_from" | "valid_until", date) => date.replace('-', ""),
        (_, other) => other.to_owned(),
    });
    resident(fields.each_ref().map(String::as_str))
}

#[test]
fn the_people_of_the_storm_are_read_as_they_are_written() {
    let read = read("ouyang");
    assert_eq!((read.record.kind(), read.record.name().as_str()), ("resident", "欧阳𬭚"));
    assert_eq!(read.record.number().as_str(), "430903195103080025");
    assert!(read.record.findings().is_empty(), "{:?}", read.record.findings());
}
