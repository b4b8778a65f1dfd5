//! Setting text into a box: the size, the lines, and where each line's baseline stands.

use serde::Deserialize;

use crate::PaperError;
use crate::display::{Area, Ink, MM_PER_PT, TextLine, place};
use crate::fonts::{FontStack, Glyph, Role};

/// What may be done, in this order, when a text does not fit on one line at its full size. The last is always `Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// Smaller, down to the element's least size.
    Shrink,
    /// A second line.
    TwoLines,
    /// As many lines as the box holds. A line feed in the text begins a new line.
    Wrap,
    /// Refuse: nothing is ever cut off.
    Error,
}

/// Where a line stands in its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    #[default]
    Left,
    Centre,
    Right,
}

/// A box for one text.
#[derive(Debug, Clone)]
pub(crate) struct TextBox<'a> {
    pub element: &'a str,
    /// Named in the error when a character is missing or the text does not fit.
    pub field: &'a str,
    pub area: Area,
    pub role: Role,
    /// Points; `least_pt` is as far as shrinking may go.
    pub size_pt: f64,
    pub least_pt: f64,
    /// Distance of baselines as a multiple of the size.
    pub leading: f64,
    pub fit: &'a [Fit],
    pub align: Align,
    /// Begin at the box's top instead of standing in its middle.
    pub from_top: bool,
    pub ink: Ink,
}

/// Sets `text`. An empty text gives no line.
pub(crate) fn set(fonts: &FontStack, text_box: &TextBox<'_>, text: &str) -> Result<Vec<TextLine>, PaperError> {
    let paragraphs = text
        .split('\n')
        .map(|paragraph| fonts.glyphs(text_box.role, text_box.field, paragraph))
        .collect::<Result<Vec<_>, _>>()?;
    if paragraphs.iter().all(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let (size_pt, lines) =
        fit(text_box, &paragraphs).ok_or_else(|| PaperError::FitText { field: text_box.field.to_owned() })?;

    let em = size_pt * MM_PER_PT;
    let pitch = em * text_box.leading;
    let block = pitch * (lines.len() as f64 - 1.0) + em;
    let spare = text_box.area.height - block;
    let top = text_box.area.y + if text_box.from_top { 0.0 } else { spare / 2.0 };
    Ok(lines
        .iter()
        .enumerate()
        .map(|(row, glyphs)| {
            let spare = text_box.area.width - width_em(glyphs) * em;
            let indent = match text_box.align {
                Align::Left => 0.0,
                Align::Centre => spare / 2.0,
                Align::Right => spare,
            };
            TextLine {
                element: text_box.element.to_owned(),
                x_mm: text_box.area.x + indent,
                // The ideographic em box of the faces of the stack reaches 0.88 em above the baseline and 0.12 below.
                baseline_mm: top + 0.88 * em + pitch * row as f64,
                size_pt,
                ink: text_box.ink,
                slant_deg: 0.0,
                opacity_percent: 100,
                glyphs: place(glyphs, size_pt),
            }
        })
        .collect())
}

/// Advance of a line in ems.
pub(crate) fn width_em(glyphs: &[Glyph]) -> f64 {
    glyphs.iter().map(|glyph| glyph.advance).sum()
}

/// The largest size, and the lines at that size, that the policy allows.
fn fit(text_box: &TextBox<'_>, paragraphs: &[Vec<Glyph>]) -> Option<(f64, Vec<Vec<Glyph>>)> {
    let mut most_lines = 1;
    let mut least_pt = text_box.size_pt;
    let try_all = |most_lines: usize, least_pt: f64| {
        // Tenths of a point, counted as integers so that a size never depends on how often it was subtracted.
        let (from, to) = ((text_box.size_pt * 10.0).round() as u32, (least_pt * 10.0).round() as u32);
        (to..=from).rev().map(|tenths| f64::from(tenths) / 10.0).find_map(|size_pt| {
            let em = size_pt * MM_PER_PT;
            let lines = break_lines(paragraphs, text_box.area.width / em, most_lines)?;
            let block = em * (text_box.leading * (lines.len() as f64 - 1.0) + 1.0);
            (block <= text_box.area.height + 0.001).then_some((size_pt, lines))
        })
    };
    if let Some(found) = try_all(most_lines, least_pt) {
        return Some(found);
    }
    for policy in text_box.fit {
        match policy {
            Fit::Shrink => least_pt = text_box.least_pt,
            Fit::TwoLines => most_lines = 2,
            Fit::Wrap => most_lines = usize::MAX,
            Fit::Error => return None,
        }
        if let Some(found) = try_all(most_lines, least_pt) {
            return Some(found);
        }
    }
    None
}

/// Fills lines of `width` ems greedily; `None` when more than `most` are needed or one unbreakable piece is too wide.
fn break_lines(paragraphs: &[Vec<Glyph>], width: f64, most: usize) -> Option<Vec<Vec<Glyph>>> {
    const SLACK: f64 = 1e-6;
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let mut rest = &paragraph[..];
        let tearable =
            paragraph.chunk_by(|one, next| is_star(one) && is_star(next)).any(|run| run.len() > LONGEST_NUMBER);
        loop {
            if width_em(rest) <= width + SLACK {
                lines.push(rest.to_vec());
                break;
            }
            let mut filled = 0.0;
            let mut cut = None;
            for (place, glyph) in rest.iter().enumerate() {
                if place > 0 && may_break(&rest[place - 1].text, &glyph.text) {
                    cut = Some(place);
                }
                filled += glyph.advance;
                if filled > width + SLACK {
                    break;
                }
            }
            let torn = tearable.then(|| cut_among_stars(rest, width + SLACK)).flatten();
            let between = cut.filter(|_| lines.len() + 2 == most);
            let between = between.and_then(|most| cut_between_names(rest, most, width + SLACK));
            let cut = between.or(cut.max(torn))?;
            lines.push(without_trailing_space(&rest[..cut]).to_vec());
            rest = &rest[cut..];
            if lines.len() >= most {
                return None;
            }
        }
        if lines.len() > most {
            return None;
        }
    }
    Some(lines)
}

