//! How large the picture is, in pixels and on paper, from its header alone.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder};

use crate::PhotoFault;
use crate::density::{self, Density};
use crate::whole::jpeg_is_whole;

/// What is accepted before anything is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub most_bytes: usize,
    /// Width times height.
    pub most_pixels: u64,
}

/// The two formats a photo may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
}

/// A picture's size, upright: a rotation written in its EXIF data is already taken into account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    pub format: Format,
    pub width_px: u32,
    pub height_px: u32,
    /// Pixels an inch along the width.
    pub dpi: f64,
    /// Size on paper in micrometres.
    pub width_um: u32,
    pub height_um: u32,
}

impl Default for Limits {
    /// 20 MB and 40 megapixels: more than any counter camera gives.
    fn default() -> Limits {
        Limits { most_bytes: 20_000_000, most_pixels: 40_000_000 }
    }
}

/// Measures a picture on paper.
///
/// # Errors
/// [`PhotoFault::ScaleUnknown`] when the file does not say how large a pixel is; it is never guessed. Otherwise what
/// was wrong with the file.
pub fn measure(bytes: &[u8], limits: &Limits) -> Result<Measured, PhotoFault> {
    let header = read_header(bytes, limits)?;
    header.on_paper(header.density.ok_or(PhotoFault::ScaleUnknown)?)
}

/// What the header said, upright.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header {
    pub format: Format,
    pub width_px: u32,
    pub height_px: u32,
    pub density: Option<Density>,
    orientation: Orientation,
}

impl Header {
    pub(crate) fn on_paper(&self, density: Density) -> Result<Measured, PhotoFault> {
        let um = |pixels: u32, dpi: f64| {
            let um = f64::from(pixels) * 25_400.0 / dpi;
            (um <= f64::from(u32::MAX)).then_some(um.round() as u32).ok_or(PhotoFault::ScaleUnknown)
        };
        Ok(Measured {
            format: self.format,
            width_px: self.width_px,
            height_px: self.height_px,
            dpi: density.x_dpi,
            width_um: um(self.width_px, density.x_dpi)?,
            height_um: um(self.height_px, density.y_dpi)?,
        })
    }
}

/// Reads the header and refuses what must not be decoded.
pub(crate) fn read_header(bytes: &[u8], limits: &Limits) -> Result<Header, PhotoFault> {
    if bytes.len() > limits.most_bytes {
        return Err(PhotoFault::TooManyBytes { bytes: bytes.len(), most: limits.most_bytes });
    }
    let (format, mut decoder) = open(bytes)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits.most_pixels {
        return Err(PhotoFault::TooManyPixels { pixels, most: limits.most_pixels });
    }
    if format == Format::Jpeg && !jpeg_is_whole(bytes) {
        return Err(PhotoFault::Truncated);
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
pub(crate) fn decode(bytes: &[u8], header: &Header) -> Result<DynamicImage, PhotoFault> {
    let (_, decoder) = open(bytes)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|source| PhotoFault::Decode { source })?;
    picture.apply_orientation(header.orientation);
    Ok(picture)
}

fn open(bytes: &[u8]) -> Result<(Format, Box<dyn ImageDecoder + '_>), PhotoFault> {
    let content = Cursor::new(bytes);
    match image::guess_format(bytes) {
        Ok(image::ImageFormat::Jpeg) => image::codecs::jpeg::JpegDecoder::new(content)
            .map(|decoder| (Format::Jpeg, Box::new(decoder) as Box<dyn ImageDecoder>))
            .map_err(|_| PhotoFault::NotAnImage),
        Ok(image::ImageFormat::Png) => image::codecs::png::PngDecoder::new(content)
            .map(|decoder| (Format::Png, Box::new(decoder) as Box<dyn ImageDecoder>))
            .map_err(|_| PhotoFault::NotAnImage),
        Ok(_) | Err(_) => Err(PhotoFault::NotAnImage),
    }
}
