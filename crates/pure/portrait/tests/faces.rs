//! Photos with one face, none and two, small, large, aside and leaning: made here from two portraits in the public domain.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and stop at the first fault; the crate does not"
)]

use std::io::Cursor;
use std::path::Path;

use image::imageops::{FilterType, overlay};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use portrait::{Code, FaceFinder, ModelFault, PhotoSpec, Report, Severity, Verdict, check_with_faces};

fn read(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").join(path);
    std::fs::read(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()))
}

fn finder() -> FaceFinder {
    FaceFinder::from_model(&read("models/yunet_320.onnx")).unwrap()
}

fn portrait(name: &str) -> RgbImage {
    image::load_from_memory(&read(&format!("fixtures/portraits-public-domain/{name}.jpg"))).unwrap().to_rgb8()
}

/// A portrait, `width` pixels wide, with its left top corner at a place of an empty one-inch photo of twice the pixels.
fn placed(name: &str, width: u32, left: i64, top: i64) -> RgbImage {
    let portrait = portrait(name);
    let height = width * portrait.height() / portrait.width();
    let mut photo = RgbImage::from_pixel(590, 826, Rgb([200; 3]));
    overlay(&mut photo, &image::imageops::resize(&portrait, width, height, FilterType::Triangle), left, top);
    photo
}

/// Turned clockwise about the middle, the nearest pixel for each.
fn turned(photo: &RgbImage, degrees: f32) -> RgbImage {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let (x0, y0) = (photo.width() as f32 / 2.0, photo.height() as f32 / 2.0);
    RgbImage::from_fn(photo.width(), photo.height(), |x, y| {
        let (dx, dy) = (x as f32 - x0, y as f32 - y0);
        let (from_x, from_y) = (x0 + cosine * dx + sine * dy, y0 - sine * dx + cosine * dy);
        let inside = |at: f32, most: u32| (at >= 0.0 && at < most as f32).then_some(at as u32);
        match (inside(from_x, photo.width()), inside(from_y, photo.height())) {
            (Some(x), Some(y)) => *photo.get_pixel(x, y),
            (None, _) | (_, None) => Rgb([200; 3]),
        }
    })
}

fn report(photo: RgbImage) -> Report {
    let mut png = Cursor::new(Vec::new());
    DynamicImage::from(photo).write_to(&mut png, ImageFormat::Png).unwrap();
    let spec = PhotoSpec { stated_dpi: Some(600), ..PhotoSpec::default() };
    check_with_faces(&png.into_inner(), &spec, &finder()).unwrap()
}

/// What was found on the faces; light and sharpness have their own tests.
fn of_faces(report: &Report) -> Vec<(Code, Severity)> {
    let plain = [Code::Dark, Code::Glaring, Code::Blurred];
    let all = report.findings.iter().map(|finding| (finding.code, finding.severity));
    all.filter(|(code, _)| !plain.contains(code)).collect()
}

#[test]
fn one_face_in_its_place_is_found_without_a_finding() {
    for name in ["first", "second"] {
        let report = report(placed(name, 590, 0, 40));
        assert_eq!((report.faces, of_faces(&report)), (Some(1), vec![]), "{name}");
    }
}

#[test]
fn empty_photo_blocks_as_no_face() {
    let report = report(RgbImage::from_fn(590, 826, |x, y| Rgb([(x / 4 + y / 8) as u8; 3])));
    assert_eq!((report.faces, report.verdict), (Some(0), Verdict::Block));
    assert_eq!(of_faces(&report), [(Code::NoFace, Severity::Block)]);
}

#[test]
fn two_people_block_as_several_faces() {
    let mut photo = placed("first", 290, 0, 200);
    let other = placed("second", 290, 295, 200);
    overlay(&mut photo, &image::imageops::crop_imm(&other, 295, 0, 295, 826).to_image(), 295, 0);
    let report = report(photo);
    assert_eq!((report.faces, report.verdict), (Some(2), Verdict::Block));
    assert_eq!(of_faces(&report), [(Code::SeveralFaces, Severity::Block)]);
}

#[test]
fn far_head_is_small_and_near_head_is_large() {
    assert_eq!(of_faces(&report(placed("first", 290, 150, 210))), [(Code::HeadSmall, Severity::Warn)]);
    assert_eq!(of_faces(&report(placed("first", 1000, -270, -130))), [(Code::HeadLarge, Severity::Warn)]);
}

#[test]
fn head_at_the_side_is_off_centre() {
    assert_eq!(of_faces(&report(placed("first", 590, 130, 40))), [(Code::OffCentre, Severity::Warn)]);
    assert_eq!(of_faces(&report(placed("first", 590, 0, 250))), [(Code::OffCentre, Severity::Warn)]);
}

#[test]
fn head_that_leans_is_still_one_face() {
    for name in ["first", "second"] {
        for degrees in [-20.0, -8.0, 8.0, 20.0] {
            let report = report(turned(&placed(name, 590, 0, 40), degrees));
            assert_eq!(report.faces, Some(1), "{name} turned by {degrees}");
        }
    }
}

#[test]
fn points_lie_where_they_do_on_a_face() {
    let finder = finder();
    let photo = DynamicImage::from(placed("second", 590, 0, 40));
    let face = finder.find(&photo).unwrap()[0];
    let [left, right] = face.eyes;
    assert!(left.x_px < face.nose.x_px && face.nose.x_px < right.x_px);
    assert!(face.eye_middle().y_px < face.nose.y_px && face.nose.y_px < face.mouth[0].y_px);
    // Twice the pixels give the same face at twice the place.
    let double = finder.find(&photo.resize_exact(1180, 1652, FilterType::Triangle)).unwrap()[0];
    assert!((double.between_eyes_px() / face.between_eyes_px() - 2.0).abs() < 0.1);
    assert!((double.eye_middle().x_px / face.eye_middle().x_px - 2.0).abs() < 0.1);
}

#[test]
fn other_model_than_the_measured_one_is_refused() {
    let mut bytes = read("models/yunet_320.onnx");
    bytes[1000] ^= 1;
    assert!(matches!(FaceFinder::from_model(&bytes), Err(ModelFault::Unknown { .. })));
}

#[test]
fn file_that_is_no_picture_is_a_finding_and_no_face_is_claimed() {
    let report = check_with_faces(b"no picture", &PhotoSpec::default(), &finder()).unwrap();
    assert_eq!((report.faces, report.findings[0].code), (None, Code::NotAnImage));
}
