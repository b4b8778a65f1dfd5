//! A pre-printed blank (套打): only what it does not bear is printed, and only the preview shows what it bears.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, also below a test function")]

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::display::Item;
use papers::{CardContent, Page, Template, card};
use support::{content, fonts, meta, poppler};

fn sheet(text: &str) -> Template {
    Template::parse(text).unwrap()
}

fn pdf(card: &CardContent, template: &Template) -> Vec<u8> {
    papers::pdf::write(&card::lay_out(card, template, fonts()).unwrap(), fonts(), &meta()).unwrap()
}

#[test]
fn what_stands_on_the_blank_is_never_printed() {
    let template = sheet(Template::CARD_100X70);
    let text = poppler("pdftotext", &["-raw", "-"], &pdf(&content(), &template));
    for printed in ["欧阳𬭚", "430903********0025", "样YZ00000017"] {
        assert!(text.contains(printed), "{printed} is missing:\n{text}");
    }
    for borne in ["老年人优待证", "姓　　名", "住　　址", "使用须知", "咨询电话"] {
        assert!(!text.contains(borne), "{borne} stands on the blank:\n{text}");
    }
    let pages = card::lay_out(&content(), &template, fonts()).unwrap();
    let drawn = pages.iter().flat_map(|page| &page.items);
    assert!(drawn.clone().count() > 0);
    assert!(drawn.clone().all(|item| !matches!(item, Item::Fill { .. } | Item::Shape(_))));
}

#[test]
fn on_white_stock_the_same_template_prints_everything() {
    let full = sheet(&Template::CARD_100X70.replace("mode = \"overlay\"", "mode = \"full\""));
    let text = poppler("pdftotext", &["-raw", "-"], &pdf(&content(), &full));
    for printed in ["老年人优待证", "欧阳𬭚", "使用须知", "咨询电话"] {
        assert!(text.contains(printed), "{printed} is missing:\n{text}");
    }
    assert!(card::lay_out_stock(&full, fonts()).unwrap().is_none());
}

#[test]
fn the_preview_shows_the_blank_under_the_very_bytes_that_are_printed() {
    let template = sheet(Template::CARD_100X70);
    let stock = card::lay_out_stock(&template, fonts()).unwrap().unwrap();
    let stock = papers::pdf::write(&stock, fonts(), &meta()).unwrap();
    let print = pdf(&content(), &template);
    let raster = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().to_rgb8();
    let both = raster(&papers::preview::rasterise_on(Some(&stock), &print, 0, 200.0).unwrap());
    let alone = raster(&papers::preview::rasterise_on(None, &print, 0, 200.0).unwrap());
    let blank = raster(&papers::preview::rasterise(&stock, 0, 200.0).unwrap());
    assert_eq!(alone, raster(&papers::preview::rasterise(&print, 0, 200.0).unwrap()));
    let dark = |picture: &image::RgbImage| picture.pixels().filter(|pixel| pixel.0[1] < 200).count();
    assert!(dark(&both) > dark(&alone) && dark(&both) > dark(&blank));
    // Ink on ink: no pixel of the preview is lighter than the blank or the print.
    for ((both, alone), blank) in both.pixels().zip(alone.pixels()).zip(blank.pixels()) {
        assert!(
            both.0
                .iter()
                .zip(alone.0.iter().zip(blank.0))
                .all(|(both, (alone, blank))| *both <= *alone && *both <= blank)
        );
    }
}

#[test]
fn a_rule_decides_what_is_seen() {
    let text = Template::CARD_100X70.replace(
        "[[rule]]\nwhen = \"reprint\"",
        "[[rule]]\nwhen = \"sex == '女'\"\nshow = [\"consult_phone\"]\n\n[[rule]]\nwhen = \"not photo\"\nshow = [\"photo\"]\n\n\
         [[rule]]\nwhen = \"reprint\"",
    );
    let template = sheet(&text);
    let shown = |card: &CardContent, wanted: &str| {
        let pages: Vec<Page> = card::lay_out(card, &template, fonts()).unwrap();
        pages.iter().flat_map(|page| &page.items).any(|item| match item {
            Item::Text(line) => line.element == wanted,
            Item::Picture(picture) => picture.element == wanted,
            Item::Frame { element, .. } | Item::Fill { element, .. } => element == wanted,
            Item::Modules(_) | Item::Shape(_) => false,
        })
    };
    let mut card = content();
    assert!(shown(&card, "consult_phone") && !shown(&card, "photo") && !shown(&card, "reprint"));
    card.sex = "男".into();
    card.photo = None;
    card.reprint = Some(2);
    assert!(!shown(&card, "consult_phone") && shown(&card, "photo") && shown(&card, "reprint"));
}

#[test]
fn a_card_with_bleed_is_cut_by_its_marks() {
    let text = Template::CARD_CR80
        .replace("safe = 2.5", "safe = 2.5\nbleed = 2.0\ncrop = { length = 4.0, gap = 2.5, line = 0.1 }")
        .replace("box = [0.0, 0.0, 85.6, 1.6]", "box = [-2.0, -2.0, 89.6, 3.6]")
        .replace("box = [0.0, 52.4, 85.6, 1.6]", "box = [-2.0, 52.4, 89.6, 3.6]");
    let template = sheet(&text);
    let pages = card::lay_out(&content(), &template, fonts()).unwrap();
    let page = template.for_one(pages[0].clone());
    let margin = 4.0 + 2.5 + 0.1;
    assert!((page.width_mm - (85.6 + 2.0 * margin)).abs() < 1e-9);
    let fills: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Fill { element, area, .. } => Some((&**element, *area)),
            Item::Text(_) | Item::Frame { .. } | Item::Modules(_) | Item::Picture(_) | Item::Shape(_) => None,
        })
        .collect();
    let edge = fills.iter().find(|(element, _)| *element == "front_edge").unwrap().1;
    assert!((edge.x - (margin - 2.0)).abs() < 1e-9, "the bleed lies beyond the cut");
    let marks: Vec<_> = fills.iter().filter(|(element, _)| *element == "crop").collect();
    assert_eq!(marks.len(), 8);
    assert!(marks.iter().all(|(_, mark)| !mark.overlaps(&edge) && mark.x >= 0.0 && mark.right() <= page.width_mm));
    // A template without marks prints on its own sheet.
    assert_eq!(support::template().for_one(pages[0].clone()), pages[0]);
}
