//! The shipped pack holds what the procedure says, and a bad pack is refused with its line and reason.

use crate::bench::*;
use casework::{
    nouns::*,
    pack::{Confidence, PaperHandling, PolicyPack, Severity},
    steps::Step,
};

#[test]
fn the_shipped_pack_names_the_item_and_its_three_names() {
    let pack = pack();
    assert_eq!(pack.item().code.as_str(), "432023107W00");
    assert_eq!(pack.item().package_name.as_str(), "我要办理老年优待证");
    assert_eq!(pack.item().item_name.as_str(), "老年人优待证办理");
    assert_eq!(pack.item().certificate_name.as_str(), "湖南省老年人优待证");
    assert_eq!(pack.stamp().hash, casework::journal::sm3(YIYANG.as_bytes()).to_hex());
}

/// S-05, D-01, D-02: the raw text stays, what can be repaired is repaired, nothing is guessed.
#[test]
fn nine_districts_have_their_phones_and_the_defective_one_is_never_dialled() {
    let pack = pack();
    let rows: Vec<_> = pack
        .districts()
        .iter()
        .map(|one| (one.name.as_str(), one.phone.raw(), one.phone.normalised(), one.phone.status()))
        .collect();
    assert_eq!(
        rows,
        [
            ("南县", "0737-5215120", "0737-5215120", PhoneStatus::Good),
            ("安化县", "0737-7821650 ", "0737-7821650", PhoneStatus::Repaired),
            ("桃江县", "0737-8788842", "0737-8788842", PhoneStatus::Good),
            ("沅江市", "0737-2703826", "0737-2703826", PhoneStatus::Good),
            ("大通湖区", "0737－5664153", "0737-5664153", PhoneStatus::Repaired),
            ("赫山区", "0737-4423642", "0737-4423642", PhoneStatus::Good),
            ("资阳区", "0737-4303399", "0737-4303399", PhoneStatus::Good),
            ("高新区", " 0737-6204118", "0737-6204118", PhoneStatus::Repaired),
            ("东部新区", "0737-461700", "0737-461700", PhoneStatus::InvalidLength),
        ]
    );
    let dongbu = pack.call_for(Some(&county("dongbu")));
    assert_eq!((dongbu.number.as_str(), dongbu.to_be_checked), ("0737-12345", true));
    let heshan = pack.call_for(Some(&county("heshan")));
    assert_eq!((heshan.number.as_str(), heshan.to_be_checked), ("0737-4423642", false));
    assert_eq!(pack.call_for(None).number, "0737-12345");
}

/// Domain 8.3, S-19, S-26, S-29, S-32: twelve rows.
#[test]
fn the_twelve_combinations_demand_what_the_procedure_says() {
    use ApplicantMode::{Agent, InPerson};
    use CaseKind::{First, ReissueDamaged, ReissueLost};
    use Hukou::{Local, Outside};
    let rows = [
        (InPerson, Local, First, "M1 M2"),
        (InPerson, Local, ReissueLost, "M1 M2 M5"),
        (InPerson, Local, ReissueDamaged, "M1 M2 M6"),
        (InPerson, Outside, First, "M1 M2 M4"),
        (InPerson, Outside, ReissueLost, "M1 M2 M4 M5"),
        (InPerson, Outside, ReissueDamaged, "M1 M2 M4 M6"),
        (Agent, Local, First, "M1 M2 M3"),
        (Agent, Local, ReissueLost, "M1 M2 M3 M5"),
        (Agent, Local, ReissueDamaged, "M1 M2 M3 M6"),
        (Agent, Outside, First, "M1 M2 M3 M4"),
        (Agent, Outside, ReissueLost, "M1 M2 M3 M4 M5"),
        (Agent, Outside, ReissueDamaged, "M1 M2 M3 M4 M6"),
    ];
    let pack = pack();
    let letter = |code: &MaterialCode| match code.as_str() {
        "id_card" => "M1",
        "photo" => "M2",
        "power_of_attorney" => "M3",
        "residence_permit" => "M4",
        "loss_notice" => "M5",
        "old_card" => "M6",
        other => panic!("{other} is no material of the procedure"),
    };
    for (mode, hukou, kind, wanted) in rows {
        let demanded: Vec<_> =
            pack.materials_for(&situation(kind, mode, hukou)).into_iter().map(|one| letter(&one.code)).collect();
        assert_eq!(demanded.join(" "), wanted, "{mode:?} {hukou:?} {kind:?}");
    }
}

