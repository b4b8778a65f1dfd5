//! Text records that are odd in the ways real ones are: each is read, and what is odd is a finding.

use idcard::card::{CardRecord, Field, Finding, ResidentCard, SexCode, TextBlock, ValidUntil};
use jiff::civil::date;
use proptest::prelude::*;

/// The invented resident of the golden frames, with fields overwritten: byte offset, length, text.
fn resident(changes: &[(usize, usize, &str)]) -> CardRecord {
    let mut raw = [0x20, 0].repeat(128);
    let sound = [
        (0, 30, "测试甲"),
        (30, 2, "2"),
        (32, 4, "01"),
        (36, 16, "19491231"),
        (52, 70, "测试省测试市测试路1号"),
        (122, 36, "11010519491231002X"),
        (158, 30, "测试市公安局测试分局"),
        (188, 16, "20200101"),
        (204, 16, "长期"),
    ];
    for (offset, length, text) in sound.iter().chain(changes) {
        put(&mut raw, *offset, *length, &text.encode_utf16().collect::<Vec<_>>());
    }
    parse(&raw)
}

fn put(raw: &mut [u8], offset: usize, length: usize, units: &[u16]) {
    let padded = units.iter().copied().chain(std::iter::repeat(0x20)).take(length / 2);
    for (place, unit) in raw[offset..].as_chunks_mut::<2>().0.iter_mut().zip(padded) {
        *place = unit.to_le_bytes();
    }
}

fn parse(raw: &[u8]) -> CardRecord {
    CardRecord::parse(&TextBlock::new(raw.try_into().expect("256 bytes")))
}

fn fields(record: &CardRecord) -> &ResidentCard {
    match record {
        CardRecord::Resident(card) => card,
        CardRecord::Hmt(_) | CardRecord::Foreigner2017(_) | CardRecord::Foreigner2023(_) => panic!("{record:?}"),
    }
}

#[test]
fn a_sound_card_is_without_findings() {
    assert_eq!(resident(&[]).findings(), []);
}

#[test]
fn surrogate_pairs_are_whole_characters() {
    let record = resident(&[(0, 30, "欧阳𬭚𠮷")]);
    assert_eq!(record.name().as_str(), "欧阳𬭚𠮷");
    assert_eq!(record.name().units().len(), 6);
    assert_eq!(record.findings(), []);
}

#[test]
fn a_lone_surrogate_is_kept_and_flagged() {
    let mut raw = *resident(&[]).raw_text().raw();
    put(&mut raw, 0, 30, &[0x738B, 0xD86D]);
    let record = parse(&raw);
    assert_eq!(record.name().as_str(), "王\u{FFFD}");
    assert_eq!(record.name().units(), [0x738B, 0xD86D]);
    assert_eq!(record.findings(), [Finding::LoneSurrogate(Field::Name)]);
}

#[test]
fn private_use_is_kept_mapped_where_the_table_knows_it_and_counted() {
    let record = resident(&[(0, 30, "王\u{E863}\u{E001}")]);
    assert_eq!(record.name().as_str(), "王䶮\u{E001}");
    assert_eq!(record.name().units(), [0x738B, 0xE863, 0xE001]);
    assert_eq!(record.findings(), [Finding::PrivateUse { field: Field::Name, count: 2, unmapped: 1 }]);
}

#[test]
fn nul_ends_a_field_and_is_flagged() {
    let record = resident(&[(0, 30, "测试甲\0\0\0\0\0\0\0\0\0\0\0\0")]);
    assert_eq!(record.name().as_str(), "测试甲");
    assert_eq!(record.findings(), [Finding::Unpadded(Field::Name)]);
}

#[test]
fn a_name_of_fifteen_units_is_read_whole_and_may_have_been_cut() {
    let name = "阿卜杜热合曼江·买买提明艾力江";
    assert_eq!(name.encode_utf16().count(), 15);
    let record = resident(&[(0, 30, name)]);
    assert_eq!(record.name().as_str(), name);
    assert_eq!(record.findings(), [Finding::FillsField(Field::Name)]);
    assert!(!record.is_suspect(), "a long name is no damage");
}

