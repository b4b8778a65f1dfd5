//! What a picture's header says, and the limits that hold before anything is decoded.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder};

use crate::Unreadable;
use crate::density::{self, Density};
use crate::whole::jpeg_is_whole;

/// What is accepted before anything is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub most_bytes: usize,
    /// Width times height.
    pub most_pixels: u64,
}

impl Default for Limits {
    /// 20 MB and 40 megapixels: more than any counter camera gives.
    fn default() -> Limits {
        Limits { most_bytes: 20_000_000, most_pixels: 40_000_000 }
    }
}

/// The two formats a picture may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
}

/// What the header said, upright: a rotation written in EXIF data is already taken into account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Header {
    pub format: Format,
    pub width_px: u32,
    pub height_px: u32,
    /// `None` when the file does not say it, or says what programs write by default.
    pub density: Option<Density>,
    orientation: Orientation,
}

/// Reads the header and refuses what must not be decoded.
///
/// # Errors
/// What is wrong with the file; nothing was decoded.
pub fn read_header(bytes: &[u8], limits: &Limits) -> Result<Header, Unreadable> {
    if bytes.len() > limits.most_bytes {
        return Err(Unreadable::TooManyBytes { bytes: bytes.len(), most: limits.most_bytes });
    }
    let (format, mut decoder) = open(bytes)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits.most_pixels {
        return Err(Unreadable::TooManyPixels { pixels, most: limits.most_pixels });
    }
    if format == Format::Jpeg && !jpeg_is_whole(bytes) {
        return Err(Unreadable::Truncated);
    }
    let exif = decoder.exif_metadata().ok().flatten();
    let orientation = exif.as_deref().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    let density = match format {
        Format::Jpeg => density::of_jpeg(bytes, exif.as_deref()),
        Format::Png => density::of_png(bytes),
    };
    let lies_on_its_side = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let turned = |density: Density| Density { x_dpi: density.y_dpi, y_dpi: density.x_dpi };
    Ok(match lies_on_its_side {
        false => Header { format, width_px: width, height_px: height, density, orientation },
        true => Header { format, width_px: height, height_px: width, density: density.map(turned), orientation },
    })
}

/// Decodes the pixels, upright, after [`read_header`] accepted them.
///
/// # Errors
/// [`Unreadable::Decode`].
pub fn decode(bytes: &[u8], header: &Header) -> Result<DynamicImage, Unreadable> {
    let (_, decoder) = open(bytes)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|source| Unreadable::Decode { source })?;
    picture.apply_orientation(header.orientation);
    Ok(picture)
}

fn open(bytes: &[u8]) -> Result<(Format, Box<dyn ImageDecoder + '_>), Unreadable> {
    let content = Cursor::new(bytes);
    match image::guess_format(bytes) {
        Ok(image::ImageFormat::Jpeg) => image::codecs::jpeg::JpegDecoder::new(content)
            .map(|decoder| (Format::Jpeg, Box::new(decoder) as Box<dyn ImageDecoder>))
            .map_err(|_| Unreadable::NotAnImage),
        Ok(image::ImageFormat::Png) => image::codecs::png::PngDecoder::new(content)
            .map(|decoder| (Format::Png, Box::new(decoder) as Box<dyn ImageDecoder>))
            .map_err(|_| Unreadable::NotAnImage),
        Ok(_) | Err(_) => Err(Unreadable::NotAnImage),
    }
}
