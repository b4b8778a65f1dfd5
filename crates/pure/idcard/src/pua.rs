//! Private-use code points that GBK and GB 18030-2000/2005 gave to characters before Unicode had them.
//!
//! Old registers still write U+E863 for 䶮. GB 18030-2022 withdrew those positions; the table gives each its real code
//! point (WHATWG encoding issue 27). Other private-use characters are a county's own and are left alone.

/// U+E815 to U+E864: the eighty positions FE50 to FEA0 of GBK.
const GBK_80: [char; 80] = [
    '\u{2E81}',
    '\u{20087}',
    '\u{20089}',
    '\u{200CC}',
    '\u{2E84}',
    '\u{3473}',
    '\u{3447}',
    '\u{2E88}',
    '\u{2E8B}',
    '\u{9FB4}',
    '\u{359E}',
    '\u{361A}',
    '\u{360E}',
    '\u{2E8C}',
    '\u{2E97}',
    '\u{396E}',
    '\u{3918}',
    '\u{9FB5}',
    '\u{39CF}',
    '\u{39DF}',
    '\u{3A73}',
    '\u{39D0}',
    '\u{9FB6}',
    '\u{9FB7}',
    '\u{3B4E}',
    '\u{3C6E}',
    '\u{3CE0}',
    '\u{2EA7}',
    '\u{215D7}',
    '\u{9FB8}',
    '\u{2EAA}',
    '\u{4056}',
    '\u{415F}',
    '\u{2EAE}',
    '\u{4337}',
    '\u{2EB3}',
    '\u{2EB6}',
    '\u{2EB7}',
    '\u{2298F}',
    '\u{43B1}',
    '\u{43AC}',
    '\u{2EBB}',
    '\u{43DD}',
    '\u{44D6}',
    '\u{4661}',
    '\u{464C}',
    '\u{9FB9}',
    '\u{4723}',
    '\u{4729}',
    '\u{477C}',
    '\u{478D}',
    '\u{2ECA}',
    '\u{4947}',
    '\u{497A}',
    '\u{497D}',
    '\u{4982}',
    '\u{4983}',
    '\u{4985}',
    '\u{4986}',
    '\u{499F}',
    '\u{499B}',
    '\u{49B7}',
    '\u{49B6}',
    '\u{9FBA}',
    '\u{241FE}',
    '\u{4CA3}',
    '\u{4C9F}',
    '\u{4CA0}',
    '\u{4CA1}',
    '\u{4C77}',
    '\u{4CA2}',
    '\u{4D13}',
    '\u{4D14}',
    '\u{4D15}',
    '\u{4D16}',
    '\u{4D17}',
    '\u{4D18}',
    '\u{4D19}',
    '\u{4DAE}',
    '\u{9FBB}',
];

/// U+E78D to U+E796: vertical punctuation, positions A6D9 to A6F3.
const VERTICAL: [char; 10] = [
    '\u{FE10}', '\u{FE12}', '\u{FE11}', '\u{FE13}', '\u{FE14}', '\u{FE15}', '\u{FE16}', '\u{FE17}', '\u{FE18}',
    '\u{FE19}',
];

/// The real character behind a private-use code point of GBK or GB 18030, if it has one.
pub fn real_character(code_point: char) -> Option<char> {
    let code = u32::from(code_point);
    let at = |table: &[char], first: u32| table.get(usize::try_from(code.checked_sub(first)?).ok()?).copied();
    match code {
        0xE815..=0xE864 => at(&GBK_80, 0xE815),
        0xE78D..=0xE796 => at(&VERTICAL, 0xE78D),
        0xE7C7 => Some('\u{1E3F}'),
        0xE7C8 => Some('\u{01F9}'),
        _ => None,
    }
}

/// Whether a character lies in one of Unicode's three private-use ranges.
pub fn is_private_use(character: char) -> bool {
    matches!(u32::from(character), 0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
}

#[cfg(test)]
mod tests {
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
    fn no_private_use_character_is_mapped_to_another() {
        for code in 0xE000..=0xF8FFu32 {
            let from = char::from_u32(code).expect("private use is not surrogates");
            if let Some(real) = real_character(from) {
                assert!(!is_private_use(real), "U+{code:04X}");
            }
        }
    }
}
