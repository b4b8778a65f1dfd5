//! The calibration recovers how a printer moves what it prints: from synthetic scans, and from sheets that poppler made.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test, also below a test function")]

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use image::GrayImage;
use papers::calibration::{CROSS_ARM_MM, CROSS_LINE_MM, Deviation, Reading, ScanFault, cross_hairs, find, page, solve};
use papers::{Affine, Page, Point};
use proptest::prelude::*;
use support::{fonts, meta, poppler_raster};

/// A scan of the five cross-hairs as a printer of this deviation puts them, with blur and noise of the scanner.
fn scan(deviation: &Deviation, (width, height): (f64, f64), dpi: f64, seed: u64) -> GrayImage {
    let back = deviation.as_affine().inverse().unwrap();
    let crosses = cross_hairs(width, height);
    let mut dice = seed | 1;
    let mut noise = || {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 40) as f64 / f64::from(1 << 24) * 30.0 - 15.0
    };
    let pixel = 25.4 / dpi;
    let px = |mm: f64| (mm / pixel).round() as u32;
    GrayImage::from_fn(px(width), px(height), |column, row| {
        let here = Point { x: (f64::from(column) + 0.5) * pixel, y: (f64::from(row) + 0.5) * pixel };
        let meant = back.apply(here);
        let ink = crosses.iter().map(|cross| cover(meant.x - cross.x, meant.y - cross.y, pixel)).fold(0.0, f64::max);
        image::Luma([(238.0 - 200.0 * ink + noise()).clamp(0.0, 255.0) as u8])
    })
}

/// How much of a pixel so far from a cross-hair's middle is ink; the edge runs over a pixel and a half, as a lens makes it.
fn cover(x: f64, y: f64, pixel: f64) -> f64 {
    let arm = |along: f64, across: f64| {
        let inside = (CROSS_LINE_MM / 2.0 - across.abs()).min(CROSS_ARM_MM - along.abs());
        (inside / (1.5 * pixel) + 0.5).clamp(0.0, 1.0)
    };
    arm(x, y).max(arm(y, x))
}

/// Within 0.05 mm anywhere on the sheet, 0.05 % and what a turn of 0.05 mm over the sheet is.
fn assert_recovered(truth: &Deviation, found: &Deviation, (width, height): (f64, f64)) {
    for (x, y) in [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)] {
        let corner = Point { x, y };
        let off = truth.as_affine().apply(corner).distance(found.as_affine().apply(corner));
        assert!(off < 0.05, "{off} mm at {corner:?}: {truth:?} was taken for {found:?}");
    }
    assert!((truth.sx - found.sx).abs() < 5e-4 && (truth.sy - found.sy).abs() < 5e-4, "{truth:?}, {found:?}");
    assert!((truth.dx - found.dx).abs() < 0.05 && (truth.dy - found.dy).abs() < 0.05, "{truth:?}, {found:?}");
}

prop_compose! {
    fn deviations()(
        dx in -2.5..2.5f64, dy in -2.5..2.5f64, sx in 0.985..1.015f64, sy in 0.985..1.015f64, turn in -2.0..2.0f64,
    ) -> Deviation {
        Deviation { dx, dy, sx, sy, turn }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_scan_of_a_card_tells_the_deviation(truth in deviations(), seed in any::<u64>()) {
        let size = (85.6, 54.0);
        let readings = find(&scan(&truth, size, 300.0, seed), 300.0, &cross_hairs(size.0, size.1)).unwrap();
        assert_recovered(&truth, &solve(&readings).unwrap().deviation, size);
    }
}

#[test]
fn a_scan_of_an_a4_sheet_tells_the_deviation_at_two_degrees() {
    let size = (210.0, 297.0);
    for turn in [-2.0, 2.0] {
        let truth = Deviation { dx: 1.5, dy: -2.0, sx: 1.004, sy: 0.993, turn };
        let readings = find(&scan(&truth, size, 200.0, 7), 200.0, &cross_hairs(size.0, size.1)).unwrap();
        assert_recovered(&truth, &solve(&readings).unwrap().deviation, size);
    }
}

#[test]
fn a_cross_hair_that_is_not_in_the_scan_is_named() {
    let size = (85.6, 54.0);
    let mut picture = scan(&Deviation::NONE, size, 300.0, 3);
    let (right, bottom) = (picture.width() - 300, picture.height() - 260);
    for y in bottom..picture.height() {
        for x in right..picture.width() {
            picture.put_pixel(x, y, image::Luma([238]));
        }
    }
    assert_eq!(find(&picture, 300.0, &cross_hairs(size.0, size.1)), Err(ScanFault::Missing(5)));
}

#[test]
fn a_blank_sheet_and_a_coarse_scan_are_refused() {
    let blank = GrayImage::from_pixel(1011, 638, image::Luma([240]));
    assert_eq!(find(&blank, 300.0, &cross_hairs(85.6, 54.0)), Err(ScanFault::Missing(1)));
    assert_eq!(find(&blank, 72.0, &cross_hairs(85.6, 54.0)), Err(ScanFault::Resolution(72.0)));
}

/// What comes out of a printer of this deviation: everything on the page, its own correction included, is moved.
fn printed(page: &Page, printer: &Deviation) -> GrayImage {
    let both = |point: Point| printer.as_affine().apply(page.correction.apply(point));
    let (origin, right, down) =
        (both(Point { x: 0.0, y: 0.0 }), both(Point { x: 1.0, y: 0.0 }), both(Point { x: 0.0, y: 1.0 }));
    let terms = [right.x - origin.x, right.y - origin.y, down.x - origin.x, down.y - origin.y, origin.x, origin.y];
    let out = Page { correction: Affine::new(terms), ..page.clone() };
    poppler_raster(&papers::pdf::write(&[out], fonts(), &meta()).unwrap(), 0, 600)
}

#[test]
fn a_printer_that_prints_askew_prints_straight_once_it_is_calibrated() {
    let (width, height) = (85.6, 54.0);
    let printer = Deviation { dx: 0.8, dy: -1.1, sx: 1.006, sy: 0.996, turn: 0.7 };
    let mut sheet = page(width, height, "校准页 card-cr80", fonts()).unwrap();
    let crosses = cross_hairs(width, height);
    let first = find(&printed(&sheet, &printer), 600.0, &crosses).unwrap();
    let solution = solve(&first).unwrap();
    assert_recovered(&printer, &solution.deviation, (width, height));
    assert!(solution.before.iter().copied().fold(0.0, f64::max) > 0.5, "{:?}", solution.before);

    sheet.correction = solution.deviation.correction();
    let second = find(&printed(&sheet, &printer), 600.0, &crosses).unwrap();
    for Reading { expected, measured } in second {
        assert!(measured.distance(expected) < 0.05, "{expected:?} came out at {measured:?}");
    }
}

#[test]
fn a_page_that_needs_no_correction_has_the_bytes_it_always_had() {
    let straight = page(85.6, 54.0, "校准页", fonts()).unwrap();
    let mut corrected = straight.clone();
    corrected.correction = Deviation::NONE.correction();
    let bytes = |page: &Page| papers::pdf::write(std::slice::from_ref(page), fonts(), &meta()).unwrap();
    assert_eq!(bytes(&straight), bytes(&corrected));
    corrected.correction = Deviation { dx: 0.1, ..Deviation::NONE }.correction();
    assert_ne!(bytes(&straight), bytes(&corrected));
}
