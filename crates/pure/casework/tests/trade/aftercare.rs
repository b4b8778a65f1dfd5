//! Reminding the department (S-46) and help with registering (S-47): on record, and never in the way.

use casework::{
    aftercare,
    fact::Fact,
    nouns::*,
    steps::{self, Obstacle, Refusal},
};
use jiff::SignedDuration;

use crate::bench::*;

fn accepted(level: WindowLevel) -> Walk {
    let mut walk = Walk::open(pack(), CaseKind::First, level);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk
}

#[test]
fn a_reminder_is_on_record_with_its_time_channel_person_and_words() {
    let mut walk = accepted(WindowLevel::County);
    walk.act(|case, pack| aftercare::remind(case, pack, "phone", " 王科长 ", "请尽快审批"));
    let [reminded] = walk.case.aftercare().reminders.as_slice() else { panic!("one reminder") };
    assert_eq!((reminded.at, &reminded.by), (walk.now, &clerk()));
    assert_eq!(
        [&reminded.reminder.channel, &reminded.reminder.person, &reminded.reminder.said],
        ["phone", "王科长", "请尽快审批"]
    );
    let shown = format!("{:?} {:?}", walk.record.last().unwrap().fact, reminded);
    assert!(!shown.contains("王科长") && !shown.contains("审批"), "{shown}");
}

#[test]
fn a_reminder_names_a_channel_of_the_pack_somebody_and_something() {
    let walk = accepted(WindowLevel::County);
    let refusal = walk.refusal(|case, pack| aftercare::remind(case, pack, "pigeon", "", " "));
    let Refusal::Correct(faults) = refusal else { panic!("entries to correct") };
    assert_eq!(faults.iter().map(|fault| fault.field).collect::<Vec<_>>(), ["channel", "person", "said"]);
}

#[test]
fn a_department_is_reminded_only_while_it_is_waited_for() {
    let mut walk = Walk::open(pack(), CaseKind::First, WindowLevel::County);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    let early = walk.refusal(|case, pack| aftercare::remind(case, pack, "phone", "王科长", "请尽快审批"));
    assert_eq!(early, Refusal::NotNow(Obstacle::NotAccepted));
    walk.accept();
    walk.act(|case, _| steps::numbering::department_answered(case, true, "A-1".to_owned(), Vec::new(), None));
    let late = walk.refusal(|case, pack| aftercare::remind(case, pack, "phone", "王科长", "请尽快审批"));
    assert_eq!(late, Refusal::NotNow(Obstacle::NotWaiting));
}

#[test]
fn the_wait_is_counted_from_acceptance_and_anew_from_each_reminder() {
    let mut walk = accepted(WindowLevel::County);
    let accepted_at = walk.now;
    let wait = |walk: &Walk, minutes| {
        aftercare::waiting_min(&walk.case, &walk.pack, accepted_at + SignedDuration::from_mins(minutes))
    };
    assert_eq!(wait(&walk, 20), Some(20));
    assert_eq!(wait(&walk, -5), Some(0), "a clock that was set back");
    walk.now += SignedDuration::from_mins(20);
    walk.act(|case, pack| aftercare::remind(case, pack, "visit", "王科长", "请尽快审批"));
    assert_eq!(wait(&walk, 25), Some(4));
}

#[test]
fn help_with_registering_is_given_way_by_way_or_declined_in_one_act() {
    let mut walk = accepted(WindowLevel::Village);
    let codes = |walk: &Walk| -> Vec<String> {
        aftercare::guides(&walk.case, &walk.pack).iter().map(|guide| guide.code.to_string()).collect()
    };
    assert_eq!(codes(&walk), ["site", "wechat", "app"]);
    walk.act(|case, pack| aftercare::helped(case, pack, "wechat"));
    assert_eq!(codes(&walk), ["site", "app"]);
    let twice = walk.refusal(|case, pack| aftercare::helped(case, pack, "wechat"));
    assert_eq!(twice, Refusal::NotNow(Obstacle::HelpSettled));
    let declined = walk.act(aftercare::decline_help).to_vec();
    assert_eq!(declined.iter().map(|one| &one.fact).collect::<Vec<_>>(), [&Fact::GuideDeclined]);
    assert!(codes(&walk).is_empty(), "it is not asked again");
    walk.reserve(1);
}

#[test]
fn no_help_is_offered_before_acceptance() {
    let walk = Walk::village();
    assert!(aftercare::guides(&walk.case, &walk.pack).is_empty());
    let refusal = walk.refusal(aftercare::decline_help);
    assert_eq!(refusal, Refusal::NotNow(Obstacle::HelpSettled));
}

/// No address or account that could be taken for the real one is shipped.
#[test]
fn every_guide_that_is_shipped_is_marked_as_a_sample() {
    for guide in pack().guides() {
        assert!(guide.sample && guide.holds.as_str().contains("example"), "{}", guide.code);
    }
}
