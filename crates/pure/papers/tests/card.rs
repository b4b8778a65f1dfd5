//! The card as PDF, read back by poppler and by our own rasteriser.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::display::Item;
use papers::{PaperError, preview};
use support::{card_pages, card_pdf, content, fonts, meta, poppler, template};

#[test]
fn text_of_both_sides_reads_line_by_line() {
    let pages = card_pages(&content());
    insta::assert_snapshot!(pages.iter().map(|page| page.text_lines().join("\n")).collect::<Vec<_>>().join("\n---\n"));
}

#[test]
fn rare_name_extracts_to_exactly_itself() {
    let mut card = content();
    card.name = "欧阳𬭚䶮".into();
    let text = poppler("pdftotext", &["-raw", "-"], &card_pdf(&card));
    for expected in [&card.name, &card.id_number, &card.card_number, &card.issuing_authority, &card.consult_phone] {
        assert!(text.contains(&**expected), "{expected} is not in:\n{text}");
    }
    let flowed: String = text.split_whitespace().collect();
    assert!(flowed.contains(&card.address), "the address is not in:\n{text}");
}

#[test]
fn every_font_is_embedded_subset_and_mapped_to_unicode() {
    let mut card = content();
    card.name = "欧阳\u{2A6D6}".into();
    let table = poppler("pdffonts", &[], &card_pdf(&card));
    let fonts: Vec<&str> = table.lines().skip(2).collect();
    assert!(fonts.len() >= 3, "Noto Serif, Noto Sans and HanaMinB are used:\n{table}");
    for font in fonts {
        assert!(font.contains(" yes yes yes "), "emb, sub, uni of: {font}");
    }
}

#[test]
fn name_of_25_characters_fits() {
    let mut card = content();
    card.name = "阿卜杜热合曼·买买提吐尔逊·艾合买提江·依明尼牙".into();
    assert_eq!(card.name.chars().count(), 24);
    card.name.push('孜');
    let pages = card_pages(&card);
    let name: String = text_of(&pages[0].items, "name");
    assert_eq!(name, card.name);
    let text: String = poppler("pdftotext", &["-raw", "-"], &card_pdf(&card)).split_whitespace().collect();
    assert!(text.contains(&card.name));
}

#[test]
fn character_without_a_glyph_is_refused_with_code_point_and_field() {
    let mut card = content();
    card.name = "王\u{323B0}".into();
    let refusal = papers::card::lay_out(&card, &template(), fonts()).unwrap_err();
    assert!(
        matches!(&refusal, PaperError::GlyphMissing { field, code_point: '\u{323B0}' } if field == "name"),
        "{refusal:?}"
    );
    assert_eq!(refusal.to_string(), "draw U+323B0 of `name`");
}

#[test]
fn private_use_character_is_refused_even_if_a_face_draws_something() {
    let mut card = content();
    card.address.push('\u{E863}');
    let refusal = papers::card::lay_out(&card, &template(), fonts()).unwrap_err();
    assert!(matches!(refusal, PaperError::GlyphMissing { code_point: '\u{E863}', .. }));
}

#[test]
fn two_characters_that_share_a_glyph_extract_as_themselves() {
    // 说 and its compatibility ideograph are drawn by one glyph in Noto Serif CJK.
    let mut card = content();
    card.issuing_authority = "說\u{F96F}說".into();
    let text = poppler("pdftotext", &["-raw", "-"], &card_pdf(&card));
    assert!(text.contains(&card.issuing_authority), "{text}");
}

#[test]
fn same_input_gives_the_same_bytes() {
    assert_eq!(card_pdf(&content()), card_pdf(&content()));
}

#[test]
fn file_is_small_and_makes_no_claim() {
    let pdf = card_pdf(&content());
    assert!(pdf.len() < 150_000, "{} bytes", pdf.len());
    assert!(!pdf.windows(8).any(|window| window == b"GTS_PDFX"));
    let about = poppler("pdfinfo", &["-isodates"], &pdf);
    assert!(about.contains("2021-06-18T"), "{about}");
    assert!(about.lines().any(|line| line.starts_with("PDF version:") && line.ends_with(" 1.7")), "{about}");
}

#[test]
fn photo_is_embedded_byte_for_byte_at_25_by_35_mm() {
    let photo = support::portrait();
    let pdf = card_pdf(&content());
    assert!(pdf.windows(photo.len()).any(|window| window == &photo[..]));
    let table = poppler("pdfimages", &["-list"], &pdf);
    let row: Vec<&str> = table.lines().nth(2).unwrap().split_whitespace().collect();
    assert_eq!(row[3..5], ["295", "413"], "{table}");
    assert_eq!(row[12..14], ["300", "300"], "{table}");
    let area = template().area_of("photo").unwrap();
    assert_eq!((area.width, area.height), (25.0, 35.0));
}

