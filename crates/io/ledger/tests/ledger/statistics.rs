//! The statistics are those of the facts: what is counted day by day against a plain walk over everything recorded.

use std::collections::BTreeMap;

use casework::{
    fact::{Correction, EntryField, Fact, Recorded},
    nouns::*,
    statistics::{Counted, Days, Statistics},
};
use jiff::{SignedDuration, Timestamp, civil::date, tz};
use ledger::{DoorSlip, Entry, Search, Sought, Stage, StageAsked};
use proptest::prelude::*;

use crate::bench::*;

/// What becomes of one invented case.
#[derive(Debug, Clone)]
struct Fate {
    /// Days after the first, and seconds into the working day.
    day: u32,
    second: i64,
    kind: CaseKind,
    agent: bool,
    outside: bool,
    /// How many of the acts of a visit happen.
    acts: usize,
    refused: bool,
    /// Seconds from acceptance to delivery.
    takes: i64,
}

fn fate() -> impl Strategy<Value = Fate> {
    let kind = prop_oneof![Just(CaseKind::First), Just(CaseKind::ReissueLost), Just(CaseKind::ReissueDamaged)];
    let takes = prop_oneof![Just(1799), Just(1800), Just(1801), 0..400_000i64];
    (0..40u32, 0..86_400i64, kind, any::<[bool; 3]>(), 0..12usize, takes).prop_map(
        |(day, second, kind, [agent, outside, refused], acts, takes)| Fate {
            day,
            second,
            kind,
            agent,
            outside,
            acts,
            refused,
            takes,
        },
    )
}

/// The facts of each act after the two first, with how long after the opening they come.
fn acts(bench: &mut Bench, case: &CaseId, fate: &Fate) -> Vec<(i64, Vec<Fact>)> {
    let filled = Fact::ApplicantFilled {
        mode: if fate.agent { ApplicantMode::Agent } else { ApplicantMode::InPerson },
        hukou: if fate.outside { Hukou::Outside } else { Hukou::Local },
        hukou_basis: "户口簿".to_owned(),
        phone: "0737-4400000".to_owned(),
        contact_address: "样例村".to_owned(),
        department: "heshan".parse().unwrap(),
        demanded: Vec::new(),
        portrait: None,
        on: None,
    };
    let (before, after) = ("0737-4400000".to_owned(), "0737-4400001".to_owned());
    let corrected = Fact::Corrected { correction: Correction::Entry { field: EntryField::Phone, before, after } };
    if fate.refused {
        let reasons = vec!["TOO_YOUNG".parse().unwrap(), "ID_EXPIRED".parse().unwrap()];
        return vec![(0, vec![filled]), (1, vec![corrected]), (2, vec![Fact::Refused { reasons }])];
    }
    let number = card(bench.ledger.next_number().unwrap().unwrap());
    let attempt = |n: u32, reprint: Option<&str>, bench: &mut Bench| bench.attempt(case, n, &number, reprint);
    let (first, second) = (attempt(1, None, bench), attempt(2, Some("没有出卡"), bench));
    let failed = PrintOutcome::Failed { reason: "卡纸".to_owned() };
    let deliveries = fate.takes + 60;
    vec![
        (0, vec![filled]),
        (1, vec![corrected]),
        (
            60,
            vec![
                accepted(case),
                Fact::NumberReserved { number: number.clone(), from: casework::nouns::NumberFrom::Block },
            ],
        ),
        (61, vec![first]),
        (62, vec![Fact::PrintEnded { attempt: attempt_id(case, 1), outcome: failed }]),
        (63, vec![second]),
        (64, vec![Fact::CardConfirmed { attempt: attempt_id(case, 2), number: number.clone() }]),
        (deliveries, vec![delivered()]),
        (deliveries, vec![Fact::RatingOffered { point: RatingPoint::Delivery }]),
        (
            deliveries,
            vec![Fact::RatingGiven {
                point: RatingPoint::Delivery,
                level: 1,
                codes: Vec::new(),
                text: String::new(),
                by: None,
                again: None,
                follow_up: None,
            }],
        ),
    ]
}

