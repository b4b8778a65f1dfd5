//! QR codes in a picture: a scan of a card, or a photo of one held before a camera.

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, Luma};

/// A code is looked for in a picture of at most this many pixels on its longer side, and in smaller copies of it: a fine scan
/// hides a code behind its grain.
const SIDES: [u32; 3] = [2400, 1200, 600];

/// Each copy is looked at as it is, and then with everything darker than one of these made black and the rest white, 0 to
/// 255: pale print under a code (a water-mark, a security ground) makes the finder miss it.
const BLACK_BELOW: [u8; 3] = [110, 70, 160];

/// What the codes in a picture say, each as the bytes that it holds; empty when there are none that can be read.
pub fn codes(picture: &DynamicImage) -> Vec<Vec<u8>> {
    copies(picture).map(|copy| in_grey(&copy)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The copies of a picture in which a code is looked for, the likeliest first. Each is made when it is asked for.
fn copies(picture: &DynamicImage) -> impl Iterator<Item = GrayImage> {
    let longer = picture.width().max(picture.height());
    // A small picture is looked at in its own size once, not once for each greater side.
    let sides = SIDES.into_iter().filter(move |side| longer > *side);
    let own_size = (longer <= SIDES[0]).then_some(longer);
    own_size.into_iter().chain(sides).flat_map(move |side| {
        let grey = match longer > side {
            true => picture.resize(side, side, FilterType::Triangle).into_luma8(),
            false => picture.to_luma8(),
        };
        let two_tone: Vec<_> = BLACK_BELOW.map(|limit| black_below(&grey, limit)).into();
        std::iter::once(grey).chain(two_tone)
    })
}

fn black_below(grey: &GrayImage, limit: u8) -> GrayImage {
    let mut copy = grey.clone();
    for Luma([value]) in copy.pixels_mut() {
        *value = if *value < limit { 0 } else { u8::MAX };
    }
    copy
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
