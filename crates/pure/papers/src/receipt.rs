//! The receipt list (收文清单) on A4: what was received, what went back, and where to ask. Set large, for old eyes.

use std::fmt;

use serde::Deserialize;

use crate::PaperError;
use crate::display::{Area, Ink, Item, Page};
use crate::fonts::{FontStack, Role};
use crate::mark;
use crate::qr;
use crate::setting::{self, Align, Fit, TextBox};
use crate::template::{TemplateFault, parse_rgb};

/// The words and colours of the receipt list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    schema: u32,
    title: String,
    sample: String,
    advice: String,
    inks: Inks,
    label: Labels,
    handling: HandlingWords,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inks {
    teal: String,
    mist: String,
    grey: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    number: String,
    window: String,
    item: String,
    item_code: String,
    applicant: String,
    agent: String,
    accepted_at: String,
    due: String,
    row: String,
    material: String,
    handling: String,
    consult_phone: String,
    clerk_signature: String,
    person_signature: String,
    page: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct HandlingWords {
    returned: String,
    kept: String,
    glued: String,
}

/// What stands on one receipt list. The caller masks the persons.
#[derive(Clone, Default)]
pub struct ReceiptContent {
    /// Also in the QR code, as it is.
    pub number: String,
    pub window: String,
    pub item: String,
    pub item_code: String,
    pub applicant: String,
    pub agent: Option<String>,
    pub accepted_at: String,
    /// The end of the 30 minutes at a village window.
    pub due: Option<String>,
    pub materials: Vec<ReceiptLine>,
    pub consult_phone: String,
    /// Training: every page is marked as a sample.
    pub sample: bool,
}

/// One material on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptLine {
    pub name: String,
    pub handling: Handling,
}

/// What became of the paper (domain 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// Scanned, and the original given back.
    Returned,
    /// Kept for the archive.
    Kept,
    /// Glued onto the card.
    Glued,
}

const WIDTH: f64 = 210.0;
const HEIGHT: f64 = 297.0;
const MARGIN: f64 = 20.0;
const INNER: f64 = WIDTH - 2.0 * MARGIN;
/// Below this the footer stands.
const LOWEST: f64 = 276.0;
const ROW: f64 = 10.5;
/// Advice, phone and signatures.
const TAIL: f64 = 62.0;

impl Form {
    /// The form this version ships: `fixtures/templates/receipt-a4.toml`.
    pub const RECEIPT_A4: &str = include_str!("../../../../fixtures/templates/receipt-a4.toml");

    /// Parses a form strictly.
    pub fn parse(text: &str) -> Result<Form, PaperError> {
        let form: Form =
            toml::from_str(text).map_err(|source| PaperError::ParseTemplate { source: Box::new(source) })?;
        let refuse = |element: &str, fault| Err(PaperError::AcceptElement { element: element.to_owned(), fault });
        if form.schema != 1 {
            return refuse("schema", TemplateFault::Malformed(format!("schema {} is not 1", form.schema)));
        }
        for (name, colour) in [("teal", &form.inks.teal), ("mist", &form.inks.mist), ("grey", &form.inks.grey)] {
            if parse_rgb(colour).is_none() {
                return refuse(name, TemplateFault::MalformedInk);
            }
        }
        Ok(form)
    }

    fn ink(&self, colour: &str) -> Ink {
        parse_rgb(colour).expect("every colour was read when the form was parsed")
    }
}

/// Lays out the list on as many pages as it needs.
///
/// # Errors
/// A missing glyph, an empty field, or a text that cannot fit.
pub fn lay_out(content: &ReceiptContent, form: &Form, fonts: &FontStack) -> Result<Vec<Page>, PaperError> {
    let mut sheet = Sheet { form, fonts, pages: Vec::new(), y: 0.0 };
    sheet.head(content)?;
    sheet.particulars(content)?;
    sheet.materials(&content.materials)?;
    sheet.tail(content)?;
    let Sheet { mut pages, .. } = sheet;
    let count = pages.len();
    for (place, page) in pages.iter_mut().enumerate() {
        footer(page, place + 1, count, form, fonts)?;
        if content.sample {
            mark::strike(page, &form.sample, fonts)?;
        }
    }
    Ok(pages)
}

/// The pages so far, and how far down the last one is filled.
struct Sheet<'a> {
    form: &'a Form,
    fonts: &'a FontStack,
    pages: Vec<Page>,
    y: f64,
}

