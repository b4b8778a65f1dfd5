//! What is odd about a card's record, in words for the clerk. The record stands; none of this refuses anybody.
//!
//! The findings are made anew from the chip's bytes, which the case keeps, so that a resumed case shows the same.

use casework::fact::Identity;
use idcard::card::{CardRecord, Field, Finding, TextBlock};

/// A note a finding, in the order of the record, without those that only a technician can use. A typed identity has none.
pub fn of(identity: &Identity) -> Vec<String> {
    let block = identity.raw_text.as_ref().and_then(|text| hex::decode(text).ok());
    let Some(block) = block.and_then(|bytes| <[u8; 256]>::try_from(bytes).ok()) else { return Vec::new() };
    let record = CardRecord::parse(&TextBlock::new(block));
    let mut notes: Vec<String> = record.findings().iter().filter_map(note).collect();
    notes.dedup();
    notes
}

fn note(finding: &Finding) -> Option<String> {
    let words = match finding {
        Finding::TypeUnknown { .. } => "证件种类的标记读不懂，按居民身份证读".to_owned(),
        Finding::NumberMalformed => "号码的形式不对".to_owned(),
        Finding::CheckDigitWrong => "号码的校验位不对".to_owned(),
        Finding::SexAgainstNumber => "性别与号码不一致".to_owned(),
        Finding::BirthAgainstNumber => "出生日期与号码不一致".to_owned(),
        Finding::RegionUnknown => "号码的行政区划代码不认识".to_owned(),
        Finding::SexUnknown => "性别代码不认识".to_owned(),
        Finding::EthnicityUnknown => "民族代码不认识，照原样保留".to_owned(),
        Finding::DateUnreadable(field) => format!("{}不是一个日期", name(*field)),
        Finding::ValidityReversed => "有效期的起止对不上".to_owned(),
        Finding::ValidityAgainstAge => "有效期的年限与发证时的年龄对不上".to_owned(),
        Finding::PrivateUse { field, count, unmapped: 0 } => {
            format!("{}里有 {count} 个自造字，已换成标准字，请对照证面", name(*field))
        }
        Finding::PrivateUse { field, unmapped, .. } => {
            format!("{}里有 {unmapped} 个自造字没有标准字，照原样保留，请对照证面", name(*field))
        }
        Finding::LoneSurrogate(field) => format!("{}里有半个字，请对照证面", name(*field)),
        Finding::Unpadded(_) | Finding::ReservedNotBlank => return None,
        Finding::FillsField(field) => format!("{}写满了，后面可能还有字，请对照证面", name(*field)),
        Finding::ControlCharacter(field) => format!("{}里有不能显示的字符", name(*field)),
        Finding::Unusual(field) => format!("{}里有少见的字符，请对照证面", name(*field)),
        Finding::Gap(field) => format!("{}中间有一段空白，请对照证面", name(*field)),
        Finding::Blank(field) => format!("{}是空的", name(*field)),
    };
    Some(words)
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Name => "姓名",
        Field::EnglishName => "英文姓名",
        Field::Sex => "性别",
        Field::Ethnicity => "民族",
        Field::Birth => "出生日期",
        Field::Address => "住址",
        Field::Number => "号码",
        Field::Authority => "签发机关",
        Field::ValidFrom => "有效期起",
        Field::ValidUntil => "有效期止",
        Field::PassNumber => "通行证号码",
        Field::IssueCount => "签发次数",
        Field::Nationality => "国籍",
        Field::CardVersion => "证件版本",
        Field::OfficeCode => "受理机关代码",
        Field::RenewalCount => "换证次数",
        Field::EarlierNumber => "既往证件号码",
        Field::Reserved => "备用栏",
    }
}
