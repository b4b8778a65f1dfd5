//! Invented people for a filled ledger: names as they occur, numbers with a right check character, and nobody real.
//!
//! The `i`-th person is a function of the seed and of `i`, so that a later case can be of the same person without
//! anything being kept. No two have one number.

use casework::fact::Identity;
use casework::nouns::{DocumentKind, IdNumber, IdentitySource, Sex, ValidUntil};
use jiff::{ToSpan, civil::Date};

use super::dice::Dice;

/// Surnames, the frequent ones as often as they are in the first hundred, then compound and rare ones.
const SURNAMES: &str = "王王王王王王王李李李李李李李张张张张张张刘刘刘刘刘陈陈陈陈杨杨杨黄黄赵赵吴吴周周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓\
    冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔\
    䶮𬭚禤仉缪";
const COMPOUND: [&str; 6] = ["欧阳", "上官", "司马", "诸葛", "夏侯", "令狐"];
const GIVEN: &str = "秀英桂兰玉珍凤淑梅芳华明国建军德福贵祥春生林根水金莲香菊翠红霞云香娥姣满连喜庆长松柏青山海河江洪波涛文武斌礼义仁智信忠孝廉和平安定\
    康健寿禄财宝珠琴书画棋诗雅洁贞静娴慧敏丽美艳秋冬雪冰霜月星辰光辉耀宗祖先后启发达道正直方圆大伟雄豪杰俊才良善爱民为友谊前进胜利解放援朝跃卫东新";
const RARE: &str = "𬭚䶮㛃珺翀昶喆堃淼犇骉赟彧煜钘妘媃";
/// Parts of names that are written with a dot between them.
const FIRST_PARTS: [&str; 6] = ["阿依古丽", "买买提", "古丽娜", "艾力", "帕提古丽", "吐尔逊"];
const SECOND_PARTS: [&str; 5] = ["买买提", "吾守尔", "卡德尔", "艾合买提", "热合曼"];
/// Region codes of the city and of its neighbours; the last ones stand for people registered elsewhere.
const REGIONS: [&str; 8] = ["430902", "430903", "430903", "430921", "430922", "430923", "430981", "420106"];
const VILLAGES: [&str; 8] = ["样例", "青竹", "柳溪", "石桥", "枫林", "莲塘", "白鹭", "新塘"];

/// Born on one of so many days from [`oldest`] on: 25 years. The number is a prime, so that stepping through it by another
/// one visits every day once.
const DAYS: u64 = 9_127;

/// Whether a person is to be old enough on every day of a filled ledger, or too young on all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    Old,
    Young,
}

/// The first birthday of each age.
fn oldest(age: Age) -> Date {
    match age {
        Age::Old => jiff::civil::date(1921, 1, 1),
        Age::Young => jiff::civil::date(1962, 1, 1),
    }
}

/// The `i`-th person.
pub fn person(seed: u64, i: u64, age: Age) -> Identity {
    let mut dice = Dice::of(seed, i);
    let sex = if dice.below(2) == 0 { Sex::Female } else { Sex::Male };
    let day = i64::try_from(i * 7_919 % DAYS).expect("a day of 25 years is a small number");
    let birth = oldest(age).saturating_add(day.days());
    // After every day has had its turn the order goes up: one day, one order, one person.
    let order = i / DAYS * 2 + if sex == Sex::Male { 1 } else { 0 };
    let region = REGIONS[dice.below(REGIONS.len())];
    let village = VILLAGES[dice.below(VILLAGES.len())];
    Identity {
        source: IdentitySource::Chip,
        document: DocumentKind::Resident,
        name: name(&mut dice).parse().expect("an invented name is a name"),
        sex,
        ethnicity: "01".to_owned(),
        birth,
        address: format!("湖南省益阳市{}样例镇{village}村{}组", district(region), 1 + dice.below(20)),
        number: number(region, birth, order),
        issuing_authority: "样例市公安局".to_owned(),
        valid_from: Some(jiff::civil::date(2006, 5, 20)),
        valid_until: ValidUntil::LongTerm,
        sam_id: None,
        raw_text: None,
    }
}

fn district(region: &str) -> &'static str {
    match region {
        "430902" => "资阳区",
        "430903" => "赫山区",
        "430921" => "南县",
        "430922" => "桃江县",
        "430923" => "安化县",
        "430981" => "沅江市",
        _ => "样例区",
    }
}

fn name(dice: &mut Dice) -> String {
    let one = |dice: &mut Dice, text: &str| {
        let characters: Vec<char> = text.chars().filter(|shown| !shown.is_whitespace()).collect();
        characters[dice.below(characters.len())]
    };
    if dice.below(100) == 0 {
        return format!("{}·{}", dice.one_of(&FIRST_PARTS), dice.one_of(&SECOND_PARTS));
    }
    let mut name =
        if dice.below(60) == 0 { dice.one_of(&COMPOUND).to_owned() } else { one(dice, SURNAMES).to_string() };
    name.push(one(dice, GIVEN));
    match dice.below(100) {
        // Two of a hundred names have a character that few fonts hold.
        0..2 => name.push(one(dice, RARE)),
        2..72 => name.push(one(dice, GIVEN)),
        _ => {}
    }
    name
}

/// A number with the check character that belongs to it.
fn number(region: &str, birth: Date, order: u64) -> IdNumber {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let body = format!("{region}{:04}{:02}{:02}{order:03}", birth.year(), birth.month(), birth.day());
    let sum: usize = body.bytes().zip(WEIGHTS).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{body}{}", CHECKS[sum % 11]).parse().expect("an invented number has its check character")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn nobody_has_the_number_of_another() {
        // More than one turn through the birthdays.
        let numbers: BTreeSet<String> =
            (0..30_000).map(|i| person(7, i, Age::Old).number.as_str().to_owned()).collect();
        assert_eq!(numbers.len(), 30_000);
    }

    #[test]
    fn a_person_is_the_same_for_one_seed_and_another_for_another() {
        let of =
            |seed| format!("{}{}", person(seed, 5, Age::Old).name.as_str(), person(seed, 5, Age::Old).number.as_str());
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
    }

    #[test]
    fn names_are_varied_with_rare_characters_and_dots() {
        let names: Vec<String> = (0..2_000).map(|i| person(1, i, Age::Old).name.as_str().to_owned()).collect();
        let distinct: BTreeSet<&String> = names.iter().collect();
        assert!(distinct.len() > 1_500, "{}", distinct.len());
        assert!(names.iter().any(|name| name.contains('·')));
        assert!(names.iter().any(|name| RARE.chars().any(|rare| name.contains(rare))));
        assert!(names.iter().any(|name| name.chars().count() == 2));
    }
}