#[test]
fn glued_photo_leaves_an_empty_frame() {
    let mut card = content();
    card.photo = None;
    let pages = card_pages(&card);
    assert!(pages[0].items.iter().any(|item| matches!(item, Item::Frame { element, .. } if element == "photo")));
    assert!(!pages[0].items.iter().any(|item| matches!(item, Item::Picture(_))));
}

#[test]
fn coarse_photo_is_refused() {
    let mut card = content();
    card.photo = Some(support::fixture("portraits/small.jpg").into());
    let refusal = papers::card::lay_out(&card, &template(), fonts()).unwrap_err();
    assert!(refusal.to_string().contains("dpi in its box"), "{refusal}");
}

#[test]
fn terms_of_the_pack_take_the_place_of_the_templates_own() {
    let mut card = content();
    card.terms = vec!["凭证免费乘坐公共汽车。".into(), "凭证免费游览公园。".into()];
    assert_eq!(text_of(&card_pages(&card)[1].items, "terms"), card.terms.concat());
}

#[test]
fn empty_field_is_refused_by_name() {
    let mut card = content();
    card.address = "  ".into();
    let refusal = papers::card::lay_out(&card, &template(), fonts()).unwrap_err();
    assert!(matches!(refusal, PaperError::FillField { field } if field == "address"));
}

#[test]
fn longest_address_of_a_chip_fits() {
    let mut card = content();
    card.address = "湖南省益阳市赫山区测试镇样例村".chars().chain("长".repeat(20).chars()).collect();
    assert_eq!(card.address.chars().count(), 35);
    assert_eq!(text_of(&card_pages(&card)[0].items, "address"), card.address);
}

#[test]
fn address_too_long_for_its_box_is_refused_and_never_cut() {
    let mut card = content();
    card.address = "长".repeat(60);
    let refusal = papers::card::lay_out(&card, &template(), fonts()).unwrap_err();
    assert!(matches!(refusal, PaperError::FitText { field } if field == "address"));
}

#[test]
fn every_page_of_a_sample_carries_the_mark_and_no_other_page_does() {
    let mut card = content();
    let unmarked = poppler("pdftotext", &["-raw", "-"], &card_pdf(&card));
    assert!(!unmarked.contains('稿'));
    card.sample = true;
    for page in card_pages(&card) {
        assert!(page.text_lines().contains(&"样稿".to_owned()));
    }
    let text = poppler("pdftotext", &["-raw", "-"], &card_pdf(&card));
    assert_eq!(text.matches('稿').count(), 2, "{text}");
}

#[test]
fn reprint_is_marked_with_its_count_and_a_first_print_is_not() {
    let mut card = content();
    assert_eq!(text_of(&card_pages(&card)[0].items, "reprint"), "");
    card.reprint = Some(2);
    assert_eq!(text_of(&card_pages(&card)[0].items, "reprint"), "补打 2");
}

#[test]
fn preview_is_the_sheet_at_300_dpi_and_shows_the_rare_name() {
    let pdf = card_pdf(&content());
    let png = preview::rasterise(&pdf, 0, 300.0).unwrap();
    let ours = image::load_from_memory(&png).unwrap().to_luma8();
    assert_eq!(ours.dimensions(), (1011, 638));
    let theirs = support::poppler_raster(&pdf, 0, 300);
    // The name's box, pixel by pixel: the two rasterisers agree on how much ink it holds.
    let area = template().area_of("name").unwrap();
    let ink = |picture: &image::GrayImage| -> u64 {
        let px = |mm: f64| (mm / 25.4 * 300.0) as u32;
        let columns = px(area.x)..px(area.right());
        columns
            .flat_map(|x| (px(area.y)..px(area.bottom())).map(move |y| (x, y)))
            .map(|(x, y)| u64::from(255 - picture.get_pixel(x, y).0[0]))
            .sum()
    };
    let (ours, theirs) = (ink(&ours) as f64, ink(&theirs) as f64);
    assert!(theirs > 100_000.0, "{theirs}");
    assert!((ours / theirs - 1.0).abs() < 0.05, "{ours} against {theirs}");
}

#[test]
fn page_that_is_not_there_is_refused() {
    let pdf = papers::pdf::write(&card_pages(&content()), fonts(), &meta()).unwrap();
    assert!(matches!(preview::rasterise(&pdf, 2, 300.0), Err(PaperError::RasterisePage { page: 2, .. })));
    assert!(matches!(preview::rasterise(b"no pdf", 0, 300.0), Err(PaperError::OpenPdf { .. })));
}

/// The words of one element, its lines joined.
fn text_of(items: &[Item], wanted: &str) -> String {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Text(line) if line.element == wanted => Some(line.text()),
            Item::Text(_)
            | Item::Fill { .. }
            | Item::Frame { .. }
            | Item::Modules(_)
            | Item::Picture(_)
            | Item::Shape(_) => None,
        })
        .collect()
}
