//! The axes of a pack: each is whole, a condition names only what is declared, and a fictional pack stands on all six.

use crate::bench::*;
use casework::{
    fact::Identity,
    nouns::*,
    pack::{Axis, PackFault, PolicyPack, Situation},
    steps::{self, Obstacle, Refusal, Step},
};
use jiff::civil::{Date, date};

/// The second item, which declares all six axes, with a material that names all six.
fn every_axis() -> String {
    let text = include_str!("../../../../../fixtures/packs/sample-allowance.toml");
    let bank = "code = \"bank_card\"\n";
    let when = "when = { mode = [\"in_person\"], hukou = [\"local\"], kind = [\"first\"], window_level = [\"village\", \
                \"township\"], department = [\"qinghe\"], age_band = [\"under_90\"] }\n";
    let (head, bank_card) = text.split_once(bank).unwrap();
    [head, bank, when, bank_card].concat()
}

fn pack_of(text: &str) -> PolicyPack {
    PolicyPack::parse("every-axis.toml", text).unwrap_or_else(|error| panic!("{error}"))
}

fn here() -> Situation {
    Situation {
        department: county("qinghe"),
        birth: date(1940, 2, 2),
        ..situation(CaseKind::First, ApplicantMode::InPerson, Hukou::Local)
    }
}

fn demands(pack: &PolicyPack, at: &Situation) -> bool {
    pack.materials_for(at).iter().any(|one| one.code.as_str() == "bank_card")
}

#[test]
fn each_of_the_six_axes_decides_by_itself() {
    let pack = pack_of(&every_axis());
    assert_eq!(pack.axes().declared(), Axis::ALL);
    assert!(demands(&pack, &here()));
    assert!(demands(&pack, &Situation { window_level: WindowLevel::Township, ..here() }));
    for elsewhere in [
        Situation { mode: ApplicantMode::Agent, ..here() },
        Situation { hukou: Hukou::Outside, ..here() },
        Situation { kind: CaseKind::ReissueLost, ..here() },
        Situation { window_level: WindowLevel::City, ..here() },
        Situation { department: county("baitang"), ..here() },
        Situation { birth: date(1931, 11, 8), ..here() },
    ] {
        assert!(!demands(&pack, &elsewhere), "{elsewhere:?}");
    }
    let named = pack.material(&material("bank_card")).unwrap().when.named();
    assert_eq!(named.iter().map(|one| one.axis).collect::<Vec<_>>(), Axis::ALL);
    assert_eq!(named[3].takes, ["village", "township"]);
}

/// The band is entered on the birthday; one who was born on 29 February has it where the pack puts it.
#[test]
fn an_age_band_is_entered_on_the_birthday() {
    let pack = pack_of(&every_axis());
    let band = |birth: Date, on: Date| {
        let leap = pack.rules().leap_birthday.value;
        pack.axes().band(birth, on, leap).unwrap().band.to_string()
    };
    assert_eq!(band(date(1931, 11, 9), date(2021, 11, 8)), "under_90");
    assert_eq!(band(date(1931, 11, 9), date(2021, 11, 9)), "from_90");
    assert_eq!(band(date(1932, 2, 29), date(2022, 2, 27)), "under_90");
    assert_eq!(band(date(1932, 2, 29), date(2022, 2, 28)), "from_90");
    assert_eq!(band(date(1800, 1, 1), date(2021, 1, 1)), "from_90", "older than any band reaches");
    let undeclared = YIYANG.replacen("age_band = [{ band = \"all\", from = 0, to = 150 }]\n", "", 1);
    let undeclared = PolicyPack::parse("undeclared.toml", &undeclared).unwrap();
    assert_eq!(undeclared.axes().band(date(1951, 3, 8), today(), LeapBirthday::FirstOfMarch), None);
}

fn ninety_tomorrow() -> Identity {
    Identity { address: "青禾市青禾县某镇某村".to_owned(), ..person("王芳", date(1931, 11, 9), 6) }
}

