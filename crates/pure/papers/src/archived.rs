//! The display list as the PDF that is archived: PDF/A-2u (ISO 19005-2), written with krilla, which refuses what the standard
//! forbids, above all a glyph without its character.
//!
//! What is printed is written by [`crate::pdf`] with another library from the same list; a test holds the two against each
//! other, pixel by pixel.

use std::ops::Range;

use jiff::Timestamp;
use krilla::color::{luma, rgb};
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Paint, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::PaperError;
use crate::display::{self, Area, Ink, Item, MM_PER_PT, Modules, Page, Picture, PlacedGlyph, Shape, TextLine};
use crate::fonts::FontStack;
use crate::pdf::Meta;

/// Writes the pages as PDF/A-2u. The same pages, fonts and meta give the same bytes.
///
/// # Errors
/// [`PaperError::EmbedFace`] for a face that cannot be embedded, [`PaperError::WritePdf`] for what the standard forbids.
pub fn write(pages: &[Page], fonts: &FontStack, meta: &Meta) -> Result<Vec<u8>, PaperError> {
    let refuse = |fault: String| PaperError::WritePdf { fault };
    let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A2_U).finish();
    let configuration = configuration.map_err(|error| refuse(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(
        Metadata::new()
            .title(meta.title.clone())
            .language("zh-CN".to_owned())
            .producer(meta.producer.clone())
            .creator(meta.producer.clone())
            .creation_date(date_time(meta.created)),
    );
    for page in pages {
        let settings = PageSettings::from_wh(pt(page.width_mm), pt(page.height_mm));
        let mut sheet = document.start_page_with(settings.ok_or_else(|| refuse("a page without a size".to_owned()))?);
        let mut surface = sheet.surface();
        for item in &page.items {
            draw(&mut surface, item, fonts)?;
        }
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|error| refuse(format!("{error:?}")))
}

fn draw(surface: &mut Surface<'_>, item: &Item, fonts: &FontStack) -> Result<(), PaperError> {
    match item {
        Item::Text(line) => text(surface, line, fonts)?,
        Item::Fill { area, ink, .. } => fill(surface, rectangle(area), *ink),
        Item::Frame { area, ink, line_mm, .. } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint: paint(*ink), width: pt(*line_mm), ..Stroke::default() }));
            surface.draw_path(&rectangle(area));
            surface.set_stroke(None);
        }
        Item::Modules(code) => fill(surface, modules(code), Ink::Black),
        Item::Picture(picture) => photo(surface, picture)?,
        Item::Shape(shape) => {
            if let Some(path) = outlines(shape) {
                fill(surface, path, shape.ink);
            }
        }
    }
    Ok(())
}

/// One line, a run of glyphs for each stretch of one face. Every glyph stands where the layout has put it.
fn text(surface: &mut Surface<'_>, line: &TextLine, fonts: &FontStack) -> Result<(), PaperError> {
    let opacity = NormalizedF32::new(f32::from(line.opacity_percent) / 100.0).unwrap_or(NormalizedF32::ONE);
    surface.set_fill(Some(Fill { paint: paint(line.ink), opacity, ..Fill::default() }));
    let turn = Transform::from_rotate_at(-line.slant_deg as f32, pt(line.x_mm), pt(line.baseline_mm));
    surface.push_transform(&turn);
    for run in line.glyphs.chunk_by(|one, next| one.face == next.face) {
        let font = fonts.archivable(run[0].face)?;
        let start = Point::from_xy(pt(line.x_mm + run[0].offset_mm), pt(line.baseline_mm));
        let (glyphs, words) = placed(run, line.size_pt * MM_PER_PT);
        surface.draw_glyphs(start, &glyphs, font, &words, line.size_pt as f32, false);
    }
    surface.pop();
    Ok(())
}

/// The glyphs of a run, their advances in parts of an em of `em_mm`, and the text that they stand for.
fn placed(run: &[PlacedGlyph], em_mm: f64) -> (Vec<KrillaGlyph>, String) {
    let mut words = String::new();
    let glyphs = run.iter().enumerate().map(|(place, glyph)| {
        let next = run.get(place + 1).map_or(glyph.offset_mm, |next| next.offset_mm);
        let text_range: Range<usize> = words.len()..words.len() + glyph.text.len();
        words.push_str(&glyph.text);
        KrillaGlyph {
            glyph_id: GlyphId::new(u32::from(glyph.gid)),
            text_range,
            x_advance: ((next - glyph.offset_mm) / em_mm) as f32,
            x_offset: 0.0,
            y_offset: 0.0,
            y_advance: 0.0,
            location: None,
        }
    });
    (glyphs.collect(), words)
}

/// The photo byte for byte, stretched over its area.
fn photo(surface: &mut Surface<'_>, picture: &Picture) -> Result<(), PaperError> {
    // An archived page may not ask a viewer to smooth it.
    let image =
        Image::from_jpeg(picture.jpeg.to_vec().into(), false).map_err(|fault| PaperError::PlacePhoto { fault })?;
    let area = &picture.area;
    let Some(size) = Size::from_wh(pt(area.width), pt(area.height)) else { return Ok(()) };
    surface.push_transform(&Transform::from_translate(pt(area.x), pt(area.y)));
    surface.draw_image(image, size);
    surface.pop();
    Ok(())
}

fn fill(surface: &mut Surface<'_>, path: Path, ink: Ink) {
    surface.set_fill(Some(Fill { paint: paint(ink), ..Fill::default() }));
    surface.draw_path(&path);
}

fn paint(ink: Ink) -> Paint {
    match ink {
        Ink::Black => luma::Color::black().into(),
        Ink::Rgb { red, green, blue } => rgb::Color::new(red, green, blue).into(),
    }
}

fn rectangle(area: &Area) -> Path {
    let mut path = PathBuilder::new();
    push(&mut path, area);
    path.finish().expect("a rectangle has four sides")
}

/// Neighbouring dark modules of a row become one rectangle, so that no hairline of paper shows between them.
fn modules(code: &Modules) -> Path {
    let mut path = PathBuilder::new();
    for area in code.bars() {
        push(&mut path, &area);
    }
    path.finish().expect("every code has dark modules")
}

/// `None` when there is nothing to fill.
fn outlines(shape: &Shape) -> Option<Path> {
    let mut path = PathBuilder::new();
    for outline in &shape.outlines {
        path.move_to(pt(outline.start.x), pt(outline.start.y));
        for part in &outline.strokes {
            match *part {
                display::Stroke::Line(end) => path.line_to(pt(end.x), pt(end.y)),
                display::Stroke::Curve(one, two, end) => {
                    path.cubic_to(pt(one.x), pt(one.y), pt(two.x), pt(two.y), pt(end.x), pt(end.y));
                }
            }
        }
        path.close();
    }
    path.finish()
}

fn push(path: &mut PathBuilder, area: &Area) {
    if let Some(rect) = Rect::from_xywh(pt(area.x), pt(area.y), pt(area.width), pt(area.height)) {
        path.push_rect(rect);
    }
}

fn pt(mm: f64) -> f32 {
    (mm / MM_PER_PT) as f32
}

/// The moment in universal time.
fn date_time(at: Timestamp) -> DateTime {
    let at = jiff::tz::TimeZone::UTC.to_datetime(at);
    let small = |number: i8| u8::try_from(number).unwrap_or(0);
    DateTime::new(u16::try_from(at.year()).unwrap_or(1970))
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
