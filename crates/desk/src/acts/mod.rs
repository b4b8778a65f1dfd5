//! What a person asks for and what happens, one judgement each: `Desk::decide` and `Desk::take`.

mod batch;
mod calibration;
mod card;
mod card_code;
mod corrections;
mod day;
mod delivery;
mod devices;
mod draft;
mod ends;
mod follow_ups;
mod handover;
mod identify;
mod materials;
mod outbox;
mod packages;
mod pages;
mod people;
mod prints;
mod rating;
mod rendering;
mod results;
mod retention;
mod search;
mod slips;
mod statistics;
mod stick;
mod stock;
mod unstored;

use casework::case::Case;
use casework::day::Counted;
use casework::nouns::{CaseId, Role};
use casework::pack::PolicyPack;
use casework::steps::Judgement;
use casework::steps::rating::Answer;
use casework::stock::WriteOff;

use crate::contract::Request;
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};

pub(crate) use pages::Page;
pub(crate) use search::Searching;
pub(crate) use statistics::Counting;

impl Desk {
    pub(crate) fn decide(&mut self, request: Request, now: Now) -> Result<Vec<Effect>, Trouble> {
        match request {
            Request::Look | Request::Understood => Ok(Vec::new()),
            Request::OpenCase { kind } => self.open_case(kind, now),
            Request::ResumeCase { case } => self.resume_case(&case, now),
            Request::ParkCase => self.park_case(now),
            Request::WithdrawCase { reason } => self.withdraw_case(&reason, now),
            Request::RefuseCase { reasons } => self.refuse_case(&reasons, now),
            Request::RefuseAtDoor { reason, born } => self.refuse_at_door(&reason, born.as_deref(), now),
            Request::IssueNotice => self.issue_notice(now),
            Request::PrintSlip { number } => self.print_slip(&number),
            Request::ReprintReceipt { reason } => self.reprint_receipt(&reason, now),
            Request::CloseCase => self.close_case(),
            Request::Search { entry } => self.search(entry),
            Request::TurnPage { forward } => self.turn_page(forward),
            Request::CloseSearch => Ok(self.close_search()),
            Request::ShowFollowUps => self.open_page(Page::FollowUps),
            Request::SettleFollowUp { case, seq, found, done } => self.settle_follow_up(&case, seq, found, done, now),
            Request::ExcludeFollowUp { case, seq, why, reason } => self.exclude_follow_up(&case, seq, why, reason, now),
            Request::UnmaskRater { case, reason } => self.unmask_rater(&case, &reason, now),
            Request::ShowPack => self.open_page(Page::Pack),
            Request::ShowOutbox => self.show_outbox(now),
            Request::RetryMessage { message } => self.retry_message(&message, now),
            Request::RetryPlatform { platform } => self.retry_platform(&platform, now),
            Request::SettleMessage { message, receipt } => self.settle_message(&message, receipt.as_deref(), now),
            Request::ExportOutbox => self.export_outbox(now),
            Request::ImportAnswers { file } => self.import_answers(&file),
            Request::ShowStatistics => self.show_statistics(now),
            Request::AskStatistics { entry } => self.ask_statistics(&entry, now),
            Request::ExportStatistics { what } => self.export_statistics(what, now),
            Request::ShowStock => self.open_page(Page::Stock),
            Request::ReceiveBlanks { first, last, count, source } => {
                self.receive_blanks(&first, &last, count, &source, now)
            }
            Request::SpoilBlanks { serial, count, cause } => {
                self.write_off(WriteOff::Spoiled, &serial, count, &cause, now)
            }
            Request::ReportBlanksLost { serial, count, cause } => {
                self.write_off(WriteOff::Lost, &serial, count, &cause, now)
            }
            Request::GrantBlock { first, last } => self.grant_block(first, last, now),
            Request::ShowDay { day } => self.show_day(&day, now),
            Request::CloseDay { day, blanks, old_cards, reason } => {
                self.close_day(&day, Counted { blanks, old_cards }, &reason, now)
            }
            Request::PrintDay { day, row } => self.print_day(&day, row, now),
            Request::ShowResults => self.open_page(Page::Results),
            Request::ShowHandOver => self.open_page(Page::HandOver),
            Request::ShowBatch => self.open_page(Page::Batch),
            Request::OpenBatch { standing, typed } => self.open_batch(&standing, typed, now),
            Request::NextOfBatch { kind } => self.next_of_batch(kind, now),
            Request::EndBatch => self.end_batch(now),
            Request::ShowRetention => self.open_page(Page::Retention),
            Request::ShowCardCode => self.open_page(Page::CardCode),
            Request::CheckCardCode => self.check_card_code(),
            Request::ShowCalibration => self.show_calibration(),
            Request::PrintCalibration => self.print_calibration(now),
            Request::MeasureCalibration { side, readings } => self.measure_calibration(side, &readings),
            Request::ScanCalibration { side, dpi } => self.scan_calibration(side, &dpi),
            Request::KeepCalibration => self.keep_calibration(now),
            Request::EraseDue { day_is_right } => self.erase_due(day_is_right, now),
            Request::ExportPackage => self.export_package(now),
            Request::ExportPackages => self.export_packages(now),
            Request::ClosePage => Ok(self.close_page()),
            Request::ReadCard => self.read_card(None),
            Request::ReadAgentCard => self.read_card(Some(Role::Agent)),
            Request::TypeIdentity { role, entry } => self.type_identity(role, entry, now),
            Request::SetAside { role, field, after, reason } => self.set_aside(role, field, &after, &reason, now),
            Request::CorrectEntry { field, after } => self.correct_entry(field, &after, now),
            Request::CorrectMaterial { material, left, how } => self.correct_material(&material, &left, &how, now),
            Request::GoTo { step } => self.go_to(&step),
            Request::GoOn => Ok(self.go_on(now)),
            Request::KeepEntry { field, value } => self.keep_entry(&field, &value, now),
            Request::TakeOver => self.take_over(),
            Request::CancelRead => Ok(vec![Effect::CancelRead]),
            Request::FillApplicant { mode, hukou, hukou_basis, phone, contact_address, department } => {
                self.fill_applicant(mode, hukou, hukou_basis, phone, contact_address, &department, now)
            }
            Request::JudgeEligibility => self.judge_eligibility(now),
            Request::ScanMaterial { material } => self.scan_material(&material, now),
            Request::ScanPages { material, files } => self.scan_pages(&material, &files, now),
            Request::RescanPage { material, page } => self.rescan_page(&material, page, now),
            Request::ArrangePages { material, order } => self.arrange_pages(&material, &order, now),
            Request::KeepPage { material, page, reason } => self.keep_page(&material, page, &reason, now),
            Request::ReuseHistory { material, picture, age_days } => {
                self.reuse_history(&material, &picture, age_days, now)
            }
            Request::CommitTolerance { material, acknowledged } => self.commit_tolerance(&material, acknowledged, now),
            Request::RecordLossNotice { paper, published, page } => {
                self.record_loss_notice(paper, &published, page, now)
            }
            Request::RecordOldCard { number, condition } => self.record_old_card(&number, &condition, now),
            Request::CheckMaterial { material, original_inspected, errors } => {
                self.check_material(&material, original_inspected, &errors, now)
            }
            Request::ReturnMaterial { material } => self.return_material(&material, now),
            Request::TakePhoto => self.take_photo(now),
            Request::JudgePhoto { same_person, bareheaded, recent } => self.judged("photo", now, |case, pack| {
                casework::steps::photo::judge(case, pack, same_person, bareheaded, recent)
            }),
            Request::Accept => self.accept(now),
            Request::ReserveNumber => self.reserve_number(now),
            Request::TakeBlank { serial } => self.take_blank(&serial, now),
            Request::SpoilNumber { cause } => self.spoil_number(&cause, now),
            Request::PrintCard { reprint } => self.print_card(reprint.as_deref(), now),
            Request::ConfirmCard => self.confirm_card(now),
            Request::SpoilCard { cause } => self.spoil_card(&cause, now),
            Request::NothingCameOut { seen } => self.nothing_came_out(&seen, now),
            Request::Deliver { proofs, receiver, collector, late } => {
                self.deliver(&proofs, receiver, collector, late, now)
            }
            Request::ReadCollector => self.read_collector(),
            Request::DeclineRating => self.decline_rating(now),
            Request::GiveRating { level, codes, text } => self.give_rating(Answer { level, codes, text }, now),
            Request::CorrectRating { level, codes, text } => self.correct_rating(Answer { level, codes, text }, now),
            Request::RemindDepartment { channel, person, said } => {
                self.remind_department(&channel, &person, &said, now)
            }
            Request::HelpRegister { guide } => self.help_register(&guide, now),
            Request::DeclineHelp => self.decline_help(now),
            Request::HandOver { to, password } => self.hand_over(&to, password.as_ref(), now),
            Request::SignHandOver { to, cases, old_cards, taker, password } => {
                let (cases, taker, password) = (&cases, &taker, &password);
                self.sign_hand_over(handover::HandOverAsked { to, cases, old_cards, taker, password }, now)
            }
            Request::Seal => self.seal(now),
            Request::SetUpFirst { name, password } => self.set_up_first(&name, &password, now),
            Request::SignIn { name, password } => self.sign_in(&name, &password, now),
            Request::SignOut => self.sign_out(now),
            Request::AddPerson { name, roles, password } => self.add_person(&name, &roles, &password, now),
            Request::SetRoles { name, roles } => self.set_roles(&name, &roles, now),
            Request::SetPassword { name, old, password } => self.set_password(&name, old.as_ref(), &password, now),
            Request::DismissPerson { name } => self.dismiss_person(&name, now),
            Request::Unmask { reason } => self.unmask(&reason, now),
        }
    }

    /// Asks a step about the open case and commits its facts.
    pub(crate) fn judged(
        &mut self,
        step: &str,
        now: Now,
        judge: impl FnOnce(&Case, &PolicyPack) -> Judgement,
    ) -> Result<Vec<Effect>, Trouble> {
        let case = self.case()?;
        let facts = judge(case, &self.pack).map_err(|refusal| fault::refusal(step, &refusal, &self.pack))?;
        self.commit(facts, now)?;
        Ok(Vec::new())
    }

    pub(crate) fn case(&self) -> Result<&Case, Trouble> {
        self.open.as_ref().ok_or_else(|| Trouble::of("desk.no_case"))
    }

    pub(crate) fn case_id(text: &str) -> Result<CaseId, Trouble> {
        text.parse().map_err(|_| Trouble::of("desk.unknown_case"))
    }
}
