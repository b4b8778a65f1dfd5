//! A bad pack is refused with file, line and reason: each refusal by a broken file.

use crate::bench::*;
use casework::pack::{PackFault, PolicyPack};

/// The line (from 1) on which `mark` stands in a pack text.
fn line_of(text: &str, mark: &str) -> usize {
    text[..text.find(mark).expect("the mark stands in the text")].matches('\n').count() + 1
}

/// Replaces `from` by `to` in the shipped pack; the error must stand on the line of `mark` in the new text.
fn refused(from: &str, to: &str, mark: &str) -> PackFault {
    assert!(YIYANG.contains(from), "{from}");
    let bad = YIYANG.replacen(from, to, 1);
    let error = PolicyPack::parse("bad.toml", &bad).unwrap_err();
    assert_eq!((error.file.as_str(), error.line), ("bad.toml", line_of(&bad, mark)), "{error}");
    assert!(error.to_string().starts_with(&format!("bad.toml:{}: ", error.line)));
    error.fault
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let fault = refused("[rules.min_age]\n", "[rules.min_age]\nminimum = 60\n", "minimum = 60");
    assert!(fault.to_string().contains("unknown field `minimum`"), "{fault}");
}

#[test]
fn a_value_without_source_is_refused_with_its_line() {
    let with =
        "[rules.village_deadline_min]\nname = \"村级窗口办结时限（分钟）\"\nvalue = 30\nsource = \"规程 十·2\"\n";
    let fault = refused(with, &with.replace("source = \"规程 十·2\"\n", ""), "[rules.village_deadline_min]");
    assert!(fault.to_string().contains("missing field `source`"), "{fault}");
    let fault = refused(with, &with.replace("规程 十·2", " "), "source = \" \"");
    assert!(fault.to_string().contains("must not be blank"), "{fault}");
}

#[test]
fn a_reason_without_public_wording_is_refused_with_its_line() {
    let public = "public = \"您还没有到办证年龄。\"\n";
    let fault = refused(public, "", "[[reason]]\ncode = \"TOO_YOUNG\"");
    assert!(fault.to_string().contains("missing field `public`"), "{fault}");
    let fault = refused(public, "public = \"\"\n", "public = \"\"");
    assert!(fault.to_string().contains("must not be blank"), "{fault}");
}

#[test]
fn overlapping_routes_are_refused_with_their_line() {
    let city = "[[route]]\nplatform = \"city\"\notherwise = true\n";
    let sourced = "source = \"x\"\ndate = \"2021-01-01\"\nconfidence = \"low\"\n\n";
    let again = format!("[[route]]\nplatform = \"second\"\ncounty = [\"heshan\", \"taojiang\"]\n{sourced}");
    let fault = refused(city, &format!("{again}{city}"), "county = [\"heshan\"");
    assert_eq!(fault.to_string(), "county `taojiang` has two routes: `taojiang` and `second`");
    let third = "[[route]]\nplatform = \"third\"\notherwise = true\n";
    let fault = refused(city, &format!("{city}{sourced}{third}"), third);
    assert_eq!(fault.to_string(), "two routes take every other county: `city` and `third`");
}

#[test]
fn a_district_without_a_route_is_refused_with_its_line() {
    let city = "[[route]]\nplatform = \"city\"\notherwise = true\n";
    let fault = refused(city, "[[route]]\nplatform = \"city\"\ncounty = [\"heshan\"]\n", "id = \"nanxian\"");
    assert_eq!(fault, PackFault::NoRoute("nanxian".to_owned()));
}

#[test]
fn impossible_dates_are_refused_with_their_line() {
    let fault = refused("to = \"2022-02-28\"", "to = \"2020-12-31\"", "to = \"2020-12-31\"");
    assert!(matches!(fault, PackFault::Dates { .. }), "{fault}");
    let fault = refused("to = \"2022-02-28\"", "to = \"2022-02-29\"", "to = \"2022-02-29\"");
    assert!(matches!(fault, PackFault::Shape(_)), "{fault}");
}

#[test]
fn an_item_code_of_the_wrong_length_is_refused_with_its_line() {
    for code in ["432023107W0", "432023107W000", "432023107w00"] {
        let to = format!("code = \"{code}\"");
        let fault = refused("code = \"432023107W00\"", &to, &to);
        assert!(fault.to_string().contains("12 characters"), "{fault}");
    }
}

