//! Where the messages of an acceptance go: by the county of the handling department, and to the ageing business system.

use crate::{after::station, bench::*};
use casework::{
    nouns::*,
    outbox::{MessageKind, NewMessage, Station, messages_for},
    pack::PolicyPack,
    steps,
};

/// The messages of a case that a window of one county accepts for a department of another.
fn accepted_at(window: &CountyId, department: &CountyId, pack: PolicyPack) -> Vec<NewMessage> {
    let mut walk = Walk::open(pack, CaseKind::First, WindowLevel::Village);
    walk.identify(Role::Applicant, elder());
    let mut filled = entry(ApplicantMode::InPerson, Hukou::Local);
    filled.department = Some(department.clone());
    walk.act(|case, pack| steps::applicant::fill(case, pack, filled, window, today()));
    walk.judge_eligibility();
    walk.bring_everything();
    walk.photo();
    let decided = walk.accept();
    messages_for(&walk.case, &decided, &walk.pack, &Station { county: window.clone(), ..station() })
}

fn body(message: &NewMessage) -> serde_json::Value {
    serde_json::from_str(&message.body).unwrap()
}

/// S-36: nine windows by nine departments.
#[test]
fn the_department_s_county_decides_the_platform_and_the_window_s_does_not() {
    let pack = pack();
    for window in pack.districts() {
        for department in pack.districts() {
            let messages = accepted_at(&window.id, &department.id, self::pack());
            let expected = if department.id.as_str() == "taojiang" { "taojiang" } else { "city" };
            let push = &messages[0];
            let told = format!("window in {}, department in {}", window.name, department.name);
            assert_eq!((push.kind, push.platform.as_str()), (MessageKind::Acceptance, expected), "{told}");
            let said = body(push);
            assert_eq!(said["department"], department.id.as_str(), "{told}");
            assert_eq!(said["window"]["county"], window.id.as_str(), "{told}");
        }
    }
}

/// S-37: a second message of the same fact, behind the first, to one system for all departments.
#[test]
fn an_accepted_case_is_recorded_in_the_ageing_system_after_it_was_pushed() {
    for department in ["heshan", "taojiang"] {
        let messages = accepted_at(&county("heshan"), &county(department), pack());
        let [push, record] = messages.as_slice() else { panic!("{messages:?}") };
        assert_eq!((record.kind, record.platform.as_str()), (MessageKind::AgeingRecord, "ageing"));
        assert_eq!(record.seq_in_case, push.seq_in_case);
        assert_eq!((push.place, record.place), (1, 2));
        assert_ne!(push.key, record.key);
        assert_eq!(body(record)["department"], department);
        assert_eq!(body(record)["receipt"], body(push)["receipt"]);
    }
}

#[test]
fn without_an_ageing_system_in_the_pack_nothing_is_recorded_there() {
    let without = YIYANG.replacen("ageing = \"ageing\"\n", "", 1);
    let without = PolicyPack::parse("without.toml", &without).unwrap();
    assert_eq!(without.platforms().ageing, None);
    let messages = accepted_at(&county("heshan"), &county("heshan"), without);
    assert_eq!(messages.iter().map(|one| one.kind).collect::<Vec<_>>(), [MessageKind::Acceptance]);
}

#[test]
fn a_pack_names_every_platform_that_a_station_has_to_reach() {
    let pack = pack();
    let named: Vec<_> = pack.every_platform().into_iter().map(PlatformId::as_str).collect();
    assert_eq!(named, ["ageing", "city", "filing", "rating", "taojiang"]);
}

#[test]
fn a_message_to_a_platform_without_keys_says_so() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    let decided = walk.accept();
    let keyless = ["ageing".parse().unwrap()].into();
    let messages = messages_for(&walk.case, &decided, &walk.pack, &Station { keyless, ..station() });
    assert_eq!(messages.iter().map(|one| one.keyed).collect::<Vec<_>>(), [true, false]);
}
