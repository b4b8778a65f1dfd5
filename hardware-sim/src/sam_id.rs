//! The SAM id as its label prints it, and as the 16 bytes it is sent as (reader-protocol, 1.5).

use serde::Deserialize;

/// `05.03-20101018-0001234567-3456789012`: two u16 and three u32, little-endian on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct SamId([u8; 16]);

impl SamId {
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }
}

impl Default for SamId {
    /// The synthetic id of the published vectors.
    fn default() -> SamId {
        SamId([5, 0, 3, 0, 0x9A, 0xB7, 0x32, 1, 0x87, 0xD6, 0x12, 0, 0x14, 0x6A, 0x0A, 0xCE])
    }
}

impl TryFrom<String> for SamId {
    type Error = String;

    fn try_from(text: String) -> Result<SamId, String> {
        parse(&text).ok_or_else(|| format!("`{text}` is not a SAM id like 05.03-20101018-0001234567-3456789012"))
    }
}

impl std::fmt::Display for SamId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = |at: usize| u16::from_le_bytes([self.0[at], self.0[at + 1]]);
        let long = |at: usize| u32::from_le_bytes([self.0[at], self.0[at + 1], self.0[at + 2], self.0[at + 3]]);
        write!(out, "{:02}.{:02}-{:08}-{:010}-{:010}", short(0), short(2), long(4), long(8), long(12))
    }
}

fn parse(text: &str) -> Option<SamId> {
    let (kind, rest) = text.split_once('-')?;
    let (major, minor) = kind.split_once('.')?;
    let mut bytes = Vec::new();
    bytes.extend(major.parse::<u16>().ok()?.to_le_bytes());
    bytes.extend(minor.parse::<u16>().ok()?.to_le_bytes());
    for part in rest.split('-') {
        bytes.extend(part.parse::<u32>().ok()?.to_le_bytes());
    }
    bytes.try_into().ok().map(SamId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_and_bytes_agree_with_the_published_vector() {
        let id = SamId::try_from("05.03-20101018-0001234567-3456789012".to_owned()).unwrap();
        assert_eq!(id, SamId::default());
        assert_eq!(id.to_string(), "05.03-20101018-0001234567-3456789012");
        assert!(SamId::try_from("05.03-20101018".to_owned()).is_err());
    }
}