/// A case in front of the clerk the day before the ninetieth birthday, with the bank card scanned.
fn the_day_before() -> Walk {
    let mut walk = Walk::open(pack_of(&every_axis()), CaseKind::First, WindowLevel::Village);
    walk.identify(Role::Applicant, ninety_tomorrow());
    walk.act(|case, pack| {
        steps::applicant::fill(case, pack, entry(ApplicantMode::InPerson, Hukou::Local), &county("qinghe"), today())
    });
    let bank = material("bank_card");
    walk.act(|case, pack| steps::materials::scan(case, pack, &bank, 1, picture("bank")));
    walk
}

#[test]
fn a_birthday_between_two_days_asks_for_the_entries_again_and_forgets_the_paper() {
    let mut walk = the_day_before();
    let tomorrow = today().tomorrow().unwrap();
    let outdated = |walk: &Walk, day| {
        let gaps = steps::acceptance::gaps(&walk.case, &walk.pack, day);
        gaps.iter().any(|gap| (gap.step, gap.reason.as_str()) == (Step::Applicant, "ENTRIES_OUTDATED"))
    };
    assert!(!outdated(&walk, today()));
    assert!(outdated(&walk, tomorrow));
    walk.act(|case, pack| {
        steps::applicant::fill(case, pack, entry(ApplicantMode::InPerson, Hukou::Local), &county("qinghe"), tomorrow)
    });
    assert!(!outdated(&walk, tomorrow));
    let demanded: Vec<_> = walk.case.applicant().unwrap().demanded.iter().map(MaterialCode::as_str).collect();
    assert_eq!(
        demanded,
        ["id_card", "village_statement"],
        "at ninety the village vouches, and nobody asks for the card"
    );
    assert!(walk.case.material(&material("bank_card")).is_some_and(only_lies_here), "what rested on the age is gone");
}

#[test]
fn another_department_forgets_what_rested_on_it() {
    let mut walk = the_day_before();
    let there = casework::steps::applicant::Entry {
        department: Some(county("baitang")),
        ..entry(ApplicantMode::InPerson, Hukou::Local)
    };
    walk.act(|case, pack| steps::applicant::fill(case, pack, there, &county("qinghe"), today()));
    assert!(walk.case.material(&material("bank_card")).is_some_and(only_lies_here));
    let scan =
        walk.refusal(|case, pack| steps::materials::scan(case, pack, &material("bank_card"), 1, picture("bank")));
    assert_eq!(scan, Refusal::NotNow(Obstacle::NotDemanded));
}

#[test]
fn another_day_of_birth_on_the_same_card_forgets_the_entries() {
    let mut walk = the_day_before();
    let older = Identity { birth: date(1931, 1, 1), ..ninety_tomorrow() };
    walk.identify(Role::Applicant, older);
    assert_eq!(walk.case.applicant(), None);
    assert_eq!(walk.case.verdict(), None);
}

/// Where cards are made, and from where they are reported, is the pack's to say and not the program's.
#[test]
fn the_windows_that_make_cards_are_data() {
    let township =
        YIYANG.replacen("value = { window_level = [\"village\"] }", "value = { window_level = [\"township\"] }", 1);
    let pack = PolicyPack::parse("township.toml", &township).unwrap();
    for (level, here) in [(WindowLevel::Village, false), (WindowLevel::Township, true)] {
        let mut walk = Walk::open(pack.clone(), CaseKind::First, level);
        walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
        walk.accept();
        assert_eq!(walk.case.due().is_some(), here, "the clock of thirty minutes at {level:?}");
        let permitted = steps::numbering::permit(&walk.case, &walk.pack, steps::Post::IntakeClerk);
        assert_eq!(permitted.is_ok(), here, "{level:?}");
    }
}

