//! One agent for many (集中办理): what goes from one elder's case to the next is who the agent is, and nothing else.

use crate::bench::*;
use casework::{
    batch::{self, Batch},
    fact::{Fact, Identity},
    nouns::*,
    pack::PolicyPack,
    steps::{self, FieldWhy, Obstacle, Refusal},
};
use jiff::SignedDuration;

fn number() -> BatchNumber {
    "JZHSLJ01-20211108-001".parse().unwrap()
}

fn opened(agent: Identity, standing: &str) -> Result<Batch, Refusal> {
    batch::open(&pack(), number(), clerk(), (agent, standing), morning(), today())
}

fn batch_of(agent: Identity) -> Batch {
    opened(agent, "村干部").unwrap()
}

fn reuse(walk: &mut Walk, batch: &Batch) {
    let now = walk.now;
    walk.act(|case, pack| batch::reuse(case, pack, batch, now, today()));
}

#[test]
fn the_agent_of_a_batch_is_recorded_in_each_case_as_taken_over() {
    let batch = batch_of(daughter());
    let mut walk = Walk::village();
    reuse(&mut walk, &batch);
    assert_eq!(walk.case.agent(), Some(&daughter()));
    assert_eq!(walk.case.identity(), None, "nothing of an applicant comes with the agent");
    let Some(Fact::Identified { role: Role::Agent, reused: Some(reused), .. }) =
        walk.record.last().map(|recorded| recorded.fact.clone())
    else {
        panic!("{:?}", walk.record)
    };
    assert_eq!((reused.batch, reused.read_at, reused.standing.as_str()), (number(), morning(), "村干部"));
    // Whose card is read does not change where the agent came from.
    walk.identify(Role::Applicant, elder());
    walk.identify(Role::Applicant, person("王翠", jiff::civil::date(1950, 1, 2), 6));
    assert_eq!(walk.case.particulars().agent_reused.as_ref().map(|reused| &reused.batch), Some(&number()));
    walk.fill(entry(ApplicantMode::Agent, Hukou::Local));
    assert!(walk.case.applicant().unwrap().demanded.contains(&material("power_of_attorney")));
}

#[test]
fn an_agent_whose_card_is_read_at_the_case_is_not_taken_over() {
    let mut walk = Walk::village();
    reuse(&mut walk, &batch_of(daughter()));
    walk.identify(Role::Agent, daughter());
    assert_eq!(walk.case.particulars().agent_reused, None);
    assert_eq!(walk.case.agent(), Some(&daughter()));
}

#[test]
fn who_comes_in_person_to_a_batch_has_no_agent() {
    let mut walk = Walk::village();
    reuse(&mut walk, &batch_of(daughter()));
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    assert_eq!((walk.case.agent(), walk.case.particulars().agent_reused.as_ref()), (None, None));
}

#[test]
fn the_agent_of_a_batch_is_never_its_applicant() {
    let mut walk = Walk::village();
    reuse(&mut walk, &batch_of(elder()));
    let own = walk.refusal(|case, pack| steps::identify::identify(case, pack, Role::Applicant, elder(), today()));
    assert_eq!(own, Refusal::Refused(vec![reason("AGENT_IS_APPLICANT")]));
    let mut other = Walk::village();
    other.identify(Role::Applicant, elder());
    let own = other.refusal(|case, pack| batch::reuse(case, pack, &batch_of(elder()), other.now, today()));
    assert_eq!(own, Refusal::Refused(vec![reason("AGENT_IS_APPLICANT")]));
}

#[test]
fn a_read_that_is_too_old_is_not_used() {
    let batch = batch_of(daughter());
    let walk = Walk::village();
    let last = batch.good_until - SignedDuration::from_secs(1);
    assert!(batch::reuse(&walk.case, &walk.pack, &batch, last, today()).is_ok());
    for at in [batch.good_until, batch.read_at - SignedDuration::from_secs(1)] {
        let refused = batch::reuse(&walk.case, &walk.pack, &batch, at, today());
        assert_eq!(refused, Err(Refusal::NotNow(Obstacle::BatchOver)), "{at}");
    }
    assert_eq!(batch.good_until.duration_since(batch.read_at).as_mins(), 120, "the shipped pack says so");
}

#[test]
fn a_batch_is_opened_with_a_card_that_would_do_for_a_case_and_with_a_standing() {
    let mut expired = daughter();
    expired.valid_until = ValidUntil::Day(jiff::civil::date(2021, 11, 7));
    assert_eq!(opened(expired, "女儿"), Err(Refusal::Refused(vec![reason("ID_EXPIRED")])));
    let mut other = daughter();
    other.document = DocumentKind::Hmt;
    assert_eq!(opened(other, "女儿"), Err(Refusal::Refused(vec![reason("ID_TYPE_NOT_ACCEPTED")])));
    let Err(Refusal::Correct(faults)) = opened(daughter(), " ") else { panic!("a standing is asked for") };
    assert_eq!(
        faults.iter().map(|fault| (fault.field, fault.why)).collect::<Vec<_>>(),
        [("standing", FieldWhy::Missing)]
    );
}

#[test]
fn a_pack_that_does_not_say_for_how_long_a_read_serves_has_no_batches() {
    let (before, rest) = YIYANG.split_once("[rules.agent_batch_min]").unwrap();
    let (_, after) = rest.split_once("[rules.agent_day_warn]").unwrap();
    let silent = PolicyPack::parse("silent.toml", &format!("{before}[rules.agent_day_warn]{after}")).unwrap();
    let refused = batch::open(&silent, number(), clerk(), (daughter(), "女儿"), morning(), today());
    assert_eq!(refused, Err(Refusal::NotNow(Obstacle::NoBatches)));
}
