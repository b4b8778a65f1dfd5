//! Cross-hairs in a scan of the printed sheet, to a fraction of a pixel.
//!
//! The picture's top left corner is the sheet's: the sheet was laid against the stop of the glass. What a scanner adds by
//! itself (its own offset) is part of what is measured.

use image::GrayImage;

use super::cross_hairs::{CROSS_ARM_MM, CROSS_LINE_MM};
use super::solve::Reading;
use crate::affine::Point;

/// Why a scan gives no readings.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ScanFault {
    #[error("the scan has {0} dots per inch; 150 to 1200 are needed")]
    Resolution(f64),
    #[error("cross-hair {0} is not in the scan")]
    Missing(usize),
    #[error("cross-hair {0} is too faint or blotted")]
    Unclear(usize),
}

/// As far as a cross-hair is looked for around its place, mm.
const REACH_MM: f64 = 15.0;
/// From an arm's middle line, mm: ink beyond it is not the arm's.
const STRIP_MM: f64 = 0.7;
/// Around the crossing, mm: there the arms run together.
const CROSSING_MM: f64 = 0.8;
/// Least difference between paper and ink, of 255.
const CONTRAST: f64 = 50.0;

/// Finds every cross-hair of `expected` near its place.
///
/// # Errors
/// A resolution too low or absurd, or the first cross-hair (counted from 1) that cannot be measured.
pub fn find(scan: &GrayImage, dpi: f64, expected: &[Point]) -> Result<Vec<Reading>, ScanFault> {
    if !(150.0..=1200.0).contains(&dpi) {
        return Err(ScanFault::Resolution(dpi));
    }
    let px_per_mm = dpi / 25.4;
    (1..)
        .zip(expected)
        .map(|(number, place)| {
            let others = expected.iter().filter(|other| *other != place).map(|other| other.distance(*place));
            let reach = others.fold(REACH_MM, |reach, apart| reach.min(apart * 0.45));
            let window = Window::around(scan, *place, reach + CROSS_ARM_MM, px_per_mm);
            let window = window.ok_or(ScanFault::Missing(number))?;
            let coarse = window.coarse().ok_or(ScanFault::Missing(number))?;
            let measured = window.fine(coarse).ok_or(ScanFault::Unclear(number))?;
            Ok(Reading { expected: *place, measured })
        })
        .collect()
}

/// A part of the scan with its darkness from 0 (paper) to 1 (ink).
struct Window {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    dark: Vec<f64>,
    px_per_mm: f64,
}

impl Window {
    fn around(scan: &GrayImage, place: Point, reach_mm: f64, px_per_mm: f64) -> Option<Window> {
        let px = |mm: f64| (mm * px_per_mm).max(0.0).round() as usize;
        let (left, top) = (px(place.x - reach_mm), px(place.y - reach_mm));
        let right = px(place.x + reach_mm).min(scan.width() as usize);
        let bottom = px(place.y + reach_mm).min(scan.height() as usize);
        let (width, height) = (right.checked_sub(left)?, bottom.checked_sub(top)?);
        if width < px(2.0 * CROSS_ARM_MM) || height < px(2.0 * CROSS_ARM_MM) {
            return None;
        }
        let stride = scan.width() as usize;
        let rows = scan.as_raw().chunks_exact(stride).skip(top).take(height);
        let shades: Vec<u8> = rows.flat_map(|row| &row[left..right]).copied().collect();
        // The paper is what most of the window is; the ink, of which a cross-hair is a third of a per cent, its
        // darkest thousandth.
        let mut sorted = shades.clone();
        sorted.sort_unstable();
        let (paper, ink) = (f64::from(sorted[sorted.len() / 2]), f64::from(sorted[sorted.len() / 1000]));
        if paper - ink < CONTRAST {
            return None;
        }
        let dark = |shade: u8| ((paper - f64::from(shade)) / (paper - ink)).clamp(0.0, 1.0);
        let dark = shades.into_iter().map(dark).collect();
        Some(Window { left, top, width, height, dark, px_per_mm })
    }

