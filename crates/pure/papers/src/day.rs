//! The sheet of a day's close (日结单) on A4: figures of cases, numbers, blanks and papers, what was counted, and whether it
//! balances.

use serde::Deserialize;

use crate::PaperError;
use crate::display::Page;
use crate::fonts::FontStack;
use crate::sheet::{INNER, Inks, Line, MARGIN, SANS, SERIF, Sheet, parse_form};

/// The words and colours of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    schema: u32,
    title: String,
    sample: String,
    inks: Inks,
    label: Labels,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    number: String,
    window: String,
    day: String,
    period: String,
    closed_at: String,
    clerk: String,
    counted: String,
    result: String,
    reason: String,
    clerk_signature: String,
    person_signature: String,
    page: String,
}

/// What stands on one sheet. Nobody is named on it but who closed the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayContent {
    pub number: String,
    pub window: String,
    pub day: String,
    /// Where the period is longer than the day.
    pub period: Option<String>,
    pub closed_at: String,
    pub clerk: String,
    /// At least one.
    pub groups: Vec<DayGroup>,
    /// What was counted in the drawer; may be empty.
    pub counted: Vec<String>,
    /// That it balances, or each difference; at least one line.
    pub result: Vec<String>,
    pub reason: Option<String>,
    /// Training: every page is marked as a sample.
    pub sample: bool,
}

/// Figures that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayGroup {
    pub name: String,
    /// The sum first, then what is only told.
    pub lines: Vec<String>,
}

/// Height of the head of a group, mm.
const HEAD: f64 = 9.0;
/// Signatures, mm.
const TAIL: f64 = 34.0;

impl Form {
    /// The form this version ships: `fixtures/templates/day-a4.toml`.
    pub const DAY_A4: &str = include_str!("../../../../fixtures/templates/day-a4.toml");

    /// Parses a form strictly.
    ///
    /// # Errors
    /// What is not TOML of this schema, or a colour that is none.
    pub fn parse(text: &str) -> Result<Form, PaperError> {
        parse_form(text, |form: &Form| (form.schema, &form.inks))
    }
}

/// Lays out a sheet on as many pages as it needs. A group is never torn between two pages.
///
/// # Errors
/// A missing glyph, an empty field, no group at all, or a text that cannot fit.
pub fn lay_out(content: &DayContent, form: &Form, fonts: &FontStack) -> Result<Vec<Page>, PaperError> {
    if content.groups.is_empty() || content.result.is_empty() {
        return Err(PaperError::FillField { field: "groups".to_owned() });
    }
    let mut sheet = Sheet::begin(&form.inks, fonts);
    head(&mut sheet, content, form)?;
    for group in &content.groups {
        lines(&mut sheet, form, &group.name, &group.lines)?;
    }
    if !content.counted.is_empty() {
        lines(&mut sheet, form, &form.label.counted, &content.counted)?;
    }
    lines(&mut sheet, form, &form.label.result, &content.result)?;
    if let Some(reason) = &content.reason {
        lines(&mut sheet, form, &form.label.reason, std::slice::from_ref(reason))?;
    }
    sheet.make_room(TAIL);
    sheet.y += 4.0;
    sheet.signatures(&form.label.clerk_signature, &form.label.person_signature)?;
    sheet.finish(&form.label.page, content.sample.then_some(form.sample.as_str()))
}

fn head(sheet: &mut Sheet<'_>, content: &DayContent, form: &Form) -> Result<(), PaperError> {
    sheet.title(26.0, &form.title)?;
    let label = &form.label;
    let mut rows = vec![
        ("number", &label.number, &content.number),
        ("window", &label.window, &content.window),
        ("day", &label.day, &content.day),
    ];
    rows.extend(content.period.as_ref().map(|period| ("period", &label.period, period)));
    rows.extend([("closed_at", &label.closed_at, &content.closed_at), ("clerk", &label.clerk, &content.clerk)]);
    for (field, name, words) in rows {
        sheet.pair(field, name, words)?;
    }
    sheet.y += 4.0;
    Ok(())
}

fn lines(sheet: &mut Sheet<'_>, form: &Form, name: &str, words: &[String]) -> Result<(), PaperError> {
    let line = Line { field: "figures", x: MARGIN + 4.0, width: INNER - 8.0, size: 13.0, ..SERIF };
    let mut height = HEAD + 3.0;
    for one in words {
        height += sheet.height_of(line, one)? + 1.0;
    }
    sheet.make_room(height);
    sheet.band("group", HEAD);
    let cell =
        Line { field: "group", x: MARGIN + 4.0, width: INNER - 8.0, height: HEAD, ink: form.inks.teal(), ..SANS };
    sheet.write(cell, name)?;
    sheet.y += HEAD + 1.5;
    for one in words {
        let taken = sheet.flow(line, one)?;
        sheet.y += taken + 1.0;
    }
    sheet.y += 1.5;
    Ok(())
}
