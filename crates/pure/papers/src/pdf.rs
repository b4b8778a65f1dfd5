//! The display list as PDF, written with printpdf.
//!
//! What the library does not do by itself is done here: every glyph is placed by us, the photo's JPEG is embedded byte
//! for byte, two characters that share a glyph still extract as themselves, the same input gives the same bytes, and the
//! file claims no standard that it was not checked against.

use std::collections::BTreeMap;

use jiff::Timestamp;
use printpdf::{
    Codepoint, Color, CurTransMat, CustomPdfConformance, DictItem, ExtendedGraphicsState, ExtendedGraphicsStateId,
    ExternalStream, ExternalXObject, FontId, Greyscale, LinePoint, Mm, OffsetDateTime, Op, PaintMode, PdfConformance,
    PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, PdfWarnMsg, Point, Polygon, PolygonRing, Pt, Px,
    Rect, Rgb, TextItem, TextMatrix, WindingOrder, XObject, XObjectId, XObjectTransform,
};

use crate::PaperError;
use crate::affine::{self, Affine};
use crate::display::{Area, Ink, Item, MM_PER_PT, Modules, Outline, Page, Picture, Shape, Stroke, TextLine};
use crate::fonts::{FaceId, FontStack};

/// What the file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Shown by viewers; no personal word belongs here, because print queues show it too.
    pub title: String,
    /// The program and its version.
    pub producer: String,
    /// The moment of the print attempt, whole seconds.
    pub created: Timestamp,
}

/// Writes the pages. The same pages, fonts and meta give the same bytes.
///
/// # Errors
/// [`PaperError::EmbedFace`] for a face that cannot be embedded, [`PaperError::WritePdf`] for what printpdf reports.
pub fn write(pages: &[Page], fonts: &FontStack, meta: &Meta) -> Result<Vec<u8>, PaperError> {
    let mut writer = Writer::new(fonts, meta)?;
    let pages = pages.iter().map(|page| writer.page(page)).collect::<Result<_, _>>()?;
    writer.document.with_pages(pages);
    writer.finish()
}

struct Writer<'a> {
    fonts: &'a FontStack,
    document: PdfDocument,
    /// What each glyph of each embedded copy of a face means. A glyph that stands for two characters in one document
    /// (U+00B7 and U+30FB in some faces) gets a second copy of its face, with a ToUnicode table of its own.
    meanings: BTreeMap<(FaceId, usize), BTreeMap<u16, String>>,
}

