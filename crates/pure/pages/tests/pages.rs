//! Drawn pages on both sides of every threshold, and the sample pages of the repository, of which nothing is found.

#![expect(clippy::disallowed_methods, reason = "tests read files; the crate does not")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Cursor;

use image::{DynamicImage, GrayImage, Luma, imageops};
use pages::{Code, PageSpec, check};
use proptest::prelude::*;

const PAPER: u8 = 236;
const INK: u8 = 46;
const DESK: u8 = 84;

/// A sheet of 1240 x 1754 pixels with strokes in lines, as writing looks from afar. Drawn, so that nobody's paper is here.
fn sheet(paper: u8, ink: u8) -> GrayImage {
    GrayImage::from_fn(1240, 1754, |x, y| {
        let (line, above) = ((y / 40), y % 40);
        let written = (140..1100).contains(&x) && (160..1600).contains(&y) && (8..30).contains(&above);
        let cell = x / 26;
        // A cell holds a stroke across, one down, or both; some are blank, as between words.
        let kind = (cell * 7 + line * 5) % 6;
        let across = (above / 3) % 3 == 0 && kind != 0;
        let down = (x % 26 / 4) % 3 == 1 && kind > 2;
        Luma([if written && x % 26 < 21 && (across || down) && kind != 5 { ink } else { paper }])
    })
}

fn good() -> GrayImage {
    sheet(PAPER, INK)
}

/// A camera's picture of the sheet on a desk: turned by `degrees`, its middle at these shares of the picture.
fn on_the_desk(sheet: &GrayImage, degrees: f64, middle: (f64, f64)) -> GrayImage {
    let (width, height) = (1400_u32, 1900_u32);
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (cx, cy) = (f64::from(width) * middle.0, f64::from(height) * middle.1);
    let small = imageops::resize(sheet, 1000, 1414, imageops::FilterType::Triangle);
    GrayImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (f64::from(x) - cx, f64::from(y) - cy);
        let (sx, sy) = (dx * cos + dy * sin + 500.0, dy * cos - dx * sin + 707.0);
        let inside = (0.0..1000.0).contains(&sx) && (0.0..1414.0).contains(&sy);
        if inside { *small.get_pixel(sx as u32, sy as u32) } else { Luma([DESK + ((x / 9 + y / 7) % 5) as u8]) }
    })
}

fn darker(page: &GrayImage, share: f64) -> GrayImage {
    GrayImage::from_fn(page.width(), page.height(), |x, y| Luma([(f64::from(page.get_pixel(x, y).0[0]) * share) as u8]))
}

