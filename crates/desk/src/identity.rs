//! From a card as the reader knows it to an identity as the trade knows it.

use casework::fact::Identity;
use casework::nouns::{DocumentKind, IdNumber, IdentitySource, PersonName, Sex, ValidUntil};
use idcard::card::{CardRecord, SexCode, ValidUntil as ChipUntil};

use crate::fault::Trouble;

/// The identity a card says, or which part of it cannot be one.
///
/// What the driver found odd but readable (an unknown region, a sex that does not match the number) does not stop here.
pub fn of_card(record: &CardRecord, sam_id: &str, source: IdentitySource) -> Result<Identity, Trouble> {
    let unreadable = |field: &str, words: &str| Trouble::of("identify.correct").at(field, words);
    let name: PersonName =
        record.name().as_str().parse().map_err(|_| unreadable("name", "芯片里的姓名是空的或不能用，请核对证件真伪"))?;
    let number: IdNumber = record
        .number()
        .as_str()
        .parse()
        .map_err(|_| unreadable("number", "芯片里的身份证号校验不对，请核对证件真伪"))?;
    let birth = record.birth().ok_or_else(|| unreadable("birth", "芯片里的出生日期不是一个日期"))?;
    let valid_until = match record.valid_until() {
        Some(ChipUntil::Date(day)) => ValidUntil::Day(day),
        Some(ChipUntil::LongTerm) => ValidUntil::LongTerm,
        None => return Err(unreadable("valid_until", "芯片里的有效期不是一个日期")),
    };
    Ok(Identity {
        source,
        document: document(record),
        name,
        sex: match record.sex() {
            SexCode::Male => Sex::Male,
            SexCode::Female => Sex::Female,
            SexCode::NotStated => Sex::NotStated,
            SexCode::Unknown | SexCode::Other(_) => Sex::Unknown,
        },
        ethnicity: record.ethnicity().map(|ethnicity| ethnicity.code().to_owned()).unwrap_or_default(),
        birth,
        address: record.address().map(|address| address.as_str().to_owned()).unwrap_or_default(),
        number,
        issuing_authority: record.authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default(),
        valid_from: record.valid_from(),
        valid_until,
        sam_id: Some(sam_id.to_owned()),
        raw_text: Some(hex::encode(record.raw_text().raw())),
    })
}

/// Which document the chip says it is.
pub fn document(record: &CardRecord) -> DocumentKind {
    match record {
        CardRecord::Resident(_) => DocumentKind::Resident,
        CardRecord::Hmt(_) => DocumentKind::Hmt,
        CardRecord::Foreigner2017(_) => DocumentKind::Foreigner2017,
        CardRecord::Foreigner2023(_) => DocumentKind::Foreigner2023,
    }
}
