//! Ten cards on A4: in every cell, on both sides, ink lies where the template says.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, also below a test function")]

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use image::GrayImage;
use papers::display::{Area, Item, Page};
use papers::template::TemplateFault;
use papers::{CardContent, Imposition, PaperError, Template};
use support::{content, fonts, meta, poppler_raster, template};

const DPI: f64 = 600.0;
const TOLERANCE_MM: f64 = 0.1;

fn ten() -> Imposition {
    Imposition::parse(Imposition::SHEET_A4_TEN).unwrap()
}

/// As many invented people, each with a name of their own.
fn cards(count: usize) -> Vec<Vec<Page>> {
    let names = ["欧阳𬭚", "王䶮", "买买提·吐尔逊", "李样例", "张某", "刘𫖯", "陈石", "周样", "赵例", "孙𠅤"];
    let card = |place: usize| CardContent {
        name: names[place % names.len()].into(),
        card_number: format!("样YZ{:08}", place + 1),
        reprint: Some(1),
        ..content()
    };
    (0..count).map(|place| support::card_pages(&card(place))).collect()
}

fn ink_box(raster: &GrayImage, within: Area) -> Option<Area> {
    let px = |mm: f64| (mm / 25.4 * DPI).round().max(0.0) as u32;
    let mm = |px: u32| f64::from(px) * 25.4 / DPI;
    let (mut l, mut t, mut r, mut b) = (u32::MAX, u32::MAX, 0, 0);
    for y in px(within.y)..px(within.bottom()).min(raster.height()) {
        for x in px(within.x)..px(within.right()).min(raster.width()) {
            if raster.get_pixel(x, y).0[0] < 252 {
                (l, t, r, b) = (l.min(x), t.min(y), r.max(x), b.max(y));
            }
        }
    }
    (l <= r).then(|| Area { x: mm(l), y: mm(t), width: mm(r + 1 - l), height: mm(b + 1 - t) })
}

/// Where an item's ink is expected, and of which element it is.
fn expected(item: &Item) -> Option<(&str, Area)> {
    match item {
        Item::Text(line) => Some((&line.element, line.ink_box(fonts())?)),
        Item::Fill { element, area, .. } => Some((element, *area)),
        Item::Picture(picture) => Some((&picture.element, picture.area)),
        Item::Frame { .. } | Item::Modules(_) | Item::Shape(_) => None,
    }
}

#[test]
fn in_every_cell_every_element_inks_within_a_tenth_of_a_millimetre_of_the_template() {
    let (sheet, cards) = (ten(), cards(10));
    let mut pages = sheet.impose(&cards, 1, &template()).unwrap();
    assert_eq!(pages.len(), 2);
    // What lies under text would hide the text's own ink: it is looked at in the display list of one card, by geometry.rs.
    for page in &mut pages {
        page.items.retain(|item| !matches!(item, Item::Fill { element, .. } if element == "phone_band"));
    }
    let pdf = papers::pdf::write(&pages, fonts(), &meta()).unwrap();
    for (side, name) in ["front", "back"].into_iter().enumerate() {
        let raster = poppler_raster(&pdf, side, DPI as u32);
        let mut seen = 0;
        for (number, (card, cell)) in (1..).zip(cards.iter().zip(sheet.cells())) {
            let cell = if side == 0 { *cell } else { sheet.behind(*cell) };
            for item in &card[side].items {
                let Some((element, on_card)) = expected(item) else { continue };
                if element == "phone_band" {
                    continue;
                }
                let place = on_card.moved(cell.x, cell.y);
                // Elements at the edge of the card touch their neighbours; inside this rim there is no other ink.
                let rim = if element.ends_with("_edge") { 0.0 } else { 0.3 };
                let found = ink_box(&raster, place.grown(rim));
                let found = found.unwrap_or_else(|| panic!("{name} {number}, {element}: no ink"));
                let off = [
                    found.x - place.x,
                    found.y - place.y,
                    found.right() - place.right(),
                    found.bottom() - place.bottom(),
                ];
                assert!(
                    off.iter().all(|mm| mm.abs() <= TOLERANCE_MM),
                    "{name} {number}, {element}: {place:?}, {found:?}"
                );
                seen += 1;
            }
        }
        assert!(seen >= 70, "{name}: {seen} elements");
    }
}

