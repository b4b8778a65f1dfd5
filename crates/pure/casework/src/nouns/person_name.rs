//! A person's name, as the chip has it.

use super::NotA;

/// A person's name, kept character for character: never normalised, never trimmed inside (domain 3.7).
/// Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

impl PersonName {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A name as it was typed: the dots that keyboards offer between the parts of a name become U+00B7, the one that the
    /// notice of the ethnic affairs commission prescribes (seac.gov.cn 1075544). Nothing else changes, and a chip's name is
    /// never touched: it is kept as the card says it.
    ///
    /// # Errors
    /// As any name.
    pub fn typed(text: &str) -> Result<PersonName, NotA> {
        let dot = |character| if is_separator(character) { '\u{b7}' } else { character };
        Self::try_from(text.chars().map(dot).collect::<String>())
    }

    /// The surname's first character stays, the rest is starred; `·` stays, because it is no part of a name but
    /// shows its form. Works for names of any length and for characters outside the basic plane (domain 3.6).
    pub fn masked(&self) -> String {
        self.0.chars().enumerate().map(|(at, shown)| if at == 0 || is_separator(shown) { shown } else { '*' }).collect()
    }
}

/// U+00B7 is canonical between the parts of a name; the others are met in the wild (domain 3.7).
fn is_separator(character: char) -> bool {
    matches!(
        character,
        '\u{b7}' | '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}' | '\u{ff0e}' | '\u{ff65}'
    )
}

impl std::fmt::Debug for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonName(hidden)")
    }
}

impl TryFrom<String> for PersonName {
    type Error = NotA;
    fn try_from(text: String) -> Result<Self, NotA> {
        if text.trim().is_empty() || text.chars().count() > 100 || text.contains(char::is_control) {
            return Err(NotA { noun: "PersonName" });
        }
        Ok(Self(text))
    }
}

impl std::str::FromStr for PersonName {
    type Err = NotA;
    fn from_str(text: &str) -> Result<Self, NotA> {
        Self::try_from(text.to_owned())
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> String {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_two_three_four_and_ten_characters_keep_their_first() {
        for (name, masked) in [
            ("王芳", "王*"),
            ("欧阳𬭚", "欧**"),
            ("欧阳文秀", "欧***"),
            ("甲乙丙丁戊己庚辛壬癸", "甲*********"),
            ("𬭚", "𬭚"),
            ("䶮明", "䶮*"),
            ("阿依古丽·买买提", "阿***·***"),
        ] {
            let name: PersonName = name.parse().unwrap();
            assert_eq!(name.masked(), masked);
        }
    }

    #[test]
    fn a_name_is_kept_character_for_character() {
        // U+F9B4 is a compatibility ideograph that NFKC would fold; U+E000 is private use.
        let text = "\u{f9b4}\u{e000} 明";
        assert_eq!(text.parse::<PersonName>().unwrap().as_str(), text);
    }

    #[test]
    fn a_blank_or_endless_name_is_refused() {
        assert!("  ".parse::<PersonName>().is_err());
        assert!("王".repeat(101).parse::<PersonName>().is_err());
        assert!("王\n芳".parse::<PersonName>().is_err());
    }

    #[test]
    fn debug_hides_the_name() {
        assert_eq!(format!("{:?}", "王芳".parse::<PersonName>().unwrap()), "PersonName(hidden)");
    }
}
