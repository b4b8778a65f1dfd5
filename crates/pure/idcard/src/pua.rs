//! Private-use code points that GBK and GB 18030-2000/2005 gave to characters before Unicode had them.
//!
//! Old registers still write U+E863 for 䶮. GB 18030-2022 withdrew those positions; the table gives each its real code
//! point. Other private-use characters are a county's own and are left alone: the glyph gate stops each of them.

mod table;

use table::TABLE;

/// The real character behind a private-use code point of GBK or GB 18030, if it has one.
pub fn real_character(code_point: char) -> Option<char> {
    // The code points ascend with the positions.
    let row = TABLE.binary_search_by_key(&code_point, |(_, private, _)| *private).ok()?;
    Some(TABLE[row].2)
}

/// `text` with the real characters in place of their private-use code points; everything else stays, character by character.
pub fn with_real_characters(text: &str) -> String {
    text.chars().map(|character| real_character(character).unwrap_or(character)).collect()
}

/// Whether a character lies in one of Unicode's three private-use ranges.
pub fn is_private_use(character: char) -> bool {
    matches!(u32::from(character), 0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_written_with_gbk_private_use_is_given_its_real_character() {
        assert_eq!(real_character('\u{E863}'), Some('䶮'));
        assert_eq!(real_character('\u{E864}'), Some('\u{9FBB}'));
        assert_eq!(real_character('\u{E815}'), Some('\u{2E81}'));
        assert_eq!(real_character('\u{E831}'), Some('\u{215D7}'));
        assert_eq!(real_character('\u{E78E}'), Some('\u{FE12}'));
    }

    #[test]
    fn a_county_s_own_character_is_left_alone() {
        assert_eq!(real_character('\u{E000}'), None);
        assert_eq!(real_character('\u{E865}'), None);
        assert_eq!(real_character('王'), None);
    }

    #[test]
    fn each_row_leads_from_a_private_code_point_to_a_real_one_and_no_two_to_the_same() {
        let real: BTreeSet<char> = TABLE.iter().map(|(_, _, real)| *real).collect();
        assert_eq!(real.len(), TABLE.len());
        for (position, private, real) in TABLE {
            assert!(is_private_use(private) && !is_private_use(real), "{position:04X}");
            assert_eq!(real_character(private), Some(real), "{position:04X}");
        }
        assert!(TABLE.is_sorted_by_key(|(position, _, _)| *position));
        assert!(TABLE.is_sorted_by_key(|(_, private, _)| *private));
        let han = TABLE.iter().filter(|(position, _, _)| *position >= 0xFE50);
        assert_eq!((han.count(), TABLE.len()), (80, 106));
    }

    /// The standard counts its positions without a character row by row: first the user-defined areas, then the gaps.
    #[test]
    fn the_code_point_of_a_row_follows_from_its_position() {
        let gaps: [(u16, u16); 22] = [
            (0xA2AB, 0xA2B0),
            (0xA2E3, 0xA2E4),
            (0xA2EF, 0xA2F0),
            (0xA2FD, 0xA2FE),
            (0xA4F4, 0xA4FE),
            (0xA5F7, 0xA5FE),
            (0xA6B9, 0xA6C0),
            (0xA6D9, 0xA6DF),
            (0xA6EC, 0xA6ED),
            (0xA6F3, 0xA6F3),
            (0xA6F6, 0xA6FE),
            (0xA7C2, 0xA7D0),
            (0xA7F2, 0xA7FE),
            (0xA896, 0xA8A0),
            (0xA8BC, 0xA8BC),
            (0xA8BF, 0xA8BF),
            (0xA8C1, 0xA8C4),
            (0xA8EA, 0xA8FE),
            (0xA958, 0xA958),
            (0xA95B, 0xA95B),
            (0xA95D, 0xA95F),
            (0xA989, 0xA995),
        ];
        let counted: Vec<_> = gaps.into_iter().flat_map(|(first, last)| first..=last).zip(0xE766u32..).collect();
        let rows = TABLE.iter().filter(|(position, _, _)| *position < 0xFE50);
        for (position, private, _) in rows {
            assert!(counted.contains(&(*position, u32::from(*private))), "{position:04X}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_no_row_stays_as_it_is(text in "[\u{E760}-\u{E870}一-龥·\u{20000}-\u{2A6D6}]{0,40}") {
            let mapped = with_real_characters(&text);
            prop_assert_eq!(mapped.chars().count(), text.chars().count());
            for (before, after) in text.chars().zip(mapped.chars()) {
                prop_assert!(before == after || real_character(before) == Some(after));
                prop_assert_eq!(real_character(after), None);
            }
        }

        #[test]
        fn a_private_code_point_gets_a_row_s_character_or_stays(code in 0xE000..=0xF8FFu32) {
            let private = char::from_u32(code).expect("private use is not surrogates");
            let row = TABLE.iter().find(|(_, from, _)| *from == private);
            prop_assert_eq!(real_character(private), row.map(|(_, _, real)| *real));
        }
    }
}
