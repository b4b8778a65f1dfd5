//! Names over all blocks of GB 18030-2022 level 3: what goes in comes out of the PDF, character by character.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::{PaperError, Role};
use support::{card_pdf, content, fonts, poppler};

/// The blocks of level 3 that the installed faces cover whole, and how the sample walks them. Bookworm's Noto Serif CJK
/// lacks U+9FEB to U+9FEF, which newer versions and BabelStone Han hold.
const BLOCKS: [(u32, u32); 7] = [
    (0x4E00, 0x9FEA),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
];

/// Every `stride`th character of every block.
fn sample(stride: usize) -> Vec<char> {
    BLOCKS.iter().flat_map(|(from, to)| (*from..=*to).step_by(stride)).filter_map(char::from_u32).collect()
}

#[test]
fn no_character_of_the_blocks_is_missing() {
    let text: String = sample(7).into_iter().collect();
    assert_eq!(fonts().missing(Role::Serif, &text), Vec::<char>::new());
}

#[test]
fn missing_characters_are_named_each_once_before_anything_is_laid_out() {
    assert_eq!(fonts().missing(Role::Serif, "王\u{323B0}\u{E863}李\u{323B0}"), ['\u{323B0}', '\u{E863}']);
}

#[test]
fn names_of_three_hundred_rare_characters_extract_to_exactly_themselves() {
    let characters = sample(290);
    assert!(characters.len() >= 300, "{}", characters.len());
    // Names of 25 characters, so that every block stands on several cards.
    for (card_number, rare) in characters.chunks(25).enumerate() {
        let mut card = content();
        card.name = rare.iter().collect();
        let text: String = poppler("pdftotext", &["-raw", "-"], &card_pdf(&card)).split_whitespace().collect();
        assert!(text.contains(&card.name), "card {card_number}: {} is not in:\n{text}", card.name);
    }
}

#[test]
fn variation_selector_is_drawn_or_refused_but_never_dropped() {
    let stack = fonts();
    // Noto Serif CJK SC varies 礼 by U+FE00; no installed face knows the ideographic variation of U+8FBB.
    let runs = stack.resolve(Role::Serif, "name", "\u{793C}\u{FE00}").unwrap();
    assert_eq!(runs[0].glyphs[0].text, "\u{793C}\u{FE00}");
    let refusal = stack.resolve(Role::Serif, "name", "\u{8FBB}\u{E0100}").unwrap_err();
    assert!(matches!(refusal, PaperError::GlyphMissing { code_point: '\u{E0100}', .. }), "{refusal:?}");
}

#[test]
fn first_face_that_has_ink_draws_and_later_ones_fill_in() {
    let runs = fonts().resolve(Role::Serif, "name", "欧阳\u{2A6D6}明").unwrap();
    let faces: Vec<&str> = runs.iter().map(|run| fonts().name(run.face)).collect();
    assert_eq!(faces.first(), faces.last());
    assert_eq!(faces[0], "Noto Serif CJK SC");
    assert_ne!(faces[1], "Noto Serif CJK SC");
    let texts: Vec<String> = runs.iter().map(|run| run.glyphs.iter().map(|glyph| &*glyph.text).collect()).collect();
    assert_eq!(texts, ["欧阳", "\u{2A6D6}", "明"]);
}
