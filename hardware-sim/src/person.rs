//! Invents people: the same seed, the same person. Numbers have valid check digits, cards the validity of their holder's age.
//!
//! Nobody is meant: given names contain 试 or 样 ("test", "sample"), and addresses name a 样例村 that does not exist.

use std::fmt::Write as _;

use serde::Deserialize;

/// Weights of GB 11643 for the first seventeen digits.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// Counties of Yiyang: code, name, police.
const COUNTIES: [(&str, &str, &str); 6] = [
    ("430902", "资阳区", "益阳市公安局资阳分局"),
    ("430903", "赫山区", "益阳市公安局赫山分局"),
    ("430921", "南县", "南县公安局"),
    ("430922", "桃江县", "桃江县公安局"),
    ("430923", "安化县", "安化县公安局"),
    ("430981", "沅江市", "沅江市公安局"),
];

const SURNAMES: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "胡", "郭", "曾", "谭", "欧阳", "上官",
    "𠅤", "龚", "夏", "薛", "文", "昌",
];
/// Marked given names; two of them need characters that small fonts lack.
const GIVEN: [&str; 14] =
    ["试甲", "试兰", "试华", "试梅", "样文", "样安", "样云", "样秀", "试", "样", "试䶮", "样𬭚", "试珍", "样福"];

/// The kinds of card that can be invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    #[default]
    Resident,
    Hmt,
    #[serde(rename = "foreigner_2017")]
    Foreigner2017,
    #[serde(rename = "foreigner_2023")]
    Foreigner2023,
}

impl Layout {
    /// Reads the name used on the command line.
    pub fn named(name: &str) -> Option<Layout> {
        match name {
            "resident" => Some(Layout::Resident),
            "hmt" => Some(Layout::Hmt),
            "foreigner_2017" => Some(Layout::Foreigner2017),
            "foreigner_2023" => Some(Layout::Foreigner2023),
            _ => None,
        }
    }
}

/// The check character of seventeen digits (GB 11643, MOD 11-2); `None` if they are not seventeen digits.
pub fn check_character(digits: &str) -> Option<char> {
    if digits.len() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (digit, weight) in digits.chars().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
    }
    Some(CHECK_CHARACTERS[sum as usize % CHECK_CHARACTERS.len()])
}

/// A card file in TOML for an invented person born in `birth_year` (1900 to 2008), or in one of 1930 to 1966.
pub fn invent(seed: u64, layout: Layout, birth_year: Option<u16>) -> String {
    let mut choice = fastrand::Rng::with_seed(seed);
    let person = Person::draw(&mut choice, birth_year);
    let mut card = format!("title = \"按种子 {seed} 生成\"\n\n");
    let written = match layout {
        Layout::Resident => person.resident(&mut card, &mut choice),
        Layout::Hmt => person.hmt(&mut card, &mut choice),
        Layout::Foreigner2017 => person.foreigner_2017(&mut card, &mut choice),
        Layout::Foreigner2023 => person.foreigner_2023(&mut card, &mut choice),
    };
    written.expect("writing into a string cannot fail");
    card
}

struct Person {
    name: String,
    female: bool,
    birth: (u16, u8, u8),
    county: (&'static str, &'static str, &'static str),
    seed: u64,
}

impl Person {
    fn draw(choice: &mut fastrand::Rng, birth_year: Option<u16>) -> Person {
        let surname = SURNAMES[choice.usize(..SURNAMES.len())];
        let given = GIVEN[choice.usize(..GIVEN.len())];
        let year = birth_year.map_or_else(|| choice.u16(1930..=1966), |year| year.clamp(1900, 2008));
        Person {
            name: format!("{surname}{given}"),
            female: choice.bool(),
            birth: (year, choice.u8(1..=12), choice.u8(1..=28)),
            county: COUNTIES[choice.usize(..COUNTIES.len())],
            seed: choice.u64(0..1 << 53),
        }
    }

    fn resident(&self, out: &mut String, choice: &mut fastrand::Rng) -> std::fmt::Result {
        let (code, county, police) = self.county;
        let number = self.number(code, choice);
        writeln!(out, "[resident]\nname = \"{}\"\nsex = \"{}\"", self.name, self.sex())?;
        // Most are Han; the codes with no people behind them must survive too.
        let ethnicity = match choice.u8(..10) {
            0 => choice.u8(2..=56),
            1 => [97, 98][choice.usize(..2)],
            _ => 1,
        };
        writeln!(out, "ethnicity = \"{ethnicity:02}\"\nbirth = \"{}\"", self.birth_date())?;
        let house = choice.u8(1..=200);
        writeln!(out, "address = \"湖南省益阳市{county}测试镇样例村{house}号\"\nnumber = \"{number}\"")?;
        writeln!(out, "authority = \"{police}\"")?;
        let (from, until) = self.validity(choice);
        writeln!(out, "valid_from = \"{from}\"\nvalid_until = \"{until}\"\n")?;
        self.chip(out, choice)
    }

