//! The two coded fields: sex (GB/T 2261.1) and ethnicity (GB/T 3304).

use std::fmt;

/// Sex as coded on the chip. Hidden in `Debug` only by its holder: a code alone names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SexCode {
    /// `0`
    Unknown,
    /// `1`
    Male,
    /// `2`
    Female,
    /// `9`
    NotStated,
    /// Anything else, as the UTF-16 unit found.
    Other(u16),
}

impl SexCode {
    pub(super) fn from_unit(unit: u16) -> Self {
        match unit {
            0x30 => Self::Unknown,
            0x31 => Self::Male,
            0x32 => Self::Female,
            0x39 => Self::NotStated,
            other => Self::Other(other),
        }
    }

    /// `0`, `1`, `2`, `9`; `0` for what the standard does not know.
    pub fn digit(self) -> char {
        match self {
            Self::Unknown | Self::Other(_) => '0',
            Self::Male => '1',
            Self::Female => '2',
            Self::NotStated => '9',
        }
    }

    /// As printed on the card.
    pub fn name(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
            Self::Unknown | Self::Other(_) => "未知",
            Self::NotStated => "未说明",
        }
    }
}

/// An ethnic code, kept as found. Local codes beyond the standard are legal content (reader-protocol 2.5).
#[derive(Clone, PartialEq, Eq)]
pub struct Ethnicity {
    code: String,
}

const NAMES: [&str; 56] = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
];

impl Ethnicity {
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into() }
    }

    /// The field as stored, two digits on every sound card.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The name of GB/T 3304, `None` for a code the standard does not hold.
    pub fn name(&self) -> Option<&'static str> {
        if self.code.len() != 2 || !self.code.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        match self.code.parse().ok()? {
            97 => Some("其他"),
            98 => Some("外国血统中国籍人士"),
            number => NAMES.get(usize::checked_sub(number, 1)?).copied(),
        }
    }
}

impl fmt::Debug for Ethnicity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ethnicity(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_standard_has_its_name() {
        assert_eq!(Ethnicity::new("01").name(), Some("汉"));
        assert_eq!(Ethnicity::new("46").name(), Some("德昂"));
        assert_eq!(Ethnicity::new("56").name(), Some("基诺"));
        assert_eq!(Ethnicity::new("97").name(), Some("其他"));
        assert_eq!(Ethnicity::new("98").name(), Some("外国血统中国籍人士"));
    }

    #[test]
    fn a_local_code_survives_without_a_name() {
        for code in ["00", "57", "81", "99", "1", "穿青", ""] {
            let ethnicity = Ethnicity::new(code);
            assert_eq!((ethnicity.code(), ethnicity.name()), (code, None));
        }
    }
}