impl<'a> Writer<'a> {
    fn new(fonts: &'a FontStack, meta: &Meta) -> Result<Writer<'a>, PaperError> {
        let mut document = PdfDocument::new(&meta.title);
        let created = OffsetDateTime::from_unix_timestamp(meta.created.as_second())
            .map_err(|fault| PaperError::WritePdf { fault: fault.to_owned() })?;
        let about = &mut document.metadata.info;
        about.creation_date = created;
        about.modification_date = created;
        about.metadata_date = created;
        about.producer = meta.producer.clone();
        about.creator = meta.producer.clone();
        // The library's default claims PDF/X. A custom conformance writes neither a profile nor XMP.
        about.conformance = PdfConformance::Custom(CustomPdfConformance {
            allows_jpeg_content: true,
            requires_xmp_metadata: false,
            requires_icc_profile: false,
            ..CustomPdfConformance::default()
        });
        Ok(Writer { fonts, document, meanings: BTreeMap::new() })
    }

    fn page(&mut self, page: &Page) -> Result<PdfPage, PaperError> {
        let mut ops = Vec::new();
        if page.correction != Affine::IDENTITY {
            let matrix = CurTransMat::Raw(page.correction.in_pdf(page.height_mm));
            ops.push(Op::SetTransformationMatrix { matrix });
        }
        for item in &page.items {
            match item {
                Item::Text(line) => self.text(page, line, &mut ops)?,
                Item::Fill { area, ink, .. } => {
                    ops.push(Op::SetFillColor { col: colour(*ink) });
                    ops.push(Op::DrawRectangle { rectangle: rectangle(page, area, PaintMode::Fill) });
                }
                Item::Frame { area, ink, line_mm, .. } => {
                    ops.push(Op::SetOutlineColor { col: colour(*ink) });
                    ops.push(Op::SetOutlineThickness { pt: pt(*line_mm) });
                    ops.push(Op::DrawRectangle { rectangle: rectangle(page, area, PaintMode::Stroke) });
                }
                Item::Modules(modules) => {
                    ops.push(Op::SetFillColor { col: colour(Ink::Black) });
                    ops.push(Op::DrawPolygon { polygon: polygon(page, modules) });
                }
                Item::Picture(picture) => self.picture(page, picture, &mut ops),
                Item::Shape(shape) => {
                    ops.push(Op::SetFillColor { col: colour(shape.ink) });
                    ops.push(Op::DrawPolygon { polygon: outlines(page, shape) });
                }
            }
        }
        Ok(PdfPage::new(Mm(page.width_mm as f32), Mm(page.height_mm as f32), ops))
    }

    fn text(&mut self, page: &Page, line: &TextLine, ops: &mut Vec<Op>) -> Result<(), PaperError> {
        ops.push(Op::SaveGraphicsState);
        if line.opacity_percent < 100 {
            ops.push(Op::LoadGraphicsState { gs: self.opacity(line.opacity_percent) });
        }
        ops.push(Op::StartTextSection);
        ops.push(Op::SetFillColor { col: colour(line.ink) });
        let (sine, cosine) = line.slant_deg.to_radians().sin_cos();
        let mut set_in = None;
        for glyph in &line.glyphs {
            let font = self.font(glyph.face, glyph.gid, &glyph.text)?;
            if set_in.as_ref() != Some(&font) {
                let handle = PdfFontHandle::External(font.clone());
                ops.push(Op::SetFont { font: handle, size: Pt(line.size_pt as f32) });
                set_in = Some(font);
            }
            let x = pt(line.x_mm + glyph.offset_mm * cosine);
            let y = pt(page.height_mm - line.baseline_mm + glyph.offset_mm * sine);
            let matrix = if line.slant_deg == 0.0 {
                TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, x.0, y.0])
            } else {
                TextMatrix::Raw([cosine as f32, sine as f32, -sine as f32, cosine as f32, x.0, y.0])
            };
            ops.push(Op::SetTextMatrix { matrix });
            let shown = Codepoint { gid: glyph.gid, offset: 0.0, cid: Some(glyph.text.clone()) };
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(vec![shown])] });
        }
        ops.push(Op::EndTextSection);
        ops.push(Op::RestoreGraphicsState);
        Ok(())
    }

    /// The embedded copy of a face in which `gid` means `text`.
    fn font(&mut self, face: FaceId, gid: u16, text: &str) -> Result<FontId, PaperError> {
        let mut copy = 0;
        loop {
            let meanings = self.meanings.entry((face, copy)).or_default();
            match meanings.get(&gid) {
                Some(meaning) if meaning != text => copy += 1,
                Some(_) => break,
                None => {
                    meanings.insert(gid, text.to_owned());
                    break;
                }
            }
        }
        let id = font_id(face, copy);
        if !self.document.resources.fonts.map.contains_key(&id) {
            let font = PdfFont::new(self.fonts.embeddable(face)?.clone());
            self.document.resources.fonts.map.insert(id.clone(), font);
        }
        Ok(id)
    }

    fn opacity(&mut self, percent: u8) -> ExtendedGraphicsStateId {
        let id = ExtendedGraphicsStateId(format!("Opacity{percent}"));
        let state = ExtendedGraphicsState::default().with_current_fill_alpha(f32::from(percent) / 100.0);
        self.document.resources.extgstates.map.insert(id.clone(), state);
        id
    }

    /// printpdf decodes and re-encodes an image given as pixels; as a stream of ours it stays the bytes we were given.
    fn picture(&mut self, page: &Page, picture: &Picture, ops: &mut Vec<Op>) {
        let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
        let dict = BTreeMap::from([
            ("Type".to_owned(), name("XObject")),
            ("Subtype".to_owned(), name("Image")),
            ("Width".to_owned(), DictItem::Int(i64::from(picture.width_px))),
            ("Height".to_owned(), DictItem::Int(i64::from(picture.height_px))),
            ("BitsPerComponent".to_owned(), DictItem::Int(8)),
            ("ColorSpace".to_owned(), name(if picture.grey { "DeviceGray" } else { "DeviceRGB" })),
            ("Filter".to_owned(), name("DCTDecode")),
        ]);
        let stream = ExternalStream { dict, content: picture.jpeg.to_vec(), compress: false };
        let (width, height) = (Px(picture.width_px as usize), Px(picture.height_px as usize));
        let object = ExternalXObject { stream, width: Some(width), height: Some(height), dpi: None };
        let id = XObjectId(format!("Picture{}", self.document.resources.xobjects.map.len()));
        self.document.resources.xobjects.map.insert(id.clone(), XObject::External(object));
        ops.push(Op::UseXobject {
            id,
            transform: XObjectTransform {
                translate_x: Some(pt(picture.area.x)),
                translate_y: Some(pt(page.height_mm - picture.area.bottom())),
                scale_x: Some(pt(picture.area.width).0),
                scale_y: Some(pt(picture.area.height).0),
                no_auto_scale: true,
                ..XObjectTransform::default()
            },
        });
    }

    fn finish(self) -> Result<Vec<u8>, PaperError> {
        let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
        let mut warnings: Vec<PdfWarnMsg> = Vec::new();
        let mut file = self.document.to_lopdf_document(&options, &mut warnings);
        if let Some(warning) = warnings.first() {
            return Err(PaperError::WritePdf { fault: warning.msg.clone() });
        }
        let refuse = |fault: String| PaperError::WritePdf { fault };
        // Transparency needs 1.4 and the OpenType font programs 1.6; the library writes 1.3.
        "1.7".clone_into(&mut file.version);
        let about = file
            .trailer
            .get(b"Info")
            .and_then(|about| about.as_reference())
            .map_err(|fault| refuse(fault.to_string()))?;
        let about = file.get_object_mut(about).and_then(|about| about.as_dict_mut());
        about.map_err(|fault| refuse(fault.to_string()))?.remove(b"GTS_PDFXVersion");
        file.compress();

        // The library numbers its documents by a counter of the process. The file's own content is a better name.
        let mut bytes = Vec::new();
        for id in ["0".repeat(32), String::new()] {
            let id = if id.is_empty() { fingerprint(&bytes) } else { id };
            let both = file.trailer.get_mut(b"ID").and_then(|both| both.as_array_mut());
            for part in both.map_err(|fault| refuse(fault.to_string()))? {
                let part = part.as_str_mut().map_err(|fault| refuse(fault.to_string()))?;
                *part = id.clone().into_bytes();
            }
            bytes.clear();
            file.save_to(&mut bytes).map_err(|fault| refuse(fault.to_string()))?;
        }
        Ok(bytes)
    }
}

