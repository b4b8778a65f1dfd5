//! How bright the paper is and how much the writing stands out from it.

use image::GrayImage;

use crate::edge::Surroundings;

/// Luminances of a page, 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Light {
    /// Reached by the brightest tenth: the paper, also of a sheet that lies on a dark desk.
    pub paper: u8,
    /// By how much the darkest writing differs from the paper around it.
    pub writing: u8,
}

/// Side of a cell in which writing is looked for, pixels: a few lines high. What changes over more than a cell is light and
/// shadow, and no writing.
const CELL: u32 = 48;

/// Share of the cells that may be empty on a page that bears something: a stamp on an empty sheet is enough.
const BARE: f64 = 0.985;

pub(crate) fn light(page: &GrayImage, around: &Surroundings) -> Light {
    let mut histogram = [0_u64; 256];
    for level in page.as_raw() {
        histogram[usize::from(*level)] += 1;
    }
    let mut contrasts = contrasts(page, around);
    contrasts.sort_unstable();
    let place = (contrasts.len() as f64 * BARE) as usize;
    Light { paper: percentile(&histogram, 0.9), writing: contrasts.get(place).copied().unwrap_or(0) }
}

/// Of every cell, how far its darkest fiftieth lies under its middle. Cells at the rim of the picture or of the
/// sheet are left out: an edge is not writing.
fn contrasts(page: &GrayImage, around: &Surroundings) -> Vec<u8> {
    let (columns, rows) = (page.width() / CELL, page.height() / CELL);
    let inner =
        (1..rows.saturating_sub(1)).flat_map(|row| (1..columns.saturating_sub(1)).map(move |column| (column, row)));
    inner
        .filter(|(column, row)| !around.shows_in(column * CELL, row * CELL, CELL))
        .map(|(column, row)| {
            let mut histogram = [0_u64; 256];
            for y in row * CELL..(row + 1) * CELL {
                for x in column * CELL..(column + 1) * CELL {
                    histogram[usize::from(page.get_pixel(x, y).0[0])] += 1;
                }
            }
            percentile(&histogram, 0.5).saturating_sub(percentile(&histogram, 0.02))
        })
        .collect()
}

/// The level below which this share of the pixels lies.
fn percentile(histogram: &[u64; 256], share: f64) -> u8 {
    let wanted = histogram.iter().sum::<u64>() as f64 * share;
    let mut below = 0;
    (0..=255)
        .find(|level| {
            below += histogram[usize::from(*level)];
            below as f64 >= wanted
        })
        .unwrap_or(255)
}
