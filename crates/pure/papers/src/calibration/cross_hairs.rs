//! The sheet that is measured: five cross-hairs, one near each corner and one in the middle.

use crate::PaperError;
use crate::affine::Point;
use crate::display::{Area, Ink, Item, Page};
use crate::fonts::{FontStack, Role};
use crate::setting::{self, Align, Fit, TextBox};

/// Length of each arm of a cross-hair from its middle, mm.
pub const CROSS_ARM_MM: f64 = 5.0;
/// Thickness of an arm, mm.
pub const CROSS_LINE_MM: f64 = 0.3;

/// Where the cross-hairs of a sheet are meant: top left, top right, middle, bottom left, bottom right. The first and the
/// last are the two that a person measures.
pub fn cross_hairs(width_mm: f64, height_mm: f64) -> [Point; 5] {
    // Far enough from the edges that a cross-hair stays whole on a card that is printed 5 mm off.
    let rim = if width_mm.min(height_mm) < 120.0 { 12.0 } else { 20.0 };
    let (right, bottom) = (width_mm - rim, height_mm - rim);
    let at = |x, y| Point { x, y };
    [at(rim, rim), at(right, rim), at(width_mm / 2.0, height_mm / 2.0), at(rim, bottom), at(right, bottom)]
}

/// The sheet itself, without any correction. Each cross-hair carries its number; `words` stand below the middle.
///
/// # Errors
/// A missing glyph or words too long for the sheet.
pub fn page(width_mm: f64, height_mm: f64, words: &str, fonts: &FontStack) -> Result<Page, PaperError> {
    let mut page = Page::blank(width_mm, height_mm);
    for (number, cross) in (1..).zip(cross_hairs(width_mm, height_mm)) {
        let (arm, half) = (CROSS_ARM_MM, CROSS_LINE_MM / 2.0);
        let lying = Area { x: cross.x - arm, y: cross.y - half, width: 2.0 * arm, height: 2.0 * half };
        let upright = Area { x: cross.x - half, y: cross.y - arm, width: 2.0 * half, height: 2.0 * arm };
        for area in [lying, upright] {
            page.items.push(Item::Fill { element: format!("cross {number}"), area, ink: Ink::Black });
        }
        let beside = Area { x: cross.x + 2.4, y: cross.y + 2.0, width: 3.0, height: 3.5 };
        write(&mut page, beside, 8.0, &number.to_string(), fonts)?;
    }
    // Clear of the middle cross and of those of the corners.
    let below = Area { x: 17.0, y: height_mm / 2.0 + 6.5, width: width_mm - 34.0, height: 4.0 };
    write(&mut page, below, 7.0, words, fonts)?;
    Ok(page)
}

fn write(page: &mut Page, area: Area, size_pt: f64, words: &str, fonts: &FontStack) -> Result<(), PaperError> {
    let text_box = TextBox {
        element: "calibration",
        field: "calibration",
        area,
        role: Role::Sans,
        size_pt,
        least_pt: 4.0,
        leading: 1.2,
        fit: &[Fit::Shrink, Fit::Error],
        align: Align::Centre,
        from_top: false,
        ink: Ink::Black,
    };
    page.items.extend(setting::set(fonts, &text_box, words)?.into_iter().map(Item::Text));
    Ok(())
}
