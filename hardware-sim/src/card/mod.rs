//! Invented cards: written in TOML, laid on the simulated reader by name.
//!
//! One of the tables `resident`, `hmt`, `foreigner_2017`, `foreigner_2023` or `other` says what kind of card it is; `chip`
//! says what else is stored on it; `raw` lays bytes over the finished text block, for everything a real chip should not hold
//! and some do (lone surrogates, NUL padding, impossible dates).

mod chip;
mod library;
mod text;

pub use chip::{Chip, PhotoBlock, RawBytes};
pub use library::{Library, LibraryError};
pub use text::{Foreigner2017, Foreigner2023, Hmt, Resident, TextError};

use serde::Deserialize;

/// Length of the text record in bytes.
pub const TEXT_BYTES: usize = 256;
/// Length of the photo record in bytes.
pub const PHOTO_BYTES: usize = 1024;
/// Length of one appended address in bytes.
pub const ADDRESS_BYTES: usize = 70;

/// A card as its TOML file describes it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardFile {
    /// What the control page shows beside the card's name.
    #[serde(default)]
    pub title: String,
    pub resident: Option<Resident>,
    pub hmt: Option<Hmt>,
    pub foreigner_2017: Option<Foreigner2017>,
    pub foreigner_2023: Option<Foreigner2023>,
    pub other: Option<OtherCard>,
    #[serde(default)]
    pub chip: Chip,
    #[serde(default)]
    pub raw: Vec<RawBytes>,
}

/// Something in the field that is not a second-generation card: a bus card, a bank card, a first-generation card.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherCard {
    /// The request at which the module notices: `find` answers 80, `select` answers 40.
    #[serde(default)]
    pub noticed_at: NoticedAt,
}

/// Where a module turns away a card that is not its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticedAt {
    Find,
    #[default]
    Select,
}

/// A card as the module meets it: finished records.
#[derive(Debug, Clone, PartialEq)]
pub enum Card {
    Second(Box<Records>),
    Other(NoticedAt),
}

/// The records of a second-generation card, as they go over the wire.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    pub text: Vec<u8>,
    pub photo: Vec<u8>,
    /// 0, 512 or 1024 bytes.
    pub fingerprints: Vec<u8>,
    /// Up to four addresses of 70 bytes.
    pub addresses: Vec<Vec<u8>>,
    /// IIN, SN and DN: 28 bytes.
    pub management: [u8; 28],
}

/// Why a card could not be made from its description.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    #[error(
        "a card has exactly one of the tables resident, hmt, foreigner_2017, foreigner_2023, other; this one has {0}"
    )]
    Kind(usize),
    #[error("the text record cannot be written")]
    Text(#[source] TextError),
    #[error("raw bytes at {offset} do not fit into the 256 bytes of the text record")]
    Raw { offset: usize },
    #[error("a card has at most four appended addresses, this one has {0}")]
    Addresses(usize),
    #[error("a card has 0, 1 or 2 fingerprints, this one has {0}")]
    Fingerprints(u8),
}

impl CardFile {
    /// Writes the card's records.
    pub fn make(&self) -> Result<Card, CardError> {
        let overlong = self.chip.overlong;
        let mut written = Vec::new();
        written.extend(self.resident.as_ref().map(|card| card.write(overlong)));
        written.extend(self.hmt.as_ref().map(|card| card.write(overlong)));
        written.extend(self.foreigner_2017.as_ref().map(|card| card.write(overlong)));
        written.extend(self.foreigner_2023.as_ref().map(|card| card.write(overlong)));
        let kinds = written.len() + usize::from(self.other.is_some());
        if kinds != 1 {
            return Err(CardError::Kind(kinds));
        }
        if let Some(other) = &self.other {
            return Ok(Card::Other(other.noticed_at));
        }
        let mut text = written.remove(0).map_err(CardError::Text)?;
        self.chip.pad(&mut text);
        for raw in &self.raw {
            raw.lay_over(&mut text).ok_or(CardError::Raw { offset: raw.offset })?;
        }
        Ok(Card::Second(Box::new(Records {
            text,
            photo: self.chip.photo_block(),
            fingerprints: self.chip.fingerprint_block().ok_or(CardError::Fingerprints(self.chip.fingerprints))?,
            addresses: self.chip.address_blocks()?,
            management: self.chip.management_number(),
        })))
    }
}