#[test]
fn a_sheet_that_was_used_before_begins_where_it_was_left() {
    let sheet = ten();
    let pages = sheet.impose(&cards(5), 8, &template()).unwrap();
    // Cells 8, 9 and 10 of the first sheet, 1 and 2 of the next.
    assert_eq!(pages.len(), 4);
    let names = |page: &Page| -> Vec<(String, f64)> {
        let lines = page.items.iter().filter_map(|item| match item {
            Item::Text(line) if line.element == "name" => Some((line.text(), line.x_mm)),
            Item::Text(_) | Item::Fill { .. } | Item::Frame { .. } | Item::Modules(_) => None,
            Item::Picture(_) | Item::Shape(_) => None,
        });
        lines.collect()
    };
    let first = names(&pages[0]);
    assert_eq!(first.iter().map(|(name, _)| &**name).collect::<Vec<_>>(), ["欧阳𬭚", "王䶮", "买买提·吐尔逊"]);
    assert!((first[0].1 - (sheet.cells()[7].x + 15.0)).abs() < 0.001, "cell 8 is on the right");
    assert!((first[1].1 - (sheet.cells()[8].x + 15.0)).abs() < 0.001, "cell 9 is on the left");
    assert_eq!(names(&pages[2]).len(), 2);
}

#[test]
fn a_back_lies_behind_its_front() {
    let sheet = ten();
    let pages = sheet.impose(&cards(1), 1, &template()).unwrap();
    let edge = |page: &Page, wanted: &str| {
        page.items.iter().find_map(|item| match item {
            Item::Fill { element, area, .. } if element == wanted => Some(*area),
            Item::Text(_) | Item::Fill { .. } | Item::Frame { .. } | Item::Modules(_) => None,
            Item::Picture(_) | Item::Shape(_) => None,
        })
    };
    let (front, back) = (edge(&pages[0], "front_edge").unwrap(), edge(&pages[1], "back_edge").unwrap());
    // Turned about the long edge, left becomes right: 210 mm from the left edge is 0.
    assert!((front.x - (210.0 - back.right())).abs() < 0.001, "{front:?} {back:?}");
}

#[test]
fn crop_marks_lie_beyond_every_cell_and_only_on_the_front() {
    let sheet = ten();
    let pages = sheet.impose(&cards(1), 4, &template()).unwrap();
    let marks = |page: &Page| -> Vec<Area> {
        let areas = page.items.iter().filter_map(|item| match item {
            Item::Fill { element, area, .. } if element == "crop" => Some(*area),
            Item::Text(_) | Item::Fill { .. } | Item::Frame { .. } | Item::Modules(_) => None,
            Item::Picture(_) | Item::Shape(_) => None,
        });
        areas.collect()
    };
    let front = marks(&pages[0]);
    // Six cuts across at either side, three down above and below.
    assert_eq!(front.len(), 2 * 6 + 2 * 3, "{front:?}");
    assert!(front.iter().all(|mark| sheet.cells().iter().all(|cell| !cell.overlaps(mark))));
    assert!(marks(&pages[1]).is_empty());
}

fn refusal(from: &str, to: &str) -> (String, TemplateFault) {
    assert!(Imposition::SHEET_A4_TEN.contains(from), "{from} is not in the sheet");
    match Imposition::parse(&Imposition::SHEET_A4_TEN.replacen(from, to, 1)) {
        Err(PaperError::AcceptElement { element, fault }) => (element, fault),
        other => panic!("expected a named refusal, got {other:?}"),
    }
}

#[test]
fn a_sheet_that_cannot_be_printed_or_cut_is_refused_by_name() {
    assert_eq!(refusal("rows = 5", "rows = 6"), ("cell 11".to_owned(), TemplateFault::OutsideSafeArea));
    assert_eq!(refusal("columns = 2", "columns = 0").1, TemplateFault::Cells);
    assert_eq!(refusal("length = 5.0", "length = 50.0").1, TemplateFault::CropMarks);
    assert_eq!(refusal("gap = [0.0, 0.0]", "gap = [-1.0, 0.0]").1, TemplateFault::Flat);
    let unknown = Imposition::SHEET_A4_TEN.replace("rows = 5", "rows = 5\nturned = true");
    assert!(matches!(Imposition::parse(&unknown), Err(PaperError::ParseTemplate { .. })));
}

#[test]
fn a_start_that_is_no_cell_and_a_card_of_another_size_are_refused() {
    let fault = |start, card: &str| match ten().impose(&cards(1), start, &Template::parse(card).unwrap()) {
        Err(PaperError::AcceptElement { fault, .. }) => fault,
        other => panic!("expected a refusal, got {other:?}"),
    };
    assert_eq!(fault(0, Template::CARD_CR80), TemplateFault::NoCell(10));
    assert_eq!(fault(11, Template::CARD_CR80), TemplateFault::NoCell(10));
    assert_eq!(fault(1, Template::CARD_100X70), TemplateFault::OtherSize);
    let bleeding = Template::CARD_CR80
        .replace("safe = 2.5", "safe = 2.5\nbleed = 2.0")
        .replace("box = [0.0, 0.0, 85.6, 1.6]", "box = [-2.0, -2.0, 89.6, 3.6]")
        .replace("box = [0.0, 52.4, 85.6, 1.6]", "box = [-2.0, 52.4, 89.6, 3.6]");
    assert_eq!(fault(1, &bleeding), TemplateFault::BleedsOver);
}
