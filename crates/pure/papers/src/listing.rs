//! A sheet of particulars, a table and two signatures on A4: the hand-over list (移交清单) and the application form that is
//! written from the data of a case (D-11). A row is as high as its longest cell, and is never torn between two pages.

use std::fmt;

use serde::Deserialize;

use crate::PaperError;
use crate::display::Page;
use crate::fonts::FontStack;
use crate::setting::Align;
use crate::sheet::{INNER, Inks, Line, MARGIN, SANS, SERIF, Sheet, parse_form};

/// The words and colours that all such sheets share.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    schema: u32,
    sample: String,
    /// Name of the column that counts the rows.
    row: String,
    page: String,
    inks: Inks,
}

/// What stands on one sheet.
#[derive(Clone, Default)]
pub struct ListingContent {
    pub title: String,
    /// Name and value, in order.
    pub particulars: Vec<(String, String)>,
    /// Heading and share of the width; the shares need not come to anything in particular.
    pub columns: Vec<(String, u32)>,
    /// As many cells as there are columns; an empty cell stays empty.
    pub rows: Vec<Vec<String>>,
    /// What stands below the table.
    pub remarks: Vec<String>,
    /// Who signs on the left and on the right, in words.
    pub signatures: (String, String),
    /// Training: every page is marked as a sample.
    pub sample: bool,
}

/// Width of the column that counts, mm.
const COUNT: f64 = 14.0;
/// Between a rule and the words below it, and above the next, mm.
const PADDING: f64 = 2.0;
const GAP: f64 = 3.0;
/// The two lines to sign on, mm.
const SIGNATURES: f64 = 30.0;
const SIZE: f64 = 11.5;

impl Form {
    /// The form this version ships: `fixtures/templates/listing-a4.toml`.
    pub const LISTING_A4: &str = include_str!("../../../../fixtures/templates/listing-a4.toml");

    /// Parses a form strictly.
    ///
    /// # Errors
    /// What is not TOML of this schema, or a colour that is none.
    pub fn parse(text: &str) -> Result<Form, PaperError> {
        parse_form(text, |form: &Form| (form.schema, &form.inks))
    }
}

/// Lays out a sheet on as many pages as it needs.
///
/// # Errors
/// A missing glyph, an empty title, a table without a row, or a text that cannot fit.
pub fn lay_out(content: &ListingContent, form: &Form, fonts: &FontStack) -> Result<Vec<Page>, PaperError> {
    if content.rows.is_empty() || content.columns.is_empty() {
        return Err(PaperError::FillField { field: "rows".to_owned() });
    }
    let mut sheet = Sheet::begin(&form.inks, fonts);
    sheet.title(24.0, &content.title)?;
    for (name, value) in &content.particulars {
        particular(&mut sheet, name, if value.is_empty() { "—" } else { value }, form)?;
    }
    sheet.y += 4.0;
    let columns = columns(content);
    table_head(&mut sheet, &columns, form)?;
    for (place, row) in (1..).zip(&content.rows) {
        self::row(&mut sheet, &columns, place, row, form)?;
    }
    sheet.y += 4.0;
    for remark in &content.remarks {
        let line = Line { field: "remark", x: MARGIN, width: INNER, size: SIZE, ..SERIF };
        let height = sheet.height_of(line, remark)?;
        sheet.make_room(height);
        sheet.flow(line, remark)?;
        sheet.y += height + 1.0;
    }
    sheet.make_room(SIGNATURES);
    sheet.y += 4.0;
    sheet.signatures(&content.signatures.0, &content.signatures.1)?;
    sheet.finish(&form.page, content.sample.then_some(form.sample.as_str()))
}

/// Name and value; a long value runs over several lines.
fn particular(sheet: &mut Sheet<'_>, name: &str, value: &str, form: &Form) -> Result<(), PaperError> {
    const LABEL: f64 = 40.0;
    let line = Line { field: "particular", x: MARGIN + LABEL, width: INNER - LABEL, size: 12.5, ..SERIF };
    let (line, height) = fitted(sheet, line, value).map_err(|fault| called(fault, name))?;
    sheet.make_room(height);
    let label = Line { field: "label", x: MARGIN, width: LABEL - GAP, size: 10.5, ink: form.inks.teal(), ..SANS };
    let label_height = sheet.flow(label, name)?;
    sheet.flow(line, value)?;
    sheet.y += height.max(label_height) + 1.2;
    Ok(())
}

