//! The table of permits, entry by entry at a real desk.

use casework::nouns::{PersonRole, WindowLevel};
use cli::people::Practice;
use desk::contract::{
    CardRole, CardSide, ChipField, EntryChoice, ExclusionChoice, ExportChoice, HandOverTo, HukouSide, Kind, Mode,
    Proof, Request, SearchEntry, Secret, SpanChoice, StageChoice, StationRole, StatisticsEntry, Taker, TypedIdentity,
};
use desk::people::permits::{Grant, TABLE, ask_of, row_of};

use crate::bench::{ADMINISTRATOR, Bench, add};

/// One of each request, with whatever entries.
fn one_of_each() -> Vec<Request> {
    let text = String::new;
    let secret = || Secret::new("北门-1952-梅");
    vec![
        Request::Look,
        Request::Understood,
        Request::OpenCase { kind: Kind::First },
        Request::ResumeCase { case: text() },
        Request::ParkCase,
        Request::CloseCase,
        Request::WithdrawCase { reason: text() },
        Request::RefuseCase { reasons: Vec::new() },
        Request::RefuseAtDoor { reason: text(), born: None },
        Request::IssueNotice,
        Request::PrintSlip { number: text() },
        Request::ReprintReceipt { reason: text() },
        Request::Search { entry: nothing() },
        Request::TurnPage { forward: true },
        Request::CloseSearch,
        Request::ShowPack,
        Request::ShowOutbox,
        Request::RetryMessage { message: text() },
        Request::RetryPlatform { platform: text() },
        Request::SettleMessage { message: text(), receipt: None },
        Request::ExportOutbox,
        Request::ImportAnswers { file: text() },
        Request::ShowStatistics,
        Request::AskStatistics { entry: days() },
        Request::ExportStatistics { what: ExportChoice::Figures },
        Request::ShowStock,
        Request::ReceiveBlanks { first: text(), last: text(), count: 0, source: text() },
        Request::SpoilBlanks { serial: text(), count: 0, cause: text() },
        Request::ReportBlanksLost { serial: text(), count: 0, cause: text() },
        Request::GrantBlock { first: 0, last: 0 },
        Request::ShowDay { day: text() },
        Request::CloseDay { day: text(), blanks: None, old_cards: 0, reason: text() },
        Request::PrintDay { day: text(), row: 1 },
        Request::ShowResults,
        Request::ShowHandOver,
        Request::ShowBatch,
        Request::OpenBatch { standing: text(), typed: None },
        Request::NextOfBatch { kind: Kind::First },
        Request::EndBatch,
        Request::ExportPackage,
        Request::ExportPackages,
        Request::ShowRetention,
        Request::ShowCardCode,
        Request::CheckCardCode,
        Request::ShowCalibration,
        Request::PrintCalibration,
        Request::MeasureCalibration { side: CardSide::Front, readings: Vec::new() },
        Request::ScanCalibration { side: CardSide::Front, dpi: text() },
        Request::KeepCalibration,
        Request::EraseDue { day_is_right: false },
        Request::ClosePage,
        Request::ReadCard,
        Request::CancelRead,
        Request::ReadAgentCard,
        Request::TypeIdentity { role: CardRole::Applicant, entry: typed() },
        Request::SetAside { role: CardRole::Applicant, field: ChipField::Name, after: text(), reason: text() },
        Request::CorrectEntry { field: EntryChoice::Phone, after: text() },
        Request::CorrectMaterial { material: text(), left: Vec::new(), how: text() },
        Request::GoTo { step: text() },
        Request::GoOn,
        Request::KeepEntry { field: text(), value: text() },
        Request::TakeOver,
        Request::FillApplicant {
            mode: Mode::InPerson,
            hukou: HukouSide::Local,
            hukou_basis: text(),
            phone: text(),
            contact_address: text(),
            department: text(),
        },
        Request::JudgeEligibility,
        Request::ScanMaterial { material: text() },
        Request::ScanPages { material: text(), files: Vec::new() },
        Request::RescanPage { material: text(), page: 1 },
        Request::ArrangePages { material: text(), order: Vec::new() },
        Request::KeepPage { material: text(), page: 1, reason: text() },
        Request::ReuseHistory { material: text(), picture: text(), age_days: 0 },
        Request::CommitTolerance { material: text(), acknowledged: true },
        Request::RecordLossNotice { paper: text(), published: text(), page: text() },
        Request::RecordOldCard { number: text(), condition: text() },
        Request::CheckMaterial { material: text(), original_inspected: true, errors: Vec::new() },
        Request::ReturnMaterial { material: text() },
        Request::TakePhoto,
        Request::JudgePhoto { same_person: true, bareheaded: true, recent: true },
        Request::Accept,
        Request::ReserveNumber,
        Request::TakeBlank { serial: text() },
        Request::SpoilNumber { cause: text() },
        Request::PrintCard { reprint: None },
        Request::ConfirmCard,
        Request::SpoilCard { cause: text() },
        Request::NothingCameOut { seen: text() },
        Request::Deliver { proofs: vec![Proof::IdCard], receiver: Taker::Applicant, collector: None, late: None },
        Request::ReadCollector,
        Request::DeclineRating,
        Request::GiveRating { level: 5, codes: Vec::new(), text: text() },
        Request::CorrectRating { level: 5, codes: Vec::new(), text: text() },
        Request::RemindDepartment { channel: text(), person: text(), said: text() },
        Request::HelpRegister { guide: text() },
        Request::DeclineHelp,
        Request::ShowFollowUps,
        Request::SettleFollowUp { case: text(), seq: 1, found: text(), done: text() },
        Request::ExcludeFollowUp { case: text(), seq: 1, why: ExclusionChoice::Mistaken, reason: text() },
        Request::UnmaskRater { case: text(), reason: text() },
        Request::HandOver { to: text(), password: None },
        Request::SignHandOver {
            to: HandOverTo::Issuer,
            cases: Vec::new(),
            old_cards: 0,
            taker: text(),
            password: secret(),
        },
        Request::Seal,
        Request::SetUpFirst { name: text(), password: secret() },
        Request::SignIn { name: text(), password: secret() },
        Request::SetPassword { name: text(), old: None, password: secret() },
        Request::AddPerson { name: text(), roles: Vec::new(), password: secret() },
        Request::SetRoles { name: text(), roles: Vec::new() },
        Request::DismissPerson { name: text() },
        Request::Unmask { reason: text() },
        // Last: nobody is at work after it.
        Request::SignOut,
    ]
}