/// A longer run of stars is a long name that is masked, not a number; nothing is lost when a line ends inside it.
const LONGEST_NUMBER: usize = 18;

/// Where a line of `width` ems may end inside the first run of stars.
fn cut_among_stars(rest: &[Glyph], width: f64) -> Option<usize> {
    let first = rest.iter().position(is_star)?;
    let stars = rest[first..].iter().take_while(|glyph| is_star(glyph)).count();
    let mut filled = 0.0;
    let fitting = rest.iter().take_while(|glyph| {
        filled += glyph.advance;
        filled <= width
    });
    Some(fitting.count().min(first + stars)).filter(|cut| *cut > first)
}

/// Where the parts of a name are parted for its last two lines: the last separator before `most` behind which the rest fits.
fn cut_between_names(rest: &[Glyph], most: usize, width: f64) -> Option<usize> {
    let separator = rest[..most].iter().rposition(|glyph| glyph.text == "·")? + 1;
    (width_em(&rest[separator..]) <= width).then_some(separator)
}

fn is_star(glyph: &Glyph) -> bool {
    glyph.text == "*"
}

fn without_trailing_space(mut line: &[Glyph]) -> &[Glyph] {
    while let [kept @ .., last] = line
        && last.text.chars().all(char::is_whitespace)
    {
        line = kept;
    }
    line
}

/// Whether a line may end between two characters: not inside a Latin word or number, not before closing punctuation,
/// not after an opening bracket. The name separator `·` stays with what precedes it.
fn may_break(before: &str, after: &str) -> bool {
    const NEVER_FIRST: &str = "，。、；：！？）》】〕”’」』·—…%℃)]},.;:!?";
    const NEVER_LAST: &str = "（《【〔“‘「『([{";
    let (Some(before), Some(after)) = (before.chars().next(), after.chars().next()) else { return false };
    let word = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '*' | '/' | '.');
    !(NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) || word(before) && word(after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FaceId;
    use proptest::prelude::*;

    fn glyphs(text: &str) -> Vec<Glyph> {
        text.chars()
            .map(|character| Glyph {
                face: FaceId(0),
                gid: 1,
                text: character.to_string(),
                advance: if character.is_ascii() { 0.5 } else { 1.0 },
            })
            .collect()
    }

    fn lines(text: &str, width: f64, most: usize) -> Option<Vec<String>> {
        let broken = break_lines(&[glyphs(text)], width, most)?;
        Some(broken.iter().map(|line| line.iter().map(|glyph| &*glyph.text).collect()).collect())
    }

    #[test]
    fn comma_never_begins_a_line() {
        assert_eq!(lines("凭证免费，乘车", 4.0, 9).unwrap(), ["凭证免", "费，乘车"]);
    }

    #[test]
    fn number_is_never_torn() {
        assert_eq!(lines("电话0737-1234", 6.0, 9).unwrap(), ["电话", "0737-1234"]);
    }

    #[test]
    fn a_long_masked_name_is_torn_among_its_stars_and_a_masked_number_is_not() {
        let name = format!("马{}", "*".repeat(24));
        assert_eq!(lines(&name, 6.0, 9).unwrap(), [format!("马{}", "*".repeat(10)), "*".repeat(12), "**".to_owned()]);
        assert_eq!(lines("430***********0025", 6.0, 9), None);
    }

    #[test]
    fn separator_of_a_name_stays_with_what_precedes_it() {
        assert_eq!(lines("买买提·吐尔逊", 3.0, 9), Some(vec!["买买".into(), "提·吐".into(), "尔逊".into()]));
    }

    #[test]
    fn a_name_on_two_lines_is_parted_at_a_separator_where_both_parts_fit() {
        let parted = |width| lines("买买提·吐尔逊·艾力", width, 2);
        assert_eq!(parted(8.0), Some(vec!["买买提·吐尔逊·".into(), "艾力".into()]));
        assert_eq!(parted(7.0), Some(vec!["买买提·".into(), "吐尔逊·艾力".into()]));
        assert_eq!(parted(5.0), Some(vec!["买买提·吐".into(), "尔逊·艾力".into()]), "no separator leaves room");
    }

    #[test]
    fn third_line_is_refused_when_two_are_allowed() {
        assert_eq!(lines("一二三四五六七", 3.0, 2), None);
        assert_eq!(lines("一二三四五六", 3.0, 2).unwrap().len(), 2);
    }

    proptest! {
        #[test]
        fn no_character_is_lost_and_no_line_is_too_wide(text in "[一-十a-f，（）]{1,60}", width in 4.0..20.0f64) {
            if let Some(lines) = lines(&text, width, usize::MAX) {
                prop_assert_eq!(lines.concat(), text);
                for line in lines {
                    prop_assert!(width_em(&glyphs(&line)) <= width + 1e-6);
                }
            }
        }
    }
}
