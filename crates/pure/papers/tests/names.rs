//! Names over all blocks of GB 18030-2022 level 3: what goes in comes out of the PDF, character by character.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::fonts::coverage::{self, BLOCKS};
use papers::{PaperError, Role};
use support::{card_pdf, content, fonts, poppler};

/// Every `stride`th character of every block that the installed faces draw. What they do not draw is `youdai fonts coverage`'s
/// business, and the gate's: U+9FEB to U+9FEF without BabelStone Han, for example.
fn sample(stride: usize) -> Vec<char> {
    let blocks = BLOCKS.iter().filter(|block| block.level3);
    let code_points = blocks.flat_map(|block| block.code_points().step_by(stride));
    let drawn = |character: &char| fonts().drawn_by(Role::Serif, *character).is_some();
    code_points.filter_map(char::from_u32).filter(drawn).collect()
}

/// Debian 12's Noto Serif lacks the five characters that came last to the block; everything else of level 3 is drawn by
/// the two packages without which the papers are not made at all.
#[test]
fn level_3_is_drawn_whole_but_for_five_characters_that_babelstone_han_completes() {
    let covered = coverage::count(fonts(), Role::Serif);
    let (drawn, of) = coverage::level3(&covered);
    let babelstone = fonts().faces().any(|face| fonts().name(face) == "BabelStone Han");
    let five: &[_] = if babelstone { &[] } else { &[0x9FEB..=0x9FEF] };
    assert_eq!((&*covered[0].missing, of), (five, 87_887));
    assert_eq!(drawn, if babelstone { 87_887 } else { 87_882 });
    for one in covered.iter().skip(1).filter(|one| one.block.level3) {
        assert_eq!(one.missing, [], "{}", one.block.name);
    }
    let uro = covered[0].drawn_by.first().map(|(face, characters)| (fonts().name(*face), *characters));
    assert!(matches!(uro, Some(("Noto Serif CJK SC", 20_971 | 20_976))), "{uro:?}");
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
