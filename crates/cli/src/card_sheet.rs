//! `youdai card render --sheet`: several cards on one sheet, from the first cell that is still free.

use std::path::{Path, PathBuf};

use desk::press::render_sheet;
use jiff::Timestamp;
use papers::{CardContent, Imposition};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};
use crate::card::{MadeWith, content, place, read, trouble};

/// Resolution of the pictures, dots per inch: A4 to look at, not to measure.
const PICTURE_DPI: f32 = 150.0;

#[derive(Serialize)]
struct Rendered {
    pdf: String,
    /// One a page: front, back, front, back.
    pages: Vec<String>,
    cards: usize,
    pdf_bytes: usize,
    width_mm: f64,
    height_mm: f64,
}

/// `youdai card render --sheet FILE --start N CASE...`.
pub(crate) fn render(json: bool, cases: &[PathBuf], sheet: (&Path, usize), out: &Path, made_with: MadeWith<'_>) -> End {
    match try_render(cases, sheet, out, made_with) {
        Ok(rendered) => {
            say(json, &rendered, &format!("{}\n{}", rendered.pdf, rendered.pages.join("\n")));
            End::Done
        }
        Err((failure, end)) => fail(json, &failure, end),
    }
}

fn try_render(
    cases: &[PathBuf],
    (sheet, start): (&Path, usize),
    out: &Path,
    made_with: MadeWith<'_>,
) -> Result<Rendered, (Failure, End)> {
    let cards = cases.iter().map(|case| content(case)).collect::<Result<Vec<CardContent>, _>>()?;
    let (template, fonts) = made_with.load()?;
    let sheet = Imposition::parse(&read(sheet)?).map_err(|error| trouble(error.into()))?;
    let ours = |error: papers::PaperError| trouble(error.into());
    // A case file has no moment of its own; a fixed one keeps the bytes the same.
    let pdf = render_sheet(&cards, &template, (&sheet, start), &fonts, Timestamp::UNIX_EPOCH).map_err(trouble)?;
    let count = papers::preview::page_count(&pdf).map_err(ours)?;
    let mut pages = Vec::new();
    for page in 0..count {
        let picture = papers::preview::rasterise(&pdf, page, PICTURE_DPI).map_err(ours)?;
        pages.push(place(out, &format!("sheet-{}.png", page + 1), &picture)?);
    }
    let (width_mm, height_mm) = sheet.sheet_mm();
    let (pdf_bytes, pdf) = (pdf.len(), place(out, "sheet.pdf", &pdf)?);
    Ok(Rendered { pdf, pages, cards: cards.len(), pdf_bytes, width_mm, height_mm })
}
