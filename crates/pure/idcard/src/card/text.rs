//! Text as a chip stores it: UTF-16 units, kept as they are, beside the characters made of them.

use std::fmt;

use crate::pua;

/// The 256 bytes of the text record. Its `Debug` hides them.
#[derive(Clone, PartialEq, Eq)]
pub struct TextBlock([u8; 256]);

impl TextBlock {
    pub fn new(raw: [u8; 256]) -> Self {
        Self(raw)
    }

    pub fn raw(&self) -> &[u8; 256] {
        &self.0
    }

    pub(super) fn units(&self) -> Vec<u16> {
        units(&self.0)
    }
}

impl fmt::Debug for TextBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextBlock(hidden)")
    }
}

fn units(bytes: &[u8]) -> Vec<u16> {
    bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect()
}

/// One field. Its `Debug` hides it, its `Display` shows it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ChipText {
    units: Vec<u16>,
    text: String,
}

impl ChipText {
    /// Cuts the padding off the tail, and only there: spaces inside belong to the text.
    pub(super) fn from_field(field: &[u16]) -> Self {
        let upto_nul = field.iter().position(|unit| *unit == 0).unwrap_or(field.len());
        let kept = field[..upto_nul]
            .iter()
            .rposition(|unit| !matches!(unit, 0x20 | 0x3000 | 0xFFFF))
            .map_or(0, |last| last + 1);
        let units = field[..kept].to_vec();
        let text = char::decode_utf16(units.iter().copied())
            .map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER))
            .map(|character| pua::real_character(character).unwrap_or(character))
            .collect();
        Self { units, text }
    }

    /// Seventy bytes of UTF-16LE, as appended addresses come.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::from_field(&units(bytes))
    }

    /// Characters for screens and papers: private-use code points of GBK and GB 18030 are replaced by the real ones,
    /// others are left; a lone surrogate shows as U+FFFD.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the chip holds, unit by unit, without the padding.
    pub fn units(&self) -> &[u16] {
        &self.units
    }

    pub fn is_blank(&self) -> bool {
        self.units.is_empty()
    }

    /// Two fields of one text, as the long English name is stored.
    pub(super) fn join(head: &[u16], tail: &[u16]) -> Self {
        Self::from_field(&[head, tail].concat())
    }
}

impl fmt::Display for ChipText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for ChipText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChipText({} units)", self.units.len())
    }
}