impl Sheet<'_> {
    fn head(&mut self, content: &ReceiptContent) -> Result<(), PaperError> {
        self.begin_page();
        let teal = self.form.ink(&self.form.inks.teal);
        let title = self.form.title.clone();
        self.write(
            Line { field: "title", x: MARGIN, width: 120.0, height: 14.0, size: 28.0, ink: teal, ..SERIF },
            &title,
        )?;
        // Eight dots of a 300 dpi printer: a module of 0.68 mm, which a phone reads at arm's length.
        let module = qr::module_mm(8, 300.0);
        let mut code = qr::modules("number", content.number.as_bytes(), 0.0, MARGIN, module)?;
        code.x_mm = WIDTH - MARGIN - module * code.side as f64;
        let below = MARGIN + module * code.side as f64 + 4.0;
        self.push(Item::Modules(code));
        self.y = below.max(MARGIN + 18.0);
        self.rule(0.3);
        self.y += 5.0;
        Ok(())
    }

    fn particulars(&mut self, content: &ReceiptContent) -> Result<(), PaperError> {
        let label = self.form.label.clone();
        let mut rows = vec![
            ("number", label.number, content.number.clone()),
            ("window", label.window, content.window.clone()),
            ("item", label.item, content.item.clone()),
            ("item_code", label.item_code, content.item_code.clone()),
            ("applicant", label.applicant, content.applicant.clone()),
        ];
        rows.extend(content.agent.clone().map(|agent| ("agent", label.agent, agent)));
        rows.push(("accepted_at", label.accepted_at, content.accepted_at.clone()));
        rows.extend(content.due.clone().map(|due| ("due", label.due, due)));
        for (field, name, words) in rows {
            self.pair(field, &name, &words)?;
        }
        self.y += 5.0;
        Ok(())
    }

    fn pair(&mut self, field: &'static str, name: &str, words: &str) -> Result<(), PaperError> {
        let teal = self.form.ink(&self.form.inks.teal);
        self.write(Line { field: "label", x: MARGIN, width: 34.0, height: 9.0, ink: teal, ..SANS }, name)?;
        self.write(Line { field, x: MARGIN + 36.0, width: INNER - 36.0, height: 9.0, size: 14.0, ..SERIF }, words)?;
        self.y += 9.0;
        Ok(())
    }

    fn materials(&mut self, materials: &[ReceiptLine]) -> Result<(), PaperError> {
        if materials.is_empty() {
            return Err(PaperError::FillField { field: "materials".to_owned() });
        }
        self.table_head()?;
        for (place, line) in materials.iter().enumerate() {
            if self.y + ROW > LOWEST {
                self.begin_page();
                self.table_head()?;
            }
            let words = match line.handling {
                Handling::Returned => self.form.handling.returned.clone(),
                Handling::Kept => self.form.handling.kept.clone(),
                Handling::Glued => self.form.handling.glued.clone(),
            };
            self.row(&(place + 1).to_string(), &line.name, &words, SERIF)?;
            self.rule(0.1);
        }
        self.y += 6.0;
        Ok(())
    }

    fn table_head(&mut self) -> Result<(), PaperError> {
        let area = Area { x: MARGIN, y: self.y, width: INNER, height: ROW };
        let mist = self.form.ink(&self.form.inks.mist);
        self.push(Item::Fill { element: "table_head".to_owned(), area, ink: mist });
        let label = self.form.label.clone();
        let teal = self.form.ink(&self.form.inks.teal);
        self.row(&label.row, &label.material, &label.handling, Line { ink: teal, ..SANS })
    }

    fn row(&mut self, number: &str, name: &str, handling: &str, style: Line) -> Result<(), PaperError> {
        let cell = Line { field: "material", height: ROW, ..style };
        self.write(Line { x: MARGIN, width: 18.0, align: Align::Centre, ..cell }, number)?;
        self.write(Line { x: MARGIN + 20.0, width: 104.0, ..cell }, name)?;
        self.write(Line { x: MARGIN + 128.0, width: INNER - 130.0, ..cell }, handling)?;
        self.y += ROW;
        Ok(())
    }

    fn tail(&mut self, content: &ReceiptContent) -> Result<(), PaperError> {
        if self.y + TAIL > LOWEST {
            self.begin_page();
        }
        let form = self.form;
        let (teal, mist) = (form.ink(&form.inks.teal), form.ink(&form.inks.mist));
        self.write(Line { field: "advice", x: MARGIN, width: INNER, height: 13.0, size: 13.0, ..SERIF }, &form.advice)?;
        self.y += 16.0;
        let area = Area { x: MARGIN, y: self.y, width: INNER, height: 14.0 };
        self.push(Item::Fill { element: "phone_band".to_owned(), area, ink: mist });
        let label = Line { field: "label", x: MARGIN + 5.0, width: 34.0, height: 14.0, ink: teal, ..SANS };
        self.write(label, &form.label.consult_phone)?;
        let phone =
            Line { field: "consult_phone", x: MARGIN + 41.0, width: INNER - 46.0, height: 14.0, size: 18.0, ..SERIF };
        self.write(phone, &content.consult_phone)?;
        self.y += 22.0;
        for (x, words) in [(MARGIN, &form.label.clerk_signature), (MARGIN + 88.0, &form.label.person_signature)] {
            self.write(Line { field: "label", x, width: 82.0, height: 7.0, ink: teal, ..SANS }, words)?;
            let area = Area { x, y: self.y + 20.0, width: 74.0, height: 0.2 };
            self.push(Item::Fill { element: "signature".to_owned(), area, ink: teal });
        }
        self.y += 24.0;
        Ok(())
    }

    fn begin_page(&mut self) {
        self.pages.push(Page { width_mm: WIDTH, height_mm: HEIGHT, items: Vec::new() });
        self.y = MARGIN;
    }

    fn rule(&mut self, height: f64) {
        let teal = self.form.ink(&self.form.inks.teal);
        let area = Area { x: MARGIN, y: self.y, width: INNER, height };
        self.push(Item::Fill { element: "rule".to_owned(), area, ink: teal });
    }

    fn write(&mut self, line: Line, words: &str) -> Result<(), PaperError> {
        for item in set(line, self.y, words, self.fonts)? {
            self.push(item);
        }
        Ok(())
    }

    fn push(&mut self, item: Item) {
        self.pages.last_mut().expect("the head begins the first page").items.push(item);
    }
}