/// The largest size at which every word fits into the width, and the height that the words take, mm. A long number has no
/// place to be broken at.
fn fitted(sheet: &Sheet<'_>, line: Line, words: &str) -> Result<(Line, f64), PaperError> {
    const SMALLER: [f64; 5] = [10.0, 8.5, 7.0, 6.0, 5.0];
    let mut line = line;
    let mut sizes = SMALLER.into_iter();
    loop {
        match (sheet.height_of(line, words), sizes.next()) {
            (Ok(height), _) => return Ok((line, height)),
            (Err(PaperError::FitText { .. }), Some(size)) => line = Line { size, ..line },
            (Err(fault), _) => return Err(fault),
        }
    }
}

/// A missing glyph under the name that the sheet itself gives to the words.
fn called(fault: PaperError, name: &str) -> PaperError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the gate speaks of a field that a person knows by name")]
    match fault {
        PaperError::GlyphMissing { code_point, .. } => PaperError::GlyphMissing { field: name.to_owned(), code_point },
        other => other,
    }
}

/// A column: its heading, where it begins and how wide it is, mm.
struct Column<'a> {
    name: &'a str,
    x: f64,
    width: f64,
}

fn columns(content: &ListingContent) -> Vec<Column<'_>> {
    let shares: u32 = content.columns.iter().map(|(_, share)| *share).sum();
    let room = INNER - COUNT - GAP * content.columns.len() as f64;
    let mut x = MARGIN + COUNT + GAP;
    let mut columns = Vec::new();
    for (name, share) in &content.columns {
        let width = room * f64::from(*share) / f64::from(shares.max(1));
        columns.push(Column { name, x, width });
        x += width + GAP;
    }
    columns
}

fn table_head(sheet: &mut Sheet<'_>, columns: &[Column<'_>], form: &Form) -> Result<(), PaperError> {
    const HEIGHT: f64 = 9.0;
    sheet.band("table_head", HEIGHT);
    let cell = Line { field: "label", height: HEIGHT, size: 10.5, ink: form.inks.teal(), ..SANS };
    sheet.write(Line { x: MARGIN, width: COUNT, align: Align::Centre, ..cell }, &form.row)?;
    for column in columns {
        sheet.write(Line { x: column.x, width: column.width, ..cell }, column.name)?;
    }
    sheet.y += HEIGHT + PADDING;
    Ok(())
}

fn row(
    sheet: &mut Sheet<'_>,
    columns: &[Column<'_>],
    place: u32,
    cells: &[String],
    form: &Form,
) -> Result<(), PaperError> {
    let filled = |column: &Column<'_>| Line { field: "cell", x: column.x, width: column.width, size: SIZE, ..SERIF };
    let mut set = Vec::new();
    let mut height = SIZE * 0.5;
    for (column, words) in columns.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
        let (line, taken) = fitted(sheet, filled(column), words).map_err(|fault| called(fault, column.name))?;
        height = height.max(taken);
        set.push((line, words));
    }
    if sheet.make_room(height) {
        table_head(sheet, columns, form)?;
    }
    let count =
        Line { field: "count", x: MARGIN + 5.0, width: COUNT - 5.0, size: SIZE, ink: form.inks.teal(), ..SERIF };
    sheet.flow(count, &place.to_string())?;
    for (line, words) in set {
        sheet.flow(line, words)?;
    }
    sheet.y += height + PADDING;
    sheet.rule(0.1);
    sheet.y += PADDING;
    Ok(())
}

/// Personal words stay out of logs.
impl fmt::Debug for ListingContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListingContent")
            .field("title", &self.title)
            .field("rows", &self.rows.len())
            .field("sample", &self.sample)
            .finish_non_exhaustive()
    }
}
