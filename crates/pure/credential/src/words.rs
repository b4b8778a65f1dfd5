//! The words of a code, and how they are written.

use casework::journal::sm3;
use ciborium::Value;
use jiff::civil::Date;

/// What a code says of its card.
#[derive(Clone, PartialEq, Eq)]
pub struct Words {
    /// As it is printed on the card.
    pub card_number: String,
    pub name: String,
    /// As it is printed: 男 or 女.
    pub sex: String,
    pub birth: Date,
    pub issuing_authority: String,
    pub issued_on: Date,
    /// `None` for a card whose photo is glued on.
    pub portrait: Option<Portrait>,
}

/// The first eight bytes of the SM3 of the photo file that was printed: a print cannot be compared with it, a file can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portrait([u8; 8]);

/// Keys of the map. A number that was once given a meaning keeps it.
const CARD_NUMBER: i64 = 1;
const NAME: i64 = 2;
const SEX: i64 = 3;
const BIRTH: i64 = 4;
const ISSUING_AUTHORITY: i64 = 5;
const ISSUED_ON: i64 = 6;
const PORTRAIT: i64 = 7;

impl Portrait {
    pub fn of(jpeg: &[u8]) -> Portrait {
        let mut first = [0; 8];
        first.copy_from_slice(&sm3(jpeg).bytes()[..8]);
        Portrait(first)
    }

    /// Sixteen hex digits.
    pub fn to_hex(self) -> String {
        hex::encode(self.0)
    }
}

impl Words {
    pub(crate) fn to_cbor(&self) -> Value {
        let text = |words: &str| Value::Text(words.to_owned());
        let mut map = vec![
            (CARD_NUMBER, text(&self.card_number)),
            (NAME, text(&self.name)),
            (SEX, text(&self.sex)),
            (BIRTH, day_number(self.birth)),
            (ISSUING_AUTHORITY, text(&self.issuing_authority)),
            (ISSUED_ON, day_number(self.issued_on)),
        ];
        map.extend(self.portrait.map(|portrait| (PORTRAIT, Value::Bytes(portrait.0.to_vec()))));
        Value::Map(map.into_iter().map(|(key, value)| (Value::Integer(key.into()), value)).collect())
    }

    /// `None` when a word is missing or is none. Words with unknown numbers are passed over: a later version may add some.
    pub(crate) fn from_cbor(value: &Value) -> Option<Words> {
        let map = value.as_map()?;
        let at = |key: i64| map.iter().find(|(name, _)| *name == Value::Integer(key.into())).map(|(_, value)| value);
        let text = |key: i64| at(key)?.as_text().map(str::to_owned);
        let portrait = match at(PORTRAIT) {
            Some(bytes) => Some(Portrait(bytes.as_bytes()?.as_slice().try_into().ok()?)),
            None => None,
        };
        Some(Words {
            card_number: text(CARD_NUMBER)?,
            name: text(NAME)?,
            sex: text(SEX)?,
            birth: day(at(BIRTH)?)?,
            issuing_authority: text(ISSUING_AUTHORITY)?,
            issued_on: day(at(ISSUED_ON)?)?,
            portrait,
        })
    }
}

/// A day as the number 20211108: three bytes less than its text.
fn day_number(day: Date) -> Value {
    let number = i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day());
    Value::Integer(number.into())
}

fn day(number: &Value) -> Option<Date> {
    let number: i64 = number.as_integer()?.try_into().ok()?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// A person's words stay out of logs.
impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}
