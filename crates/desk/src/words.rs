//! How nouns of the trade read on the screen and on paper.

pub mod papers;
pub mod stock;

use std::collections::BTreeSet;

use crate::contract::Choice;
use casework::case::Case;
use casework::nouns::{ApplicantMode, CaseKind, IdentitySource, PersonRole, Sex, ValidUntil};
use casework::pack::ConsultPhone;
use jiff::{Timestamp, civil::Date, tz};

pub fn kind(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::First => "首次办理",
        CaseKind::ReissueLost => "遗失补发",
        CaseKind::ReissueDamaged => "破损补发",
    }
}

pub fn mode(mode: ApplicantMode) -> &'static str {
    match mode {
        ApplicantMode::InPerson => "本人办理",
        ApplicantMode::Agent => "代理人办理",
    }
}

pub fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "男",
        Sex::Female => "女",
        Sex::Unknown => "未知",
        Sex::NotStated => "未说明",
    }
}

pub fn source(source: IdentitySource) -> &'static str {
    match source {
        IdentitySource::Chip => "芯片读取",
        IdentitySource::OtherReader => "芯片读取（未核验：读卡器不是本站登记的）",
        IdentitySource::Typed => "手工录入（未核验）",
    }
}

/// What a paper says of identities that no chip of this station's reader has vouched for (S-07).
pub fn unverified(case: &Case) -> Vec<String> {
    let who = [("申请人", case.identity()), ("代理人", case.agent())];
    who.into_iter()
        .filter_map(|(role, identity)| {
            let how = match identity?.source {
                IdentitySource::Chip => return None,
                IdentitySource::OtherReader => "由未登记的读卡器读取",
                IdentitySource::Typed => "是手工录入的",
            };
            Some(format!("{role}身份信息{how}，未核验"))
        })
        .collect()
}

pub fn role(role: PersonRole) -> &'static str {
    match role {
        PersonRole::Clerk => "收件人员",
        PersonRole::Issuer => "发证人员",
        PersonRole::Archivist => "归档人员",
        PersonRole::Supervisor => "监督员",
        PersonRole::Administrator => "管理员",
        PersonRole::Tester => "演练人员",
        PersonRole::Public => "自助办理",
    }
}

/// `收件人员、发证人员`.
pub fn roles(roles: &BTreeSet<PersonRole>) -> String {
    roles.iter().map(|one| role(*one)).collect::<Vec<_>>().join("、")
}

/// `1951年3月8日`.
pub fn date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `2021-11-08 09:05`, China Standard Time.
pub fn moment(at: Timestamp) -> String {
    let at = tz::offset(8).to_datetime(at);
    format!("{:04}-{:02}-{:02} {:02}:{:02}", at.year(), at.month(), at.day(), at.hour(), at.minute())
}

/// The civil day of an instant, `2021年11月8日`, China Standard Time.
pub fn day_of(at: Timestamp) -> String {
    date(tz::offset(8).to_datetime(at).date())
}

/// Since when a case waits, as a clerk says it: `今天 09:05`, on another day `11月8日 09:05`.
pub fn since(at: Timestamp, today: Date) -> String {
    let at = tz::offset(8).to_datetime(at);
    let day = if at.date() == today { "今天".to_owned() } else { format!("{}月{}日", at.month(), at.day()) };
    format!("{day} {:02}:{:02}", at.hour(), at.minute())
}

pub fn until(until: ValidUntil) -> String {
    match until {
        ValidUntil::Day(day) => date(day),
        ValidUntil::LongTerm => "长期".to_owned(),
    }
}

/// A consultation line as it may be printed: a defective number is never given, and its district is told so (S-05, D-01).
pub fn consult(line: &ConsultPhone) -> String {
    match (&line.district, line.to_be_checked) {
        (Some(district), true) => format!("{}（{district}号码待核实）", line.number),
        (Some(district), false) => format!("{district} {}", line.number),
        (None, _) => line.number.clone(),
    }
}

