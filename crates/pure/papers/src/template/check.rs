//! The rules of a template that span more than one value.

use super::parse::refuse;
use super::{Element, Field, Layer, Side, Source, Template, TemplateFault, Text, What};
use crate::PaperError;
use crate::display::{Area, MM_PER_PT};
use crate::setting::Fit;

pub(super) fn check(template: &Template) -> Result<(), PaperError> {
    let sheet = Area { x: 0.0, y: 0.0, width: template.width_mm, height: template.height_mm };
    let (safe, bled) = (sheet.grown(-template.safe_mm), sheet.grown(template.bleed_mm));
    if let Some(crop) = &template.crop {
        crop.check(template.bleed_mm)?;
    }
    let all: Vec<&Element> = template.sides.iter().flat_map(|side| &side.elements).collect();
    for (place, element) in all.iter().enumerate() {
        let refused = |fault| Err(refuse(&element.id, fault));
        if all[..place].iter().any(|earlier| earlier.id == element.id) {
            return refused(TemplateFault::Repeated);
        }
        if !(element.area.width > 0.0 && element.area.height > 0.0) {
            return refused(TemplateFault::Flat);
        }
        if !(if lies_under(element) { bled } else { sheet }).contains(&element.area) {
            return refused(TemplateFault::OutsideSheet);
        }
        if lies_under(element) && stops_at_the_cut(&element.area, &sheet, &bled) {
            return refused(TemplateFault::ShortOfBleed);
        }
        if element.layer == Layer::Stock && depends_on_the_person(element) {
            return refused(TemplateFault::BoundStock);
        }
        if !lies_under(element) && !safe.contains(&element.area) {
            return refused(TemplateFault::OutsideSafeArea);
        }
        if let What::Text(text) = &element.what {
            check_text(element, text)?;
        }
    }
    template.sides.iter().try_for_each(check_overlaps)?;
    template.rules.iter().try_for_each(|rule| rule.check(&all))?;
    // A card that does not say whose it is, or which, is not a card.
    for field in [Field::Name, Field::CardNumber] {
        let shown = all.iter().any(|element| match &element.what {
            What::Text(text) => text.source == Source::Bound(field),
            What::Image { .. } | What::Qr { .. } | What::Rect { .. } | What::Art { .. } => false,
        });
        if !shown {
            return Err(refuse(field.name(), TemplateFault::Unbound));
        }
    }
    Ok(())
}

fn check_text(element: &Element, text: &Text) -> Result<(), PaperError> {
    if !(5.0..=text.size_pt).contains(&text.least_pt) {
        return Err(refuse(&element.id, TemplateFault::Size));
    }
    if element.area.height + 0.001 < text.size_pt * MM_PER_PT {
        return Err(refuse(&element.id, TemplateFault::LowBox));
    }
    if text.fit.last() != Some(&Fit::Error) {
        return Err(refuse(&element.id, TemplateFault::Endless));
    }
    Ok(())
}

fn check_overlaps(side: &Side) -> Result<(), PaperError> {
    for (place, element) in side.elements.iter().enumerate() {
        for earlier in side.elements[..place].iter().filter(|earlier| !lies_under(earlier)) {
            if lies_under(element) || !element.area.overlaps(&earlier.area) {
                continue;
            }
            let fault = match (&element.what, &earlier.what) {
                (What::Text(_), What::Image { .. }) => TemplateFault::TextOverPhoto,
                (
                    What::Text(_) | What::Image { .. } | What::Qr { .. } | What::Rect { .. } | What::Art { .. },
                    What::Text(_) | What::Image { .. } | What::Qr { .. } | What::Rect { .. } | What::Art { .. },
                ) => TemplateFault::Overlap(earlier.id.clone()),
            };
            return Err(refuse(&element.id, fault));
        }
    }
    Ok(())
}

fn lies_under(element: &Element) -> bool {
    match element.what {
        What::Rect { under, .. } => under,
        What::Art { .. } => true,
        What::Text(_) | What::Image { .. } | What::Qr { .. } => false,
    }
}

/// A knife never cuts exactly: artwork that ends at the cut leaves a white hair of paper now and then.
fn stops_at_the_cut(area: &Area, sheet: &Area, bled: &Area) -> bool {
    const TOUCH: f64 = 0.001;
    [
        (area.x, sheet.x, bled.x),
        (area.y, sheet.y, bled.y),
        (-area.right(), -sheet.right(), -bled.right()),
        (-area.bottom(), -sheet.bottom(), -bled.bottom()),
    ]
    .iter()
    .any(|(edge, cut, bleed)| *edge <= cut + TOUCH && *edge > bleed + TOUCH)
}

fn depends_on_the_person(element: &Element) -> bool {
    match &element.what {
        What::Text(text) => matches!(text.source, Source::Bound(_)),
        What::Image { .. } | What::Qr { .. } => true,
        What::Rect { .. } | What::Art { .. } => false,
    }
}
