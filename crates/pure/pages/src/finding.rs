//! What was found on a page, and what the clerk should do about it.

use std::sync::OnceLock;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    /// For example `41`.
    pub measured: String,
    /// The value that would have been good, for example `100`.
    pub threshold: String,
    /// `dpi`, `px`, `%`, or empty for a luminance of 0 to 255.
    pub unit: &'static str,
    /// One plain line for the clerk. The pack's public wording of the code may say more.
    pub sentence: &'static str,
}

/// The closed list of what can be found here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    TooCoarse,
    Dark,
    Overexposed,
    Empty,
    Blurred,
    Cut,
}

impl Code {
    /// Every code, in the order in which findings are made.
    pub const ALL: [Code; 6] = [Code::TooCoarse, Code::Dark, Code::Overexposed, Code::Empty, Code::Blurred, Code::Cut];

    /// The reason code, as the pack names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::TooCoarse => "PAGE_TOO_COARSE",
            Code::Dark => "PAGE_DARK",
            Code::Overexposed => "PAGE_OVEREXPOSED",
            Code::Empty => "PAGE_EMPTY",
            Code::Blurred => "PAGE_BLURRED",
            Code::Cut => "PAGE_CUT",
        }
    }

    /// The sentence for the clerk, from `words/zh.txt`.
    pub fn sentence(self) -> &'static str {
        static LINES: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
        let lines = LINES
            .get_or_init(|| include_str!("../words/zh.txt").lines().filter_map(|line| line.split_once(' ')).collect());
        let found = lines.iter().find(|(code, _)| *code == self.as_str());
        found.map(|(_, sentence)| sentence.trim()).expect("a test proves that every code has its sentence")
    }
}

impl Finding {
    /// What was measured, with its unit, as the record keeps it: `96 dpi`.
    pub fn measured_with_unit(&self) -> String {
        with_unit(&self.measured, self.unit)
    }

    /// What would have been good, with its unit.
    pub fn threshold_with_unit(&self) -> String {
        with_unit(&self.threshold, self.unit)
    }
}

fn with_unit(value: &str, unit: &str) -> String {
    format!("{value} {unit}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_sentence() {
        let mut sentences: Vec<_> = Code::ALL.iter().map(|code| code.sentence()).collect();
        assert!(sentences.iter().all(|sentence| sentence.ends_with('。')));
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), Code::ALL.len());
    }
}
