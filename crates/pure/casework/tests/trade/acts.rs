//! Everything that can be tried with a case, for the properties: one act for every judgement.

use std::sync::LazyLock;

use crate::bench::*;
use casework::{
    case::Case,
    doors,
    fact::{EntryField, Identity, IdentityField},
    nouns::*,
    pack::PolicyPack,
    steps::{self, Judgement, Post, printing},
};
use jiff::civil::date;
use proptest::sample::Index;

pub static PACK: LazyLock<PolicyPack> = LazyLock::new(pack);

/// Something a person, a device or a platform may try at any moment.
#[derive(Debug, Clone)]
pub enum Act {
    Identify(Role, u8),
    Fill(ApplicantMode, Hukou),
    Judge(bool),
    Scan(Index),
    Check(Index, bool),
    GiveBack(Index),
    Photo(bool),
    JudgePhoto(bool),
    Accept,
    Answer(bool),
    Reserve(u64),
    SpoilNumber,
    Print(bool),
    Submitted,
    Ended(PrintOutcome),
    NothingCame,
    Confirm,
    SpoilCard,
    Deliver(DeliveryProof, Receiver),
    Offer(RatingPoint),
    Give(RatingPoint),
    Decline(RatingPoint),
    HandOver,
    Seal,
    Park,
    Resume,
    Refuse,
    Withdraw,
    SetAside(Role, bool),
    Reuse(Index, bool),
    CorrectMaterial(Index),
    CorrectEntry(bool),
    TickError(Index),
    Notice,
    Reprint,
}

/// What the step, door or slip of an act says.
pub fn try_act(case: &Case, act: &Act) -> Judgement {
    let pack = &*PACK;
    let some = |index: &Index| index.get(pack.materials()).code.clone();
    let last = || case.attempts().last().map_or_else(|| printing::next_attempt(case), |attempt| attempt.id.clone());
    match act {
        Act::Identify(role, who) => steps::identify::identify(case, pack, *role, somebody(*who), today()),
        Act::Fill(mode, hukou) => steps::applicant::fill(case, pack, entry(*mode, *hukou), &county("heshan"), today()),
        Act::Judge(holds) => steps::eligibility::judge(case, pack, today(), *holds),
        Act::Scan(index) => steps::materials::scan(case, pack, &some(index), 1, picture("page")),
        Act::Check(index, seen) => steps::materials::check(case, pack, &some(index), *seen, Vec::new()),
        Act::GiveBack(index) => steps::materials::give_back(case, pack, &some(index)),
        Act::Photo(good) => {
            let width_um = if *good { 25_000 } else { 35_000 };
            steps::photo::measured(case, pack, steps::photo::Measured { width_um, ..portrait() })
        }
        Act::JudgePhoto(good) => steps::photo::judge(case, pack, *good, true, true),
        Act::Accept => steps::acceptance::accept(case, pack, morning(), today()),
        Act::Answer(approved) => {
            steps::numbering::department_answered(case, *approved, "A".to_owned(), Vec::new(), None)
        }
        Act::Reserve(n) => {
            let number = pack.rules().number_pattern.value.write(&case.opened().window, *n).unwrap();
            steps::numbering::reserve(case, pack, number, Post::IntakeClerk)
        }
        Act::SpoilNumber => steps::numbering::spoil(case, pack, "空白证破损"),
        Act::Print(reasoned) => {
            let reprint = reasoned.then_some("印偏");
            printing::attempt(case, pack, Post::IntakeClerk, reprint, picture("pdf"), "folder")
        }
        Act::Submitted => printing::submitted(case, &last(), "job"),
        Act::Ended(outcome) => printing::ended(case, &last(), outcome.clone()),
        Act::NothingCame => printing::nothing_came_out(case, pack, &clerk(), "没有卡"),
        Act::Confirm => {
            let number = case.number().cloned().unwrap_or_else(|| "none".parse().unwrap());
            printing::confirm(case, pack, &clerk(), &number)
        }
        Act::SpoilCard => printing::spoil(case, pack, &clerk(), "印偏"),
        Act::Deliver(proof, receiver) => {
            steps::delivery::deliver(case, pack, morning(), &handing(&[*proof], *receiver))
        }
        Act::Offer(point) => steps::rating::offer(case, pack, *point),
        Act::Give(point) => steps::rating::give(case, pack, *point, rated(4), today()),
        Act::Decline(point) => steps::rating::decline(case, pack, *point),
        Act::HandOver => steps::archive::hand_over(case, pack, clerk(), clerk()),
        Act::Seal => steps::archive::seal(case, pack, picture("package")),
        Act::Park => doors::park(case, "停电"),
        Act::Resume => doors::resume(case),
        Act::Refuse => doors::refuse(case, pack, vec![reason("TOO_YOUNG")]),
        Act::Withdraw => doors::withdraw(case, pack, "不办了"),
        Act::SetAside(role, good) => {
            let after = if *good { "某街道某社区" } else { " " };
            steps::identify::set_aside(case, pack, *role, IdentityField::Address, after, "芯片住址已变更")
        }
        Act::Reuse(index, looked) => {
            let kept = steps::materials::Kept {
                picture: picture("kept"),
                source: "HS01-20200101-0001".to_owned(),
                taken_on: date(2020, 1, 1),
            };
            let age_days = if *looked { 677 } else { 0 };
            let looked_at = steps::materials::LookedAt { picture: picture("kept"), age_days };
            steps::materials::reuse(case, pack, &some(index), kept, &looked_at, &clerk(), today())
        }
        Act::CorrectMaterial(index) => steps::materials::correct(case, pack, &some(index), Vec::new(), "当场补写"),
        Act::CorrectEntry(other) => {
            let phone = if *other { "13900000001" } else { "13900000000" };
            steps::applicant::correct(case, pack, EntryField::Phone, phone)
        }
        Act::TickError(index) => {
            let one = index.get(pack.materials());
            let errors = one.common_errors.iter().take(1).cloned().collect();
            steps::materials::check(case, pack, &one.code, true, errors)
        }
        Act::Notice => {
            let counter = casework::slips::Counter {
                window: "样例窗口".to_owned(),
                county: county("heshan"),
                clerk: clerk(),
                today: today(),
            };
            let slip = casework::slips::one_time_notice(case, pack, &counter)?;
            casework::slips::issue(case, pack, &slip, picture("slip"))
        }
        Act::Reprint => steps::acceptance::reprint_receipt(case, pack, "丢了"),
    }
}

/// Four invented people, one of them too young.
fn somebody(who: u8) -> Identity {
    match who % 4 {
        0 => elder(),
        1 => daughter(),
        2 => person("王芳", date(1950, 1, 1), 6),
        _ => Identity { source: IdentitySource::Typed, ..elder() },
    }
}
