//! The rating is the person's own: offered, answered freely or not at all, kept as it was given. The six abuses that were
//! seen elsewhere (domain 3.1) are impossible here, each by a test of its own.

use casework::{
    case::Rating,
    fact::{AgainHow, Fact, Recorded},
    follow_up::{self, Exclusion, NotSettled, Settlement, Standing, standing},
    integrity::{self, Answered, Offer, Rectified},
    nouns::*,
    outbox::{MessageKind, Station, messages_for},
    steps::{
        self, Obstacle, Refusal,
        rating::{Answer, LONGEST_TEXT},
    },
};
use jiff::{SignedDuration, civil::date};
use proptest::prelude::*;

use crate::bench::*;

const AT_ACCEPTANCE: RatingPoint = RatingPoint::Acceptance;

/// A case that was accepted and whose person is asked.
fn asked(mode: ApplicantMode) -> Walk {
    let mut walk = Walk::village();
    walk.reach_the_gate(mode, Hukou::Local);
    walk.accept();
    walk.act(|case, pack| steps::rating::offer(case, pack, AT_ACCEPTANCE));
    walk
}

fn answer(level: u8, codes: &[&str], text: &str) -> Answer {
    Answer { level, codes: codes.iter().map(|code| (*code).to_owned()).collect(), text: text.to_owned() }
}

fn give(walk: &mut Walk, answer: Answer) -> Recorded {
    walk.act(|case, pack| steps::rating::give(case, pack, AT_ACCEPTANCE, answer, today()))[0].clone()
}

fn station() -> Station {
    Station {
        counter: "HSLJ01-A".to_owned(),
        window_name: "菱角村便民服务中心".to_owned(),
        county: county("heshan"),
        parent_township: "泉交河镇".to_owned(),
        keyless: std::collections::BTreeSet::new(),
    }
}

/// The message of the newest fact.
fn message(walk: &Walk) -> serde_json::Value {
    let newest = walk.record.last().cloned().into_iter().collect::<Vec<_>>();
    let [message] = messages_for(&walk.case, &newest, &walk.pack, &station()).try_into().unwrap();
    assert_eq!(message.kind, MessageKind::Rating);
    serde_json::from_str(&message.body).unwrap()
}

fn pretty(walk: &Walk) -> String {
    serde_json::to_string_pretty(&message(walk)).unwrap().replace(walk.pack.hash(), "PACK-HASH")
}

#[test]
fn a_rating_is_offered_once_a_point_with_the_act_that_brings_the_case_there() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    let early = walk.refusal(|case, pack| steps::rating::offer(case, pack, AT_ACCEPTANCE));
    assert_eq!(early, Refusal::NotNow(Obstacle::RatingNotDue));
    let (now, actor) = (walk.now, clerk());
    walk.act(|case, pack| {
        let facts = steps::acceptance::accept(case, pack, now, today())?;
        steps::rating::with_offer(case, pack, facts, AT_ACCEPTANCE, now, &actor)
    });
    assert_eq!(walk.case.ratings()[&AT_ACCEPTANCE], Rating::Offered, "an offer carries no level");
    let twice = walk.refusal(|case, pack| steps::rating::offer(case, pack, AT_ACCEPTANCE));
    assert_eq!(twice, Refusal::NotNow(Obstacle::RatingSettled));
    assert!(walk.reserve(1).as_str().ends_with('1'), "an open rating blocks nothing");
}

#[test]
fn an_answer_has_a_level_of_the_pack_reasons_of_that_level_and_at_most_150_characters() {
    let mut walk = asked(ApplicantMode::InPerson);
    for wrong in [
        answer(0, &[], ""),
        answer(6, &[], ""),
        answer(5, &["406"], ""),
        answer(1, &["999"], ""),
        answer(2, &["207", "207"], ""),
        answer(2, &[], &"长".repeat(LONGEST_TEXT + 1)),
    ] {
        let refusal = walk.refusal(|case, pack| steps::rating::give(case, pack, AT_ACCEPTANCE, wrong, today()));
        assert!(matches!(refusal, Refusal::Correct(_)), "{refusal:?}");
    }
    give(&mut walk, answer(2, &["207", "213"], &"长".repeat(LONGEST_TEXT)));
    insta::assert_snapshot!("rating_given", pretty(&walk).replace(&"长".repeat(LONGEST_TEXT), "150 CHARACTERS"));
}

