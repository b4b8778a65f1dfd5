//! Batches of agents: one is open at a time, its agent is kept until it is closed, and who came for whom goes with the case.

use casework::{
    batch::{Batch, BatchEnd},
    fact::{Fact, Identity, Reused},
    nouns::*,
    station_fact::StationFact,
};
use jiff::civil::{Date, date};
use ledger::{AgentDay, LedgerError, StationEntry};

use crate::bench::*;
use crate::rot::tamper;

const DAY: Date = date(2021, 11, 8);

fn identity(n: u32) -> Identity {
    let Fact::Identified { identity, .. } = identified(n) else { unreachable!() };
    identity
}

fn number(n: u32) -> BatchNumber {
    BatchNumber::new(&"XXC".parse().unwrap(), DAY, n).unwrap()
}

/// Opens batch `n` of an agent.
fn open(bench: &mut Bench, n: u32, agent: &Identity) -> Result<(), LedgerError> {
    let facts = [StationFact::BatchOpened {
        batch: number(n),
        agent: bench.ledger.agent_mark(&agent.number).unwrap(),
        standing: "村干部".to_owned(),
        source: IdentitySource::Chip,
        read_at: at(0),
        good_until: at(120),
    }];
    let entry = StationEntry { at: at(0), actor: &clerk(), facts: &facts, password: None, tries: None };
    bench.ledger.record_batch(entry, agent)
}

fn close(bench: &mut Bench, n: u32, why: BatchEnd) {
    let facts = [StationFact::BatchClosed { batch: number(n), why }];
    let entry = StationEntry { at: at(1), actor: &clerk(), facts: &facts, password: None, tries: None };
    bench.ledger.record_station(entry).unwrap();
}

/// A case for which an agent came, out of a batch or not.
fn case_of(bench: &mut Bench, n: u32, agent: &Identity, batch: Option<u32>) -> CaseId {
    let reused = batch.map(|n| Reused { batch: number(n), read_at: at(0), standing: "村干部".to_owned() });
    let came = Fact::Identified { role: Role::Agent, identity: agent.clone(), reused };
    bench.record(&case(n), 0, &[opened(), came]).unwrap();
    case(n)
}

fn filled(mode: ApplicantMode) -> Fact {
    Fact::ApplicantFilled {
        mode,
        hukou: Hukou::Local,
        hukou_basis: "户口簿".to_owned(),
        phone: String::new(),
        contact_address: String::new(),
        department: "heshan".parse().unwrap(),
        demanded: Vec::new(),
        portrait: None,
        on: None,
    }
}

fn counts(bench: &Bench) -> Vec<(u32, CaseId)> {
    let day = bench.ledger.agents_of_day(DAY, 10).unwrap();
    day.into_iter().map(|AgentDay { cases, newest, .. }| (cases, newest)).collect()
}

#[test]
fn the_agent_of_an_open_batch_outlives_a_power_cut_and_not_the_batch() {
    let mut bench = Bench::new();
    let agent = identity(90);
    assert_eq!(bench.ledger.open_batch().unwrap(), None);
    open(&mut bench, 1, &agent).unwrap();
    let mut bench = bench.restarted();
    let kept = Batch {
        number: number(1),
        by: clerk(),
        agent: agent.clone(),
        standing: "村干部".to_owned(),
        read_at: at(0),
        good_until: at(120),
    };
    assert_eq!(bench.ledger.open_batch().unwrap(), Some(kept));
    close(&mut bench, 1, BatchEnd::Ended);
    assert_eq!(bench.ledger.open_batch().unwrap(), None);
    assert_eq!(bench.ledger.last_batch_end(DAY).unwrap(), Some(BatchEnd::Ended));
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
    // Nothing of the agent is left where the batch was: no case was opened out of it.
    let folder = bench.closed();
    let rows: Vec<Option<String>> = raw(folder.path())
        .prepare("SELECT identity FROM batch UNION ALL SELECT body FROM station_fact")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!((rows.len(), &rows[0]), (3, &None));
    assert!(rows.iter().flatten().all(|body| !body.contains(agent.number.as_str()) && !body.contains("样本90")));
}

