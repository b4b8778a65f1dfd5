//! An identity taken from a keyboard, because the card cannot be read: every entry is checked against the others, all
//! faults are told at once, and the identity stays marked as typed (S-07).

use jiff::civil::Date;

use crate::{
    fact::Identity,
    nouns::{DocumentKind, IdNumber, IdentitySource, PersonName, Sex, ValidUntil},
    steps::{FieldFault, FieldWhy, Refusal},
};

/// Longest address or authority, in characters.
const LONGEST: usize = 200;

/// What the clerk typed from the face of the card. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct TypedEntry {
    pub name: String,
    /// `male`, `female`, or blank: as the number says.
    pub sex: String,
    /// Two digits of GB/T 3304.
    pub ethnicity: String,
    /// A day, or blank: as the number says.
    pub birth: String,
    pub address: String,
    pub number: String,
    /// May be blank.
    pub issuing_authority: String,
    /// A day, or blank.
    pub valid_from: String,
    /// A day, or 长期.
    pub valid_until: String,
}

/// The identity that the entries give. Birth and sex are what the number says; typed beside it they must agree.
///
/// # Errors
/// `Correct` with every entry that cannot stand.
pub fn identity(entry: &TypedEntry, today: Date) -> Result<Identity, Refusal> {
    let mut faults = Faults(Vec::new());
    let number = faults.read("number", number(&entry.number));
    // Nothing of a name is trimmed or normalised but the dot between its parts (domain 3.7).
    let name = faults.read(
        "name",
        match entry.name.as_str() {
            "" => Err(FieldWhy::Missing),
            text => PersonName::typed(text).map_err(|_| FieldWhy::NotAValue),
        },
    );
    let birth = faults.read("birth", day(&entry.birth)).flatten();
    let sex = faults.read("sex", sex(&entry.sex)).flatten();
    if let Some(number) = &number {
        if birth.is_some_and(|birth| birth != number.birth()) {
            faults.note("birth", FieldWhy::AgainstNumber);
        }
        if sex.is_some_and(|sex| sex != number.sex()) {
            faults.note("sex", FieldWhy::AgainstNumber);
        }
        if number.birth() > today {
            faults.note("number", FieldWhy::DayOutOfRange);
        }
    }
    if entry.ethnicity.is_empty() {
        faults.note("ethnicity", FieldWhy::Missing);
    } else if entry.ethnicity.len() != 2 || !entry.ethnicity.bytes().all(|one| one.is_ascii_digit()) {
        faults.note("ethnicity", FieldWhy::NotAValue);
    }
    if entry.address.trim().is_empty() {
        faults.note("address", FieldWhy::Missing);
    }
    for (field, text) in [("address", &entry.address), ("issuing_authority", &entry.issuing_authority)] {
        if text.chars().count() > LONGEST {
            faults.note(field, FieldWhy::TooLong);
        }
    }
    let valid_from = faults.read("valid_from", day(&entry.valid_from)).flatten();
    if valid_from.is_some_and(|from| from > today) {
        faults.note("valid_from", FieldWhy::DayOutOfRange);
    }
    let valid_until = faults.read("valid_until", until(&entry.valid_until, valid_from));
    let Faults(faults) = faults;
    match (number, name, valid_until) {
        (Some(number), Some(name), Some(valid_until)) if faults.is_empty() => Ok(Identity {
            source: IdentitySource::Typed,
            document: DocumentKind::Resident,
            name,
            sex: number.sex(),
            ethnicity: entry.ethnicity.clone(),
            birth: number.birth(),
            address: entry.address.trim().to_owned(),
            number,
            issuing_authority: entry.issuing_authority.trim().to_owned(),
            valid_from,
            valid_until,
            sam_id: None,
            raw_text: None,
        }),
        _ => Err(Refusal::Correct(faults)),
    }
}

struct Faults(Vec<FieldFault>);

impl Faults {
    fn note(&mut self, field: &'static str, why: FieldWhy) {
        self.0.push(FieldFault::new(field, why));
    }

    fn read<T>(&mut self, field: &'static str, read: Result<T, FieldWhy>) -> Option<T> {
        read.map_err(|why| self.note(field, why)).ok()
    }
}

fn number(text: &str) -> Result<IdNumber, FieldWhy> {
    match text.trim() {
        "" => Err(FieldWhy::Missing),
        text => text.to_ascii_uppercase().parse().map_err(|_| FieldWhy::NotANumber),
    }
}

