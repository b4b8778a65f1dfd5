//! Texts of a pack: never blank, because a blank text is a missing one.

/// A text that is not blank.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Words(String);

/// Basic code of an item: 12 characters of `0-9A-Z`. Opaque: nothing is read out of it (domain 3.4).
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct ItemCode(String);

/// An SM3 hash: 64 lower-case hex digits.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Sm3Text(String);

#[derive(Debug, thiserror::Error)]
pub enum NotWords {
    #[error("this text must not be blank")]
    Blank,
    #[error("an item code is 12 characters of 0-9 and A-Z, this has {0} characters or others")]
    ItemCode(usize),
    #[error("an SM3 hash is 64 digits of 0-9 and a-f")]
    Sm3,
}

impl Words {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ItemCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Sm3Text {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Display for ItemCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Words {
    type Error = NotWords;
    fn try_from(text: String) -> Result<Self, NotWords> {
        if text.trim().is_empty() { Err(NotWords::Blank) } else { Ok(Self(text)) }
    }
}

impl TryFrom<String> for Sm3Text {
    type Error = NotWords;
    fn try_from(text: String) -> Result<Self, NotWords> {
        let sound = text.len() == 64 && text.bytes().all(|one| matches!(one, b'0'..=b'9' | b'a'..=b'f'));
        if sound { Ok(Self(text)) } else { Err(NotWords::Sm3) }
    }
}

impl TryFrom<String> for ItemCode {
    type Error = NotWords;
    fn try_from(text: String) -> Result<Self, NotWords> {
        let length = text.chars().count();
        if length == 12 && text.bytes().all(|one| one.is_ascii_digit() || one.is_ascii_uppercase()) {
            Ok(Self(text))
        } else {
            Err(NotWords::ItemCode(length))
        }
    }
}
