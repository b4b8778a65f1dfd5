//! The display list: what stands where on a page, in millimetres from its top left corner.
//!
//! A layout makes it; every exporter reads it; a test can ask it where ink is expected.

use std::sync::Arc;

use crate::affine::{Affine, Point};
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
    /// How everything is moved so that it lands where the list says on a printer that does not print straight.
    pub correction: Affine,
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
    Shape(Shape),
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

/// Filled artwork: closed outlines, drawn as one shape by the non-zero rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    pub element: String,
    pub ink: Ink,
    pub outlines: Vec<Outline>,
}

/// A closed line.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    pub start: Point,
    pub strokes: Vec<Stroke>,
}

/// One part of an outline, from where the one before ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stroke {
    Line(Point),
    /// Two handles and the end of a cubic curve.
    Curve(Point, Point, Point),
}

impl Page {
    /// A page without anything on it.
    pub fn blank(width_mm: f64, height_mm: f64) -> Page {
        Page { width_mm, height_mm, items: Vec::new(), correction: Affine::IDENTITY }
    }

    /// The lines of text in drawing order: what a person reads, what a snapshot compares.
    pub fn text_lines(&self) -> Vec<String> {
        self.items
            .iter()
            .filter_map(|item| match item {
                Item::Text(line) => Some(line.text()),
                Item::Fill { .. } | Item::Frame { .. } | Item::Modules(_) | Item::Picture(_) | Item::Shape(_) => None,
            })
            .collect()
    }
}

impl Item {
    /// The same thing elsewhere on the page, mm to the right and down.
    #[must_use]
    pub fn moved(mut self, right: f64, down: f64) -> Item {
        match &mut self {
            Item::Text(line) => {
                line.x_mm += right;
                line.baseline_mm += down;
            }
            Item::Fill { area, .. } | Item::Frame { area, .. } => *area = area.moved(right, down),
            Item::Modules(modules) => {
                modules.x_mm += right;
                modules.y_mm += down;
            }
            Item::Picture(picture) => picture.area = picture.area.moved(right, down),
            Item::Shape(shape) => shape.map(|point| Point { x: point.x + right, y: point.y + down }),
        }
        self
    }
}

impl Shape {
    /// Every point of it, handles included.
    pub(crate) fn points(&self) -> impl Iterator<Item = Point> + '_ {
        self.outlines.iter().flat_map(|outline| {
            let strokes = outline.strokes.iter().flat_map(|stroke| match *stroke {
                Stroke::Line(end) => vec![end],
                Stroke::Curve(first, second, end) => vec![first, second, end],
            });
            std::iter::once(outline.start).chain(strokes)
        })
    }

    /// Moves every point of it.
    pub(crate) fn map(&mut self, to: impl Fn(Point) -> Point) {
        for outline in &mut self.outlines {
            outline.start = to(outline.start);
            for stroke in &mut outline.strokes {
                *stroke = match *stroke {
                    Stroke::Line(end) => Stroke::Line(to(end)),
                    Stroke::Curve(first, second, end) => Stroke::Curve(to(first), to(second), to(end)),
                };
            }
        }
    }
}

impl Modules {
    /// The dark modules as bars: neighbours of a row become one, so that no hairline of paper shows between them.
    pub fn bars(&self) -> Vec<Area> {
        let mut bars = Vec::new();
        for (row, cells) in self.dark.chunks(self.side).enumerate() {
            let mut column = 0;
            while column < cells.len() {
                let run = cells[column..].iter().take_while(|dark| **dark).count();
                if run > 0 {
                    bars.push(Area {
                        x: self.x_mm + self.module_mm * column as f64,
                        y: self.y_mm + self.module_mm * row as f64,
                        width: self.module_mm * run as f64,
                        height: self.module_mm,
                    });
                }
                column += run.max(1);
            }
        }
        bars
    }
}

impl Area {
    /// The same box elsewhere, mm to the right and down.
    #[must_use]
    pub fn moved(self, right: f64, down: f64) -> Area {
        Area { x: self.x + right, y: self.y + down, ..self }
    }

    /// The box with a rim of `mm` on every side; a negative one takes away.
    #[must_use]
    pub fn grown(self, mm: f64) -> Area {
        let (width, height) = (self.width + 2.0 * mm, self.height + 2.0 * mm);
        Area { x: self.x - mm, y: self.y - mm, width, height }
    }

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