#[test]
fn a_reference_to_nothing_is_refused_with_its_line() {
    let fault = refused("missing = \"PERMIT_MISSING\"", "missing = \"NO_SUCH\"", "missing = \"NO_SUCH\"");
    assert_eq!(fault.to_string(), "reason `NO_SUCH` is not in this pack");
    let fault = refused("reason = \"ID_EXPIRED\"", "reason = \"NO_SUCH\"", "reason = \"NO_SUCH\"");
    assert_eq!(fault.to_string(), "reason `NO_SUCH` is not in this pack");
    let fault = refused("county = [\"taojiang\"]", "county = [\"changsha\"]", "county = [\"changsha\"]");
    assert_eq!(fault.to_string(), "district `changsha` is not in this pack");
}

#[test]
fn a_thing_given_twice_is_refused_with_its_line() {
    let fault = refused("code = \"ITEM_ENDED\"", "code = \"ITEM_NOT_IN_SCOPE\"", {
        "code = \"ITEM_NOT_IN_SCOPE\"\nseverity = \"block\"\npublic = \"老年人优待证已经停止办理。\""
    });
    assert_eq!(fault.to_string(), "reason `ITEM_NOT_IN_SCOPE` is given twice");
}

#[test]
fn a_pack_that_does_not_word_a_reason_of_the_steps_is_refused() {
    let bad = YIYANG.replacen("code = \"APPROVAL_PENDING\"", "code = \"SOMETHING_ELSE\"", 1);
    let error = PolicyPack::parse("bad.toml", &bad).unwrap_err();
    assert_eq!(error.fault, PackFault::ReasonNotWorded("APPROVAL_PENDING".to_owned()));
}

#[test]
fn a_schema_of_tomorrow_is_refused_with_its_line() {
    assert_eq!(refused("schema = 1", "schema = 2", "schema = 2"), PackFault::Schema(2));
}

#[test]
fn an_impossible_condition_or_tolerance_is_refused_with_its_line() {
    let fault = refused("when = { mode = [\"agent\"] }", "when = { mode = [] }", "when = { mode = [] }");
    assert!(matches!(fault, PackFault::Impossible("a condition", _)), "{fault}");
    let fault =
        refused("when = { mode = [\"agent\"] }", "when = { mode = [\"robot\"] }", "when = { mode = [\"robot\"]");
    assert!(fault.to_string().contains("unknown variant `robot`"), "{fault}");
    let fault = refused("value = [\"id_card\", \"receipt_list\"]", "value = []", "value = []");
    assert!(matches!(fault, PackFault::Impossible("delivery", _)), "{fault}");
    let fault = refused("tolerance = false", "tolerance = true", "tolerance = true");
    assert!(matches!(fault, PackFault::Impossible("tolerance", _)), "{fault}");
}

