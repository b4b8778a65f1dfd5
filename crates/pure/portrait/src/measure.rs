//! How large the picture is, in pixels and on paper, from its header alone.

use pictures::{Density, Format, Header, Limits, read_header};

use crate::PhotoFault;

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

/// Measures a picture on paper.
///
/// # Errors
/// [`PhotoFault::ScaleUnknown`] when the file does not say how large a pixel is; it is never guessed. Otherwise what
/// was wrong with the file.
pub fn measure(bytes: &[u8], limits: &Limits) -> Result<Measured, PhotoFault> {
    let header = read_header(bytes, limits)?;
    on_paper(&header, header.density.ok_or(PhotoFault::ScaleUnknown)?)
}

pub(crate) fn on_paper(header: &Header, density: Density) -> Result<Measured, PhotoFault> {
    let um = |pixels: u32, dpi: f64| {
        let um = f64::from(pixels) * 25_400.0 / dpi;
        (um <= f64::from(u32::MAX)).then_some(um.round() as u32).ok_or(PhotoFault::ScaleUnknown)
    };
    Ok(Measured {
        format: header.format,
        width_px: header.width_px,
        height_px: header.height_px,
        dpi: density.x_dpi,
        width_um: um(header.width_px, density.x_dpi)?,
        height_um: um(header.height_px, density.y_dpi)?,
    })
}
