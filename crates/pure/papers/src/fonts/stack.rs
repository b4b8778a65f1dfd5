//! The font stack: which face draws which character, how wide it is, and where its ink lies.

use std::fmt;
use std::sync::{Arc, OnceLock};

use printpdf::ParsedFont;
use skrifa::charmap::MapVariant;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::Role;
use crate::PaperError;

/// One face as the host loaded it.
#[derive(Clone)]
pub struct Face {
    /// What the face is called in messages.
    pub name: String,
    /// The roles it serves.
    pub roles: Vec<Role>,
    /// The whole font file.
    pub bytes: Arc<[u8]>,
    /// Face inside a collection; 0 for a single font.
    pub index: u32,
}

/// Position of a face in the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub(crate) usize);

/// One glyph of a face together with the text it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    pub face: FaceId,
    pub gid: u16,
    /// The character, with its variation selector if it had one.
    pub text: String,
    /// Advance in ems.
    pub advance: f64,
}

/// Neighbouring glyphs of one face.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub face: FaceId,
    pub glyphs: Vec<Glyph>,
}

/// Where a glyph's ink lies, in ems from its origin on the baseline, y upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InkExtent {
    pub left: f64,
    pub right: f64,
    pub bottom: f64,
    pub top: f64,
}

/// The ordered faces. Opened once; shared by every paper.
pub struct FontStack {
    faces: Vec<Opened>,
}

struct Opened {
    face: Face,
    /// Parsed for embedding the first time a document uses the face: HanaMinB is 30 MB and most names never need it.
    embedded: OnceLock<Option<ParsedFont>>,
    /// The same for documents that are archived.
    archived: OnceLock<Option<krilla::text::Font>>,
}

impl FontStack {
    /// Opens every face.
    ///
    /// # Errors
    /// [`PaperError::OpenFace`] for bytes that are not a font or a collection without that index.
    pub fn new(faces: Vec<Face>) -> Result<FontStack, PaperError> {
        let faces = faces
            .into_iter()
            .map(|face| match FontRef::from_index(&face.bytes, face.index) {
                Ok(_) => Ok(Opened { face, embedded: OnceLock::new(), archived: OnceLock::new() }),
                Err(source) => Err(PaperError::OpenFace { face: face.name, source }),
            })
            .collect::<Result<_, _>>()?;
        Ok(FontStack { faces })
    }

    /// Splits `text` into runs, each character drawn by the first face of `role` that has ink for it.
    ///
    /// # Errors
    /// [`PaperError::GlyphMissing`] with `field` and the code point: the glyph gate.
    pub fn resolve(&self, role: Role, field: &str, text: &str) -> Result<Vec<Run>, PaperError> {
        let mut runs: Vec<Run> = Vec::new();
        for glyph in self.glyphs(role, field, text)? {
            match runs.last_mut() {
                Some(run) if run.face == glyph.face => run.glyphs.push(glyph),
                _ => runs.push(Run { face: glyph.face, glyphs: vec![glyph] }),
            }
        }
        Ok(runs)
    }

    /// The characters of `text` that no face of `role` can draw, in their order, each once. Empty is good.
    pub fn missing(&self, role: Role, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for (base, selector) in clusters(text) {
            if self.glyph(role, base, selector).is_none() {
                let absent = match selector {
                    Some(selector) if self.glyph(role, base, None).is_some() => selector,
                    Some(_) | None => base,
                };
                if !missing.contains(&absent) {
                    missing.push(absent);
                }
            }
        }
        missing
    }

    /// The first face of `role` that has ink for `character`: a code point that is mapped to an empty glyph is not drawn,
    /// unless it is white space.
    pub fn drawn_by(&self, role: Role, character: char) -> Option<FaceId> {
        self.glyph(role, character, None).map(|glyph| glyph.face)
    }

    /// Every face, in the order in which they are asked.
    pub fn faces(&self) -> impl Iterator<Item = FaceId> {
        (0..self.faces.len()).map(FaceId)
    }

    /// Name of a face, for messages and tests.
    pub fn name(&self, face: FaceId) -> &str {
        &self.faces[face.0].face.name
    }

    /// Where the ink of a glyph lies; `None` for a space.
    pub fn ink(&self, face: FaceId, gid: u16) -> Option<InkExtent> {
        let font = self.font(face);
        let mut pen = Extent::default();
        draw(&font, GlyphId::from(gid), &mut pen)?;
        let em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let (left, right, bottom, top) = pen.0?;
        Some(InkExtent {
            left: f64::from(left) / em,
            right: f64::from(right) / em,
            bottom: f64::from(bottom) / em,
            top: f64::from(top) / em,
        })
    }

    pub(crate) fn glyphs(&self, role: Role, field: &str, text: &str) -> Result<Vec<Glyph>, PaperError> {
        clusters(text)
            .map(|(base, selector)| {
                self.glyph(role, base, selector).ok_or_else(|| {
                    let code_point = match selector {
                        Some(selector) if self.glyph(role, base, None).is_some() => selector,
                        Some(_) | None => base,
                    };
                    PaperError::GlyphMissing { field: field.to_owned(), code_point }
                })
            })
            .collect()
    }

