//! The slips on A4: why an application is not taken (不予收件告知书) or was not approved (不予办理告知书), or all that is still
//! to be put right (一次性告知单). Every line says how to mend it and where the reason comes from.

use std::fmt;

use serde::Deserialize;

use crate::PaperError;
use crate::display::Page;
use crate::fonts::FontStack;
use crate::sheet::{INNER, Inks, Line, MARGIN, SERIF, Sheet, parse_form};

/// The words and colours of the slips.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    schema: u32,
    sample: String,
    inks: Inks,
    lead: Leads,
    label: Labels,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Leads {
    refusal: String,
    rejection: String,
    notice: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    number: String,
    window: String,
    item: String,
    item_code: String,
    applicant: String,
    issued_on: String,
    clerk: String,
    remedy: String,
    basis: String,
    consult_phone: String,
    clerk_signature: String,
    person_signature: String,
    page: String,
}

/// Which of the slips it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// 不予收件告知书.
    Refusal,
    /// 不予办理告知书: the application was received, and the department did not approve it.
    Rejection,
    /// 一次性告知单.
    Gaps,
}

/// What stands on one slip. The caller masks the person.
#[derive(Clone)]
pub struct SlipContent {
    pub tells: Tells,
    pub title: String,
    pub number: String,
    pub window: String,
    pub item: String,
    pub item_code: String,
    /// `None` when nobody's card was read.
    pub applicant: Option<String>,
    pub issued_on: String,
    pub clerk: String,
    /// At least one.
    pub lines: Vec<SlipLine>,
    pub consult_phone: String,
    /// What the person signs to have read.
    pub acknowledgement: String,
    /// Training: every page is marked as a sample.
    pub sample: bool,
}

/// One reason.
#[derive(Clone, PartialEq, Eq)]
pub struct SlipLine {
    /// What is wrong, with the paper it is about.
    pub what: String,
    pub remedy: String,
    pub basis: String,
}

/// From the number of a line to its words, mm.
const INDENT: f64 = 12.0;
/// Acknowledgement, phone and signatures, mm.
const TAIL: f64 = 58.0;

impl Form {
    /// The form this version ships: `fixtures/templates/slip-a4.toml`.
    pub const SLIP_A4: &str = include_str!("../../../../fixtures/templates/slip-a4.toml");

    /// Parses a form strictly.
    ///
    /// # Errors
    /// What is not TOML of this schema, or a colour that is none.
    pub fn parse(text: &str) -> Result<Form, PaperError> {
        parse_form(text, |form: &Form| (form.schema, &form.inks))
    }
}

/// Lays out a slip on as many pages as it needs. A line is never torn between two pages.
///
/// # Errors
/// A missing glyph, an empty field, no line at all, or a text that cannot fit.
pub fn lay_out(content: &SlipContent, form: &Form, fonts: &FontStack) -> Result<Vec<Page>, PaperError> {
    if content.lines.is_empty() {
        return Err(PaperError::FillField { field: "lines".to_owned() });
    }
    let mut sheet = Sheet::begin(&form.inks, fonts);
    head(&mut sheet, content, form)?;
    for (place, line) in content.lines.iter().enumerate() {
        reason(&mut sheet, place + 1, line, form)?;
    }
    tail(&mut sheet, content, form)?;
    sheet.finish(&form.label.page, content.sample.then_some(form.sample.as_str()))
}

fn head(sheet: &mut Sheet<'_>, content: &SlipContent, form: &Form) -> Result<(), PaperError> {
    sheet.title(26.0, &content.title)?;
    let label = &form.label;
    let item = format!("{}　{} {}", content.item, label.item_code, content.item_code);
    let mut rows = vec![("number", &label.number, &content.number)];
    rows.extend(content.applicant.as_ref().map(|applicant| ("applicant", &label.applicant, applicant)));
    rows.extend([
        ("item", &label.item, &item),
        ("window", &label.window, &content.window),
        ("clerk", &label.clerk, &content.clerk),
        ("issued_on", &label.issued_on, &content.issued_on),
    ]);
    for (field, name, words) in rows {
        sheet.pair(field, name, words)?;
    }
    sheet.y += 4.0;
    let lead = match content.tells {
        Tells::Refusal => &form.lead.refusal,
        Tells::Rejection => &form.lead.rejection,
        Tells::Gaps => &form.lead.notice,
    };
    let height = sheet.flow(Line { field: "lead", x: MARGIN, width: INNER, size: 14.0, ..SERIF }, lead)?;
    sheet.y += height + 4.0;
    Ok(())
}

fn reason(sheet: &mut Sheet<'_>, number: usize, line: &SlipLine, form: &Form) -> Result<(), PaperError> {
    let column = |field, size| Line { field, x: MARGIN + INDENT, width: INNER - INDENT, size, ..SERIF };
    let remedy = format!("{}：{}（{}：{}）", form.label.remedy, line.remedy, form.label.basis, line.basis);
    let parts = [(column("what", 14.0), line.what.as_str()), (column("remedy", 12.0), remedy.as_str())];
    let mut height = 0.0;
    for (style, words) in parts {
        height += sheet.height_of(style, words)? + 1.0;
    }
    sheet.make_room(height);
    let count = Line { field: "count", x: MARGIN, width: INDENT, size: 14.0, ink: form.inks.teal(), ..SERIF };
    sheet.flow(count, &format!("{number}."))?;
    for (style, words) in parts {
        let taken = sheet.flow(style, words)?;
        sheet.y += taken + 1.0;
    }
    sheet.y += 1.0;
    sheet.rule(0.1);
    sheet.y += 2.5;
    Ok(())
}

fn tail(sheet: &mut Sheet<'_>, content: &SlipContent, form: &Form) -> Result<(), PaperError> {
    sheet.make_room(TAIL);
    sheet.y += 2.0;
    sheet.phone(&form.label.consult_phone, &content.consult_phone)?;
    let line = Line { field: "acknowledgement", x: MARGIN, width: INNER, size: 13.0, ..SERIF };
    let height = sheet.flow(line, &content.acknowledgement)?;
    sheet.y += height + 3.0;
    sheet.signatures(&form.label.clerk_signature, &form.label.person_signature)
}

/// Personal words stay out of logs.
impl fmt::Debug for SlipContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SlipContent")
            .field("number", &self.number)
            .field("sample", &self.sample)
            .finish_non_exhaustive()
    }
}
