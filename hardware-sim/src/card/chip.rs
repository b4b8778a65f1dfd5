//! What a chip holds besides its text: photo, fingerprints, appended addresses, management number; and how badly it was written.

use serde::Deserialize;

use super::text::padded;
use super::{ADDRESS_BYTES, CardError};
use crate::bytes::Hex;
use crate::photo;

/// The table `chip` of a card file. Everything has a default.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Chip {
    /// Newest address last; at most four.
    pub appended_addresses: Vec<String>,
    /// 0, 1 or 2.
    pub fingerprints: u8,
    pub photo: PhotoBlock,
    /// Chooses the drawn placeholder, the fingerprint filler and the management number.
    pub seed: u64,
    pub padding: Padding,
    pub overlong: Overlong,
}

/// What stands in the photo record. None of them is a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoBlock {
    /// A block that `hardware-sim wlt-helper` turns into a drawn silhouette.
    #[default]
    Drawn,
    /// The header and nothing behind it, as in the published test vectors.
    Blank,
    /// No header: 1024 zero bytes.
    Missing,
    /// A genuine header followed by bytes that nothing decodes.
    Undecodable,
}

/// What fills the unused end of a text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Padding {
    #[default]
    Space,
    /// U+0000, as some early cards are said to hold.
    Nul,
}

/// What happens to a text that is longer than its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overlong {
    #[default]
    Refuse,
    /// The field takes what fits, even half of a surrogate pair.
    Cut,
}

/// Bytes laid over the finished text record.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBytes {
    /// Byte offset in the 256-byte record.
    pub offset: usize,
    pub hex: Hex,
}

impl RawBytes {
    pub(super) fn lay_over(&self, text: &mut [u8]) -> Option<()> {
        let bytes = self.hex.bytes();
        text.get_mut(self.offset..)?.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(())
    }
}

impl Chip {
    /// Replaces runs of trailing spaces where the card was padded otherwise.
    pub(super) fn pad(&self, text: &mut [u8]) {
        match self.padding {
            Padding::Space => {}
            Padding::Nul => {
                // Every space of the record goes: names and addresses of cards written so hold none inside.
                for unit in text.chunks_exact_mut(2) {
                    if unit == [0x20, 0x00] {
                        unit[0] = 0;
                    }
                }
            }
        }
    }

    pub(super) fn photo_block(&self) -> Vec<u8> {
        match self.photo {
            PhotoBlock::Drawn => photo::placeholder(self.seed),
            PhotoBlock::Blank => photo::blank(),
            PhotoBlock::Missing => vec![0; super::PHOTO_BYTES],
            PhotoBlock::Undecodable => photo::undecodable(self.seed),
        }
    }

    /// `None` for a count that no card has.
    pub(super) fn fingerprint_block(&self) -> Option<Vec<u8>> {
        if self.fingerprints > 2 {
            return None;
        }
        let mut filler = fastrand::Rng::with_seed(self.seed ^ 0xF1);
        let mut bytes = Vec::new();
        for _ in 0..self.fingerprints {
            // `C` and the first bytes of a template of GA/T 1012, then filler: nobody's finger.
            let mut print = vec![b'C', 0x01, 0x12, 0x01];
            print.extend((0..508).map(|_| filler.u8(..)));
            bytes.extend(print);
        }
        Some(bytes)
    }

    pub(super) fn address_blocks(&self) -> Result<Vec<Vec<u8>>, CardError> {
        if self.appended_addresses.len() > 4 {
            return Err(CardError::Addresses(self.appended_addresses.len()));
        }
        Ok(self.appended_addresses.iter().map(|address| padded(address, ADDRESS_BYTES)).collect())
    }

    pub(super) fn management_number(&self) -> [u8; 28] {
        let mut filler = fastrand::Rng::with_seed(self.seed ^ 0x28);
        let mut bytes = [0; 28];
        for byte in &mut bytes[4..] {
            *byte = filler.u8(..);
        }
        bytes
    }
}
