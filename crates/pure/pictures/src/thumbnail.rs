//! A small picture of a large one, to choose by.

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

use crate::{Limits, Unreadable, decode, read_header};

/// Enough to tell one page from another.
const QUALITY: u8 = 70;

/// A JPEG, upright, whose longer side has at most `most_px` pixels.
///
/// # Errors
/// What was wrong with the file.
pub fn thumbnail(bytes: &[u8], limits: &Limits, most_px: u32) -> Result<Vec<u8>, Unreadable> {
    let header = read_header(bytes, limits)?;
    let small = decode(bytes, &header)?.thumbnail(most_px, most_px).into_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode(small.as_raw(), small.width(), small.height(), ExtendedColorType::Rgb8)
        .map_err(|source| Unreadable::Encode { source })?;
    Ok(jpeg)
}
