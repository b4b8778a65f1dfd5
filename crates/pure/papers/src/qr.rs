//! A QR code as dark squares. Modules are whole printer dots, so no bar is one dot wider than its neighbour.

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

/// Side of a module that is `dots` dots of a printer of `dpi`.
pub(crate) fn module_mm(dots: u32, dpi: f64) -> f64 {
    f64::from(dots) * 25.4 / dpi
}
