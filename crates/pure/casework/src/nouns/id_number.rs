/// A citizen number (GB 11643): 17 digits and a check character. Its `Debug` hides it.

#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber(String);

impl IdNumber {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IdNumber({} characters)", self.0.chars().count())
    }
}

impl TryFrom<String> for IdNumber {
    type Error = super::NotA;
    fn try_from(text: String) -> Result<Self, super::NotA> {
        if !well_formed(&text) {
            return Err(super::NotA { noun: "IdNumber" });
        }
        Ok(Self(text))
    }
}

impl std::str::FromStr for IdNumber {
    type Err = super::NotA;
    fn from_str(text: &str) -> Result<Self, super::NotA> {
        Self::try_from(text.to_owned())
    }
}

impl From<IdNumber> for String {
    fn from(name: IdNumber) -> String {
        name.0
    }
}

/// Weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2; the sum modulo 11 indexes `10X98765432` (reader-protocol 6).
fn well_formed(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = bytes[..17].iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    b"10X98765432"[(sum % 11) as usize] == bytes[17]
}