    /// The face as the PDF writer embeds it, parsed once.
    pub(crate) fn embeddable(&self, face: FaceId) -> Result<&ParsedFont, PaperError> {
        let opened = &self.faces[face.0];
        opened
            .embedded
            .get_or_init(|| ParsedFont::from_bytes(&opened.face.bytes, opened.face.index as usize, &mut Vec::new()))
            .as_ref()
            .ok_or_else(|| PaperError::EmbedFace { face: opened.face.name.clone() })
    }

    /// The face for a document that is archived.
    pub(crate) fn archivable(&self, face: FaceId) -> Result<krilla::text::Font, PaperError> {
        let opened = &self.faces[face.0];
        let parsed = opened.archived.get_or_init(|| {
            let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(Arc::clone(&opened.face.bytes));
            krilla::text::Font::new(bytes.into(), opened.face.index)
        });
        parsed.clone().ok_or_else(|| PaperError::EmbedFace { face: opened.face.name.clone() })
    }

    fn glyph(&self, role: Role, base: char, selector: Option<char>) -> Option<Glyph> {
        if base.is_control() || is_private_use(base) {
            return None;
        }
        (0..self.faces.len())
            .filter(|place| self.faces[*place].face.roles.contains(&role))
            .find_map(|place| self.glyph_of(FaceId(place), base, selector))
    }

    fn glyph_of(&self, face: FaceId, base: char, selector: Option<char>) -> Option<Glyph> {
        let font = self.font(face);
        let charmap = font.charmap();
        let gid = match selector {
            None => charmap.map(base)?,
            Some(selector) => match charmap.map_variant(base, selector)? {
                MapVariant::UseDefault => charmap.map(base)?,
                MapVariant::Variant(gid) => gid,
            },
        };
        let narrow = u16::try_from(gid.to_u32()).ok().filter(|gid| *gid != 0)?;
        if !base.is_whitespace() {
            let mut pen = Extent::default();
            draw(&font, gid, &mut pen)?;
            pen.0?;
        }
        let em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let advance = font.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(gid)?;
        let mut text = String::from(base);
        text.extend(selector);
        Some(Glyph { face, gid: narrow, text, advance: f64::from(advance) / em })
    }

    fn font(&self, face: FaceId) -> FontRef<'_> {
        let face = &self.faces[face.0].face;
        FontRef::from_index(&face.bytes, face.index).expect("every face was opened when the stack was built")
    }
}

impl fmt::Debug for FontStack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.faces.iter().map(|opened| &opened.face.name)).finish()
    }
}

/// Private-use code points mean nothing by themselves: the same number is another character in another font, so drawing
/// one would put a wrong character on a certificate.
fn is_private_use(character: char) -> bool {
    matches!(u32::from(character), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}

/// Characters of a text, each with the variation selector that follows it.
fn clusters(text: &str) -> impl Iterator<Item = (char, Option<char>)> {
    let mut characters = text.chars().peekable();
    std::iter::from_fn(move || {
        let base = characters.next()?;
        let selector = characters.next_if(|next| matches!(u32::from(*next), 0xFE00..=0xFE0F | 0xE_0100..=0xE_01EF));
        Some((base, selector))
    })
}

fn draw(font: &FontRef<'_>, gid: GlyphId, pen: &mut Extent) -> Option<()> {
    let outline = font.outline_glyphs().get(gid)?;
    outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), pen).ok().map(|_| ())
}

/// A pen that remembers only how far the ink reaches: left, right, bottom, top in font units.
///
/// The ends of every curve and its extremes are what counts; control points are followed on the curve itself.
#[derive(Default)]
struct Extent(Option<(f32, f32, f32, f32)>, (f32, f32));

impl Extent {
    fn reach(&mut self, x: f32, y: f32) {
        self.0 = Some(match self.0 {
            None => (x, x, y, y),
            Some((left, right, bottom, top)) => (left.min(x), right.max(x), bottom.min(y), top.max(y)),
        });
    }

    /// Walks a curve in sixteen steps, which bounds a glyph's extreme within a thousandth of an em.
    fn follow(&mut self, point: impl Fn(f32) -> (f32, f32)) {
        for step in 1..=16 {
            let (x, y) = point(step as f32 / 16.0);
            self.reach(x, y);
        }
    }
}

impl OutlinePen for Extent {
    fn move_to(&mut self, x: f32, y: f32) {
        self.1 = (x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (from_x, from_y) = self.1;
        self.reach(from_x, from_y);
        self.reach(x, y);
        self.1 = (x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (fx, fy) = self.1;
        self.reach(fx, fy);
        self.follow(|t| {
            let u = 1.0 - t;
            (u * u * fx + 2.0 * u * t * cx + t * t * x, u * u * fy + 2.0 * u * t * cy + t * t * y)
        });
        self.1 = (x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (fx, fy) = self.1;
        self.reach(fx, fy);
        self.follow(|t| {
            let u = 1.0 - t;
            let (a, b, c, d) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
            (a * fx + b * ax + c * bx + d * x, a * fy + b * ay + c * by + d * y)
        });
        self.1 = (x, y);
    }

    fn close(&mut self) {}
}
