//! Ink lies where the template says, to a tenth of a millimetre, as an independent reader rasterises it at 600 dpi.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::Page;
use papers::display::{Area, Item};
use support::{card_pages, content, fonts, meta, poppler_raster, template};

const DPI: u32 = 600;
const TOLERANCE_MM: f64 = 0.1;

/// The box of everything darker than `paper` inside `within`, in millimetres.
fn ink_box(raster: &image::GrayImage, paper: u8, within: Area) -> Option<Area> {
    let px = |mm: f64| (mm / 25.4 * f64::from(DPI)).round().max(0.0) as u32;
    let mm = |px: u32| f64::from(px) * 25.4 / f64::from(DPI);
    let (right, bottom) = (px(within.right()).min(raster.width()), px(within.bottom()).min(raster.height()));
    let mut reach: Option<(u32, u32, u32, u32)> = None;
    for y in px(within.y)..bottom {
        for x in px(within.x)..right {
            if raster.get_pixel(x, y).0[0] < paper {
                let (l, t, r, b) = reach.unwrap_or((x, y, x, y));
                reach = Some((l.min(x), t.min(y), r.max(x), b.max(y)));
            }
        }
    }
    reach.map(|(l, t, r, b)| Area { x: mm(l), y: mm(t), width: mm(r + 1) - mm(l), height: mm(b + 1) - mm(t) })
}

fn assert_same(what: &str, expected: Area, found: Area) {
    let off = [
        expected.x - found.x,
        expected.y - found.y,
        expected.right() - found.right(),
        expected.bottom() - found.bottom(),
    ];
    assert!(off.iter().all(|mm| mm.abs() <= TOLERANCE_MM), "{what}: expected {expected:?}, found {found:?}");
}

fn whole(page: &Page) -> Area {
    Area { x: 0.0, y: 0.0, width: page.width_mm, height: page.height_mm }
}

#[test]
fn every_element_inks_exactly_where_it_should() {
    let mut card = content();
    card.reprint = Some(1);
    card.name = "欧阳\u{2A6D6}".into();
    for page in card_pages(&card) {
        // One page an element: only then is the ink surely its own.
        let alone = page.items.iter().map(|item| Page { items: vec![item.clone()], ..page.clone() });
        let pages: Vec<Page> = alone.collect();
        let pdf = papers::pdf::write(&pages, fonts(), &meta()).unwrap();
        for (place, page) in pages.iter().enumerate() {
            let (element, expected) = match &page.items[0] {
                Item::Text(line) => {
                    let ink = line.ink_box(fonts()).unwrap();
                    let allowed = template().area_of(&line.element).unwrap();
                    let slack = Area {
                        x: allowed.x - TOLERANCE_MM,
                        y: allowed.y - TOLERANCE_MM,
                        width: allowed.width + 2.0 * TOLERANCE_MM,
                        height: allowed.height + 2.0 * TOLERANCE_MM,
                    };
                    assert!(slack.contains(&ink), "{} leaves its box: {ink:?} of {allowed:?}", line.element);
                    (&line.element, ink)
                }
                Item::Fill { element, area, .. } => (element, *area),
                Item::Picture(picture) => (&picture.element, picture.area),
                Item::Frame { .. } | Item::Modules(_) | Item::Shape(_) => panic!("the sample card has none"),
            };
            let raster = poppler_raster(&pdf, place, DPI);
            let found = ink_box(&raster, 252, whole(page)).unwrap_or_else(|| panic!("{element} left no ink"));
            assert_same(element, expected, found);
        }
    }
}

#[test]
fn photo_of_the_finished_card_stands_at_25_by_35_mm() {
    let pages = card_pages(&content());
    let pdf = papers::pdf::write(&pages, fonts(), &meta()).unwrap();
    let area = template().area_of("photo").unwrap();
    let around = Area { x: area.x - 1.0, y: area.y - 1.0, width: area.width + 2.0, height: area.height + 2.0 };
    for raster in [poppler_raster(&pdf, 0, DPI), preview_raster(&pdf)] {
        assert_same("photo", area, ink_box(&raster, 252, around).unwrap());
    }
}

/// Our own preview at the same resolution: what the screen shows must lie where the print will.
fn preview_raster(pdf: &[u8]) -> image::GrayImage {
    let png = papers::preview::rasterise(pdf, 0, DPI as f32).unwrap_or_else(|refusal| panic!("{refusal}"));
    image::load_from_memory(&png).unwrap_or_else(|fault| panic!("{fault}")).to_luma8()
}
