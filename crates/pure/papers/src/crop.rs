//! Crop marks (裁切线): short lines beyond the corners of what is cut out, for a knife.

use serde::Deserialize;

use crate::PaperError;
use crate::display::{Area, Ink, Item, Page};
use crate::template::{TemplateFault, refuse};

/// How crop marks are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CropMarks {
    /// Length of one line, mm, 1 to 20.
    length: f64,
    /// From the cut to where a line begins, mm, 0.5 to 10; never less than the bleed.
    gap: f64,
    /// Thickness, mm, 0.05 to 0.5.
    line: f64,
}

impl CropMarks {
    /// Refuses what no knife could follow; `bleed` mm of artwork lie beyond the cut.
    pub(crate) fn check(&self, bleed: f64) -> Result<(), PaperError> {
        let held = (1.0..=20.0).contains(&self.length)
            && (0.5..=10.0).contains(&self.gap)
            && (0.05..=0.5).contains(&self.line)
            && self.gap >= bleed;
        if held { Ok(()) } else { Err(refuse("crop", TemplateFault::CropMarks)) }
    }

    /// How far the marks reach beyond the cut, mm.
    pub(crate) fn reach(&self) -> f64 {
        self.gap + self.length
    }

    /// Two lines at every corner of every cut, but none that would lie on another piece or its bleed.
    pub(crate) fn around(&self, cuts: &[Area], bleed: f64) -> Vec<Item> {
        let bled: Vec<Area> = cuts.iter().map(|cut| cut.grown(bleed)).collect();
        let mut lines: Vec<Area> = Vec::new();
        for cut in cuts {
            for line in self.of(cut) {
                if !bled.iter().any(|piece| piece.overlaps(&line)) && !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        let drawn = |area| Item::Fill { element: "crop".to_owned(), area, ink: Ink::Black };
        lines.into_iter().map(drawn).collect()
    }

    /// The eight lines of one piece; the cut runs along the middle of each.
    fn of(&self, cut: &Area) -> [Area; 8] {
        let half = self.line / 2.0;
        let lying = |x, y| Area { x, y: y - half, width: self.length, height: self.line };
        let upright = |x, y| Area { x: x - half, y, width: self.line, height: self.length };
        let (left, right) = (cut.x - self.reach(), cut.right() + self.gap);
        let (above, below) = (cut.y - self.reach(), cut.bottom() + self.gap);
        [
            lying(left, cut.y),
            lying(right, cut.y),
            lying(left, cut.bottom()),
            lying(right, cut.bottom()),
            upright(cut.x, above),
            upright(cut.right(), above),
            upright(cut.x, below),
            upright(cut.right(), below),
        ]
    }
}

/// The page on a larger sheet with marks around it. The cut is the page as it was.
pub(crate) fn marked(page: Page, marks: &CropMarks, bleed: f64) -> Page {
    let margin = marks.reach() + marks.line;
    let cut = Area { x: margin, y: margin, width: page.width_mm, height: page.height_mm };
    let mut items: Vec<Item> = page.items.into_iter().map(|item| item.moved(margin, margin)).collect();
    items.extend(marks.around(&[cut], bleed));
    Page {
        width_mm: page.width_mm + 2.0 * margin,
        height_mm: page.height_mm + 2.0 * margin,
        items,
        correction: page.correction,
    }
}
