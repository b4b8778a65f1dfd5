//! The receipt list (收文清单) on A4: what was received, what went back, and where to ask. Set large, for old eyes.

use std::fmt;

use serde::Deserialize;

use crate::PaperError;
use crate::display::{Item, Page};
use crate::fonts::FontStack;
use crate::qr;
use crate::setting::Align;
use crate::sheet::{INNER, Inks, Line, MARGIN, SANS, SERIF, Sheet, WIDTH, parse_form};

/// The words and colours of the receipt list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    schema: u32,
    title: String,
    sample: String,
    /// The mark of a reprint; `{n}` stands for its count.
    reprint: String,
    advice: String,
    inks: Inks,
    label: Labels,
    handling: HandlingWords,
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
    remark: String,
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
    to_return: String,
    reused: String,
    kept: String,
    glued: String,
    /// `{until}` is the day.
    promised: String,
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
    /// What has to be known besides, for example that an identity was typed and not verified. May be empty.
    pub remarks: Vec<String>,
    pub materials: Vec<ReceiptLine>,
    pub consult_phone: String,
    /// Training: every page is marked as a sample.
    pub sample: bool,
    /// A reprint (补打), counted from 1.
    pub reprint: Option<u16>,
}

/// One material on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptLine {
    pub name: String,
    pub handling: Handling,
}

/// What became of the paper (domain 1.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handling {
    /// Scanned, and the original given back.
    Returned,
    /// Scanned; the original is still here and goes back.
    ToReturn,
    /// A page of an earlier case stands in for it: no paper was handed in.
    Reused,
    /// Kept for the archive.
    Kept,
    /// Glued onto the card.
    Glued,
    /// Not handed in yet, and promised until this day (容缺).
    Promised { until: String },
}

const ROW: f64 = 10.5;
/// Advice, phone and signatures.
const TAIL: f64 = 62.0;

impl Form {
    /// The form this version ships: `fixtures/templates/receipt-a4.toml`.
    pub const RECEIPT_A4: &str = include_str!("../../../../fixtures/templates/receipt-a4.toml");

    /// Parses a form strictly.
    ///
    /// # Errors
    /// What is not TOML of this schema, or a colour that is none.
    pub fn parse(text: &str) -> Result<Form, PaperError> {
        parse_form(text, |form: &Form| (form.schema, &form.inks))
    }
}

/// Lays out the list on as many pages as it needs.
///
/// # Errors
/// A missing glyph, an empty field, or a text that cannot fit.
pub fn lay_out(content: &ReceiptContent, form: &Form, fonts: &FontStack) -> Result<Vec<Page>, PaperError> {
    let mut list = List { form, sheet: Sheet::begin(&form.inks, fonts) };
    list.head(content)?;
    list.particulars(content)?;
    list.materials(&content.materials)?;
    list.tail(content)?;
    list.sheet.finish(&form.label.page, content.sample.then_some(form.sample.as_str()))
}

/// The list on its sheet.
struct List<'a> {
    form: &'a Form,
    sheet: Sheet<'a>,
}

impl List<'_> {
    fn head(&mut self, content: &ReceiptContent) -> Result<(), PaperError> {
        let teal = self.form.inks.teal();
        let title = self.form.title.clone();
        self.sheet.write(
            Line { field: "title", x: MARGIN, width: 120.0, height: 14.0, size: 28.0, ink: teal, ..SERIF },
            &title,
        )?;
        if let Some(count) = content.reprint {
            let words = self.form.reprint.replace("{n}", &count.to_string());
            self.sheet.y += 15.0;
            self.sheet
                .write(Line { field: "reprint", x: MARGIN, width: 60.0, height: 9.0, size: 16.0, ..SERIF }, &words)?;
            self.sheet.y -= 15.0;
        }
        // Eight dots of a 300 dpi printer: a module of 0.68 mm, which a phone reads at arm's length.
        let module = qr::module_mm(8, 300.0);
        let mut code = qr::modules("number", content.number.as_bytes(), 0.0, MARGIN, module)?;
        code.x_mm = WIDTH - MARGIN - module * code.side as f64;
        let below = MARGIN + module * code.side as f64 + 4.0;
        self.sheet.push(Item::Modules(code));
        self.sheet.y = below.max(MARGIN + 18.0);
        self.sheet.rule(0.3);
        self.sheet.y += 5.0;
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
        rows.extend(content.remarks.iter().map(|remark| ("remark", label.remark.clone(), remark.clone())));
        for (field, name, words) in rows {
            self.sheet.pair(field, &name, &words)?;
        }
        self.sheet.y += 5.0;
        Ok(())
    }

    fn materials(&mut self, materials: &[ReceiptLine]) -> Result<(), PaperError> {
        if materials.is_empty() {
            return Err(PaperError::FillField { field: "materials".to_owned() });
        }
        self.table_head()?;
        for (place, line) in materials.iter().enumerate() {
            if self.sheet.make_room(ROW) {
                self.table_head()?;
            }
            let words = match &line.handling {
                Handling::Returned => self.form.handling.returned.clone(),
                Handling::ToReturn => self.form.handling.to_return.clone(),
                Handling::Reused => self.form.handling.reused.clone(),
                Handling::Promised { until } => self.form.handling.promised.replace("{until}", until),
                Handling::Kept => self.form.handling.kept.clone(),
                Handling::Glued => self.form.handling.glued.clone(),
            };
            self.row(&(place + 1).to_string(), &line.name, &words, SERIF)?;
            self.sheet.rule(0.1);
        }
        self.sheet.y += 6.0;
        Ok(())
    }

    fn table_head(&mut self) -> Result<(), PaperError> {
        self.sheet.band("table_head", ROW);
        let label = self.form.label.clone();
        let teal = self.form.inks.teal();
        self.row(&label.row, &label.material, &label.handling, Line { ink: teal, ..SANS })
    }

    fn row(&mut self, number: &str, name: &str, handling: &str, style: Line) -> Result<(), PaperError> {
        let cell = Line { field: "material", height: ROW, ..style };
        self.sheet.write(Line { x: MARGIN, width: 18.0, align: Align::Centre, ..cell }, number)?;
        self.sheet.write(Line { x: MARGIN + 20.0, width: 104.0, ..cell }, name)?;
        self.sheet.write(Line { x: MARGIN + 128.0, width: INNER - 130.0, ..cell }, handling)?;
        self.sheet.y += ROW;
        Ok(())
    }

    fn tail(&mut self, content: &ReceiptContent) -> Result<(), PaperError> {
        self.sheet.make_room(TAIL);
        let form = self.form;
        let advice = Line { field: "advice", x: MARGIN, width: INNER, height: 13.0, size: 13.0, ..SERIF };
        self.sheet.write(advice, &form.advice)?;
        self.sheet.y += 16.0;
        self.sheet.phone(&form.label.consult_phone, &content.consult_phone)?;
        self.sheet.signatures(&form.label.clerk_signature, &form.label.person_signature)
    }
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