/// Bound to case, point and who answered.
#[test]
fn who_answers_is_whoever_came_and_at_delivery_whoever_took_the_card() {
    for (mode, rater) in [(ApplicantMode::InPerson, Rater::Applicant), (ApplicantMode::Agent, Rater::Agent)] {
        let mut walk = asked(mode);
        give(&mut walk, rated(4));
        let said = message(&walk);
        assert_eq!((&said["case"], &said["point"]), (&walk.case.id().as_str().into(), &"acceptance".into()));
        assert_eq!(said["by"], serde_json::to_value(rater).unwrap());
    }
    let mut walk = asked(ApplicantMode::Agent);
    walk.reserve(1);
    walk.print(None, PrintOutcome::SpoolerConfirmed);
    walk.confirm();
    walk.deliver(DeliveryProof::IdCard, Receiver::Applicant);
    assert_eq!(steps::rating::rater(&walk.case, RatingPoint::Delivery), Some(Rater::Applicant));
    assert_eq!(steps::rating::rater(&walk.case, AT_ACCEPTANCE), Some(Rater::Agent));
}

/// S-48 names applicant and agent: a neighbour with the receipt list is not asked, and the case goes on without.
#[test]
fn somebody_else_who_fetches_the_card_is_not_asked_and_holds_nothing_up() {
    let mut walk = asked(ApplicantMode::InPerson);
    walk.reserve(1);
    walk.print(None, PrintOutcome::SpoolerConfirmed);
    walk.confirm();
    walk.deliver(DeliveryProof::ReceiptList, Receiver::Other);
    let refusal = walk.refusal(|case, pack| steps::rating::offer(case, pack, RatingPoint::Delivery));
    assert_eq!(refusal, Refusal::NotNow(Obstacle::RatingNotDue));
    assert_eq!(steps::here(&walk.case, &walk.pack, today()), steps::Step::Archive);
    walk.act(|case, pack| steps::archive::hand_over(case, pack, clerk(), clerk()));
    walk.act(|case, pack| steps::archive::seal(case, pack, picture("package")));
}

#[test]
fn a_second_answer_is_kept_and_not_counted() {
    let mut walk = asked(ApplicantMode::InPerson);
    let first = give(&mut walk, rated(2));
    let second = give(&mut walk, rated(5));
    let Fact::RatingGiven { again: Some(again), follow_up: None, .. } = &second.fact else { panic!("a second row") };
    assert_eq!((again.of, again.how), (first.seq, AgainHow::Duplicate));
    assert_eq!(message(&walk)["counted"], false);
    let Rating::Given(counted) = &walk.case.ratings()[&AT_ACCEPTANCE] else { panic!("an answer") };
    assert_eq!((counted.seq, counted.level), (first.seq, 2));
    assert_eq!(walk.record.iter().filter(|one| one.fact.tag() == "rating_given").count(), 2, "both rows stay");
    insta::assert_snapshot!("rating_duplicate", pretty(&walk));
}

#[test]
fn a_correction_is_a_new_row_that_counts_and_is_taken_only_while_the_person_is_there() {
    let mut walk = asked(ApplicantMode::InPerson);
    let first = give(&mut walk, rated(1));
    walk.act(|case, pack| steps::rating::correct(case, pack, AT_ACCEPTANCE, rated(4), today()));
    let Rating::Given(counted) = &walk.case.ratings()[&AT_ACCEPTANCE] else { panic!("an answer") };
    assert_eq!(counted.level, 4);
    assert_eq!(message(&walk)["again"]["of"], first.seq);
    assert!(matches!(first.fact, Fact::RatingGiven { follow_up: Some(_), .. }), "what it opened stays open");
    walk.reserve(1);
    let late = walk.refusal(|case, pack| steps::rating::correct(case, pack, AT_ACCEPTANCE, rated(5), today()));
    assert_eq!(late, Refusal::NotNow(Obstacle::RatingSettled), "nobody puts it right behind the person's back");
}

