//! How a card number is written.

use crate::nouns::{CardNumber, NotA, WindowCode};

/// A pattern such as `YY{window}{n:06}`: plain text, `{window}` at most once, `{n:0W}` exactly once, where W is the
/// least number of digits (1 to 9).
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct NumberPattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Plain(String),
    Window,
    Ordinal { digits: usize },
}

#[derive(Debug, thiserror::Error)]
pub enum NotAPattern {
    #[error("a number pattern needs {{n:0W}} exactly once")]
    NoOrdinal,
    #[error("a number pattern knows {{window}} and {{n:0W}}, not {{{0}}}")]
    UnknownPart(String),
    #[error("a brace of the number pattern is not closed")]
    Unclosed,
}

impl NumberPattern {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number of the `n`-th card of a window's block.
    ///
    /// # Errors
    /// When the window's code makes the number longer than 128 bytes.
    pub fn write(&self, window: &WindowCode, n: u64) -> Result<CardNumber, NotA> {
        let mut number = String::new();
        for part in &self.parts {
            match part {
                Part::Plain(text) => number.push_str(text),
                Part::Window => number.push_str(window.as_str()),
                Part::Ordinal { digits } => number.push_str(&format!("{n:0digits$}")),
            }
        }
        number.parse()
    }
}

impl TryFrom<String> for NumberPattern {
    type Error = NotAPattern;
    fn try_from(text: String) -> Result<Self, NotAPattern> {
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while let Some((plain, opened)) = rest.split_once('{') {
            let (name, after) = opened.split_once('}').ok_or(NotAPattern::Unclosed)?;
            if !plain.is_empty() {
                parts.push(Part::Plain(plain.to_owned()));
            }
            parts.push(part(name).ok_or_else(|| NotAPattern::UnknownPart(name.to_owned()))?);
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Plain(rest.to_owned()));
        }
        if parts.iter().filter(|part| matches!(part, Part::Ordinal { .. })).count() != 1 {
            return Err(NotAPattern::NoOrdinal);
        }
        Ok(Self { text, parts })
    }
}

fn part(name: &str) -> Option<Part> {
    if name == "window" {
        return Some(Part::Window);
    }
    let digits = name.strip_prefix("n:0")?.parse().ok()?;
    (1..=9).contains(&digits).then_some(Part::Ordinal { digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_writes_window_and_ordinal() {
        let pattern = NumberPattern::try_from("YY{window}-{n:06}".to_owned()).unwrap();
        assert_eq!(pattern.write(&"HSQY01".parse().unwrap(), 42).unwrap().as_str(), "YYHSQY01-000042");
        assert_eq!(pattern.write(&"HSQY01".parse().unwrap(), 12_345_678).unwrap().as_str(), "YYHSQY01-12345678");
    }

    #[test]
    fn a_pattern_without_one_ordinal_is_refused() {
        for text in ["YY", "{n:06}{n:06}", "{n}", "{n:06", "{year}{n:06}", "{n:00}"] {
            assert!(NumberPattern::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
