//! How soft the edges of the writing are, whatever is written.
//!
//! A sharp edge loses most of its steepness when the picture is blurred once more, a soft one hardly any (F. Crete and
//! others, The blur effect, SPIE 6492, 2007). Unlike a sum of contrasts this does not depend on how much stands on the page.

use image::GrayImage;

/// Side of a cell, pixels. Only cells with writing in them are asked.
const CELL: usize = 40;

/// Difference of luminance between the darkest and the brightest of a cell that has writing.
const WRITTEN: u8 = 60;

/// With fewer cells nothing can be said.
const FEWEST: usize = 4;

/// Pixels on either side that the second blur reaches.
const REACH: usize = 4;

/// From 0 (sharp) to 1 (no edge at all); `None` when there is too little writing to tell.
pub(crate) fn softness(page: &GrayImage) -> Option<f64> {
    let (width, height) = (page.width() as usize, page.height() as usize);
    let cells = written_cells(page.as_raw(), width, height);
    if cells.len() < FEWEST {
        return None;
    }
    let along = |step: usize| {
        let (mut steep, mut lost) = (0.0, 0.0);
        for (left, top) in &cells {
            for y in *top..top + CELL {
                for x in *left..left + CELL {
                    let at = y * width + x;
                    let slope = |level: &dyn Fn(usize) -> f64| (level(at) - level(at - step)).abs();
                    let before = slope(&|at| f64::from(page.as_raw()[at]));
                    // The mean of a row of pixels changes by what enters it less what leaves it.
                    let (enters, leaves) = (at + REACH * step, at - (REACH + 1) * step);
                    let after = (f64::from(page.as_raw()[enters]) - f64::from(page.as_raw()[leaves])).abs()
                        / (2 * REACH + 1) as f64;
                    steep += before;
                    lost += (before - after).max(0.0);
                }
            }
        }
        if steep > 0.0 { (steep - lost) / steep } else { 1.0 }
    };
    Some(along(1).max(along(width)))
}

/// Left and top of every cell with writing, away from the frame by more than the blur reaches.
fn written_cells(luma: &[u8], width: usize, height: usize) -> Vec<(usize, usize)> {
    let from = REACH + 1;
    let tops = (from..(height.saturating_sub(CELL + from)).max(from)).step_by(CELL);
    let cells = tops.flat_map(|top| {
        (from..(width.saturating_sub(CELL + from)).max(from)).step_by(CELL).map(move |left| (left, top))
    });
    cells
        .filter(|(left, top)| {
            let (mut darkest, mut brightest) = (255_u8, 0_u8);
            for row in *top..top + CELL {
                for level in &luma[row * width + left..row * width + left + CELL] {
                    darkest = darkest.min(*level);
                    brightest = brightest.max(*level);
                }
            }
            brightest - darkest >= WRITTEN
        })
        .collect()
}