#[test]
fn only_the_tail_is_trimmed() {
    let record = resident(&[(52, 70, "测试省 测试路 1号")]);
    assert_eq!(record.address().map(ToString::to_string).as_deref(), Some("测试省 测试路 1号"));
    assert_eq!(record.findings(), []);
}

#[test]
fn every_sex_code_is_told_apart() {
    for (digit, sex) in [("0", SexCode::Unknown), ("9", SexCode::NotStated)] {
        let record = resident(&[(30, 2, digit)]);
        assert_eq!((record.sex(), record.findings()), (sex, &[][..]));
    }
    assert_eq!(resident(&[(30, 2, "1")]).findings(), [Finding::SexAgainstNumber]);
    assert_eq!(resident(&[(30, 2, "3")]).findings(), [Finding::SexUnknown]);
}

#[test]
fn an_unknown_ethnic_code_is_kept() {
    let record = resident(&[(32, 4, "81")]);
    assert_eq!((fields(&record).ethnicity.code(), fields(&record).ethnicity.name()), ("81", None));
    assert_eq!(record.findings(), [Finding::EthnicityUnknown]);
    for known in ["97", "98"] {
        assert_eq!(resident(&[(32, 4, known)]).findings(), []);
    }
}

#[test]
fn dates_that_are_none_are_findings() {
    assert_eq!(resident(&[(36, 16, "19490231")]).findings(), [Finding::DateUnreadable(Field::Birth)]);
    let record = resident(&[(204, 16, "长久")]);
    assert!(record.valid_until().is_none());
    assert_eq!(record.findings(), [Finding::DateUnreadable(Field::ValidUntil)]);
}

#[test]
fn validity_is_compared_with_the_law() {
    let ended = resident(&[(204, 16, "20400101")]);
    assert!(ended.valid_until() == Some(ValidUntil::Date(date(2040, 1, 1))));
    assert_eq!(ended.findings(), [Finding::ValidityAgainstAge], "at 70 a card is issued for good");
    assert!(resident(&[(204, 16, "20190101")]).findings().contains(&Finding::ValidityReversed));
}

#[test]
fn a_number_that_disagrees_is_a_finding_and_not_a_refusal() {
    assert_eq!(resident(&[(122, 36, "110105194912310021")]).findings(), [Finding::CheckDigitWrong]);
    assert!(resident(&[(122, 36, "990105194912310021")]).findings().contains(&Finding::RegionUnknown));
    assert!(resident(&[(122, 36, "测试")]).findings().contains(&Finding::NumberMalformed));
    assert_eq!(resident(&[(36, 16, "19491230")]).findings(), [Finding::BirthAgainstNumber]);
}

#[test]
fn an_unknown_type_letter_is_read_as_a_resident_card() {
    let record = resident(&[(248, 2, "Q")]);
    assert_eq!(record.kind(), "resident");
    assert_eq!(record.findings(), [Finding::TypeUnknown { unit: u32::from('Q') }]);
    assert_eq!(record.name().as_str(), "测试甲");
}

proptest! {
    /// Whatever characters a name has, private use apart, it comes back as it was written.
    #[test]
    fn any_name_survives(name in "[\\u{4E00}-\\u{9FFF}\\u{20000}-\\u{2A6DF}·]{1,7}") {
        let record = resident(&[(0, 30, &name)]);
        prop_assert_eq!(record.name().as_str(), &name);
        let spoilt = record.findings().iter().any(|finding| *finding != Finding::FillsField(Field::Name));
        prop_assert!(!spoilt, "{:?}", record.findings());
    }

    /// No bytes are refused, none are lost, and `Debug` shows none of the name.
    #[test]
    fn any_bytes_are_some_card(raw in proptest::collection::vec(any::<u8>(), 256)) {
        let record = parse(&raw);
        prop_assert_eq!(&record.raw_text().raw()[..], &raw[..]);
        let shown = format!("{record:?}");
        prop_assert!(record.name().units().len() < 3 || !shown.contains(record.name().as_str()));
    }
}