fn png(page: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(page.clone()).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The page as JPEG that says how many pixels make an inch.
fn jpeg(page: &GrayImage, dpi: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_pixel_density(image::codecs::jpeg::PixelDensity::dpi(dpi));
    encoder.encode_image(page).unwrap();
    bytes
}

fn found(bytes: &[u8]) -> Vec<Code> {
    check(bytes, &PageSpec::default()).unwrap().iter().map(|finding| finding.code).collect()
}

fn on(page: &GrayImage) -> Vec<Code> {
    found(&png(page))
}

#[test]
fn nothing_is_found_on_the_sample_pages() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../fixtures/pages");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "png" || extension == "jpg") {
            let findings = check(&std::fs::read(&path).unwrap(), &PageSpec::default()).unwrap();
            assert_eq!(findings, [], "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn nothing_is_found_on_a_good_page_flat_or_photographed() {
    assert_eq!(on(&good()), []);
    assert_eq!(found(&jpeg(&good(), 200)), []);
    for degrees in [0.0, 4.0, -7.0] {
        assert_eq!(on(&on_the_desk(&good(), degrees, (0.5, 0.5))), [], "turned by {degrees}");
    }
}

#[test]
fn a_blurred_page_is_found_and_a_scanner_s_softness_is_not() {
    assert_eq!(on(&imageops::blur(&good(), 0.8)), []);
    assert_eq!(on(&imageops::blur(&good(), 4.0)), [Code::Blurred]);
    assert_eq!(on(&imageops::blur(&on_the_desk(&good(), 3.0, (0.5, 0.5)), 4.0)), [Code::Blurred]);
}

#[test]
fn few_words_are_as_sharp_as_many() {
    let mut few = good();
    for (x, y, level) in few.enumerate_pixels_mut() {
        if y > 420 || x > 700 {
            *level = Luma([PAPER]);
        }
    }
    assert_eq!(on(&few), []);
    assert_eq!(on(&imageops::blur(&few, 4.0)), [Code::Blurred]);
}

#[test]
fn a_page_in_the_dark_is_found_and_one_in_dim_light_is_not() {
    assert_eq!(on(&darker(&good(), 0.55)), []);
    assert_eq!(on(&darker(&good(), 0.35)), [Code::Dark]);
    assert_eq!(on(&darker(&on_the_desk(&good(), 2.0, (0.5, 0.5)), 0.35)), [Code::Dark]);
}

#[test]
fn writing_that_is_washed_out_is_found_and_pale_print_is_not() {
    assert_eq!(on(&sheet(252, 176)), []);
    assert_eq!(on(&sheet(255, 215)), [Code::Overexposed]);
}

#[test]
fn a_blank_page_is_found_and_one_with_a_single_line_is_not() {
    let blank = GrayImage::from_fn(1240, 1754, |x, y| Luma([PAPER + ((x + y) % 3) as u8]));
    assert_eq!(on(&blank), [Code::Empty]);
    assert_eq!(on(&on_the_desk(&blank, 3.0, (0.5, 0.5))), [Code::Empty]);
    let (mut line, written) = (blank, good());
    for (x, y, level) in line.enumerate_pixels_mut() {
        if (400..480).contains(&y) {
            *level = *written.get_pixel(x, y);
        }
    }
    assert_eq!(on(&line), []);
}

#[test]
fn a_corner_outside_the_picture_is_found_and_a_sheet_close_to_the_rim_is_not() {
    assert_eq!(on(&on_the_desk(&good(), 5.0, (0.46, 0.47))), []);
    assert_eq!(on(&on_the_desk(&good(), 5.0, (0.30, 0.40))), [Code::Cut]);
    assert_eq!(on(&on_the_desk(&good(), -8.0, (0.62, 0.68))), [Code::Cut]);
}

#[test]
fn a_sheet_that_fills_the_picture_is_not_cut() {
    assert_eq!(on(&good()), []);
    let mut rim = good();
    for (x, _, level) in rim.enumerate_pixels_mut() {
        if x < 30 {
            *level = Luma([40]);
        }
    }
    assert_eq!(on(&rim), [], "the dark rim that a scanner leaves");
}

#[test]
fn resolution_is_asked_of_the_file_and_else_of_the_pixels() {
    assert_eq!(found(&jpeg(&good(), 150)), []);
    assert_eq!(found(&jpeg(&good(), 120)), [Code::TooCoarse]);
    let coarse =
        |height: u32| png(&imageops::resize(&good(), height * 1240 / 1754, height, imageops::FilterType::Triangle));
    assert!(!found(&coarse(1200)).contains(&Code::TooCoarse));
    assert!(found(&coarse(1199)).contains(&Code::TooCoarse));
    // 96 is what programs write by default: such a page is judged by its pixels.
    assert_eq!(found(&jpeg(&good(), 96)), []);
}

#[test]
fn a_finding_says_what_was_measured_and_what_would_have_been_good() {
    let findings = check(&jpeg(&good(), 120), &PageSpec::default()).unwrap();
    let said =
        |finding: &pages::Finding| (finding.measured_with_unit(), finding.threshold_with_unit(), finding.sentence);
    let sentence = "页面太粗糙，字看不清，请把扫描分辨率调高后重新扫描。";
    assert_eq!(findings.iter().map(said).collect::<Vec<_>>(), [("120 dpi".to_owned(), "150 dpi".to_owned(), sentence)]);
}

#[test]
fn a_file_that_is_no_picture_is_refused_before_it_is_decoded() {
    assert!(check(b"no picture", &PageSpec::default()).is_err());
    let whole = jpeg(&good(), 200);
    assert!(check(&whole[..whole.len() / 2], &PageSpec::default()).is_err());
    let limits = pictures::Limits { most_pixels: 1000, ..pictures::Limits::default() };
    assert!(check(&whole, &PageSpec { limits, ..PageSpec::default() }).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any picture of any shape is judged without a panic, and the same twice.
    #[test]
    fn every_picture_is_judged(width in 1_u32..90, height in 1_u32..90, seed in any::<u32>()) {
        let noise = |x: u32, y: u32| (x.wrapping_mul(seed | 1).wrapping_add(y.wrapping_mul(2_654_435_761)) >> 13) as u8;
        let page = png(&GrayImage::from_fn(width, height, |x, y| Luma([noise(x, y)])));
        prop_assert_eq!(check(&page, &PageSpec::default()).unwrap(), check(&page, &PageSpec::default()).unwrap());
    }
}