/// Resource name of an embedded face: six capitals, because the first six letters become the subset tag.
fn font_id(face: FaceId, copy: usize) -> FontId {
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    FontId(['P', 'F', letter(face.0 / 26), letter(face.0), letter(copy / 26), letter(copy)].iter().collect())
}

fn pt(mm: f64) -> Pt {
    Pt((mm / MM_PER_PT) as f32)
}

fn colour(ink: Ink) -> Color {
    match ink {
        Ink::Black => Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None }),
        Ink::Rgb { red, green, blue } => Color::Rgb(Rgb {
            r: f32::from(red) / 255.0,
            g: f32::from(green) / 255.0,
            b: f32::from(blue) / 255.0,
            icc_profile: None,
        }),
    }
}

fn rectangle(page: &Page, area: &Area, mode: PaintMode) -> Rect {
    Rect {
        x: pt(area.x),
        y: pt(page.height_mm - area.bottom()),
        width: pt(area.width),
        height: pt(area.height),
        mode: Some(mode),
        winding_order: None,
    }
}

fn outlines(page: &Page, shape: &Shape) -> Polygon {
    let at = |point: affine::Point, bezier| LinePoint {
        p: Point { x: pt(point.x), y: pt(page.height_mm - point.y) },
        bezier,
    };
    let ring = |outline: &Outline| {
        let mut points = vec![at(outline.start, false)];
        for stroke in &outline.strokes {
            match *stroke {
                Stroke::Line(end) => points.push(at(end, false)),
                // The library wants the handles marked and the end not.
                Stroke::Curve(first, second, end) => {
                    points.extend([at(first, true), at(second, true), at(end, false)]);
                }
            }
        }
        PolygonRing { points }
    };
    let rings = shape.outlines.iter().map(ring).collect();
    Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero }
}

fn polygon(page: &Page, modules: &Modules) -> Polygon {
    let ring = |bar: Area| {
        let corners = [(bar.x, bar.y), (bar.right(), bar.y), (bar.right(), bar.bottom()), (bar.x, bar.bottom())];
        let point = |(x, y)| LinePoint { p: Point { x: pt(x), y: pt(page.height_mm - y) }, bezier: false };
        PolygonRing { points: corners.map(point).to_vec() }
    };
    let rings = modules.bars().into_iter().map(ring).collect();
    Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero }
}

/// 32 hex digits over the file (FNV-1a forwards and backwards): a name, not a proof.
fn fingerprint(bytes: &[u8]) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let forwards = bytes.iter().fold(0xcbf2_9ce4_8422_2325, step);
    let backwards = bytes.iter().rev().fold(0xcbf2_9ce4_8422_2325, step);
    format!("{forwards:016x}{backwards:016x}")
}
