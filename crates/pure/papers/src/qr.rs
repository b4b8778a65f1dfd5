//! A QR code as dark squares. Modules are whole printer dots, so no bar is one dot wider than its neighbour.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

use crate::PaperError;
use crate::display::Modules;

/// Encodes `content` with medium correction (15 %) and places its first module at `x_mm`, `y_mm`.
///
/// The quiet zone of four modules is the layout's business: nothing may stand in it.
pub(crate) fn modules(
    element: &str,
    content: &[u8],
    x_mm: f64,
    y_mm: f64,
    module_mm: f64,
) -> Result<Modules, PaperError> {
    let code =
        QrCode::with_error_correction_level(content, EcLevel::M).map_err(|source| PaperError::EncodeQr { source })?;
    let side = code.width();
    let dark = code.into_colors().into_iter().map(|colour| colour == Color::Dark).collect();
    Ok(Modules { element: element.to_owned(), x_mm, y_mm, module_mm, side, dark })
}

/// A QR code for a screen: PNG, dark on white, with its quiet zone of four modules. Each module is eight pixels wide.
///
/// # Errors
/// [`PaperError::EncodeQr`] for content that no code can hold.
pub fn qr_png(content: impl AsRef<[u8]>) -> Result<Vec<u8>, PaperError> {
    const MODULE_PX: usize = 8;
    const QUIET: usize = 4;
    let drawn = modules("screen", content.as_ref(), 0.0, 0.0, 1.0)?;
    let side = (drawn.side + 2 * QUIET) * MODULE_PX;
    let dark = |at: usize| (at / MODULE_PX).checked_sub(QUIET).filter(|module| *module < drawn.side);
    let shade = |pixel: usize| match (dark(pixel / side), dark(pixel % side)) {
        (Some(y), Some(x)) if drawn.dark[y * drawn.side + x] => 0,
        (Some(_) | None, Some(_) | None) => u8::MAX,
    };
    let pixels: Vec<u8> = (0..side * side).map(shade).collect();
    let edge = u32::try_from(side).expect("the largest code has 177 modules");
    let mut png = Vec::new();
    PngEncoder::new(&mut png)
        .write_image(&pixels, edge, edge, ExtendedColorType::L8)
        .expect("memory takes every picture whose size is that of its pixels");
    Ok(png)
}

/// Side of a module that is `dots` dots of a printer of `dpi`.
pub(crate) fn module_mm(dots: u32, dpi: f64) -> f64 {
    f64::from(dots) * 25.4 / dpi
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_for_the_screen_reads_back_as_what_it_was_made_of() {
        for content in ["https://zwfw.example/hunan", "样例公众号：yiyang-zwfw-example"] {
            let png = qr_png(content).unwrap();
            let found = pictures::codes(&image::load_from_memory(&png).unwrap());
            assert_eq!(found, [content.as_bytes()]);
        }
    }

    #[test]
    fn content_that_no_code_can_hold_is_refused() {
        assert!(matches!(qr_png("长".repeat(3000)), Err(PaperError::EncodeQr { .. })));
    }
}
