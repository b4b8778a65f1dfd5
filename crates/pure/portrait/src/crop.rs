//! The one-inch crop: 295 x 413 pixels at 300 dpi.

use image::codecs::jpeg::{JpegEncoder, PixelDensity};
use image::imageops::FilterType;
use image::{DynamicImage, ExtendedColorType};

use pictures::{Limits, decode, read_header};

use crate::PhotoFault;

/// Pixels of a one-inch photo, 25 x 35 mm at [`ONE_INCH_DPI`].
pub const ONE_INCH_PX: (u32, u32) = (295, 413);

/// Written into the JPEG.
pub const ONE_INCH_DPI: u16 = 300;

/// A part of the upright picture, in pixels from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crop {
    pub left_px: u32,
    pub top_px: u32,
    pub width_px: u32,
    pub height_px: u32,
}

impl Crop {
    /// The largest part in the middle that has the shape of a one-inch photo.
    pub(crate) fn one_inch(width: u32, height: u32) -> Crop {
        let (wide, high) = (u64::from(ONE_INCH_PX.0), u64::from(ONE_INCH_PX.1));
        let (width, height) = (u64::from(width), u64::from(height));
        // Rounded to the nearest pixel, so that 413 x 579 stays whole.
        let kept_width = width.min((height * wide + high / 2) / high).max(1);
        let kept_height = height.min((width * high + wide / 2) / wide).max(1);
        let narrow = |pixels: u64| u32::try_from(pixels).expect("a part is no larger than the whole");
        Crop {
            left_px: narrow((width - kept_width) / 2),
            top_px: narrow((height - kept_height) / 2),
            width_px: narrow(kept_width),
            height_px: narrow(kept_height),
        }
    }

    /// Cuts the part out and scales it to [`ONE_INCH_PX`].
    pub(crate) fn apply(&self, picture: &DynamicImage) -> DynamicImage {
        let (width, height) = ONE_INCH_PX;
        let part = picture.crop_imm(self.left_px, self.top_px, self.width_px, self.height_px);
        if (self.width_px, self.height_px) == ONE_INCH_PX {
            return part;
        }
        part.resize_exact(width, height, FilterType::Lanczos3)
    }
}

/// Crops the middle of a picture to 25 x 35 mm and writes a JPEG of 295 x 413 pixels that says 300 dpi.
///
/// The picture's own scale does not matter here; whether it was good enough is [`crate::check`]'s verdict. Transparent
/// parts become white.
///
/// # Errors
/// What was wrong with the file; never [`PhotoFault::ScaleUnknown`].
pub fn crop_to_one_inch(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, PhotoFault> {
    let header = read_header(bytes, limits)?;
    let picture = decode(bytes, &header)?;
    let crop = Crop::one_inch(header.width_px, header.height_px).apply(&picture).to_rgba8();
    let mut rgb = Vec::with_capacity(crop.len() / 4 * 3);
    for pixel in crop.pixels() {
        let [red, green, blue, alpha] = pixel.0.map(u32::from);
        rgb.extend([red, green, blue].map(|channel| ((channel * alpha + 255 * (255 - alpha) + 127) / 255) as u8));
    }
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 92);
    encoder.set_pixel_density(PixelDensity::dpi(ONE_INCH_DPI));
    encoder
        .encode(&rgb, crop.width(), crop.height(), ExtendedColorType::Rgb8)
        .map_err(|source| PhotoFault::Encode { source })?;
    Ok(jpeg)
}