/// A day as people write it: `2021-11-01`, `2021.11.1`, `2021/11/1`, `20211101`, `2021年11月1日`.
pub fn read_day(text: &str) -> Option<Date> {
    let digits: String = text.chars().map(|one| if one.is_ascii_digit() { one } else { ' ' }).collect();
    let parts: Vec<&str> = digits.split_whitespace().collect();
    let (year, month, day) = match *parts.as_slice() {
        [all] if all.len() == 8 => (&all[..4], &all[4..6], &all[6..]),
        [year, month, day] if year.len() == 4 => (year, month, day),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// How long ago something was, as a person counts: `12 天前`, `3 个月前`, `1 年 8 个月前`.
pub fn age(from: Date, today: Date) -> String {
    let span = today.since((jiff::Unit::Year, from)).unwrap_or_default();
    match (span.get_years(), span.get_months(), span.get_days()) {
        (0, 0, 0) => "今天".to_owned(),
        (0, 0, days) => format!("{days} 天前"),
        (0, months, _) => format!("{months} 个月前"),
        (years, 0, _) => format!("{years} 年前"),
        (years, months, _) => format!("{years} 年 {months} 个月前"),
    }
}

/// Every ethnicity of GB/T 3304, by its code, in the standard's order.
pub fn ethnicities() -> Vec<Choice> {
    (1..=99_u8)
        .map(|code| format!("{code:02}"))
        .filter_map(|code| {
            let name = idcard::card::Ethnicity::new(&code).name()?.to_owned();
            Some(Choice { value: code, name })
        })
        .collect()
}

/// GB/T 3304 name; an unknown code is shown as it stands on the chip.
pub fn ethnicity(code: &str) -> String {
    idcard::card::Ethnicity::new(code).name().map_or_else(|| format!("代码{code}"), ToOwned::to_owned)
}

/// Why a platform's answer does not come.
pub fn cause(cause: casework::outbox::Cause) -> &'static str {
    crate::lamps::cause_words(cause)
}

/// Why a result of the handling department is not taken; the platform is told the same sentence.
pub fn mismatch(mismatch: casework::results::Mismatch) -> &'static str {
    use casework::results::Mismatch as M;
    match mismatch {
        M::Unreadable => "这条结果缺了内容，看不懂。",
        M::UnknownCase => "本窗口没有这个编号的事项。",
        M::OtherReceipt => "收文清单号和这件事的对不上。",
        M::OtherItem => "事项编码和这件事的对不上。",
        M::OtherHolder => "姓名或证号后四位和申请人的对不上。",
        M::NotAccepted => "这件事还没有受理，没有送过承办部门。",
        M::Closed => "这件事已经了结，不再收结果。",
        M::Contradicts => "和以前收到的结果不一样，以前的有效。",
        M::BadNumber => "系统给的证号不成样子，不能用。已退回，等承办部门重新给号；久等不到请打电话给承办部门。",
        M::NumberTwice => {
            "系统把同一个证号给了两件事，不能用。已退回，等承办部门重新给号；久等不到请打电话给承办部门。"
        }
        M::NumberUsed => {
            "系统给的证号已经用过或已作废，不能用。已退回，等承办部门重新给号；久等不到请打电话给承办部门。"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it() {
        let day = Some(Date::constant(2021, 11, 1));
        for text in ["2021-11-01", "2021.11.1", "2021/11/1", " 20211101", "2021年11月1日"] {
            assert_eq!(read_day(text), day, "{text}");
        }
        for text in ["", "昨天", "11-01", "2021-13-01", "2021-02-30", "21-11-01", "2021-11"] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }

    #[test]
    fn an_age_is_told_in_the_largest_units() {
        let today = Date::constant(2021, 11, 8);
        let told = |year, month, day| age(Date::constant(year, month, day), today);
        assert_eq!(told(2021, 11, 8), "今天");
        assert_eq!(told(2021, 10, 27), "12 天前");
        assert_eq!(told(2021, 8, 1), "3 个月前");
        assert_eq!(told(2019, 11, 1), "2 年前");
        assert_eq!(told(2020, 3, 1), "1 年 8 个月前");
    }

    #[test]
    fn a_case_of_today_waits_since_an_hour_and_an_older_one_since_a_day() {
        let at: Timestamp = "2021-11-08T01:05:00Z".parse().expect("a moment");
        assert_eq!(since(at, Date::constant(2021, 11, 8)), "今天 09:05");
        assert_eq!(since(at, Date::constant(2021, 11, 9)), "11月8日 09:05");
    }
}
