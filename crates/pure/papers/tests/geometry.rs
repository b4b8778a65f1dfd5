//! Ink lies where the template says, to a tenth of a millimetre, as an independent reader rasterises it at 600 dpi.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::display::{Area, Item, Shape, Stroke};
use papers::{Page, Point, Template};
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

/// Where the ink of an item is expected, and of which element it is. A line of text may not leave its box.
fn expected<'a>(item: &'a Item, template: &Template) -> (&'a str, Area) {
    match item {
        Item::Text(line) => {
            let ink = line.ink_box(fonts()).unwrap_or_else(|| panic!("{} has no ink", line.element));
            let allowed = template.area_of(&line.element).unwrap_or_else(|| panic!("{}", line.element));
            let slack = allowed.grown(TOLERANCE_MM);
            assert!(slack.contains(&ink), "{} leaves its box: {ink:?} of {allowed:?}", line.element);
            (&line.element, ink)
        }
        Item::Fill { element, area, .. } => (element, *area),
        Item::Picture(picture) => (&picture.element, picture.area),
        // Three corners of a code are finder patterns: its ink reaches all four edges.
        Item::Modules(code) => {
            let side = code.module_mm * code.side as f64;
            (&code.element, Area { x: code.x_mm, y: code.y_mm, width: side, height: side })
        }
        Item::Shape(shape) => (&shape.element, reach(shape)),
        Item::Frame { .. } => panic!("the sample card has none"),
    }
}

/// The box of an outline, its curves walked in small steps.
fn reach(shape: &Shape) -> Area {
    let mut points = Vec::new();
    for outline in &shape.outlines {
        let mut pen = outline.start;
        points.push(pen);
        for stroke in &outline.strokes {
            pen = match *stroke {
                Stroke::Line(end) => end,
                Stroke::Curve(first, second, end) => {
                    points.extend((1..200).map(|step| {
                        let t = f64::from(step) / 200.0;
                        let weights =
                            [(1.0 - t).powi(3), 3.0 * t * (1.0 - t).powi(2), 3.0 * t * t * (1.0 - t), t.powi(3)];
                        let mix = |of: fn(Point) -> f64| {
                            [pen, first, second, end]
                                .into_iter()
                                .zip(weights)
                                .map(|(point, weight)| of(point) * weight)
                                .sum()
                        };
                        Point { x: mix(|point| point.x), y: mix(|point| point.y) }
                    }));
                    end
                }
            };
            points.push(pen);
        }
    }
    let least = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (x, y) = (least(|point| point.x), least(|point| point.y));
    Area { x, y, width: most(|point| point.x) - x, height: most(|point| point.y) - y }
}

fn assert_every_element_inks_where_it_should(template: &Template) {
    let mut card = content();
    card.reprint = Some(1);
    card.name = "欧阳\u{2A6D6}".into();
    card.credential = Some(vec![0x5A; 152]);
    let pages = papers::card::lay_out(&card, template, fonts()).unwrap_or_else(|refusal| panic!("{refusal}"));
    for page in pages {
        // One page an element: only then is the ink surely its own.
        let alone = page.items.iter().map(|item| Page { items: vec![item.clone()], ..page.clone() });
        let pages: Vec<Page> = alone.collect();
        let pdf = papers::pdf::write(&pages, fonts(), &meta()).unwrap_or_else(|refusal| panic!("{refusal}"));
        for (place, page) in pages.iter().enumerate() {
            let (element, expected) = expected(&page.items[0], template);
            let raster = poppler_raster(&pdf, place, DPI);
            let found = ink_box(&raster, 252, whole(page)).unwrap_or_else(|| panic!("{element} left no ink"));
            assert_same(element, expected, found);
        }
    }
}

#[test]
fn every_element_inks_exactly_where_it_should() {
    assert_every_element_inks_where_it_should(&template());
}

#[test]
fn every_element_of_the_sheet_of_100_by_70_mm_inks_exactly_where_it_should() {
    // On white stock, so that what a pre-printed blank bears is measured as well.
    let text = Template::CARD_100X70.replace("mode = \"overlay\"", "mode = \"full\"");
    assert_every_element_inks_where_it_should(&Template::parse(&text).unwrap());
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
