//! The card: one person's words and photo, laid out by a template.

use std::fmt;
use std::sync::Arc;

use image::{ExtendedColorType, ImageDecoder};

use crate::PaperError;
use crate::display::{Area, Item, Page, Picture};
use crate::fonts::FontStack;
use crate::mark;
use crate::qr;
use crate::setting::{self, TextBox};
use crate::template::{Element, Field, Source, Template, Text, What};

/// What stands on one card. Every text as it is to be read; the caller masks the identity number.
#[derive(Clone, Default)]
pub struct CardContent {
    pub name: String,
    pub sex: String,
    pub ethnicity: String,
    pub birth: String,
    pub id_number: String,
    pub address: String,
    pub card_number: String,
    pub issued_on: String,
    pub issuing_authority: String,
    /// Terms of use, one a line; when empty, the template's own stand on the card.
    pub terms: Vec<String>,
    pub consult_phone: String,
    /// The applicant's one-inch photo as JPEG, embedded byte for byte. `None` leaves its box empty for a glued print.
    pub photo: Option<Arc<[u8]>>,
    /// What the template's QR code says; `None` leaves its place empty, and a template without one ignores it.
    pub credential: Option<Vec<u8>>,
    /// Training: every page is marked as a sample.
    pub sample: bool,
    /// Which reprint this is, counted from 1; `None` for the first print.
    pub reprint: Option<u32>,
}

/// Lays out what is printed on every side of the card: everything, or on a pre-printed blank what it does not bear yet.
///
/// # Errors
/// A missing glyph, an empty field, a text that cannot fit, or a photo that is no JPEG or too coarse. Nothing is laid
/// out in part.
pub fn lay_out(content: &CardContent, template: &Template, fonts: &FontStack) -> Result<Vec<Page>, PaperError> {
    let mut pages = Vec::new();
    for side in &template.sides {
        let mut page = Page::blank(template.width_mm, template.height_mm);
        for element in side.elements.iter().filter(|element| template.prints(element)) {
            if template.shows(&element.id, content) {
                lay_out_element(content, template, fonts, element, &mut page.items)?;
            }
        }
        if content.sample {
            mark::strike(&mut page, &template.sample_word, fonts)?;
        }
        pages.push(page);
    }
    Ok(pages)
}

/// What a pre-printed blank bears already, side by side: for the preview alone, never for the printer. `None` where the
/// blank is blank.
///
/// # Errors
/// As [`lay_out`].
pub fn lay_out_stock(template: &Template, fonts: &FontStack) -> Result<Option<Vec<Page>>, PaperError> {
    if !template.is_overlay() {
        return Ok(None);
    }
    let mut pages = Vec::new();
    for side in &template.sides {
        let mut page = Page::blank(template.width_mm, template.height_mm);
        for element in side.elements.iter().filter(|element| !template.prints(element)) {
            lay_out_element(&CardContent::default(), template, fonts, element, &mut page.items)?;
        }
        pages.push(page);
    }
    Ok(Some(pages))
}

fn lay_out_element(
    content: &CardContent,
    template: &Template,
    fonts: &FontStack,
    element: &Element,
    items: &mut Vec<Item>,
) -> Result<(), PaperError> {
    let id = &element.id;
    match &element.what {
        What::Art { shape } => items.push(Item::Shape(shape.clone())),
        What::Rect { ink, .. } => items.push(Item::Fill { element: id.clone(), area: element.area, ink: *ink }),
        What::Text(text) => {
            let (field, words) = words(content, template, id, text)?;
            let text_box = TextBox {
                element: id,
                field,
                area: element.area,
                role: text.role,
                size_pt: text.size_pt,
                least_pt: text.least_pt,
                leading: text.leading,
                fit: &text.fit,
                align: text.align,
                from_top: text.from_top,
                ink: text.ink,
            };
            items.extend(setting::set(fonts, &text_box, &words)?.into_iter().map(Item::Text));
        }
        What::Image { least_dpi, frame, .. } => items.push(match &content.photo {
            Some(jpeg) => Item::Picture(picture(id, element.area, jpeg, *least_dpi)?),
            None => Item::Frame { element: id.clone(), area: element.area, ink: *frame, line_mm: 0.15 },
        }),
        What::Qr { dots, dpi, .. } => {
            let Some(credential) = content.credential.as_deref() else { return Ok(()) };
            let mut code = qr::modules(id, credential, element.area.x, element.area.y, qr::module_mm(*dots, *dpi))?;
            let side_mm = code.module_mm * code.side as f64;
            code.x_mm += (element.area.width - side_mm) / 2.0;
            code.y_mm += (element.area.height - side_mm) / 2.0;
            if side_mm > element.area.width.min(element.area.height) + 0.001 {
                return Err(PaperError::FitText { field: id.clone() });
            }
            items.push(Item::Modules(code));
        }
    }
    Ok(())
}

