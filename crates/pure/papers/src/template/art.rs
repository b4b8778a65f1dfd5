//! Artwork: the path data of an SVG, without its text, styles and links.
//!
//! A drawing program exports a mark as one `<path d="…">` after its text was turned into outlines. The `d` is all that is
//! taken: an SVG file could also name fonts, fetch pictures and carry words that no gate has looked at.

use hayro::kurbo::{BezPath, PathEl};
use serde::Deserialize;

use super::parse::{area, refuse};
use super::{Element, Layer, TemplateFault, What};
use crate::PaperError;
use crate::affine::Point;
use crate::display::{Area, Ink, Outline, Shape, Stroke};

/// More strokes than this are no mark on a card.
const MOST_STROKES: usize = 20_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenArt {
    #[expect(dead_code, reason = "read before, so that an error can name the element")]
    id: String,
    #[serde(rename = "box")]
    area: [f64; 4],
    /// `viewBox` of the SVG: x, y, width, height. It is stretched over the box.
    view: [f64; 4],
    d: String,
    pub ink: String,
    #[serde(default)]
    layer: Layer,
}

pub(super) fn read(id: String, written: WrittenArt, ink: Ink) -> Result<Element, PaperError> {
    let (place, view) = (area(written.area), area(written.view));
    if !(view.width > 0.0 && view.height > 0.0) {
        return Err(refuse(&id, TemplateFault::View));
    }
    let path = BezPath::from_svg(&written.d).map_err(|fault| refuse(&id, TemplateFault::Outline(fault.to_string())))?;
    if path.elements().len() > MOST_STROKES {
        return Err(refuse(&id, TemplateFault::Outline(format!("more than {MOST_STROKES} strokes"))));
    }
    let mut shape = Shape { element: id.clone(), ink, outlines: outlines(&path) };
    if shape.outlines.is_empty() {
        return Err(refuse(&id, TemplateFault::Outline("it draws nothing".to_owned())));
    }
    shape.map(|point| Point {
        x: place.x + (point.x - view.x) / view.width * place.width,
        y: place.y + (point.y - view.y) / view.height * place.height,
    });
    // What the box promises to the other checks has to be true of the outline.
    if !shape.points().all(|point| place.contains(&Area { x: point.x, y: point.y, width: 0.0, height: 0.0 })) {
        return Err(refuse(&id, TemplateFault::Outline("it leaves its view".to_owned())));
    }
    Ok(Element { id, area: place, layer: written.layer, what: What::Art { shape } })
}

fn outlines(path: &BezPath) -> Vec<Outline> {
    let here = |point: hayro::kurbo::Point| Point { x: point.x, y: point.y };
    let mut outlines: Vec<Outline> = Vec::new();
    let mut pen = Point { x: 0.0, y: 0.0 };
    for part in path.elements() {
        let stroke = match *part {
            PathEl::MoveTo(start) => {
                pen = here(start);
                outlines.push(Outline { start: pen, strokes: Vec::new() });
                continue;
            }
            PathEl::ClosePath => {
                pen = outlines.last().map_or(pen, |outline| outline.start);
                continue;
            }
            PathEl::LineTo(end) => Stroke::Line(here(end)),
            PathEl::QuadTo(handle, end) => {
                let (handle, end) = (here(handle), here(end));
                let third = |from: Point| Point {
                    x: from.x + 2.0 / 3.0 * (handle.x - from.x),
                    y: from.y + 2.0 / 3.0 * (handle.y - from.y),
                };
                Stroke::Curve(third(pen), third(end), end)
            }
            PathEl::CurveTo(first, second, end) => Stroke::Curve(here(first), here(second), here(end)),
        };
        pen = match stroke {
            Stroke::Line(end) | Stroke::Curve(_, _, end) => end,
        };
        match outlines.last_mut() {
            Some(outline) => outline.strokes.push(stroke),
            None => outlines.push(Outline { start: Point { x: 0.0, y: 0.0 }, strokes: vec![stroke] }),
        }
    }
    outlines.retain(|outline| !outline.strokes.is_empty());
    outlines
}
