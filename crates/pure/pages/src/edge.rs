//! Where the sheet ends on a picture of it, and whether it runs out of the picture: a corner then lies outside.

use std::collections::VecDeque;

use image::{GrayImage, imageops};

/// Longer side of the picture on which sheet and background are told apart, pixels.
const SMALL_PX: u32 = 200;

/// By how much the background must be darker than the paper to be one, in luminance.
const DARKER: u8 = 50;

/// A background covers at least this share of the picture; less is writing or a shadow at the rim.
const LEAST_BACKGROUND: f64 = 0.03;

/// A sheet that covers this share of the frame fills it, as on a scanner's glass: its corners are the picture's own.
const FILLS: f64 = 0.6;

/// What lies around a sheet on a picture of it.
pub(crate) struct Surroundings {
    background: Vec<bool>,
    width: usize,
    height: usize,
    /// Pixels of the page for each pixel here.
    coarser: f64,
}

impl Surroundings {
    pub(crate) fn of(page: &GrayImage) -> Surroundings {
        let coarser = f64::from(page.width().max(page.height())) / f64::from(SMALL_PX);
        let side = |pixels: u32| ((f64::from(pixels) / coarser).round() as u32).max(8);
        let small = imageops::thumbnail(page, side(page.width()), side(page.height()));
        let (width, height) = (small.width() as usize, small.height() as usize);
        let paper = brightest_tenth(&small);
        let dark: Vec<bool> = small.as_raw().iter().map(|level| level.saturating_add(DARKER) < paper).collect();
        let background = reached_from(&frame(width, height), &dark, width, height);
        Surroundings { background, width, height, coarser }
    }

    /// The share of the picture's frame, 0 to 1, that the sheet touches. `None` where no background is seen around it:
    /// then nothing says where the sheet ends.
    pub(crate) fn sheet_at_the_frame(&self) -> Option<f64> {
        let frame = frame(self.width, self.height);
        let covered = self.background.iter().filter(|is| **is).count() as f64 / self.background.len() as f64;
        let touched = frame.iter().filter(|at| !self.background[**at]).count() as f64 / frame.len() as f64;
        (covered >= LEAST_BACKGROUND && touched < FILLS).then_some(touched)
    }

    /// Whether background shows within a square of the page, or right beside it. Pixels of the page.
    pub(crate) fn shows_in(&self, left: u32, top: u32, side: u32) -> bool {
        let from = |pixel: u32| ((f64::from(pixel) / self.coarser) as usize).saturating_sub(1);
        let to = |pixel: u32, most: usize| ((f64::from(pixel) / self.coarser).ceil() as usize + 1).min(most);
        let mut rows = from(top)..to(top + side, self.height);
        rows.any(|row| {
            (from(left)..to(left + side, self.width)).any(|column| self.background[row * self.width + column])
        })
    }
}

/// Places of the outermost pixels.
fn frame(width: usize, height: usize) -> Vec<usize> {
    let outermost = |at: &usize| {
        let (x, y) = (at % width, at / width);
        x == 0 || y == 0 || x == width - 1 || y == height - 1
    };
    (0..width * height).filter(outermost).collect()
}

/// Dark pixels that hang together with the frame: the desk under the sheet, and not what is written on it.
fn reached_from(frame: &[usize], dark: &[bool], width: usize, height: usize) -> Vec<bool> {
    let mut reached = vec![false; dark.len()];
    let mut queue: VecDeque<usize> = frame.iter().copied().filter(|at| dark[*at]).collect();
    for at in &queue {
        reached[*at] = true;
    }
    while let Some(at) = queue.pop_front() {
        let (x, y) = (at % width, at / width);
        let beside = [
            (x > 0).then(|| at - 1),
            (x + 1 < width).then(|| at + 1),
            (y > 0).then(|| at - width),
            (y + 1 < height).then(|| at + width),
        ];
        for next in beside.into_iter().flatten() {
            if dark[next] && !reached[next] {
                reached[next] = true;
                queue.push_back(next);
            }
        }
    }
    reached
}

fn brightest_tenth(picture: &GrayImage) -> u8 {
    let mut levels = picture.as_raw().clone();
    levels.sort_unstable();
    levels[levels.len() * 9 / 10]
}