/// The name a message uses for a text element, and its words. Only the reprint mark may be empty.
fn words<'a>(
    content: &CardContent,
    template: &Template,
    id: &'a str,
    text: &'a Text,
) -> Result<(&'a str, String), PaperError> {
    let field = match &text.source {
        Source::Fixed(fixed) => return Ok((id, fixed.clone())),
        Source::Bound(field) => *field,
    };
    let words = match field {
        Field::Name => content.name.clone(),
        Field::Sex => content.sex.clone(),
        Field::Ethnicity => content.ethnicity.clone(),
        Field::Birth => content.birth.clone(),
        Field::IdNumber => content.id_number.clone(),
        Field::Address => content.address.clone(),
        Field::CardNumber => content.card_number.clone(),
        Field::IssuedOn => content.issued_on.clone(),
        Field::IssuingAuthority => content.issuing_authority.clone(),
        Field::Terms if content.terms.is_empty() => template.terms.join("\n"),
        Field::Terms => content.terms.join("\n"),
        Field::ConsultPhone => content.consult_phone.clone(),
        Field::Reprint => match content.reprint {
            Some(count) => template.reprint_words.replace("{n}", &count.to_string()),
            None => return Ok((field.name(), String::new())),
        },
    };
    if words.trim().is_empty() {
        return Err(PaperError::FillField { field: field.name().to_owned() });
    }
    Ok((field.name(), words))
}

/// The photo as it will be embedded. Its pixels are looked at only through the JPEG's header.
fn picture(element: &str, area: Area, jpeg: &Arc<[u8]>, least_dpi: f64) -> Result<Picture, PaperError> {
    let refuse = |fault: String| Err(PaperError::PlacePhoto { fault });
    let decoder = match image::codecs::jpeg::JpegDecoder::new(std::io::Cursor::new(&jpeg[..])) {
        Ok(decoder) => decoder,
        Err(source) => return refuse(format!("it is not a JPEG ({source})")),
    };
    let (width_px, height_px) = decoder.dimensions();
    let colour = decoder.original_color_type();
    let grey = colour == ExtendedColorType::L8;
    if !grey && colour != ExtendedColorType::Rgb8 {
        return refuse("it is neither grey nor RGB".to_owned());
    }
    let dpi = f64::from(width_px) / area.width * 25.4;
    if dpi < least_dpi {
        return refuse(format!("{dpi:.0} dpi in its box, at least {least_dpi:.0} are needed"));
    }
    let stretch = (f64::from(width_px) / f64::from(height_px)) / (area.width / area.height);
    if (stretch - 1.0).abs() > 0.01 {
        return refuse(format!("{width_px} x {height_px} pixels would be distorted in its box"));
    }
    Ok(Picture { element: element.to_owned(), area, jpeg: Arc::clone(jpeg), width_px, height_px, grey })
}

/// Personal words stay out of logs.
impl fmt::Debug for CardContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardContent")
            .field("sample", &self.sample)
            .field("reprint", &self.reprint)
            .finish_non_exhaustive()
    }
}
