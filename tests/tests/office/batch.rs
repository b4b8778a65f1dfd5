//! One agent brings thirty elders (集中办理): one read of the agent's card, and thirty cases that share nothing else.

use std::collections::BTreeSet;

use casework::batch::BatchEnd;
use casework::fact::Fact;
use casework::nouns::Role;
use cli::people::CLERK;
use desk::contract::{BatchStanding, Kind, Mode, Request, Screen, StepBody};
use jiff::SignedDuration;

use crate::village_day::{BEAT, SECOND_CLERK, SUPERVISOR, VillageDay, agent, entries, typed};

/// Who stands in a case, and by whose cards and pictures.
fn evidence(facts: &[Fact]) -> (Vec<String>, BTreeSet<String>) {
    let (mut applicants, mut pictures) = (Vec::new(), BTreeSet::new());
    for fact in facts {
        if let Fact::Identified { role: Role::Applicant, identity, reused: None } = fact {
            applicants.push(identity.number.as_str().to_owned());
        }
        if let Fact::MaterialScanned { picture, .. } | Fact::PhotoMeasured { original: picture, .. } = fact {
            pictures.insert(picture.to_string());
        }
    }
    (applicants, pictures)
}

#[test]
fn one_agent_brings_thirty_elders_and_each_is_a_case_of_its_own() {
    let mut day = VillageDay::new();
    day.open(&agent());
    let batch = day.page().open.unwrap().number;
    for n in 0..30 {
        day.serve(n);
    }
    let page = day.page();
    assert_eq!(page.lines.len(), 30);
    assert!(page.lines.iter().all(|line| line.standing == BatchStanding::Accepted), "{:#?}", page.lines);
    assert_eq!(page.open.as_ref().map(|open| (open.today, open.warning.clone())), Some((30, None)));

    // The agent's own card is no applicant's, and the thirty-first case is told of and not held up.
    day.must(Request::NextOfBatch { kind: Kind::First });
    day.lay(&agent());
    assert_eq!(day.code(Request::ReadCard), "identify.refused");
    day.must(Request::Understood);
    assert_eq!(day.case().person, None);
    day.must(Request::WithdrawCase { reason: "代理人自己不能当申请人".to_owned() });
    day.must(Request::CloseCase);
    let open = day.page().open.unwrap();
    assert_eq!(open.today, 31);
    assert!(open.warning.is_some_and(|words| words.contains("31 位")));

    // A supervisor sees how many each agent has brought, masked, and opens nothing.
    day.sign_in(SUPERVISOR);
    day.must(Request::ShowBatch);
    let page = day.page();
    let [line] = page.agents.as_slice() else { panic!("{:#?}", page.agents) };
    assert_eq!((line.cases, line.over, line.name.as_str()), (31, true, agent().name.masked().as_str()));
    assert_eq!(day.code(Request::NextOfBatch { kind: Kind::First }), "desk.not_permitted");

    let then = day.floor().now() + SignedDuration::from_mins(5);
    day.floor().wait_until(then, BEAT);
    let left = day.left();
    let (mut people, mut pictures) = (BTreeSet::new(), BTreeSet::new());
    for line in &left.cases()[..30] {
        let facts: Vec<Fact> = left.facts(&line.case).into_iter().map(|recorded| recorded.fact).collect();
        let reused = facts.iter().find_map(|fact| {
            let Fact::Identified { role: Role::Agent, identity, reused } = fact else { return None };
            assert_eq!(identity.number, agent().number);
            reused.clone()
        });
        assert_eq!(reused.map(|reused| reused.batch.to_string()), Some(batch.clone()), "{}", line.case);
        let (own, taken) = evidence(&facts);
        assert_eq!(own.len(), 1, "{}: one card was read for one applicant", line.case);
        assert!(own.iter().all(|number| people.insert(number.clone())), "{}: a person twice", line.case);
        assert_eq!(taken.len(), 2, "{}: a picture and a page of its own", line.case);
        assert!(taken.is_disjoint(&pictures), "{}: a picture of somebody else", line.case);
        pictures.extend(taken);
    }
    let received = day.simulator.received().unwrap();
    let accepted: Vec<_> = received.as_array().unwrap().iter().filter(|one| one["kind"] == "acceptance").collect();
    let keys: BTreeSet<_> = accepted.iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!((accepted.len(), keys.len()), (30, 30));
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn a_picture_of_one_elder_is_not_taken_for_the_next() {
    let mut day = VillageDay::new();
    day.open(&agent());
    day.serve(0);
    // Nobody scanned anything: what lies in the folders is the first elder's.
    day.next(1);
    day.must(entries(Mode::Agent));
    day.must(Request::JudgeEligibility);
    let StepBody::Materials { rows, .. } = day.case().body else { panic!("{:#?}", day.case().body) };
    assert_eq!(day.code(Request::ScanMaterial { material: rows[0].material.clone() }), "materials.of_another");
    assert_eq!(day.code(Request::TakePhoto), "photo.of_another");
    day.new_pictures(1);
    day.walk_to_acceptance();
}

#[test]
fn a_read_that_is_too_old_ends_the_batch_and_the_card_is_asked_for_anew() {
    let mut day = VillageDay::new();
    day.open(&agent());
    let first = day.page().open.unwrap().number;
    day.next(0);
    let parked = day.case().case;
    day.must(Request::ParkCase);
    day.minutes(125);
    let page = day.page();
    assert_eq!(page.open, None);
    assert!(page.over.is_some_and(|words| words.contains("再放一次身份证")));
    assert_eq!(day.code(Request::NextOfBatch { kind: Kind::First }), "desk.not_now");
    // The case that was put aside keeps its agent, and when the card was read.
    day.must(Request::ResumeCase { case: parked });
    let aside = day.case().aside.agent.unwrap();
    assert!(aside.notes.iter().any(|note| note.contains(&first)), "{:?}", aside.notes);
    day.must(Request::ParkCase);
    // The same agent with the card in hand goes on, and the list with them.
    day.open(&agent());
    let page = day.page();
    assert_ne!(page.open.map(|open| open.number), Some(first));
    assert_eq!(page.lines.len(), 1);
    assert_eq!(day.ends(), [BatchEnd::TimeOver]);
}

#[test]
fn signing_out_being_away_and_the_close_of_the_day_end_a_batch() {
    let mut day = VillageDay::new();
    day.open(&agent());
    assert_eq!(day.code(Request::OpenBatch { standing: "子女".to_owned(), typed: None }), "desk.not_now");
    day.next(0);
    day.must(Request::SignOut);
    day.must(CLERK.sign_in());
    day.must(Request::ShowBatch);
    assert!(day.page().over.is_some_and(|words| words.contains("退出登录")));

    day.open(&agent());
    let then = day.floor().now() + SignedDuration::from_mins(15);
    day.floor().wait_until(then, BEAT);
    assert_eq!(day.floor().view().screen, Screen::SignIn, "nobody was at the counter for ten minutes");

    day.must(CLERK.sign_in());
    day.must(Request::ShowBatch);
    day.open(&agent());
    day.must(Request::ShowDay { day: String::new() });
    let close =
        Request::CloseDay {
            day: String::new(), blanks: Some(0), old_cards: 0, reason: "村里没有领空白证".to_owned()
        };
    day.must(close);
    day.must(Request::ShowBatch);
    assert!(day.page().over.is_some_and(|words| words.contains("日结")));

    day.open(&agent());
    day.must(Request::EndBatch);
    assert_eq!(day.code(Request::EndBatch), "desk.not_now");
    assert_eq!(day.ends(), [BatchEnd::SignedOut, BatchEnd::SignedOut, BatchEnd::DayClosed, BatchEnd::Ended]);
}

#[test]
fn a_power_cut_in_the_middle_of_a_batch_loses_nothing_and_is_nobody_elses_batch() {
    let mut day = VillageDay::new();
    day.open(&agent());
    let batch = day.page().open.unwrap().number;
    day.serve(0);
    day.next(1);
    let cut_off = day.case().case;
    day.power_cut();
    // The clerk who opened it finds it as it was, without a second look for the card.
    day.must(CLERK.sign_in());
    day.must(Request::ShowBatch);
    let page = day.page();
    assert_eq!(page.open.map(|open| (open.number, open.today)), Some((batch, 2)));
    assert_eq!(page.lines.len(), 2);
    day.must(Request::ResumeCase { case: cut_off });
    day.new_pictures(1);
    day.walk_to_acceptance();
    day.must(Request::ParkCase);
    day.serve(2);
    // Whoever else comes to the counter after a power cut begins with a card of their own seeing.
    day.power_cut();
    day.must(SECOND_CLERK.sign_in());
    day.must(Request::ShowBatch);
    assert_eq!(day.page().open, None);
    assert_eq!(day.code(Request::NextOfBatch { kind: Kind::First }), "desk.not_now");
    assert_eq!(day.ends(), [BatchEnd::OtherClerk]);
    let left = day.left();
    assert_eq!(left.cases().len(), 3);
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn who_comes_in_person_to_a_batch_is_served_without_the_agent() {
    let mut day = VillageDay::new();
    day.open(&agent());
    day.next(0);
    day.must(entries(Mode::InPerson));
    assert!(day.case().aside.agent.is_none());
    day.must(Request::ParkCase);
    let page = day.page();
    assert_eq!((page.lines.len(), page.open.map(|open| open.today)), (1, Some(0)));
    assert_eq!(page.agents, []);
}

#[test]
fn an_agent_whose_card_was_typed_stays_marked_in_every_case() {
    let mut day = VillageDay::new();
    day.must(Request::OpenBatch { standing: "女儿".to_owned(), typed: Some(typed(&agent())) });
    assert!(day.page().open.is_some_and(|open| open.source.contains("未核验")));
    day.next(0);
    let aside = day.case().aside.agent.unwrap();
    assert!(
        aside.source.contains("未核验") && aside.notes.iter().any(|note| note.contains("女儿")),
        "{:?}",
        aside.notes
    );
}