#[test]
fn somebody_who_declined_may_think_better_of_it() {
    let mut walk = asked(ApplicantMode::InPerson);
    walk.act(|case, pack| steps::rating::decline(case, pack, AT_ACCEPTANCE));
    assert_eq!(message(&walk)["level"], serde_json::Value::Null);
    let twice = walk.refusal(|case, pack| steps::rating::decline(case, pack, AT_ACCEPTANCE));
    assert_eq!(twice, Refusal::NotNow(Obstacle::RatingSettled));
    give(&mut walk, rated(3));
    assert!(matches!(&walk.case.ratings()[&AT_ACCEPTANCE], Rating::Given(answer) if answer.level == 3));
}

#[test]
fn nothing_that_is_printed_for_a_programmer_says_how_somebody_rated() {
    let written = |level: u8, code: &str| {
        let mut walk = asked(ApplicantMode::InPerson);
        let recorded = give(&mut walk, answer(level, &[code], "态度"));
        format!("{:?} {:?} {:?}", walk.case, recorded.fact, answer(level, &[code], "态度"))
    };
    assert_eq!(written(1, "108"), written(5, "510"), "a bad rating and a good one look alike");
    assert!(!written(1, "108").contains("态度"));
}

// The six abuses.

/// 5 stars preselected.
#[test]
fn no_level_is_ever_preselected() {
    let mut walk = asked(ApplicantMode::InPerson);
    let offered = walk.record.last().unwrap().fact.body();
    assert_eq!(offered, r#"{"fact":"rating_offered","point":"acceptance"}"#);
    walk.act(|case, pack| steps::rating::decline(case, pack, AT_ACCEPTANCE));
    assert_eq!(message(&walk)["level"], serde_json::Value::Null);
    assert_eq!(message(&walk)["outcome"], "declined");
}

/// Praise of the machine's own for whoever did not answer.
#[test]
fn an_offer_that_nobody_answers_stays_one_for_ever() {
    let mut walk = asked(ApplicantMode::InPerson);
    walk.reserve(1);
    walk.print(None, PrintOutcome::SpoolerConfirmed);
    walk.confirm();
    walk.deliver(DeliveryProof::IdCard, Receiver::Applicant);
    walk.now += SignedDuration::from_hours(24 * 400);
    walk.act(|case, pack| steps::rating::offer(case, pack, RatingPoint::Delivery));
    walk.act(|case, pack| steps::archive::hand_over(case, pack, clerk(), clerk()));
    walk.act(|case, pack| steps::archive::seal(case, pack, picture("package")));
    assert!(walk.case.ratings().values().all(|rating| *rating == Rating::Offered));
    let messages = messages_for(&walk.case, &walk.record, &walk.pack, &station());
    assert!(messages.iter().all(|message| message.kind != MessageKind::Rating), "nothing is sent in their name");
}

proptest! {
    /// A rate of correction that is written into the program.
    #[test]
    fn the_rate_of_rectification_is_counted(done in 0_u32..50, excluded in 0_u32..50, open in 0_u32..50) {
        let counted = Rectified { opened: done + excluded + open, done, excluded };
        prop_assert_eq!(counted.open(), open);
        let expected = (done + open > 0).then(|| done * 100 / (done + open));
        prop_assert_eq!(counted.percent(), expected);
        prop_assert!(open == 0 || counted.percent() != Some(100));
    }

    /// The time of a rating moved to suit another time.
    #[test]
    fn the_time_of_a_rating_is_that_of_the_act_even_before_acceptance(minutes in -90_i64..90) {
        let mut walk = asked(ApplicantMode::InPerson);
        walk.now += SignedDuration::from_mins(minutes);
        let recorded = give(&mut walk, rated(4));
        let sent: jiff::Timestamp = message(&walk)["rated_at"].as_str().unwrap().parse().unwrap();
        prop_assert_eq!(sent, recorded.at);
        prop_assert_eq!(sent, walk.now);
    }

    /// The report counts what is there: every offer once, by whoever was present.
    #[test]
    fn the_report_counts_every_offer_once(offers in proptest::collection::vec((0_u8..3, 0_u8..3, 0_i64..90), 0..60)) {
        let offers: Vec<Offer> = offers.into_iter().map(|(who, how, seconds)| Offer {
            present: ["张敏", "李强", "周平"][usize::from(who)].parse().unwrap(),
            offered_at: morning(),
            answer: (how > 0).then(|| Answered { at: morning() + SignedDuration::from_secs(seconds), rated: how == 1 }),
        }).collect();
        let (by, all) = integrity::tally(&offers);
        prop_assert_eq!(all.offered as usize, offers.len());
        prop_assert_eq!(by.values().map(|one| one.offered).sum::<u32>(), all.offered);
        prop_assert_eq!(all.given + all.declined + all.unanswered(), all.offered);
        let fast = offers.iter().filter_map(|one| one.answer.filter(|answer| answer.rated))
            .filter(|answer| answer.at < morning() + SignedDuration::from_secs(integrity::TOO_FAST_S)).count();
        prop_assert_eq!(all.too_fast as usize, fast);
    }
}

/// A reason that nobody gave.
#[test]
fn a_bad_rating_without_a_reason_stays_without_one() {
    let mut walk = asked(ApplicantMode::InPerson);
    give(&mut walk, rated(1));
    let said = message(&walk);
    assert_eq!(said["codes"], serde_json::json!([]));
    assert_eq!(said["text"], "");
    let Rating::Given(counted) = &walk.case.ratings()[&AT_ACCEPTANCE] else { panic!("an answer") };
    assert!(counted.codes.is_empty() && counted.text.is_empty());
}

// Follow-ups.

#[test]
fn a_bad_rating_opens_a_follow_up_with_its_day_and_a_good_one_does_not() {
    for (level, bad) in [(5, false), (4, false), (3, false), (2, true), (1, true)] {
        let mut walk = asked(ApplicantMode::InPerson);
        let Fact::RatingGiven { follow_up, .. } = give(&mut walk, rated(level)).fact else { panic!("an answer") };
        assert_eq!(follow_up.is_some(), bad, "{level}");
        if let Some(due) = follow_up {
            assert_eq!((due.days, due.due), (15, Some(date(2021, 11, 29))));
        }
    }
}

#[test]
fn a_follow_up_past_the_table_of_days_off_has_no_day() {
    let mut walk = asked(ApplicantMode::InPerson);
    let facts = steps::rating::give(&walk.case, &walk.pack, AT_ACCEPTANCE, rated(1), date(2022, 12, 28)).unwrap();
    walk.write(&facts);
    let Fact::RatingGiven { follow_up: Some(due), .. } = &facts[0] else { panic!("a follow-up") };
    assert_eq!(due.due, None);
    assert_eq!(standing(due.due, date(2023, 3, 1)), Standing::Unknown);
}

#[test]
fn a_follow_up_is_open_on_its_last_day_and_overdue_on_the_next() {
    let due = Some(date(2021, 11, 29));
    assert_eq!(standing(due, date(2021, 11, 26)), Standing::Open { days_left: 3 });
    assert_eq!(standing(due, date(2021, 11, 29)), Standing::Open { days_left: 0 });
    assert_eq!(standing(due, date(2021, 11, 30)), Standing::Overdue { days: 1 });
}

#[test]
fn whoever_served_a_case_does_not_settle_what_was_said_of_it() {
    let mut walk = asked(ApplicantMode::InPerson);
    let rating = give(&mut walk, rated(1)).seq;
    let done = || Settlement::Done { found: "窗口没有样表".to_owned(), done: "已摆放样表".to_owned() };
    let settle = |by: &str, how| follow_up::settle(&walk.record, &by.parse().unwrap(), rating, how);
    assert_eq!(settle(clerk().as_str(), done()), Err(NotSettled::OwnCase));
    assert_eq!(settle(Actor::system().as_str(), done()), Err(NotSettled::OwnCase));
    let blank = Settlement::Done { found: " ".to_owned(), done: "已摆放样表".to_owned() };
    assert_eq!(settle("监督员甲", blank), Err(NotSettled::Words("found")));
    let excluded = Settlement::Excluded { why: Exclusion::Malicious, reason: " ".to_owned() };
    assert_eq!(settle("监督员甲", excluded), Err(NotSettled::Words("reason")));
    let settled = settle("监督员甲", done()).unwrap();
    assert_eq!((settled.case, settled.seq), (walk.case.id().clone(), rating));
}