    /// The crossing to about half a millimetre, in pixels of the window: where all four arms have most ink.
    fn coarse(&self) -> Option<(f64, f64)> {
        let sums = self.sums();
        let ink = |left: usize, top: usize, right: usize, bottom: usize| {
            let at = |x: usize, y: usize| sums[y * (self.width + 1) + x];
            at(right, bottom) + at(left, top) - at(left, bottom) - at(right, top)
        };
        let (arm, half) = (self.px(CROSS_ARM_MM), self.px(CROSS_LINE_MM / 2.0 + 0.2).max(1));
        let mut best = 0.0;
        let (mut sum_x, mut sum_y, mut count) = (0.0, 0.0, 0.0);
        for y in arm..self.height.saturating_sub(arm) {
            for x in arm..self.width.saturating_sub(arm) {
                let arms = [
                    ink(x - arm, y - half, x, y + half),
                    ink(x, y - half, x + arm, y + half),
                    ink(x - half, y - arm, x + half, y),
                    ink(x - half, y, x + half, y + arm),
                ];
                let least = arms.into_iter().fold(f64::INFINITY, f64::min);
                if least > best * 1.001 {
                    best = least;
                    (sum_x, sum_y, count) = (0.0, 0.0, 0.0);
                }
                if least >= best * 0.999 {
                    sum_x += x as f64;
                    sum_y += y as f64;
                    count += 1.0;
                }
            }
        }
        // Each arm of a true cross-hair holds its length times its thickness of ink.
        let whole = CROSS_ARM_MM * CROSS_LINE_MM * self.px_per_mm * self.px_per_mm;
        (count > 0.0 && best > 0.4 * whole).then_some((sum_x / count, sum_y / count))
    }

    /// The crossing of the two lines fitted to the arms, mm on the sheet.
    fn fine(&self, coarse: (f64, f64)) -> Option<Point> {
        let mut at = coarse;
        let (mut upright, mut lying) = (0.0, 0.0);
        for _ in 0..3 {
            // Along y for the upright arms, along x for the lying ones; each line as (value at the crossing, slope).
            let (x, slope_upright) = self.line(at.1, at.0, upright, |along, across| (across, along))?;
            let (y, slope_lying) = self.line(at.0, at.1, lying, |along, across| (along, across))?;
            // x + slope_upright (Y - at.1) = X and y + slope_lying (X - at.0) = Y.
            let shift_y = (y - at.1 + slope_lying * (x - at.0)) / (1.0 - slope_lying * slope_upright);
            let shift_x = x - at.0 + slope_upright * shift_y;
            at = (at.0 + shift_x, at.1 + shift_y);
            (upright, lying) = (slope_upright, slope_lying);
        }
        Some(Point { x: (at.0 + self.left as f64) / self.px_per_mm, y: (at.1 + self.top as f64) / self.px_per_mm })
    }

    /// Fits a straight line to the two arms that run through the crossing in one direction. `middle` is the crossing along
    /// them and `guess` across; pixels. Returns the value at `middle` and the slope.
    fn line(
        &self,
        middle: f64,
        guess: f64,
        slope: f64,
        pixel: impl Fn(usize, usize) -> (usize, usize),
    ) -> Option<(f64, f64)> {
        let (near, far) = (CROSSING_MM * self.px_per_mm, (CROSS_ARM_MM - 0.4) * self.px_per_mm);
        let strip = STRIP_MM * self.px_per_mm;
        let (mut n, mut sum_u, mut sum_v, mut sum_uu, mut sum_uv) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let mut cuts = 0.0;
        let from = (middle - far).max(0.0) as usize;
        for along in from..(middle + far).max(0.0) as usize {
            let u = along as f64 + 0.5 - middle;
            if !(near..=far).contains(&u.abs()) {
                continue;
            }
            cuts += 1.0;
            let centre = guess + slope * u;
            let (mut weight, mut moment) = (0.0, 0.0);
            for across in (centre - strip).max(0.0) as usize..=(centre + strip).max(0.0) as usize {
                let (x, y) = pixel(along, across);
                if x >= self.width || y >= self.height {
                    return None;
                }
                // Noise of the paper is not ink.
                let dark = (self.dark[y * self.width + x] - 0.2).max(0.0);
                weight += dark;
                moment += dark * (across as f64 + 0.5);
            }
            if weight > 0.2 * CROSS_LINE_MM * self.px_per_mm {
                let v = moment / weight;
                n += 1.0;
                sum_u += u;
                sum_v += v;
                sum_uu += u * u;
                sum_uv += u * v;
            }
        }
        let spread = n * sum_uu - sum_u * sum_u;
        if n < 0.7 * cuts || spread <= 0.0 {
            return None;
        }
        let slope = (n * sum_uv - sum_u * sum_v) / spread;
        Some(((sum_v - slope * sum_u) / n, slope))
    }

    /// Sums of darkness over every rectangle from the top left corner.
    fn sums(&self) -> Vec<f64> {
        let stride = self.width + 1;
        let mut sums = vec![0.0; stride * (self.height + 1)];
        for y in 0..self.height {
            let mut row = 0.0;
            for x in 0..self.width {
                row += self.dark[y * self.width + x];
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
            }
        }
        sums
    }

    fn px(&self, mm: f64) -> usize {
        (mm * self.px_per_mm).round() as usize
    }
}