/// Walks the cases through the ledger.
fn fill(bench: &mut Bench, fates: &[Fate]) {
    bench.ledger.grant_block(1, 999).unwrap();
    let mut ordinals: BTreeMap<u32, u32> = BTreeMap::new();
    for (n, fate) in (0..).zip(fates) {
        let ordinal = ordinals.entry(fate.day).and_modify(|ordinal| *ordinal += 1).or_insert(1);
        let day = date(2021, 11, 1).saturating_add(jiff::Span::new().days(fate.day));
        let case = CaseId::new(&"XXC".parse().unwrap(), day, *ordinal).unwrap();
        let midnight = tz::offset(8).to_timestamp(day.at(0, 0, 0, 0)).unwrap();
        let opened_at = midnight + SignedDuration::from_secs(fate.second);
        let Fact::Opened { window, level, pack, training, .. } = opened() else { unreachable!() };
        let first = vec![Fact::Opened { kind: fate.kind, window, level, pack, training }, identified(n)];
        let acts = if fate.acts > 0 { acts(bench, &case, fate) } else { Vec::new() };
        let mut seq = 0;
        for (after, facts) in std::iter::once((0, first)).chain(acts.into_iter().take(fate.acts)) {
            let at: Timestamp = opened_at + SignedDuration::from_secs(after);
            let entry = Entry { case: &case, expected_seq: seq, at, actor: &clerk(), facts: &facts, messages: &[] };
            seq += u32::try_from(bench.ledger.record(entry).unwrap().len()).unwrap();
        }
    }
}

/// Every fact of the ledger, case by case.
fn everything(bench: &Bench) -> Vec<Vec<Recorded>> {
    let any = Search { sought: Sought::Any, from: None, to: None, stage: StageAsked::Any };
    let lines = bench.ledger.search(&any, None, 1_000).unwrap().lines;
    lines.iter().map(|line| bench.ledger.case_facts(&line.case).unwrap()).collect()
}

/// The plain walk: what the statistics of these days ought to be.
fn naive(cases: &[Vec<Recorded>], days: Days) -> BTreeMap<Counted, u64> {
    let mut sums = BTreeMap::new();
    for facts in cases {
        let Fact::Opened { kind, .. } = facts[0].fact else { panic!("a case is opened") };
        let (mut entry, mut accepted_at) = (None, None);
        for one in facts {
            #[expect(clippy::wildcard_enum_match_arm, reason = "what is not counted is not listed")]
            let counted = match &one.fact {
                Fact::Opened { .. } => vec![Counted::Opened(kind)],
                Fact::ApplicantFilled { mode, hukou, .. } => {
                    entry = Some((*mode, *hukou));
                    vec![]
                }
                Fact::Accepted { .. } => {
                    accepted_at = Some(one.at);
                    let (mode, hukou) = entry.unwrap();
                    vec![Counted::Accepted(kind), Counted::Mode(mode), Counted::Hukou(hukou)]
                }
                Fact::Refused { reasons } => {
                    let reasons = reasons.iter().cloned().map(Counted::Reason);
                    reasons.chain([Counted::Refused(kind)]).collect()
                }
                Fact::PrintAttempted { reprint: Some(_), .. } => vec![Counted::Reprint(kind)],
                Fact::CardConfirmed { .. } => vec![Counted::Made(kind)],
                Fact::Delivered { .. } => {
                    let took = one.at.duration_since(accepted_at.unwrap()).as_secs();
                    vec![Counted::Delivered(kind), Counted::Minutes(u32::try_from((took + 59) / 60).unwrap())]
                }
                Fact::Corrected { .. } => vec![Counted::Corrected],
                Fact::RatingOffered { .. } => vec![Counted::RatingOffered],
                Fact::RatingGiven { .. } => vec![Counted::RatingGiven],
                _ => vec![],
            };
            let day = tz::offset(8).to_datetime(one.at).date();
            if days.from() <= day && day <= days.to() {
                counted.into_iter().for_each(|what| *sums.entry(what).or_default() += 1);
            }
        }
    }
    sums
}

