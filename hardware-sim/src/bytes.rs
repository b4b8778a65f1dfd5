//! Bytes written as hexadecimal text in scenarios and requests; spaces are allowed.

use serde::Deserialize;

/// Bytes that were hexadecimal text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Hex(Vec<u8>);

impl Hex {
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<String> for Hex {
    type Error = String;

    fn try_from(text: String) -> Result<Hex, String> {
        hex::decode(text.replace(' ', "")).map(Hex).map_err(|error| format!("`{text}` is not hexadecimal: {error}"))
    }
}