/// A pack text in which several things were replaced; every fault with its line.
fn all_faults(changes: &[(&str, &str)]) -> (String, Vec<(usize, String)>) {
    let bad = changes.iter().fold(YIYANG.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    let faults = PolicyPack::read("bad.toml", &bad).unwrap_err();
    let said = faults.into_iter().map(|error| (error.line, error.fault.to_string())).collect();
    (bad, said)
}

#[test]
fn a_source_without_its_date_or_confidence_is_refused_with_its_line() {
    let rule = "source = \"规程 十·2\"\ndate = \"2026-11-23 查阅\"\nconfidence = \"high\"\n";
    let header = "[rules.village_deadline_min]";
    let fault = refused(rule, "source = \"规程 十·2\"\nconfidence = \"high\"\n", header);
    assert!(fault.to_string().contains("missing field `date`"), "{fault}");
    let fault = refused(rule, "source = \"规程 十·2\"\ndate = \"2026-11-23 查阅\"\n", header);
    assert!(fault.to_string().contains("missing field `confidence`"), "{fault}");
    let sure = rule.replace("\"high\"", "\"certain\"");
    let fault = refused(rule, &sure, "confidence = \"certain\"");
    assert!(fault.to_string().contains("unknown variant `certain`"), "{fault}");
    // Not only rules: item, route, district and material say where they come from as well.
    for (from, what) in [
        ("promise_name = \"即办件\"\nsource = \"规程 一、三、五、六·6\"\ndate = \"2026-11-23 查阅\"\n", "[item]"),
        ("source = \"规程 四·9\"\ndate = \"2026-11-23 查阅\"\n", "[[district]]\nid = \"dongbu\""),
        ("source = \"规程 六·6\"\ndate = \"2026-11-23 查阅\"\n", "[[material]]\ncode = \"old_card\""),
    ] {
        let fault = refused(from, &from.replace("date = \"2026-11-23 查阅\"\n", ""), what);
        assert!(fault.to_string().contains("missing field `date`"), "{fault}");
    }
}

#[test]
fn an_impossible_date_of_a_source_is_refused_with_its_line() {
    let own = "date = \"2022-03-12\"";
    for (day, words) in [
        ("2022-02-30", "the calendar does not have it"),
        ("2022-13-01", "the calendar does not have it"),
        ("2022-3-12", "write four digits, two and two"),
        ("20220312", "write four digits, two and two"),
        ("2022年3月12日", "write four digits, two and two"),
        ("2022-03-12 前后", "no date of a source"),
    ] {
        let to = format!("date = \"{day}\"");
        let fault = refused(own, &to, &to);
        assert!(fault.to_string().contains(words), "{fault}");
    }
}

#[test]
fn a_source_later_than_the_pack_is_refused_with_its_line() {
    let fault = refused("date = \"2022-03-12\"", "date = \"2026-11-24\"", "date = \"2026-11-24\"");
    assert_eq!(fault.to_string(), "this source (2026-11-24) is later than the pack, which was compiled on 2026-11-23");
    let (_, faults) = all_faults(&[("compiled = \"2026-11-23\"", "compiled = \"2022-03-12\"")]);
    assert!(faults.len() > 20, "every source that was read afterwards: {}", faults.len());
    assert!(faults.iter().all(|(_, words)| words.contains("2026-11-23 查阅")), "{faults:?}");
}

#[test]
fn a_day_that_the_calendar_does_not_have_ends_no_pack() {
    let fault = refused("to = \"2022-02-28\"", "to = \"2022-02-30\"", "to = \"2022-02-30\"");
    assert!(fault.to_string().contains("`2022-02-30` is no day"), "{fault}");
}

#[test]
fn a_value_that_this_program_cannot_act_on_is_refused_with_its_line() {
    for value in ["village", "township"] {
        let to = format!("value = \"{value}\"");
        let fault = refused("value = \"county\"", &to, &to);
        assert!(fault.to_string().contains("cannot act on"), "{fault}");
    }
    let fault = refused("value = \"block_allocated\"", "value = \"by_hand\"", "value = \"by_hand\"");
    assert!(fault.to_string().contains("unknown variant `by_hand`"), "{fault}");
    let fault = refused("value = \"newspaper\"", "value = \"hearsay\"", "value = \"hearsay\"");
    assert!(fault.to_string().contains("unknown variant `hearsay`"), "{fault}");
}

#[test]
fn a_district_row_that_cannot_be_used_is_refused_with_its_line() {
    let fault = refused("phone = \"0737-461700\"", "phone = \" \"", "phone = \" \"");
    assert!(fault.to_string().contains("`phone` is blank"), "{fault}");
    let fault = refused("internal_code = \"YY-DBXQ\"\n", "", "[[district]]\nid = \"dongbu\"");
    assert!(fault.to_string().contains("`region` (GB/T 2260)"), "{fault}");
    for (from, to, words) in [
        ("id = \"dongbu\"", "id = \"gaoxin\"", "district `gaoxin` is given twice"),
        ("name = \"东部新区\"", "name = \"高新区\"", "the name of a district `高新区` is given twice"),
    ] {
        let (bad, faults) = all_faults(&[(from, to)]);
        let second = bad.rfind(to).unwrap();
        let line = bad[..second].matches('\n').count() + 1;
        assert!(faults.contains(&(line, words.to_owned())), "{faults:#?}");
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let (bad, faults) = all_faults(&[
        ("missing = \"PERMIT_MISSING\"", "missing = \"NO_SUCH\""),
        ("county = [\"taojiang\"]", "county = [\"changsha\"]"),
        ("value = [\"resident\"]", "value = []"),
        ("to = \"2022-02-28\"", "to = \"2020-01-01\""),
        ("code = \"APPROVAL_PENDING\"", "code = \"SOMETHING_ELSE\""),
    ]);
    let lines = [
        line_of(&bad, "to = \"2020-01-01\""),
        line_of(&bad, "value = []"),
        line_of(&bad, "county = [\"changsha\"]"),
        line_of(&bad, "missing = \"NO_SUCH\""),
        bad.lines().count(),
    ];
    assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), lines, "{faults:#?}");
    // Faults of form are told before the references are held against one another, also several at once.
    let (bad, faults) = all_faults(&[
        ("value = 65", "value = \"many\""),
        ("value = 30\n", "value = 30\nfoo = 1\n"),
        ("public = \"您还没有到办证年龄。\"", "public = \"\""),
    ]);
    let lines = [line_of(&bad, "value = \"many\""), line_of(&bad, "foo = 1"), line_of(&bad, "public = \"\"")];
    assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), lines, "{faults:#?}");
}

