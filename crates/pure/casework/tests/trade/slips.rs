//! The refusal slip and the one-time notice: content, number, and every gap at once.

use crate::bench::*;
use casework::{
    case::Case,
    doors,
    nouns::*,
    pack::PolicyPack,
    slips::{self, Counter, Slip},
    steps::{self, Refusal, Step},
};
use jiff::civil::date;

fn counter() -> Counter {
    let window = "益阳市赫山区样例村便民服务中心".to_owned();
    Counter { window, county: county("heshan"), clerk: clerk(), today: today() }
}

/// The whole slip, as a reader would see it.
fn read(slip: &Slip) -> String {
    let mut text =
        format!("{} {}\n{} {} {}\n", slip.title, slip.number, slip.package_name, slip.item_name, slip.item_code);
    text.push_str(&format!(
        "{} {} {} {}\n",
        slip.applicant.as_deref().unwrap_or("-"),
        slip.window,
        slip.clerk,
        slip.on
    ));
    for (n, line) in (1..).zip(&slip.lines) {
        text.push_str(&format!("{n}. {} {}（{}）\n", line.reason, line.text(), line.basis));
    }
    let checked = if slip.call.to_be_checked { " 号码待核实" } else { "" };
    text.push_str(&format!("{:?}{checked} {}\n{}", slip.call.district, slip.call.number, slip.acknowledgement));
    text
}

/// An agent without a card, a power of attorney without authority and not in the original, no permit, no photo.
fn five_faults() -> Walk {
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::Agent, Hukou::Outside));
    let poa = material("power_of_attorney");
    walk.act(|case, pack| steps::materials::scan(case, pack, &poa, 1, picture("poa")));
    walk.act(|case, pack| steps::materials::check(case, pack, &poa, false, vec![reason("POA_NO_AUTHORITY")]));
    let id = material("id_card");
    walk.act(|case, pack| steps::materials::scan(case, pack, &id, 1, picture("id")));
    walk.act(|case, pack| steps::materials::check(case, pack, &id, true, Vec::new()));
    walk.judge_eligibility();
    walk
}

#[test]
fn five_faults_give_five_lines_on_one_notice() {
    let mut walk = five_faults();
    let notice = slips::one_time_notice(&walk.case, &walk.pack, &counter()).unwrap();
    assert_eq!(notice.lines.len(), 5);
    insta::assert_snapshot!(read(&notice));
    walk.act(|case, pack| slips::issue(case, pack, &notice, picture("notice")));
    assert_eq!(walk.case.slips()[0].lines.len(), 5, "the record keeps the lines as they were given out");
    let second = slips::one_time_notice(&walk.case, &walk.pack, &counter()).unwrap();
    assert_eq!(second.number.as_str(), "THSLJ01-20211108-0001-2", "the next one has its own number");
    assert!(!walk.case.is_closed(), "a notice leaves the case open");
}

#[test]
fn a_notice_waits_until_the_clerk_has_looked_at_everything() {
    let mut walk = five_faults();
    let id = material("id_card");
    walk.act(|case, pack| steps::materials::scan(case, pack, &id, 2, picture("id-2")));
    let Err(Refusal::Incomplete(gaps)) = slips::one_time_notice(&walk.case, &walk.pack, &counter()) else {
        panic!("a notice was given too early")
    };
    assert_eq!((gaps.len(), gaps[0].step, gaps[0].reason.as_str()), (1, Step::Materials, "MATERIAL_NOT_CHECKED"));
}

#[test]
fn who_lacks_nothing_gets_no_notice() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    assert!(matches!(slips::one_time_notice(&walk.case, &walk.pack, &counter()), Err(Refusal::NotNow(_))));
}

fn young() -> Walk {
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, person("欧阳王芳", date(1956, 2, 29), 2));
    walk.fill(steps::applicant::Entry {
        department: Some(county("dongbu")),
        ..entry(ApplicantMode::InPerson, Hukou::Local)
    });
    walk.act(|case, pack| steps::eligibility::judge(case, pack, date(2020, 11, 8), false));
    walk
}

/// S-39: reason, plain words, the phone of the right district, and the day on which it changes.
#[test]
fn a_refusal_is_told_with_its_reasons_and_the_day_on_which_they_change() {
    let mut walk = young();
    let reasons = steps::eligibility::reasons(&walk.case);
    let slip = slips::refusal(&walk.case, &walk.pack, &reasons, &counter());
    insta::assert_snapshot!(read(&slip));
    walk.act(|case, pack| {
        let mut facts = slips::issue(case, pack, &slip, picture("slip"))?;
        facts.extend(doors::refuse(case, pack, reasons.clone())?);
        Ok(facts)
    });
    assert!(walk.case.is_closed());
    assert_eq!(walk.case.slips().len(), 1);
    assert_eq!(Case::replay(&walk.record).unwrap(), walk.case);
}

#[test]
fn at_the_door_the_ended_item_says_that_the_identity_card_suffices() {
    let text = include_str!("../../../../../fixtures/packs/hunan-2022-sunset.toml");
    let sunset = PolicyPack::parse("hunan-2022-sunset.toml", text).unwrap();
    let day = date(2022, 3, 1);
    let number = SlipNumber::at_the_door(&"HSLJ01".parse().unwrap(), day, 1).unwrap();
    let counter = Counter { today: day, ..counter() };
    let slip = slips::refusal_at_the_door(&sunset, number, &[reason("ITEM_ENDED")], None, &counter);
    assert!(slip.lines[0].remedy.contains("凭身份证即可享受优待"));
    insta::assert_snapshot!(read(&slip));
}

/// Every reason for which the procedure refuses has wording, a remedy and a call, on the slip.
#[test]
fn every_refusal_is_worded_on_the_slip() {
    let walk = young();
    for code in ["ITEM_NOT_IN_SCOPE", "ITEM_ENDED", "TOO_YOUNG", "NOT_SECOND_GEN", "ID_TYPE_NOT_ACCEPTED", "ID_EXPIRED"]
        .into_iter()
        .chain(["ALREADY_HOLDS_CARD", "OLD_CARD_USABLE", "HUKOU_OUTSIDE"])
    {
        let slip = slips::refusal(&walk.case, &walk.pack, &[reason(code)], &counter());
        let line = &slip.lines[0];
        assert!(!line.what.is_empty() && !line.remedy.is_empty() && !line.basis.is_empty(), "{code}");
        assert!(!slip.call.number.is_empty(), "{code}");
    }
}
