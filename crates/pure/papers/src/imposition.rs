//! Several cards on one sheet (拼版), as data: where the cells are, and the marks by which they are cut apart.
//!
//! The sheets come out as the printer takes them: front, back, front, back. Backs are mirrored for a sheet that is turned
//! about its long edge.

use serde::Deserialize;

use crate::PaperError;
use crate::crop::CropMarks;
use crate::display::{Area, Page};
use crate::template::{Template, TemplateFault, refuse};

/// A sheet of cells that passed every check.
#[derive(Debug, Clone, PartialEq)]
pub struct Imposition {
    id: String,
    width_mm: f64,
    height_mm: f64,
    cells: Vec<Area>,
    crop: CropMarks,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: u32,
    id: String,
    sheet: WrittenSheet,
    cells: WrittenCells,
    crop: CropMarks,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSheet {
    size: [f64; 2],
    safe: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCells {
    size: [f64; 2],
    at: [f64; 2],
    columns: u32,
    rows: u32,
    gap: [f64; 2],
}

impl Imposition {
    /// Ten cards of 85.6 x 54 mm on A4: `fixtures/templates/sheet-a4-ten.toml`.
    pub const SHEET_A4_TEN: &str = include_str!("../../../../fixtures/templates/sheet-a4-ten.toml");

    /// Parses a sheet strictly.
    ///
    /// # Errors
    /// What is not TOML of this schema; cells or crop marks that reach into the edge no printer reaches; no cell at all.
    pub fn parse(text: &str) -> Result<Imposition, PaperError> {
        let Written { schema, id, sheet, cells, crop } =
            toml::from_str(text).map_err(|source| PaperError::ParseTemplate { source: Box::new(source) })?;
        if schema != 1 {
            return Err(refuse("schema", TemplateFault::Malformed(format!("schema {schema} is not 1"))));
        }
        crop.check(0.0)?;
        let most = 1..=40;
        if !most.contains(&cells.columns) || !most.contains(&cells.rows) {
            return Err(refuse("cells", TemplateFault::Cells));
        }
        if !(cells.size.iter().all(|mm| *mm > 0.0) && cells.gap.iter().all(|mm| *mm >= 0.0)) {
            return Err(refuse("cells", TemplateFault::Flat));
        }
        let [width_mm, height_mm] = sheet.size;
        let placed = places(&cells);
        let reach = crop.reach();
        let safe = Area { x: 0.0, y: 0.0, width: width_mm, height: height_mm }.grown(-sheet.safe);
        if let Some(cell) = placed.iter().position(|cell| !safe.contains(&cell.grown(reach))) {
            return Err(refuse(&format!("cell {}", cell + 1), TemplateFault::OutsideSafeArea));
        }
        Ok(Imposition { id, width_mm, height_mm, cells: placed, crop })
    }

    /// The sheet's own name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Width and height of the sheet in millimetres.
    pub fn sheet_mm(&self) -> (f64, f64) {
        (self.width_mm, self.height_mm)
    }

    /// The cells, row by row from the top left, as they lie on the front.
    pub fn cells(&self) -> &[Area] {
        &self.cells
    }

    /// Where a cell lies on the back of the sheet.
    pub fn behind(&self, cell: Area) -> Area {
        Area { x: self.width_mm - cell.right(), ..cell }
    }

    /// Puts cards on sheets, the first into cell `start` (from 1) of the first sheet: what is left of a sheet that was used
    /// before is used up. `cards` are pages of [`crate::card::lay_out`], for each card as many as the template has sides.
    ///
    /// # Errors
    /// A start that is no cell, or a card that is not as large as a cell or bleeds beyond its gap.
    pub fn impose(&self, cards: &[Vec<Page>], start: usize, template: &Template) -> Result<Vec<Page>, PaperError> {
        let before = start.checked_sub(1).filter(|before| *before < self.cells.len());
        let before = before.ok_or_else(|| refuse("start", TemplateFault::NoCell(self.cells.len())))?;
        let (width, height) = template.sheet_mm();
        for (number, cell) in (1..).zip(&self.cells) {
            let same = (cell.width - width).abs() < 0.001 && (cell.height - height).abs() < 0.001;
            if !same {
                return Err(refuse(&format!("cell {number}"), TemplateFault::OtherSize));
            }
            let bled = cell.grown(template.bleed_mm());
            if self.cells.iter().any(|other| other != cell && other.overlaps(&bled)) {
                return Err(refuse(&format!("cell {number}"), TemplateFault::BleedsOver));
            }
        }
        let sides = template.sides();
        let mut pages = Vec::new();
        let mut left = cards;
        let mut free = &self.cells[before..];
        while !left.is_empty() {
            let (now, later) = left.split_at(free.len().min(left.len()));
            for side in 0..sides {
                pages.push(self.sheet(now, &free[..now.len()], side, template.bleed_mm()));
            }
            (left, free) = (later, &self.cells);
        }
        Ok(pages)
    }

    /// One side of one sheet. Only the front is cut by its marks.
    fn sheet(&self, cards: &[Vec<Page>], cells: &[Area], side: usize, bleed: f64) -> Page {
        let mut sheet = Page::blank(self.width_mm, self.height_mm);
        for (card, cell) in cards.iter().zip(cells) {
            let place = if side == 0 { *cell } else { self.behind(*cell) };
            let items = card.get(side).map_or(&[][..], |page| &page.items);
            sheet.items.extend(items.iter().map(|item| item.clone().moved(place.x, place.y)));
        }
        if side == 0 {
            // All of them, also beyond the cells that stay empty: a cut runs over the whole sheet.
            sheet.items.extend(self.crop.around(&self.cells, bleed));
        }
        sheet
    }
}

fn places(cells: &WrittenCells) -> Vec<Area> {
    let [width, height] = cells.size;
    let place = |row: u32, column: u32| Area {
        x: cells.at[0] + f64::from(column) * (width + cells.gap[0]),
        y: cells.at[1] + f64::from(row) * (height + cells.gap[1]),
        width,
        height,
    };
    (0..cells.rows).flat_map(|row| (0..cells.columns).map(move |column| place(row, column))).collect()
}
