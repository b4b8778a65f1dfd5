//! Light and sharpness of the middle of a one-inch photo, where the face is. No face is looked for.

use image::DynamicImage;

/// What the pixels of the middle say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Look {
    /// Median luminance, 0 to 255.
    pub median: u8,
    /// Share of luminance 250 and more, 0 to 1.
    pub burnt_out: f64,
    /// Variance of the 3 x 3 Laplacian after a 3 x 3 Gaussian.
    pub sharpness: f64,
}

/// Looks at the middle half of each side of a photo of 295 x 413 pixels.
pub(crate) fn look(photo: &DynamicImage) -> Look {
    let luma = photo.to_luma8();
    let (width, height) = (luma.width() as usize, luma.height() as usize);
    let at = |x: usize, y: usize| i32::from(luma.as_raw()[y * width + x]);
    let (columns, rows) = (width / 4..width - width / 4, height / 4..height - height / 4);

    let mut histogram = [0_u32; 256];
    for y in rows.clone() {
        for x in columns.clone() {
            histogram[usize::from(luma.as_raw()[y * width + x])] += 1;
        }
    }
    let counted: u32 = histogram.iter().sum();
    let burnt_out: u32 = histogram[250..].iter().sum();

    // Gaussian weights 1 2 1; the sum is divided once, so that nothing is rounded twice.
    let smooth = |x: usize, y: usize| {
        let row = |y: usize| at(x - 1, y) + 2 * at(x, y) + at(x + 1, y);
        f64::from(row(y - 1) + 2 * row(y) + row(y + 1)) / 16.0
    };
    let (mut sum, mut squares) = (0.0, 0.0);
    for y in rows {
        for x in columns.clone() {
            let edge = smooth(x - 1, y) + smooth(x + 1, y) + smooth(x, y - 1) + smooth(x, y + 1) - 4.0 * smooth(x, y);
            sum += edge;
            squares += edge * edge;
        }
    }
    let count = f64::from(counted);
    Look {
        median: median(&histogram, counted),
        burnt_out: f64::from(burnt_out) / count,
        sharpness: squares / count - (sum / count).powi(2),
    }
}

fn median(histogram: &[u32; 256], counted: u32) -> u8 {
    let mut below = 0;
    (0..=255)
        .find(|level| {
            below += histogram[usize::from(*level)];
            below * 2 >= counted
        })
        .unwrap_or(255)
}