fn counted(bench: &Bench, days: Days) -> BTreeMap<Counted, u64> {
    Statistics::of(days, bench.ledger.tallies(days).unwrap()).sums
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn totals_of_the_statistics_equal_a_walk_over_every_fact(
        fates in proptest::collection::vec(fate(), 1..14),
        from in 0u32..40,
        length in 0u32..40,
    ) {
        let mut bench = Bench::new();
        fill(&mut bench, &fates);
        let first = date(2021, 11, 1);
        let day = |n: u32| first.saturating_add(jiff::Span::new().days(n));
        let whole = Days::new(day(0), day(60)).unwrap();
        let cases = everything(&bench);
        prop_assert_eq!(counted(&bench, whole), naive(&cases, whole));
        let part = Days::new(day(from), day(from + length)).unwrap();
        prop_assert_eq!(counted(&bench, part), naive(&cases, part));
        let standing: u64 = bench.ledger.standing(whole).unwrap().iter().map(|(_, n)| n).sum();
        prop_assert_eq!(standing, fates.len() as u64);
    }
}

#[test]
fn a_ledger_from_before_there_were_statistics_is_counted_by_the_same_words() {
    let mut bench = Bench::new();
    let fate = Fate {
        day: 3,
        second: 3_600,
        kind: CaseKind::First,
        agent: true,
        outside: false,
        acts: 12,
        refused: false,
        takes: 1_700,
    };
    let refused = Fate { refused: true, day: 4, ..fate.clone() };
    fill(&mut bench, &[fate, refused]);
    let days = Days::month_of(date(2021, 11, 1));
    let kept = counted(&bench, days);
    assert_eq!(kept, naive(&everything(&bench), days));
    let dir = bench.closed();
    let raw = raw(dir.path());
    raw.execute_batch(
        "DELETE FROM tally;
         INSERT INTO fact_to_count (case_id, seq, at, kind, body) SELECT case_id, seq, at, kind, body FROM fact;",
    )
    .unwrap();
    drop(raw);
    let ledger = ledger::Ledger::open(dir.path(), &key(dir.path())).unwrap();
    assert_eq!(Statistics::of(days, ledger.tallies(days).unwrap()).sums, kept);
}

#[test]
fn a_slip_at_the_door_is_counted_by_its_reasons_and_what_stands_where_by_its_stage() {
    let mut bench = Bench::new();
    let (window, day): (WindowCode, _) = ("XXC".parse().unwrap(), date(2021, 11, 8));
    bench.identified(1);
    let slip = DoorSlip {
        number: SlipNumber::at_the_door(&window, day, 1).unwrap(),
        window,
        day,
        ordinal: 1,
        at: at(0),
        actor: clerk(),
        reasons: vec!["TOO_YOUNG".parse().unwrap(), "ID_EXPIRED".parse().unwrap()],
        pdf: Some(bench.ledger.store_picture(b"a sheet").unwrap()),
    };
    bench.ledger.record_door_slip(&slip).unwrap();
    let reasons = Statistics::of(Days::one(day), bench.ledger.tallies(Days::one(day)).unwrap()).reasons();
    assert_eq!(
        reasons.iter().map(|(code, n)| (code.as_str(), *n)).collect::<Vec<_>>(),
        [("ID_EXPIRED", 1), ("TOO_YOUNG", 1)]
    );
    let standing = bench.ledger.standing(Days::one(day)).unwrap();
    assert_eq!(standing.into_iter().filter(|(_, n)| *n > 0).collect::<Vec<_>>(), [(Stage::Draft, 1)]);
}
