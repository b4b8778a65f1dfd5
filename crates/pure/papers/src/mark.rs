//! The word across every page that is no real paper: 样稿 in training.
//!
//! It is put in here, by the layouts, and not by a screen: a page that leaves this crate already carries it.

use crate::PaperError;
use crate::display::{Ink, Item, MM_PER_PT, Page, TextLine, place};
use crate::fonts::{FontStack, Role};
use crate::setting::width_em;

/// Writes `word` across the page's diagonal, over everything, light enough to read through.
///
/// Three times on a tall page, once on a card: cutting off a corner never leaves a page without it.
pub(crate) fn strike(page: &mut Page, word: &str, fonts: &FontStack) -> Result<(), PaperError> {
    let glyphs = fonts.glyphs(Role::Serif, "sample", word)?;
    let (width, height) = (page.width_mm, page.height_mm);
    let rows: u32 = if height > width { 3 } else { 1 };
    let field = height / f64::from(rows);
    let slant = (field / width).atan();
    let em = 0.42 * field.min(width);
    let size_pt = em / MM_PER_PT;
    // The word is spread to half the diagonal.
    let spread = (0.5 * width.hypot(field) / em / width_em(&glyphs).max(1.0)).max(1.0);
    let mut placed = place(&glyphs, size_pt);
    for glyph in &mut placed {
        glyph.offset_mm *= spread;
    }
    let reach = placed.last().map_or(0.0, |last| last.offset_mm + em);
    for row in 0..rows {
        let (middle_x, middle_y) = (width / 2.0, field * (f64::from(row) + 0.5));
        // From the middle of the ink back to the start of the baseline: half the reach, and down by 0.38 em, the middle
        // of an ideograph above its baseline.
        let x_mm = middle_x - reach / 2.0 * slant.cos() + 0.38 * em * slant.sin();
        let baseline_mm = middle_y + reach / 2.0 * slant.sin() + 0.38 * em * slant.cos();
        page.items.push(Item::Text(TextLine {
            element: "sample".to_owned(),
            x_mm,
            baseline_mm,
            size_pt,
            ink: Ink::Black,
            slant_deg: slant.to_degrees(),
            opacity_percent: 10,
            glyphs: placed.clone(),
        }));
    }
    Ok(())
}
