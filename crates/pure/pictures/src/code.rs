//! QR codes in a picture: a scan of a card, or a photo of one held before a camera.

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage};

/// A code is looked for in a picture of at most this many pixels on its longer side, and in smaller copies of it: a fine scan
/// hides a code behind its grain.
const SIDES: [u32; 3] = [2400, 1200, 600];

/// What the codes in a picture say, each as the bytes that it holds; empty when there are none that can be read.
pub fn codes(picture: &DynamicImage) -> Vec<Vec<u8>> {
    let longer = picture.width().max(picture.height());
    for side in SIDES {
        let grey = match longer > side {
            true => picture.resize(side, side, FilterType::Triangle).into_luma8(),
            false => picture.to_luma8(),
        };
        let found = in_grey(&grey);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn in_grey(grey: &GrayImage) -> Vec<Vec<u8>> {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey.as_raw()[y * width + x]);
    let read = |grid: &rqrr::Grid<_>| {
        let mut bytes = Vec::new();
        grid.decode_to(&mut bytes).ok().map(|_| bytes)
    };
    prepared.detect_grids().iter().filter_map(read).collect()
}