#[test]
fn the_line_is_right_whatever_ends_the_lines_and_stands_before_them() {
    let bad = YIYANG.replacen("value = 30\n", "value = 30\nfoo = 1\n", 1);
    let line = line_of(&bad, "foo = 1");
    let windows = bad.replace('\n', "\r\n");
    let wide = bad.replacen("# 政策包", "# 𬭚　全角字符：\u{ff0d}", 1);
    for text in [bad, windows, wide] {
        let error = PolicyPack::parse("坏包.toml", &text).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("坏包.toml", line), "{error}");
    }
    // A file that is no TOML at all, in the middle of full-width text.
    let broken = YIYANG.replacen("value = 30\n", "value = ３０\n", 1);
    let error = PolicyPack::parse("坏包.toml", &broken).unwrap_err();
    assert_eq!(error.line, line_of(&broken, "value = ３０"), "{error}");
    assert_eq!(PolicyPack::parse("empty.toml", "").unwrap_err().line, 1);
}

#[test]
fn days_off_that_cannot_be_are_refused_with_their_line() {
    let said = |from: &str, to: &str, mark: &str| refused(from, to, mark).to_string();
    let outside = said("\"2021-01-01/2021-01-03\"", "\"2020-12-31/2021-01-03\"", "\"2020-12-31/2021-01-03\"");
    assert!(outside.contains("outside of `from` and `to`"), "{outside}");
    let weekday = said("\"2022-05-07\"", "\"2022-05-09\"", "work = [\n    \"2021-02-07\"");
    assert!(weekday.contains("a weekday is worked without being named"), "{weekday}");
    let both = said("\"2022-05-07\"", "\"2022-05-01\"", "work = [\n    \"2021-02-07\"");
    assert_eq!(both, "day `2022-05-01` is given twice");
    let backwards = said("\"2021-02-11/2021-02-17\"", "\"2021-02-17/2021-02-11\"", "\"2021-02-17/2021-02-11\"");
    assert!(backwards.contains("before it begins"), "{backwards}");
    let long = said("\"2021-02-11/2021-02-17\"", "\"2021-02-11/2021-03-17\"", "\"2021-02-11/2021-03-17\"");
    assert!(long.contains("longer than a month"), "{long}");
}

#[test]
fn a_reminder_without_a_channel_and_a_guide_given_twice_are_refused_with_their_line() {
    let all = "channels = [{ code = \"phone\", name = \"电话\" }, { code = \"platform\", name = \"平台留言\" }, { code = \"visit\", name = \"上门\" }]";
    let none = refused(all, "channels = []", "channels = []");
    assert!(none.to_string().contains("there has to be a way to reach the department"), "{none}");
    let twice = refused("code = \"visit\"", "code = \"phone\"", "channels = [");
    assert_eq!(twice.to_string(), "channel `phone` is given twice");
    let guide = refused("code = \"wechat\"", "code = \"site\"", "code = \"site\"\nname = \"益阳");
    assert_eq!(guide.to_string(), "guide `site` is given twice");
}

#[test]
fn a_read_that_serves_no_time_or_longer_than_a_working_day_is_refused_with_its_line() {
    let rule = "name = \"集中办理时代理人身份证读一次可用（分钟）\"\nvalue = 120";
    for minutes in ["0", "721"] {
        let bad = rule.replace("120", minutes);
        let mark = format!("value = {minutes}\nsource = \"产品补充：规程 六·3");
        let fault = refused(rule, &bad, &mark);
        assert!(matches!(fault, PackFault::Impossible("a batch", _)), "{fault}");
    }
}