#[test]
fn one_batch_is_open_at_a_time_and_a_refused_one_leaves_nothing() {
    let mut bench = Bench::new();
    open(&mut bench, 1, &identity(90)).unwrap();
    let facts = bench.ledger.station_facts().unwrap().len();
    assert!(matches!(open(&mut bench, 2, &identity(91)), Err(LedgerError::Storage { .. })));
    assert_eq!(bench.ledger.station_facts().unwrap().len(), facts);
    assert_eq!(bench.ledger.open_batch().unwrap().unwrap().agent, identity(90));
    close(&mut bench, 1, BatchEnd::TimeOver);
    assert_eq!(bench.ledger.next_batch(&"XXC".parse().unwrap(), DAY).unwrap(), number(2));
    open(&mut bench, 2, &identity(91)).unwrap();
}

#[test]
fn cases_are_listed_by_the_agent_s_batches_of_the_day_and_counted_in_or_out_of_one() {
    let mut bench = Bench::new();
    let (agent, other) = (identity(90), identity(91));
    open(&mut bench, 1, &agent).unwrap();
    let first = case_of(&mut bench, 1, &agent, Some(1));
    close(&mut bench, 1, BatchEnd::TimeOver);
    open(&mut bench, 2, &agent).unwrap();
    let second = case_of(&mut bench, 2, &agent, Some(2));
    let alone = case_of(&mut bench, 3, &agent, None);
    let others = case_of(&mut bench, 4, &other, None);
    let mark = bench.ledger.agent_mark(&agent.number).unwrap();
    assert_eq!(bench.ledger.batch_cases(Some(&mark), DAY).unwrap(), [first.clone(), second.clone()]);
    assert_eq!(bench.ledger.batch_cases(None, DAY).unwrap(), [first, second.clone()]);
    assert_eq!(bench.ledger.batch_cases(None, date(2021, 11, 9)).unwrap(), []);
    assert_eq!(counts(&bench), [(3, alone), (1, others)]);
    // The applicant has come after all: the case stays in the batch, and is nobody's errand.
    bench.record(&second, 2, &[identified(2), filled(ApplicantMode::InPerson)]).unwrap();
    assert_eq!(bench.ledger.batch_cases(Some(&mark), DAY).unwrap().len(), 2);
    assert_eq!(counts(&bench)[0].0, 2);
}

#[test]
fn who_came_for_a_person_is_forgotten_with_the_person() {
    let mut bench = Bench::new();
    let agent = identity(90);
    let case = case_of(&mut bench, 1, &agent, None);
    bench.record(&case, 2, &[identified(1), Fact::Withdrawn { reason: "改日再来".to_owned() }]).unwrap();
    assert_eq!(counts(&bench).len(), 1);
    bench.ledger.erase(&case, "保存期限已到", at(9), &clerk()).unwrap();
    assert_eq!(counts(&bench), []);
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_row_of_a_batch_that_its_facts_do_not_bear_out_is_found() {
    let mut bench = Bench::new();
    let agent = identity(90);
    open(&mut bench, 1, &agent).unwrap();
    case_of(&mut bench, 1, &agent, Some(1));
    close(&mut bench, 1, BatchEnd::Ended);
    open(&mut bench, 2, &agent).unwrap();
    case_of(&mut bench, 2, &agent, None);
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
    let folder = bench.closed();
    for (sql, said) in [
        ("UPDATE case_agent SET batch = 'JZXXC-20211108-002' WHERE case_id LIKE '%-0002'", "none of this batch"),
        ("UPDATE batch SET agent = 'somebody' WHERE closed IS NOT NULL", "is not what the facts"),
        ("DELETE FROM batch WHERE closed IS NULL", "its row does not know"),
    ] {
        let report = tamper(&folder, sql);
        assert!(report.problems.iter().any(|problem| problem.contains(said)), "{sql}: {:?}", report.problems);
    }
}
