//! The display list: what stands where on a page, in millimetres from its top left corner.
//!
//! A layout makes it; every exporter reads it; a test can ask it where ink is expected.

use std::sync::Arc;

use crate::fonts::{FaceId, FontStack, Glyph};

/// Millimetres in one typographic point.
pub const MM_PER_PT: f64 = 25.4 / 72.0;

/// One side of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub width_mm: f64,
    pub height_mm: f64,
    /// In the order of drawing.
    pub items: Vec<Item>,
}

/// A rectangle in millimetres from the page's top left corner, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A colour. Black is grey 0, so that a card printer takes its black panel and no mixture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Black,
    Rgb { red: u8, green: u8, blue: u8 },
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Text(TextLine),
    Fill { element: String, area: Area, ink: Ink },
    Frame { element: String, area: Area, ink: Ink, line_mm: f64 },
    Modules(Modules),
    Picture(Picture),
}

/// One line of text with every glyph placed.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// The element of the template that it belongs to.
    pub element: String,
    /// Start of the baseline.
    pub x_mm: f64,
    pub baseline_mm: f64,
    pub size_pt: f64,
    pub ink: Ink,
    /// Counter-clockwise slant of the baseline in degrees.
    pub slant_deg: f64,
    /// 100 is opaque.
    pub opacity_percent: u8,
    pub glyphs: Vec<PlacedGlyph>,
}

/// One glyph, its origin measured along the baseline from the line's start.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedGlyph {
    pub face: FaceId,
    pub gid: u16,
    pub text: String,
    pub offset_mm: f64,
}

/// The dark modules of a QR code, each a square, drawn as one shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Modules {
    pub element: String,
    /// Top left corner of the first module; the quiet zone lies outside.
    pub x_mm: f64,
    pub y_mm: f64,
    pub module_mm: f64,
    /// Modules along one side.
    pub side: usize,
    /// Row by row, true is dark.
    pub dark: Vec<bool>,
}

/// A JPEG, embedded byte for byte and stretched over its area.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub element: String,
    pub area: Area,
    pub jpeg: Arc<[u8]>,
    pub width_px: u32,
    pub height_px: u32,
    pub grey: bool,
}

impl Page {
    /// The lines of text in drawing order: what a person reads, what a snapshot compares.
    pub fn text_lines(&self) -> Vec<String> {
        self.items
            .iter()
            .filter_map(|item| match item {
                Item::Text(line) => Some(line.text()),
                Item::Fill { .. } | Item::Frame { .. } | Item::Modules(_) | Item::Picture(_) => None,
            })
            .collect()
    }
}

impl Area {
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether the two share more than a thousandth of a millimetre.
    pub fn overlaps(&self, other: &Area) -> bool {
        const TOUCH: f64 = 0.001;
        self.x + TOUCH < other.right()
            && other.x + TOUCH < self.right()
            && self.y + TOUCH < other.bottom()
            && other.y + TOUCH < self.bottom()
    }

    /// Whether `other` lies inside, edges included.
    pub fn contains(&self, other: &Area) -> bool {
        const TOUCH: f64 = 0.001;
        other.x >= self.x - TOUCH
            && other.y >= self.y - TOUCH
            && other.right() <= self.right() + TOUCH
            && other.bottom() <= self.bottom() + TOUCH
    }
}

impl TextLine {
    /// The text of the line.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| &*glyph.text).collect()
    }

    /// The box of the line's ink on the page, `None` when it has none. Only for an upright line.
    pub fn ink_box(&self, fonts: &FontStack) -> Option<Area> {
        let em = self.size_pt * MM_PER_PT;
        let mut reach: Option<(f64, f64, f64, f64)> = None;
        for glyph in &self.glyphs {
            let Some(ink) = fonts.ink(glyph.face, glyph.gid) else { continue };
            let origin = self.x_mm + glyph.offset_mm;
            let (left, right) = (origin + ink.left * em, origin + ink.right * em);
            let (top, bottom) = (self.baseline_mm - ink.top * em, self.baseline_mm - ink.bottom * em);
            reach = Some(match reach {
                None => (left, top, right, bottom),
                Some((l, t, r, b)) => (l.min(left), t.min(top), r.max(right), b.max(bottom)),
            });
        }
        reach.map(|(left, top, right, bottom)| Area { x: left, y: top, width: right - left, height: bottom - top })
    }
}

/// Places glyphs one after the other from 0.
pub(crate) fn place(glyphs: &[Glyph], size_pt: f64) -> Vec<PlacedGlyph> {
    let em = size_pt * MM_PER_PT;
    let mut pen = 0.0;
    glyphs
        .iter()
        .map(|glyph| {
            let offset_mm = pen;
            pen += glyph.advance * em;
            PlacedGlyph { face: glyph.face, gid: glyph.gid, text: glyph.text.clone(), offset_mm }
        })
        .collect()
}
