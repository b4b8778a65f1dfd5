//! What is archived is PDF/A-2u and looks like what was printed, which another library wrote from the same display list.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::display::Item;
use papers::{CardContent, Page, PaperError, archived, pdf, preview};
use support::{card_pages, content, fonts, meta, poppler, poppler_raster, receipt, receipt_pages};

/// How far a pixel of text may differ, of 255.
const MOST: u8 = 16;

fn archive(pages: &[Page]) -> Vec<u8> {
    archived::write(pages, fonts(), &meta()).expect("the pages can be archived")
}

/// Everything that a card can hold: rare characters of three faces, a code, a reprint and the mark of a sample.
fn full_card() -> CardContent {
    CardContent {
        name: "阿卜杜拉·𬭚\u{2A6D6}".into(),
        credential: Some(vec![7; 152]),
        sample: true,
        reprint: Some(2),
        ..content()
    }
}

#[test]
fn it_claims_pdf_a_2u_and_embeds_every_font_as_a_subset_with_its_characters() {
    let bytes = archive(&card_pages(&full_card()));
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        text.contains("<pdfaid:part>2</pdfaid:part>") && text.contains("<pdfaid:conformance>U</pdfaid:conformance>")
    );
    let listed = poppler("pdffonts", &[], &bytes);
    let faces: Vec<&str> = listed.lines().skip(2).collect();
    assert!(faces.len() >= 3, "{listed}");
    for face in faces {
        let words: Vec<&str> = face.split_whitespace().collect();
        let answers: Vec<&str> = words.iter().copied().filter(|word| matches!(*word, "yes" | "no")).collect();
        assert_eq!(answers, ["yes", "yes", "yes"], "embedded, a subset, with its characters: {face}");
    }
    assert!(bytes.len() < 150_000, "{} bytes", bytes.len());
    assert_eq!(bytes, archive(&card_pages(&full_card())), "the same card gives the same bytes");
}

#[test]
fn its_text_is_the_text_of_what_was_printed() {
    for pages in [card_pages(&full_card()), receipt_pages(&receipt())] {
        let words = |bytes: &[u8]| -> Vec<String> {
            let text = poppler("pdftotext", &["-raw", "-"], bytes);
            text.split_whitespace().map(str::to_owned).collect()
        };
        let printed = pdf::write(&pages, fonts(), &meta()).unwrap();
        assert_eq!(words(&archive(&pages)).concat(), words(&printed).concat());
    }
}

/// The photo goes in byte for byte: what was judged is what is archived.
#[test]
fn the_photo_is_the_very_file() {
    let card = content();
    let bytes = archive(&card_pages(&card));
    let photo = card.photo.unwrap();
    assert!(bytes.windows(photo.len()).any(|part| part == &*photo));
}

/// Print and archive are rasterised by two programs, and differ nowhere by more than a shade.
#[test]
fn print_and_archive_look_the_same() {
    let card = card_pages(&full_card());
    let papers = [card, receipt_pages(&receipt())];
    for pages in papers {
        // The photo is the same file in both; how a viewer smooths it says nothing of ours.
        let photos: Vec<_> = pages.iter().map(photo_of).collect();
        let (printed, kept) = (pdf::write(&pages, fonts(), &meta()).unwrap(), archive(&pages));
        for (page, photo) in photos.iter().enumerate() {
            let ours = |bytes: &[u8]| {
                image::load_from_memory(&preview::rasterise(bytes, page, 300.0).unwrap()).unwrap().into_luma8()
            };
            let poppler = |bytes: &[u8]| poppler_raster(bytes, page, 300);
            for (who, printed, kept) in
                [("hayro", ours(&printed), ours(&kept)), ("poppler", poppler(&printed), poppler(&kept))]
            {
                assert_eq!(printed.dimensions(), kept.dimensions(), "{who}, page {page}");
                let (mut worst, mut at) = (0, (0, 0));
                for (x, y, pixel) in printed.enumerate_pixels() {
                    let difference = pixel.0[0].abs_diff(kept.get_pixel(x, y).0[0]);
                    if difference > worst && !photo.is_some_and(|photo| inside(photo, x, y)) {
                        (worst, at) = (difference, (x, y));
                    }
                }
                assert!(worst <= MOST, "{who}: page {page} differs by {worst} at {at:?}");
            }
        }
    }
}

/// Left, top, right and bottom of the photo in pixels of 300 dpi, with a rim of two.
fn photo_of(page: &Page) -> Option<[u32; 4]> {
    page.items.iter().find_map(|item| {
        let Item::Picture(picture) = item else { return None };
        let px = |mm: f64, rim: f64| (mm / 25.4 * 300.0 + rim) as u32;
        let area = &picture.area;
        Some([px(area.x, -2.0), px(area.y, -2.0), px(area.right(), 2.0), px(area.bottom(), 2.0)])
    })
}

fn inside([left, top, right, bottom]: [u32; 4], x: u32, y: u32) -> bool {
    (left..=right).contains(&x) && (top..=bottom).contains(&y)
}

/// A glyph that stands for nothing may not be archived; the gate stops it earlier, and the library once more.
#[test]
fn a_glyph_without_a_character_is_refused() {
    let mut pages = card_pages(&content());
    for item in &mut pages[0].items {
        if let Item::Text(line) = item {
            line.glyphs[0].gid = 0;
            break;
        }
    }
    let refused = archived::write(&pages, fonts(), &meta());
    assert!(matches!(refused, Err(PaperError::WritePdf { .. })), "{refused:?}");
}
