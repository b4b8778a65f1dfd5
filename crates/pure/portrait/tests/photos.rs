//! The drawn portraits of `fixtures/portraits`, each with the one finding it was drawn for.

#![expect(clippy::disallowed_methods, reason = "tests read files; the crate does not")]

use std::path::Path;

use pictures::Unreadable;
use portrait::{Code, Limits, PhotoFault, PhotoSpec, Severity, Verdict, check, crop_to_one_inch, measure};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fixtures/portraits").join(name);
    std::fs::read(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()))
}

fn codes(bytes: &[u8], spec: &PhotoSpec) -> Vec<(Code, Severity)> {
    check(bytes, spec).findings.iter().map(|finding| (finding.code, finding.severity)).collect()
}

#[test]
fn good_photos_pass_without_a_finding() {
    for name in ["woman.jpg", "man.jpg"] {
        let report = check(&fixture(name), &PhotoSpec::default());
        assert_eq!((report.verdict, report.findings), (Verdict::Pass, vec![]), "{name}");
    }
}

#[test]
fn one_inch_photo_measures_25_by_35_mm() {
    let measured = measure(&fixture("woman.jpg"), &Limits::default()).unwrap();
    assert_eq!((measured.width_px, measured.height_px), (295, 413));
    assert_eq!((measured.width_um, measured.height_um), (24_977, 34_967));
    assert_eq!(measured.dpi, 300.0);
}

#[test]
fn two_inch_photo_blocks_as_too_large_with_its_millimetres() {
    let report = check(&fixture("two-inch.jpg"), &PhotoSpec::default());
    assert_eq!(report.verdict, Verdict::Block);
    let finding = &report.findings[0];
    assert_eq!(finding.code.as_str(), "PHOTO_TOO_LARGE");
    assert_eq!(finding.measured_with_unit(), "35.0 × 49.0 mm");
    assert_eq!(finding.threshold, "25.0 × 35.0 ± 2.0");
}

#[test]
fn each_faulty_photo_gives_the_code_it_was_drawn_for() {
    let spec = PhotoSpec::default();
    assert_eq!(codes(&fixture("dark.jpg"), &spec), [(Code::Dark, Severity::Warn)]);
    assert_eq!(codes(&fixture("blurred.jpg"), &spec), [(Code::Blurred, Severity::Block)]);
    assert_eq!(codes(&fixture("no-dpi.jpg"), &spec), [(Code::ScaleUnknown, Severity::Block)]);
    assert_eq!(codes(&fixture("glaring.jpg"), &spec), [(Code::Glaring, Severity::Warn)]);
    let small = codes(&fixture("small.jpg"), &spec);
    assert!(small.contains(&(Code::TooSmall, Severity::Warn)), "{small:?}");
    assert!(small.contains(&(Code::TooFewPixels, Severity::Block)), "{small:?}");
}

#[test]
fn unknown_scale_is_asked_for_and_the_answer_is_used() {
    let photo = fixture("no-dpi.jpg");
    assert!(matches!(measure(&photo, &Limits::default()), Err(PhotoFault::ScaleUnknown)));
    let stated = PhotoSpec { stated_dpi: Some(300), ..PhotoSpec::default() };
    assert_eq!(check(&photo, &stated).verdict, Verdict::Pass);
    let stated = PhotoSpec { stated_dpi: Some(150), ..PhotoSpec::default() };
    assert_eq!(codes(&photo, &stated), [(Code::TooLarge, Severity::Block)]);
}

#[test]
fn stated_scale_never_overrules_the_file() {
    let stated = PhotoSpec { stated_dpi: Some(150), ..PhotoSpec::default() };
    assert_eq!(check(&fixture("woman.jpg"), &stated).verdict, Verdict::Pass);
}

#[test]
fn what_is_no_picture_is_a_finding_and_not_a_failure() {
    let spec = PhotoSpec::default();
    for bytes in [&b"not an image"[..], &[], b"GIF89a\x01\0\x01\0\0\0\0"] {
        assert_eq!(codes(bytes, &spec), [(Code::NotAnImage, Severity::Block)]);
    }
}

#[test]
fn picture_bomb_is_refused_before_it_is_decoded() {
    // A PNG header that claims 60,000 x 60,000 pixels, and nothing behind it.
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bomb.extend(60_000_u32.to_be_bytes());
    bomb.extend(60_000_u32.to_be_bytes());
    bomb.extend([8, 2, 0, 0, 0]);
    bomb.extend(crc(&bomb[12..]).to_be_bytes());
    bomb.extend(b"\0\0\0\0IDAT");
    bomb.extend(crc(b"IDAT").to_be_bytes());
    assert!(matches!(
        measure(&bomb, &Limits::default()),
        Err(PhotoFault::Read { source: Unreadable::TooManyPixels { pixels: 3_600_000_000, .. } })
    ));
    assert_eq!(codes(&bomb, &PhotoSpec::default()), [(Code::TooHeavy, Severity::Block)]);
    let tight = Limits { most_bytes: 100, ..Limits::default() };
    assert!(matches!(
        measure(&fixture("woman.jpg"), &tight),
        Err(PhotoFault::Read { source: Unreadable::TooManyBytes { most: 100, .. } })
    ));
}

