//! The invented people of the fixtures, and what a card file may not say.
#![expect(clippy::unwrap_used, reason = "a test stops where its ground gives way")]

mod shared;

use hardware_sim::card::{Card, CardFile};
use hardware_sim::person::check_character;
use shared::*;

#[test]
fn fixture_numbers_have_valid_check_characters_except_the_one_that_must_not() {
    for entry in std::fs::read_dir(repository().join("fixtures/people")).unwrap() {
        let path = entry.unwrap().path();
        let file: CardFile = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let numbers = [
            file.resident.map(|card| (card.number, card.birth)),
            file.hmt.map(|card| (card.number, card.birth)),
            file.foreigner_2023.map(|card| (card.number, card.birth)),
        ];
        for (number, birth) in numbers.into_iter().flatten() {
            let (digits, check) = number.split_at(17);
            let valid = check_character(digits).map(String::from).as_deref() == Some(check);
            assert_eq!(valid, !path.ends_with("bad_number.toml"), "{}", path.display());
            assert_eq!(&digits[6..14], birth.replace('-', ""), "{}", path.display());
        }
    }
}

#[test]
fn rare_surname_is_written_as_a_surrogate_pair() {
    let library = library();
    let Card::Second(records) = library.get("ouyang").unwrap() else { panic!("ouyang is a resident's card") };
    // 欧 阳 and U+2CB5A as D872 DF5A, little-endian.
    assert_eq!(records.text[..8], [0x27, 0x6B, 0x33, 0x96, 0x72, 0xD8, 0x5A, 0xDF]);
    assert_eq!(records.text[204..208], [0x7F, 0x95, 0x1F, 0x67]);
    assert_eq!(records.text[208..220], [0x20, 0, 0x20, 0, 0x20, 0, 0x20, 0, 0x20, 0, 0x20, 0]);
}

#[test]
fn raw_bytes_make_what_no_card_should_hold() {
    let library = library();
    let Card::Second(records) = library.get("oddities").unwrap() else { panic!("oddities is a resident's card") };
    assert_eq!(records.text[2..6], [0x6D, 0xD8, 0x00, 0xE0]);
    assert_eq!(records.text[6..30], [0; 24]);
}

fn refusal(text: &str) -> String {
    let file = toml::from_str::<CardFile>(text).map_err(|error| error.to_string());
    file.and_then(|file| file.make().map(drop).map_err(|error| format!("{error:?} {error}"))).unwrap_err()
}

#[test]
fn card_file_with_an_unknown_key_is_refused_with_its_line() {
    let error = refusal("title = \"x\"\n\n[other]\nnotice = \"find\"\n");
    assert!(error.contains("line 4") && error.contains("notice"), "{error}");
}

#[test]
fn card_file_must_say_exactly_one_kind() {
    assert!(refusal("title = \"x\"").contains("this one has 0"));
}

#[test]
fn text_longer_than_its_field_is_refused_unless_it_may_be_cut() {
    let text = std::fs::read_to_string(repository().join("fixtures/people/young.toml")).unwrap();
    let long = text.replace("郭样文", "一二三四五六七八九十一二三四五六");
    assert!(refusal(&long).contains("name"));
    let cut = format!("{long}\n[chip]\noverlong = \"cut\"\n");
    let Card::Second(records) = card(&cut) else { panic!("young is a resident's card") };
    // The fifteenth unit is 五, the next field begins behind it.
    assert_eq!(records.text[28..32], [0x94, 0x4E, 0x31, 0x00]);
}

#[test]
fn counts_that_no_card_has_are_refused() {
    assert!(refusal(&format!("{}\n[chip]\nfingerprints = 3\n", young())).contains("Fingerprints(3)"));
    let five = format!("{}\n[chip]\nappended_addresses = [\"1\", \"2\", \"3\", \"4\", \"5\"]\n", young());
    assert!(refusal(&five).contains("Addresses(5)"));
}

fn young() -> String {
    std::fs::read_to_string(repository().join("fixtures/people/young.toml")).unwrap()
}