fn typed() -> TypedIdentity {
    TypedIdentity {
        name: String::new(),
        sex: String::new(),
        ethnicity: String::new(),
        birth: String::new(),
        address: String::new(),
        number: String::new(),
        issuing_authority: String::new(),
        valid_from: String::new(),
        valid_until: String::new(),
    }
}

fn days() -> StatisticsEntry {
    StatisticsEntry { span: SpanChoice::Month, from: String::new(), to: String::new() }
}

fn nothing() -> SearchEntry {
    SearchEntry { text: String::new(), from: String::new(), to: String::new(), stage: StageChoice::Any }
}

/// A person of each role that can be given.
const STAFF: [(Practice, StationRole, PersonRole); 6] = [
    (practice("收件甲"), StationRole::Clerk, PersonRole::Clerk),
    (practice("发证乙"), StationRole::Issuer, PersonRole::Issuer),
    (practice("归档丙"), StationRole::Archivist, PersonRole::Archivist),
    (practice("监督丁"), StationRole::Supervisor, PersonRole::Supervisor),
    (practice("管理戊"), StationRole::Administrator, PersonRole::Administrator),
    (practice("演练己"), StationRole::Tester, PersonRole::Tester),
];

const fn practice(name: &'static str) -> Practice {
    Practice { name, password: "lianxi-gangwei-1" }
}

/// Asks everything there is and compares each answer with the table.
fn assert_answers(bench: &mut Bench, role: PersonRole, village: bool) {
    for request in one_of_each() {
        let row = row_of(&request);
        let may = match row.grant(role) {
            Grant::Yes => true,
            Grant::No => false,
            Grant::InVillage => village,
            // Every station of this test is one in training; what production does, its own test asks.
            Grant::InTraining => true,
        };
        let code = bench.code(request);
        assert_eq!(code != "desk.not_permitted", may, "{role:?} asks {}: {code}", row.ask);
        assert_ne!(code, "desk.not_signed_in", "{role:?} asks {}", row.ask);
    }
}

#[test]
fn every_request_of_the_table_is_asked() {
    let mut asked: Vec<&str> = one_of_each().iter().map(ask_of).collect();
    let mut listed: Vec<&str> = TABLE.iter().map(|row| row.ask).collect();
    asked.sort_unstable();
    listed.sort_unstable();
    assert_eq!(asked, listed, "add the new request to one_of_each");
}

#[test]
fn every_role_is_answered_as_the_table_says_at_a_village_window_and_at_a_hall() {
    for level in [WindowLevel::Village, WindowLevel::Township] {
        let mut bench = Bench::at(level, "");
        bench.must(cli::people::first());
        for (practice, role, _) in STAFF {
            bench.must(add(practice, &[role]));
        }
        bench.must(Request::SignOut);
        for (practice, _, role) in STAFF {
            bench.sign_in(practice);
            assert_answers(&mut bench, role, level == WindowLevel::Village);
        }
        bench.sign_in(ADMINISTRATOR);
    }
}

#[test]
fn a_kiosk_answers_as_the_table_says() {
    assert_answers(&mut Bench::at(WindowLevel::Village, "post = \"kiosk\""), PersonRole::Public, true);
}

#[test]
fn while_nobody_is_at_work_only_the_door_opens() {
    let mut bench = Bench::with_people();
    for request in one_of_each() {
        let row = row_of(&request);
        let code = bench.code(request);
        assert_eq!(code != "desk.not_signed_in", row.nobody, "{}: {code}", row.ask);
    }
}

#[test]
fn whoever_may_not_is_told_who_may_and_sees_it_under_the_button() {
    let mut bench = Bench::with_people();
    bench.sign_in(ADMINISTRATOR);
    bench.must(add(practice("监督丁"), &[StationRole::Supervisor]));
    bench.must(Request::SignOut);
    bench.sign_in(practice("监督丁"));
    let fault = bench.ask(Request::OpenCase { kind: Kind::First }).unwrap_err();
    assert_eq!(fault.reasons, ["这一步由收件人员办理。"]);
    let desk::contract::Screen::Lobby { acts, .. } = bench.view().screen else { panic!("the lobby") };
    let open = acts.iter().find(|act| act.ask == "open_case").unwrap();
    assert!(!open.allowed && open.why_not.as_ref().unwrap().contains("收件人员"), "{open:?}");
    assert!(acts.iter().any(|act| act.ask == "resume_case" && act.allowed), "{acts:?}");
}