#[test]
fn every_material_has_the_handling_and_the_intolerance_of_the_procedure() {
    let pack = pack();
    let handling: Vec<_> = pack.materials().iter().map(|one| (one.code.as_str(), one.handling)).collect();
    assert_eq!(
        handling,
        [
            ("id_card", PaperHandling::ScanAndReturn),
            ("photo", PaperHandling::OnCard),
            ("power_of_attorney", PaperHandling::ScanAndReturn),
            ("residence_permit", PaperHandling::ScanAndReturn),
            ("loss_notice", PaperHandling::ScanAndReturn),
            ("old_card", PaperHandling::RetainArchive),
        ]
    );
    assert!(pack.materials().iter().all(|one| !one.tolerance && one.tolerance_method.as_str() == "/"));
    assert!(!pack.material(&material("power_of_attorney")).unwrap().province_requires, "D-05");
}

/// S-20: the remark of the drafters is a switch of the pack and no change of code.
#[test]
fn a_city_may_switch_a_material_off() {
    let (before, after) = YIYANG.split_once("code = \"power_of_attorney\"").unwrap();
    let after = after.replacen("required = true", "required = false", 1);
    let off = PolicyPack::parse("off.toml", &[before, "code = \"power_of_attorney\"", &after].concat()).unwrap();
    let demanded = |pack: &PolicyPack| {
        let materials = pack.materials_for(&situation(CaseKind::First, ApplicantMode::Agent, Hukou::Local));
        materials.into_iter().map(|one| one.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(demanded(&pack()), ["id_card", "photo", "power_of_attorney"]);
    assert_eq!(demanded(&off), ["id_card", "photo"]);
}

/// S-36: the county of the handling department decides, and neither the window nor the applicant.
#[test]
fn only_a_department_in_taojiang_has_its_own_platform() {
    let pack = pack();
    for window in pack.districts() {
        for department in pack.districts() {
            let wanted = if department.id.as_str() == "taojiang" { "taojiang" } else { "city" };
            let platform = pack.platform_for(&department.id).unwrap();
            assert_eq!(platform.as_str(), wanted, "window {} department {}", window.id, department.id);
        }
    }
    assert_eq!(pack.platform_for(&county("changsha")), None);
}

#[test]
fn every_value_says_why() {
    let pack = pack();
    let why = pack.why("min_age").unwrap();
    assert_eq!((why.value.as_str(), why.confidence), ("65", Confidence::Medium));
    assert_eq!(pack.why("photo_spec").unwrap().value, "25 × 35 mm ± 2 mm");
    assert_eq!(pack.why("hukou_scope").unwrap().confidence, Confidence::Low);
    assert_eq!(pack.why("photo_on_card").unwrap().value, "printed");
    assert!(pack.rules().all().iter().all(|why| !why.source.trim().is_empty()));
    assert_eq!(pack.why("no_such_rule"), None);
}

#[test]
fn the_reasons_of_the_procedure_block_and_the_added_ones_warn() {
    let pack = pack();
    for code in ["PHOTO_TOO_LARGE", "PHOTO_HAT", "PHOTO_NOT_APPLICANT", "POA_NO_AUTHORITY", "ID_EXPIRED"] {
        assert_eq!(pack.reason(&reason(code)).unwrap().severity, Severity::Block, "{code}");
    }
    for code in ["PHOTO_TOO_SMALL", "PHOTO_BLURRED", "PHOTO_OLD", "POA_NO_PERIOD", "POA_NOT_SIGNED"] {
        assert_eq!(pack.reason(&reason(code)).unwrap().severity, Severity::Warn, "{code}");
    }
}

#[test]
fn forty_rating_codes_stand_under_five_levels() {
    let pack = pack();
    let codes: Vec<_> = pack.rating_levels().iter().map(|level| level.codes.len()).collect();
    assert_eq!(codes, [8, 8, 8, 8, 8]);
    assert_eq!(pack.rating_levels()[0].codes[0].code.as_str(), "510");
    assert_eq!(pack.rating_levels()[4].codes[7].code.as_str(), "115");
}

#[test]
fn the_eleven_steps_have_their_names() {
    let pack = pack();
    let names: Vec<_> = Step::ALL.iter().map(|step| pack.step_name(*step)).collect();
    assert_eq!(names.join(" "), "身份核验 申请信息 资格核对 申报材料 照片 受理 取号 制证 交付 评价 归档");
}

#[test]
fn the_order_of_keys_changes_nothing_but_the_hash() {
    // Moves the first rule behind the last one.
    let start = YIYANG.find("[rules.min_age]").unwrap();
    let end = YIYANG.find("[rules.apply_before_days]").unwrap();
    let rules_end = YIYANG.find("[platforms]").unwrap();
    let moved = [&YIYANG[..start], &YIYANG[end..rules_end], &YIYANG[start..end], &YIYANG[rules_end..]].concat();
    let moved = PolicyPack::parse("moved.toml", &moved).unwrap();
    let pack = pack();
    assert_eq!(moved.rules(), pack.rules());
    assert_eq!(moved.materials(), pack.materials());
    assert_eq!(moved.reasons(), pack.reasons());
    assert_ne!(moved.hash(), pack.hash());
}