/// A day as it stands on a card or is quickly typed: `1951-03-08`, `1951.03.08`, `19510308`. Blank is none.
fn day(text: &str) -> Result<Option<Date>, FieldWhy> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let between = text.chars().filter(|one| !one.is_ascii_digit()).all(|one| "-./年月日 ".contains(one));
    if digits.len() != 8 || !between {
        return Err(FieldWhy::NotADay);
    }
    Date::strptime("%Y%m%d", &digits).map(Some).map_err(|_| FieldWhy::NotADay)
}

fn until(text: &str, from: Option<Date>) -> Result<ValidUntil, FieldWhy> {
    match text.trim() {
        "长期" => Ok(ValidUntil::LongTerm),
        text => match day(text)? {
            None => Err(FieldWhy::Missing),
            Some(last) if from.is_some_and(|from| last < from) => Err(FieldWhy::Reversed),
            Some(last) => Ok(ValidUntil::Day(last)),
        },
    }
}

fn sex(text: &str) -> Result<Option<Sex>, FieldWhy> {
    match text {
        "" => Ok(None),
        "male" => Ok(Some(Sex::Male)),
        "female" => Ok(Some(Sex::Female)),
        _ => Err(FieldWhy::NotAValue),
    }
}

impl std::fmt::Debug for TypedEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedEntry(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2021, 11, 8);

    fn entry() -> TypedEntry {
        TypedEntry {
            name: "欧阳𬭚".to_owned(),
            ethnicity: "01".to_owned(),
            address: "湖南省益阳市赫山区样例村".to_owned(),
            // The example of the standard itself.
            number: "11010519491231002x".to_owned(),
            valid_from: "2010.05.01".to_owned(),
            valid_until: "长期".to_owned(),
            ..TypedEntry::default()
        }
    }

    fn faults(entry: &TypedEntry) -> Vec<(&'static str, FieldWhy)> {
        match identity(entry, TODAY) {
            Err(Refusal::Correct(faults)) => faults.into_iter().map(|fault| (fault.field, fault.why)).collect(),
            other => panic!("a fault was wanted, not {other:?}"),
        }
    }

    #[test]
    fn birth_and_sex_come_from_the_number_and_the_identity_stays_marked() {
        let typed = identity(&entry(), TODAY).unwrap();
        assert_eq!((typed.birth, typed.sex), (date(1949, 12, 31), Sex::Female));
        assert_eq!((typed.source, typed.sam_id, typed.raw_text), (IdentitySource::Typed, None, None));
        assert_eq!(typed.valid_from, Some(date(2010, 5, 1)));
    }

    #[test]
    fn a_typed_name_gets_the_prescribed_dot_and_keeps_everything_else() {
        for dot in ['\u{b7}', '\u{2022}', '\u{2027}', '\u{2219}', '\u{22c5}', '\u{30fb}', '\u{ff0e}', '\u{ff65}'] {
            let entry = TypedEntry { name: format!("阿依努尔{dot}买买提"), ..entry() };
            assert_eq!(identity(&entry, TODAY).unwrap().name.as_str(), "阿依努尔·买买提");
        }
        let odd = TypedEntry { name: " J. 𬭚\u{E0100}ﬁ".to_owned(), ..entry() };
        assert_eq!(identity(&odd, TODAY).unwrap().name.as_str(), odd.name);
    }

    #[test]
    fn what_is_typed_beside_the_number_must_agree_with_it() {
        let good = TypedEntry { birth: "1949年12月31日".to_owned(), sex: "female".to_owned(), ..entry() };
        assert!(identity(&good, TODAY).is_ok());
        let bad = TypedEntry { birth: "1949-12-30".to_owned(), sex: "male".to_owned(), ..entry() };
        assert_eq!(faults(&bad), [("birth", FieldWhy::AgainstNumber), ("sex", FieldWhy::AgainstNumber)]);
    }

    #[test]
    fn every_entry_that_cannot_stand_is_told_at_once() {
        assert_eq!(
            faults(&TypedEntry::default()),
            [
                ("number", FieldWhy::Missing),
                ("name", FieldWhy::Missing),
                ("ethnicity", FieldWhy::Missing),
                ("address", FieldWhy::Missing),
                ("valid_until", FieldWhy::Missing),
            ]
        );
        let mut wrong = entry();
        wrong.number = "110105194912310020".to_owned();
        wrong.valid_from = "2031-01-01".to_owned();
        wrong.valid_until = "2010-13-01".to_owned();
        assert_eq!(
            faults(&wrong),
            [
                ("number", FieldWhy::NotANumber),
                ("valid_from", FieldWhy::DayOutOfRange),
                ("valid_until", FieldWhy::NotADay),
            ]
        );
        let reversed = TypedEntry { valid_until: "2009-01-01".to_owned(), ..entry() };
        assert_eq!(faults(&reversed), [("valid_until", FieldWhy::Reversed)]);
    }
}