    fn hmt(&self, out: &mut String, choice: &mut fastrand::Rng) -> std::fmt::Result {
        let (_, county, police) = self.county;
        let place = ["810000", "820000", "830000"][choice.usize(..3)];
        let number = self.number(place, choice);
        writeln!(out, "[hmt]\nname = \"{}\"\nsex = \"{}\"\nbirth = \"{}\"", self.name, self.sex(), self.birth_date())?;
        writeln!(out, "address = \"湖南省益阳市{county}测试街道样例社区\"\nnumber = \"{number}\"")?;
        let year = choice.u16(2021..=2026);
        writeln!(out, "authority = \"{police}\"\nvalid_from = \"{year}-03-01\"\nvalid_until = \"{}-03-01\"", year + 5)?;
        writeln!(out, "pass_number = \"H{:08}\"\nissue_count = \"{:02}\"\n", choice.u32(..1000), choice.u8(1..=3))?;
        self.chip(out, choice)
    }

    fn foreigner_2017(&self, out: &mut String, choice: &mut fastrand::Rng) -> std::fmt::Result {
        let (year, month, day) = self.birth;
        writeln!(
            out,
            "[foreigner_2017]\nenglish_name = \"SPECIMEN, {}\"",
            ["JOHN", "MARIA"][usize::from(self.female)]
        )?;
        writeln!(out, "sex = \"{}\"\nbirth = \"{}\"\nnationality = \"XXX\"", self.sex(), self.birth_date())?;
        writeln!(out, "number = \"XXX4300{:02}{month:02}{day:02}{:02}\"", year % 100, choice.u8(1..=99))?;
        let issued = choice.u16(2018..=2022);
        writeln!(out, "office = \"4300\"\ncard_version = \"01\"\nvalid_from = \"{issued}-07-01\"")?;
        writeln!(out, "valid_until = \"{}-06-30\"\n", issued + 10)?;
        self.chip(out, choice)
    }

    fn foreigner_2023(&self, out: &mut String, choice: &mut fastrand::Rng) -> std::fmt::Result {
        let number = self.number("943000", choice);
        writeln!(out, "[foreigner_2023]\nchinese_name = \"史样\"")?;
        writeln!(out, "english_name = \"SPECIMEN, {}\"", ["JOHN", "MARIA"][usize::from(self.female)])?;
        writeln!(out, "sex = \"{}\"\nbirth = \"{}\"\nnationality = \"XXX\"", self.sex(), self.birth_date())?;
        writeln!(out, "number = \"{number}\"\nrenewal_count = \"{:02}\"", choice.u8(..4))?;
        writeln!(out, "valid_from = \"2024-02-01\"\nvalid_until = \"2034-01-31\"\n")?;
        self.chip(out, choice)
    }

    fn chip(&self, out: &mut String, choice: &mut fastrand::Rng) -> std::fmt::Result {
        writeln!(out, "[chip]\nseed = {}\nfingerprints = {}", self.seed, choice.u8(..3))?;
        let addresses: Vec<String> =
            (0..choice.u8(..5)).map(|_| format!("\"湖南省益阳市测试街道样例社区{}号\"", choice.u8(1..=200))).collect();
        writeln!(out, "appended_addresses = [{}]", addresses.join(", "))
    }

    /// A number of `region`; the seventeenth digit is even for women.
    fn number(&self, region: &str, choice: &mut fastrand::Rng) -> String {
        let (year, month, day) = self.birth;
        let sequence = choice.u16(..400) * 2 + u16::from(!self.female);
        let digits = format!("{region}{year:04}{month:02}{day:02}{sequence:03}");
        let check = check_character(&digits).expect("six, eight and three digits were just written");
        format!("{digits}{check}")
    }

    /// Issued between the sixteenth birthday and 2025; for 10, 20 years or for good by the age at issue.
    fn validity(&self, choice: &mut fastrand::Rng) -> (String, String) {
        let issued = choice.u16(2006.max(self.birth.0 + 17)..=2025.max(self.birth.0 + 17));
        let years = match issued - self.birth.0 {
            ..=25 => Some(10),
            26..=45 => Some(20),
            46.. => None,
        };
        let until = years.map_or("long_term".to_owned(), |years| format!("{}-12-20", issued + years));
        (format!("{issued}-12-20"), until)
    }

    fn sex(&self) -> &'static str {
        if self.female { "female" } else { "male" }
    }

    fn birth_date(&self) -> String {
        let (year, month, day) = self.birth;
        format!("{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::CardFile;

    #[test]
    fn published_numbers_have_their_check_characters() {
        assert_eq!(check_character("11010519491231002"), Some('X'));
        assert_eq!(check_character("44052418800101001"), Some('4'));
        assert_eq!(check_character("4405241880010100"), None);
        assert_eq!(check_character("4405241880010100A"), None);
    }

    #[test]
    fn every_seed_gives_a_card_that_can_be_laid() {
        for seed in 0..500 {
            for layout in [Layout::Resident, Layout::Hmt, Layout::Foreigner2017, Layout::Foreigner2023] {
                let text = invent(seed, layout, None);
                let file: CardFile = toml::from_str(&text).unwrap();
                file.make().unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
                if let Some(resident) = file.resident {
                    let (digits, check) = resident.number.split_at(17);
                    assert_eq!(check_character(digits).map(String::from), Some(check.to_owned()));
                    assert_eq!(&digits[6..14], resident.birth.replace('-', ""));
                }
            }
        }
    }

    #[test]
    fn same_seed_gives_the_same_person() {
        assert_eq!(invent(7, Layout::Resident, None), invent(7, Layout::Resident, None));
        assert_ne!(invent(7, Layout::Resident, None), invent(8, Layout::Resident, None));
        assert!(invent(7, Layout::Resident, Some(1990)).contains("birth = \"1990-"));
    }
}