#[test]
fn crop_is_295_by_413_at_300_dpi_and_passes_again() {
    for name in ["two-inch.jpg", "no-dpi.jpg", "woman.jpg"] {
        let crop = crop_to_one_inch(&fixture(name), &Limits::default()).unwrap();
        let measured = measure(&crop, &Limits::default()).unwrap();
        assert_eq!((measured.width_px, measured.height_px, measured.dpi), (295, 413, 300.0), "{name}");
        assert_eq!(check(&crop, &PhotoSpec::default()).verdict, Verdict::Pass, "{name}");
    }
}

#[test]
fn picture_of_another_shape_is_cropped_in_the_middle_and_says_so() {
    let wide = image::DynamicImage::new_rgb8(600, 413);
    let mut png = std::io::Cursor::new(Vec::new());
    wide.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let stated = PhotoSpec { stated_dpi: Some(300), tolerance_um: 30_000, ..PhotoSpec::default() };
    let report = check(png.get_ref(), &stated);
    let aspect = report.findings.iter().find(|finding| finding.code == Code::Aspect).unwrap();
    assert_eq!(aspect.severity, Severity::Fix);
    let crop = report.crop.unwrap();
    assert_eq!((crop.left_px, crop.top_px, crop.width_px, crop.height_px), (152, 0, 295, 413));
}

#[test]
fn png_resolution_is_read_per_metre() {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], content: &[u8]| {
        png.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let start = png.len();
        png.extend(kind);
        png.extend(content);
        let sum = crc(&png[start..]);
        png.extend(sum.to_be_bytes());
    };
    let mut header = 295_u32.to_be_bytes().to_vec();
    header.extend(413_u32.to_be_bytes());
    header.extend([8, 0, 0, 0, 0]);
    chunk(b"IHDR", &header);
    // 11,811 pixels a metre are 300 dpi.
    chunk(b"pHYs", &[0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1]);
    chunk(b"IDAT", &[]);
    let measured = measure(&png, &Limits::default()).unwrap();
    assert_eq!((measured.width_um, measured.height_um), (24_977, 34_967));
}

#[test]
fn picture_that_lies_on_its_side_by_exif_is_measured_and_cropped_upright() {
    let upright = image::load_from_memory(&fixture("woman.jpg")).unwrap();
    let mut jpeg = std::io::Cursor::new(Vec::new());
    upright.rotate270().write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    // Orientation 6: turn by 90 degrees clockwise to see it upright. 254 dpi across, 300 down, as stored.
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x04".to_vec();
    for (tag, kind, value) in [(0x0112_u16, 3_u16, 6_u32 << 16), (0x011A, 5, 62), (0x011B, 5, 70), (0x0128, 3, 2 << 16)]
    {
        exif.extend(tag.to_be_bytes());
        exif.extend(kind.to_be_bytes());
        exif.extend(1_u32.to_be_bytes());
        exif.extend(value.to_be_bytes());
    }
    exif.extend(0_u32.to_be_bytes());
    for number in [254_u32, 1, 300, 1] {
        exif.extend(number.to_be_bytes());
    }
    let mut turned = vec![0xFF, 0xD8, 0xFF, 0xE1];
    turned.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    turned.extend(&exif);
    turned.extend(&jpeg.get_ref()[2..]);
    let measured = measure(&turned, &Limits::default()).unwrap();
    assert_eq!((measured.width_px, measured.height_px), (295, 413));
    // 295 px at 300 dpi wide, 413 px at 254 dpi high.
    assert_eq!((measured.width_um, measured.height_um), (24_977, 41_300));
    let crop = image::load_from_memory(&crop_to_one_inch(&turned, &Limits::default()).unwrap()).unwrap();
    assert!(mean_difference(&crop, &upright) < 3.0);
}

#[test]
fn unusual_but_honest_pictures_come_out_right() {
    let woman = image::load_from_memory(&fixture("woman.jpg")).unwrap();
    let png = |picture: image::DynamicImage| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let sixteen_bit = image::DynamicImage::ImageRgb16(woman.to_rgb16());
    for (what, bytes) in [("CMYK", fixture("cmyk.jpg")), ("16-bit", png(sixteen_bit))] {
        let crop = image::load_from_memory(&crop_to_one_inch(&bytes, &Limits::default()).unwrap()).unwrap();
        assert!(mean_difference(&crop, &woman) < 4.0, "{what}: {}", mean_difference(&crop, &woman));
    }
    let clear = png(image::DynamicImage::new_rgba8(295, 413));
    let crop = image::load_from_memory(&crop_to_one_inch(&clear, &Limits::default()).unwrap()).unwrap();
    assert!(crop.to_luma8().pixels().all(|pixel| pixel.0[0] >= 254), "transparent becomes white");
}

#[test]
fn truncated_picture_is_never_taken_for_a_whole_one() {
    let photo = fixture("woman.jpg");
    for part in [photo.len() / 3, photo.len() * 2 / 3, photo.len() - 20] {
        assert_eq!(codes(&photo[..part], &PhotoSpec::default()), [(Code::Damaged, Severity::Block)], "{part} bytes");
    }
}

fn mean_difference(one: &image::DynamicImage, other: &image::DynamicImage) -> f64 {
    let (one, other) = (one.to_rgb8(), other.to_rgb8());
    assert_eq!(one.dimensions(), other.dimensions());
    let apart: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    apart as f64 / one.as_raw().len() as f64
}

/// CRC-32 of PNG, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let step = |mut crc: u32, byte: &u8| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
        }
        crc
    };
    !bytes.iter().fold(!0, step)
}
