//! From TOML to elements. Each element is read on its own, so that an error can say which one it is about.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::art::{self, WrittenArt};
use super::rule::{Rule, WrittenRule};
use super::{Element, ImageField, Layer, Mode, QrField, Side, Source, TemplateFault, Text, What};
use crate::PaperError;
use crate::crop::CropMarks;
use crate::display::{Area, Ink};
use crate::fonts::Role;
use crate::setting::{Align, Fit};
use crate::template::{Field, Template};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: u32,
    id: String,
    sheet: WrittenSheet,
    sample: String,
    reprint: String,
    terms: Vec<String>,
    #[serde(default)]
    inks: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<WrittenRule>,
    side: Vec<WrittenSide>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSheet {
    size: [f64; 2],
    safe: f64,
    #[serde(default)]
    bleed: f64,
    #[serde(default)]
    mode: Mode,
    crop: Option<CropMarks>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSide {
    name: String,
    #[serde(default)]
    rect: Vec<Table>,
    #[serde(default)]
    art: Vec<Table>,
    #[serde(default)]
    image: Vec<Table>,
    #[serde(default)]
    qr: Vec<Table>,
    #[serde(default)]
    text: Vec<Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenText {
    #[expect(dead_code, reason = "read before, so that an error can name the element")]
    id: String,
    #[serde(rename = "box")]
    area: [f64; 4],
    bind: Option<Field>,
    text: Option<String>,
    font: Role,
    size: f64,
    min: Option<f64>,
    #[serde(default = "single_spaced")]
    leading: f64,
    fit: Vec<Fit>,
    #[serde(default)]
    align: Align,
    #[serde(default)]
    from_top: bool,
    ink: String,
    #[serde(default)]
    layer: Layer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenImage {
    #[expect(dead_code, reason = "read before, so that an error can name the element")]
    id: String,
    #[serde(rename = "box")]
    area: [f64; 4],
    bind: ImageField,
    least_dpi: f64,
    frame: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQr {
    #[expect(dead_code, reason = "read before, so that an error can name the element")]
    id: String,
    #[serde(rename = "box")]
    area: [f64; 4],
    bind: QrField,
    dots: u32,
    dpi: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRect {
    #[expect(dead_code, reason = "read before, so that an error can name the element")]
    id: String,
    #[serde(rename = "box")]
    area: [f64; 4],
    ink: String,
    #[serde(default)]
    under: bool,
    #[serde(default)]
    layer: Layer,
}

fn single_spaced() -> f64 {
    1.2
}

pub(super) fn template(text: &str) -> Result<Template, PaperError> {
    let written: Written =
        toml::from_str(text).map_err(|source| PaperError::ParseTemplate { source: Box::new(source) })?;
    if written.schema != 1 {
        return Err(refuse("schema", TemplateFault::Malformed(format!("schema {} is not 1", written.schema))));
    }
    let inks = Inks::parse(&written.inks)?;
    let sides = written.side.into_iter().map(|side| read_side(side, &inks)).collect::<Result<_, _>>()?;
    Ok(Template {
        id: written.id,
        width_mm: written.sheet.size[0],
        height_mm: written.sheet.size[1],
        safe_mm: written.sheet.safe,
        bleed_mm: written.sheet.bleed,
        crop: written.sheet.crop,
        mode: written.sheet.mode,
        rules: written.rule.into_iter().map(Rule::read).collect::<Result<_, _>>()?,
        sides,
        sample_word: written.sample,
        reprint_words: written.reprint,
        terms: written.terms,
    })
}

/// Rectangles come first and artwork next, so that they lie under everything else of their side.
fn read_side(side: WrittenSide, inks: &Inks) -> Result<Side, PaperError> {
    let mut elements = Vec::new();
    for table in side.rect {
        let (id, rect) = element::<WrittenRect>(table)?;
        let what = What::Rect { ink: inks.find(&id, &rect.ink)?, under: rect.under };
        elements.push(Element { id, area: area(rect.area), layer: rect.layer, what });
    }
    for table in side.art {
        let (id, written) = element::<WrittenArt>(table)?;
        let ink = inks.find(&id, &written.ink)?;
        elements.push(art::read(id, written, ink)?);
    }
    for table in side.image {
        let (id, image) = element::<WrittenImage>(table)?;
        let frame = inks.find(&id, &image.frame)?;
        let what = What::Image { bind: image.bind, least_dpi: image.least_dpi, frame };
        elements.push(Element { id, area: area(image.area), layer: Layer::Overlay, what });
    }
    for table in side.qr {
        let (id, qr) = element::<WrittenQr>(table)?;
        elements.push(Element {
            id,
            area: area(qr.area),
            layer: Layer::Overlay,
            what: What::Qr { bind: qr.bind, dots: qr.dots, dpi: qr.dpi },
        });
    }
    for table in side.text {
        let (id, text) = element::<WrittenText>(table)?;
        let source = match (text.bind, text.text) {
            (Some(field), None) => Source::Bound(field),
            (None, Some(fixed)) => Source::Fixed(fixed),
            (None, None) | (Some(_), Some(_)) => return Err(refuse(&id, TemplateFault::Sourceless)),
        };
        let what = What::Text(Text {
            source,
            role: text.font,
            size_pt: text.size,
            least_pt: text.min.unwrap_or(text.size),
            leading: text.leading,
            fit: text.fit,
            align: text.align,
            from_top: text.from_top,
            ink: inks.find(&id, &text.ink)?,
        });
        elements.push(Element { id, area: area(text.area), layer: text.layer, what });
    }
    Ok(Side { name: side.name, elements })
}

fn element<T: DeserializeOwned>(table: Table) -> Result<(String, T), PaperError> {
    let id = table.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    if id.is_empty() {
        return Err(refuse("?", TemplateFault::Nameless));
    }
    match Value::Table(table).try_into() {
        Ok(read) => Ok((id, read)),
        Err(source) => Err(refuse(&id, TemplateFault::Malformed(source.message().to_owned()))),
    }
}

pub(super) fn area([x, y, width, height]: [f64; 4]) -> Area {
    Area { x, y, width, height }
}

pub(crate) fn refuse(element: &str, fault: TemplateFault) -> PaperError {
    PaperError::AcceptElement { element: element.to_owned(), fault }
}

struct Inks(BTreeMap<String, Ink>);

impl Inks {
    fn parse(written: &BTreeMap<String, String>) -> Result<Inks, PaperError> {
        let mut inks = BTreeMap::from([("black".to_owned(), Ink::Black)]);
        for (name, colour) in written {
            let ink = rgb(colour).ok_or_else(|| refuse(name, TemplateFault::MalformedInk))?;
            inks.insert(name.clone(), ink);
        }
        Ok(Inks(inks))
    }

    fn find(&self, element: &str, name: &str) -> Result<Ink, PaperError> {
        self.0.get(name).copied().ok_or_else(|| refuse(element, TemplateFault::UnknownInk(name.to_owned())))
    }
}

/// Reads `#rrggbb`.
pub(crate) fn rgb(text: &str) -> Option<Ink> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).ok();
    Some(Ink::Rgb { red: channel(0)?, green: channel(2)?, blue: channel(4)? })
}