/// A box for words at the current height; two lines at most, down to two thirds of the size.
#[derive(Clone, Copy)]
struct Line {
    field: &'static str,
    x: f64,
    width: f64,
    height: f64,
    role: Role,
    size: f64,
    align: Align,
    ink: Ink,
}

const SERIF: Line = Line {
    field: "",
    x: 0.0,
    width: 0.0,
    height: 0.0,
    role: Role::Serif,
    size: 13.0,
    align: Align::Left,
    ink: Ink::Black,
};
const SANS: Line = Line { role: Role::Sans, size: 11.5, ..SERIF };

fn set(line: Line, y: f64, words: &str, fonts: &FontStack) -> Result<Vec<Item>, PaperError> {
    if words.trim().is_empty() {
        return Err(PaperError::FillField { field: line.field.to_owned() });
    }
    let text_box = TextBox {
        element: line.field,
        field: line.field,
        area: Area { x: line.x, y, width: line.width, height: line.height },
        role: line.role,
        size_pt: line.size,
        least_pt: line.size * 2.0 / 3.0,
        leading: 1.15,
        fit: &[Fit::TwoLines, Fit::Shrink, Fit::Error],
        align: line.align,
        from_top: false,
        ink: line.ink,
    };
    Ok(setting::set(fonts, &text_box, words)?.into_iter().map(Item::Text).collect())
}

fn footer(page: &mut Page, number: usize, count: usize, form: &Form, fonts: &FontStack) -> Result<(), PaperError> {
    let words = form.label.page.replace("{page}", &number.to_string()).replace("{pages}", &count.to_string());
    let grey = form.ink(&form.inks.grey);
    let line = Line {
        field: "page",
        x: MARGIN,
        width: INNER,
        height: 6.0,
        size: 9.0,
        align: Align::Centre,
        ink: grey,
        ..SANS
    };
    page.items.extend(set(line, HEIGHT - 17.0, &words, fonts)?);
    Ok(())
}

/// Personal words stay out of logs.
impl fmt::Debug for ReceiptContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiptContent")
            .field("number", &self.number)
            .field("sample", &self.sample)
            .finish_non_exhaustive()
    }
}