/// Replaces `from` by `to` in the pack with every axis; the fault must stand on the line of `mark`.
fn refused(from: &str, to: &str, mark: &str) -> PackFault {
    let text = every_axis();
    assert!(text.contains(from), "{from}");
    let bad = text.replacen(from, to, 1);
    let error = PolicyPack::parse("bad.toml", &bad).unwrap_err();
    let line = bad[..bad.find(mark).unwrap()].matches('\n').count() + 1;
    assert_eq!(error.line, line, "{error}");
    error.fault
}

#[test]
fn a_condition_on_what_is_not_declared_is_refused_with_its_line() {
    let line = "age_band = [\n    { band = \"under_90\", from = 0, to = 89 },\n    { band = \"from_90\", from = 90, to = 150 },\n]\n";
    assert_eq!(refused(line, "", "when = { mode"), PackFault::AxisNotDeclared("age_band"));
    let fault = refused("age_band = [\"under_90\"]", "age_band = [\"under_80\"]", "when = { mode");
    assert_eq!(fault.to_string(), "age_band `under_80` is not in this pack");
    let fault = refused("department = [\"qinghe\"]", "department = [\"heshan\"]", "when = { mode");
    assert_eq!(fault.to_string(), "department `heshan` is not in this pack");
    let fault = refused("department = [\"qinghe\"]", "department = []", "when = { mode");
    assert!(matches!(fault, PackFault::Impossible("a condition", _)), "{fault}");
    let fault = refused("department = [\"qinghe\"]", "department = [\"qinghe\", \"qinghe\"]", "when = { mode");
    assert_eq!(fault.to_string(), "department `qinghe` is given twice");
    let fault = refused("age_band = [\"under_90\"] }", "colour = [\"red\"] }", "when = { mode");
    assert!(fault.to_string().contains("unknown field `colour`"), "{fault}");
}

#[test]
fn an_axis_that_is_not_whole_is_refused_with_its_line() {
    let fault = refused(
        "kind = [\"first\", \"reissue_lost\", \"reissue_damaged\"]",
        "kind = [\"first\", \"reissue_lost\"]",
        "kind = [",
    );
    assert_eq!(fault.to_string(), "axis `kind` leaves out `reissue_damaged`: every case must have its place");
    let fault = refused(
        "department = [\"qinghe\", \"baitang\", \"liushu\"]",
        "department = [\"baitang\", \"liushu\"]",
        "department = [",
    );
    assert_eq!(fault.to_string(), "axis `department` leaves out `qinghe`: every case must have its place");
    let fault = refused("hukou = [\"local\", \"outside\"]", "hukou = [\"local\", \"outside\", \"local\"]", "hukou = [");
    assert_eq!(fault.to_string(), "hukou `local` is given twice");
}

#[test]
fn bands_that_overlap_gape_or_leave_the_range_are_refused_with_their_line() {
    let second = "{ band = \"from_90\", from = 90, to = 150 }";
    for (to, words) in [
        (
            "{ band = \"from_90\", from = 80, to = 150 }",
            "the age bands under_90 and from_90 overlap: `under_90` ends at 89",
        ),
        ("{ band = \"from_90\", from = 95, to = 150 }", "no age band has 90 years, before `from_90` begins"),
        (
            "{ band = \"from_90\", from = 90, to = 151 }",
            "the age band `from_90` goes from 90 to 151: a band goes upwards, inside 0 to 150",
        ),
        (
            "{ band = \"from_90\", from = 120, to = 90 }",
            "the age band `from_90` goes from 120 to 90: a band goes upwards, inside 0 to 150",
        ),
    ] {
        assert_eq!(refused(second, to, to).to_string(), words);
    }
    let short = refused(second, "{ band = \"from_90\", from = 90, to = 120 }", "age_band = [");
    assert_eq!(short.to_string(), "the age bands end at 120; the last one reaches 150");
    let twice = refused("band = \"from_90\"", "band = \"under_90\"", "{ band = \"under_90\", from = 90");
    assert_eq!(twice.to_string(), "age band `under_90` is given twice");
}
