//! The card template: a sheet, its two sides, and what stands where, as data in millimetres.
//!
//! Parsed strictly: an unknown field, an overlap, something outside the safe area or text over the photo is an error
//! that names the element, on loading and not at the first card.

mod art;
mod check;
mod fault;
mod parse;
mod rule;

pub(crate) use parse::{refuse, rgb as parse_rgb};

pub use fault::TemplateFault;

use serde::Deserialize;

use crate::PaperError;
use crate::card::CardContent;
use crate::crop::{self, CropMarks};
use crate::display::{Area, Ink, Page, Shape};
use crate::fonts::Role;
use rule::Rule;

pub use crate::setting::{Align, Fit};

/// A template that passed every check.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    pub(crate) id: String,
    pub(crate) width_mm: f64,
    pub(crate) height_mm: f64,
    pub(crate) safe_mm: f64,
    /// How far artwork reaches beyond the cut.
    pub(crate) bleed_mm: f64,
    pub(crate) crop: Option<CropMarks>,
    pub(crate) mode: Mode,
    pub(crate) rules: Vec<Rule>,
    pub(crate) sides: Vec<Side>,
    /// The word that every page of a sample carries across it.
    pub(crate) sample_word: String,
    /// The mark of a reprint; `{n}` stands for its count.
    pub(crate) reprint_words: String,
    /// Terms of use for a card whose content brings none.
    pub(crate) terms: Vec<String>,
}

/// What the blank is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Nothing stands on it: everything is printed.
    #[default]
    Full,
    /// Pre-printed (套打): what is of the layer `stock` stands on it already, and only the rest is printed.
    Overlay,
}

/// Whether an element is printed on a blank that is pre-printed, or stands on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    #[default]
    Overlay,
    Stock,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Side {
    pub name: String,
    pub elements: Vec<Element>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element {
    pub id: String,
    pub area: Area,
    pub layer: Layer,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    Text(Text),
    /// `least_dpi` refuses a picture too coarse for its box; `frame` outlines the box when there is no picture to print.
    Image {
        bind: ImageField,
        least_dpi: f64,
        frame: Ink,
    },
    /// Drawn in whole printer dots in the middle of its box: `dots` of `dpi` a module.
    Qr {
        bind: QrField,
        dots: u32,
        dpi: f64,
    },
    /// A filled rectangle. One that lies `under` may have text on it and may reach the sheet's edge.
    Rect {
        ink: Ink,
        under: bool,
    },
    /// Filled outlines, in millimetres of the sheet already. Art lies under everything but what is under itself.
    Art {
        shape: Shape,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub source: Source,
    pub role: Role,
    pub size_pt: f64,
    pub least_pt: f64,
    pub leading: f64,
    pub fit: Vec<Fit>,
    pub align: Align,
    pub from_top: bool,
    pub ink: Ink,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Source {
    Fixed(String),
    Bound(Field),
}

/// A field of the card that is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name,
    Sex,
    Ethnicity,
    Birth,
    IdNumber,
    Address,
    CardNumber,
    IssuedOn,
    IssuingAuthority,
    Terms,
    ConsultPhone,
    Reprint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ImageField {
    Photo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QrField {
    Credential,
}

impl Template {
    /// The neutral sample card of 85.6 x 54 mm: `fixtures/templates/card-cr80.toml`.
    pub const CARD_CR80: &str = include_str!("../../../../../fixtures/templates/card-cr80.toml");

    /// Parses and checks a template.
    ///
    /// # Errors
    /// [`PaperError::ParseTemplate`] when it is not TOML, [`PaperError::AcceptElement`] naming the first element that
    /// breaks a rule.
    pub fn parse(text: &str) -> Result<Template, PaperError> {
        let template = parse::template(text)?;
        check::check(&template)?;
        Ok(template)
    }

    /// The sheet of 100 x 70 mm, for a blank that is pre-printed: `fixtures/templates/card-100x70.toml`.
    pub const CARD_100X70: &str = include_str!("../../../../../fixtures/templates/card-100x70.toml");

    /// The template's own name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Width and height of the card in millimetres, as it is cut.
    pub fn sheet_mm(&self) -> (f64, f64) {
        (self.width_mm, self.height_mm)
    }

    /// How far artwork reaches beyond the cut, mm.
    pub fn bleed_mm(&self) -> f64 {
        self.bleed_mm
    }

    /// How many sides a card has.
    pub fn sides(&self) -> usize {
        self.sides.len()
    }

    /// Whether cards are printed on pre-printed blanks.
    pub fn is_overlay(&self) -> bool {
        match self.mode {
            Mode::Full => false,
            Mode::Overlay => true,
        }
    }

    /// A laid-out side as it goes to a printer that prints one card a sheet: with its crop marks, where it has any.
    pub fn for_one(&self, page: Page) -> Page {
        match &self.crop {
            Some(marks) => crop::marked(page, marks, self.bleed_mm),
            None => page,
        }
    }

    /// Width and height of the sheet that goes to such a printer, mm: with the room of its crop marks.
    pub fn page_mm(&self) -> (f64, f64) {
        let page = self.for_one(Page::blank(self.width_mm, self.height_mm));
        (page.width_mm, page.height_mm)
    }

    /// Whether the element is for the printer, and not on the blank already.
    pub(crate) fn prints(&self, element: &Element) -> bool {
        match (self.mode, element.layer) {
            (Mode::Full, Layer::Overlay | Layer::Stock) | (Mode::Overlay, Layer::Overlay) => true,
            (Mode::Overlay, Layer::Stock) => false,
        }
    }

    /// Whether the rules of the template let an element be seen on the card of this content.
    pub(crate) fn shows(&self, element: &str, content: &CardContent) -> bool {
        self.rules.iter().filter(|rule| rule.is_about(element)).all(|rule| rule.holds(content))
    }

    /// The box of an element, by its id.
    pub fn area_of(&self, element: &str) -> Option<Area> {
        self.sides.iter().flat_map(|side| &side.elements).find(|one| one.id == element).map(|one| one.area)
    }
}

impl Field {
    /// The name that templates and messages use.
    pub fn name(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Sex => "sex",
            Field::Ethnicity => "ethnicity",
            Field::Birth => "birth",
            Field::IdNumber => "id_number",
            Field::Address => "address",
            Field::CardNumber => "card_number",
            Field::IssuedOn => "issued_on",
            Field::IssuingAuthority => "issuing_authority",
            Field::Terms => "terms",
            Field::ConsultPhone => "consult_phone",
            Field::Reprint => "reprint",
        }
    }
}
