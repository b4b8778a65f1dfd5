//! The table of permits: who may ask for what. It is the one place where this is decided; docs/permissions.md is written
//! from it, and a test asks every request in every role at a real desk.
//!
//! 三员分立: the administrator manages people and handles no case; the supervisor looks, unmasks and handles no case;
//! everybody else handles cases and manages nobody.

use casework::nouns::PersonRole;

use crate::contract::Request;

/// Whether a role may ask for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    Yes,
    No,
    /// At a village window, where the intake clerk is the issuer as well (S-49, S-53).
    InVillage,
    /// At a training station.
    InTraining,
}

/// One request's line of the table.
#[derive(Debug)]
pub struct Row {
    /// The `ask` of the request.
    pub ask: &'static str,
    /// In the order of [`PersonRole::ALL`].
    pub grants: [Grant; 7],
    /// Whether it may be asked for while nobody is signed in.
    pub nobody: bool,
}

impl Row {
    pub fn grant(&self, role: PersonRole) -> Grant {
        let place = PersonRole::ALL.iter().position(|one| *one == role);
        place.map_or(Grant::No, |place| self.grants[place])
    }
}

use Grant::{InTraining as T, InVillage as V, No as N, Yes as Y};

/// Writes the table once as a list and once as a match without a wildcard: a request without a line does not compile.
macro_rules! table {
    ($($request:pat => $ask:literal $grants:tt $nobody:literal,)*) => {
        /// Every line, in the order of the requests.
        pub const TABLE: &[Row] = &[$(Row { ask: $ask, grants: $grants, nobody: $nobody },)*];

        /// The `ask` of a request, as the page writes it.
        pub fn ask_of(request: &Request) -> &'static str {
            match request {
                $($request => $ask,)*
            }
        }
    };
}

// The columns are: clerk, issuer, archivist, supervisor, administrator, tester, public; then nobody at all.
#[rustfmt::skip]
table! {
    Request::Look                   => "look"               [Y, Y, Y, Y, Y, T, Y] true,
    Request::Understood             => "understood"         [Y, Y, Y, Y, Y, T, Y] true,

    Request::OpenCase { .. }        => "open_case"          [Y, N, N, N, N, T, Y] false,
    // Whoever numbers, seals or oversees takes up a case that somebody else began.
    Request::ResumeCase { .. }      => "resume_case"        [Y, Y, Y, Y, N, T, N] false,
    Request::ParkCase               => "park_case"          [Y, Y, Y, Y, N, T, Y] false,
    Request::CloseCase              => "close_case"         [Y, Y, Y, Y, N, T, Y] false,
    Request::WithdrawCase { .. }    => "withdraw_case"      [Y, N, N, N, N, T, N] false,
    Request::RefuseCase { .. }      => "refuse_case"        [Y, N, N, N, N, T, N] false,
    Request::RefuseAtDoor { .. }    => "refuse_at_door"     [Y, N, N, N, N, T, N] false,
    Request::IssueNotice            => "issue_notice"       [Y, N, N, N, N, T, N] false,
    Request::PrintSlip { .. }       => "print_slip"         [Y, Y, Y, N, N, T, N] false,
    Request::ReprintReceipt { .. }  => "reprint_receipt"    [Y, Y, N, N, N, T, N] false,
    Request::Search { .. }          => "search"             [Y, Y, Y, Y, N, T, N] false,
    Request::TurnPage { .. }        => "turn_page"          [Y, Y, Y, Y, N, T, N] false,
    Request::CloseSearch            => "close_search"       [Y, Y, Y, Y, N, T, N] false,
    // Who works with cases: the pack holds remarks that are not for the public.
    Request::ShowPack               => "show_pack"          [Y, Y, Y, Y, N, T, N] false,
    Request::ShowOutbox             => "show_outbox"        [Y, Y, N, Y, N, T, N] false,
    Request::RetryMessage { .. }    => "retry_message"      [Y, Y, N, N, N, T, N] false,
    Request::RetryPlatform { .. }   => "retry_platform"     [Y, Y, N, N, N, T, N] false,
    Request::SettleMessage { .. }   => "settle_message"     [Y, Y, N, N, N, T, N] false,
    Request::ExportOutbox           => "export_outbox"      [Y, Y, N, N, N, T, N] false,
    Request::ImportAnswers { .. }   => "import_answers"     [Y, Y, N, N, N, T, N] false,
    Request::ShowStatistics         => "show_statistics"    [Y, Y, N, Y, N, T, N] false,
    Request::AskStatistics { .. }   => "ask_statistics"     [Y, Y, N, Y, N, T, N] false,
    // Lists leave the station by whoever oversees it, or at a village by the one person who is there.
    Request::ExportStatistics { .. } => "export_statistics" [V, N, N, Y, N, T, N] false,
    // What was said of the window's service is the supervisor's business and nobody else's (差评整改).
    Request::ShowFollowUps          => "show_follow_ups"    [N, N, N, Y, N, T, N] false,
    Request::SettleFollowUp { .. }  => "settle_follow_up"   [N, N, N, Y, N, T, N] false,
    Request::ExcludeFollowUp { .. } => "exclude_follow_up"  [N, N, N, Y, N, T, N] false,
    Request::UnmaskRater { .. }     => "unmask_rater"       [N, N, N, Y, N, T, N] false,
    // Blanks and numbers are the issuer's; the supervisor looks.
    Request::ShowStock              => "show_stock"         [V, Y, N, Y, N, T, N] false,
    Request::ReceiveBlanks { .. }   => "receive_blanks"     [V, Y, N, N, N, T, N] false,
    Request::SpoilBlanks { .. }     => "spoil_blanks"       [V, Y, N, N, N, T, N] false,
    Request::ReportBlanksLost { .. } => "report_blanks_lost" [V, Y, N, N, N, T, N] false,
    Request::GrantBlock { .. }      => "grant_block"        [V, Y, N, N, N, T, N] false,
    Request::ShowDay { .. }         => "show_day"           [Y, Y, N, Y, N, T, N] false,
    Request::CloseDay { .. }        => "close_day"          [V, Y, N, N, N, T, N] false,
    Request::PrintDay { .. }        => "print_day"          [V, Y, N, Y, N, T, N] false,
    Request::ShowResults            => "show_results"       [Y, Y, N, Y, N, T, N] false,
    Request::ShowHandOver           => "show_hand_over"     [Y, Y, Y, Y, N, T, N] false,
    // One agent for many: the clerk's work; the supervisor sees how many each agent brings.
    Request::ShowBatch              => "show_batch"         [Y, N, N, Y, N, T, N] false,
    Request::OpenBatch { .. }       => "open_batch"         [Y, N, N, N, N, T, N] false,
    Request::NextOfBatch { .. }     => "next_of_batch"      [Y, N, N, N, N, T, N] false,
    Request::EndBatch               => "end_batch"          [Y, N, N, N, N, T, N] false,
    // A package is personal in full: it leaves by the archivist's hand alone.
    Request::ExportPackage          => "export_package"     [N, N, Y, N, N, T, N] false,
    Request::ExportPackages         => "export_packages"    [N, N, Y, N, N, T, N] false,
    // Forgetting cannot be undone: it is done by whoever looks on, and not by whoever handled the case.
    Request::ShowRetention          => "show_retention"     [N, N, N, Y, N, T, N] false,
    Request::EraseDue { .. }        => "erase_due"          [N, N, N, Y, N, T, N] false,
    // Whoever is shown a card may ask whether it is one.
    Request::ShowCardCode           => "show_card_code"     [Y, Y, Y, Y, N, T, N] false,
    Request::CheckCardCode          => "check_card_code"    [Y, Y, Y, Y, N, T, N] false,
    // Every card moves with it: whoever oversees the counter measures.
    Request::ShowCalibration        => "show_calibration"   [N, N, N, Y, N, T, N] false,
    Request::PrintCalibration       => "print_calibration"  [N, N, N, Y, N, T, N] false,
    Request::MeasureCalibration { .. } => "measure_calibration" [N, N, N, Y, N, T, N] false,
    Request::ScanCalibration { .. } => "scan_calibration"   [N, N, N, Y, N, T, N] false,
    Request::KeepCalibration        => "keep_calibration"   [N, N, N, Y, N, T, N] false,
    Request::ClosePage              => "close_page"         [Y, Y, Y, Y, Y, T, N] false,

    Request::ReadCard               => "read_card"          [Y, N, N, N, N, T, Y] false,
    // The issuer may have asked for the card that is shown at the delivery.
    Request::CancelRead             => "cancel_read"        [Y, Y, N, N, N, T, Y] false,
    Request::ReadAgentCard          => "read_agent_card"    [Y, N, N, N, N, T, Y] false,
    Request::TypeIdentity { .. }    => "type_identity"      [Y, N, N, N, N, T, N] false,
    Request::SetAside { .. }        => "set_aside"          [Y, N, N, N, N, T, N] false,
    Request::CorrectEntry { .. }    => "correct_entry"      [Y, N, N, N, N, T, N] false,
    Request::CorrectMaterial { .. } => "correct_material"   [Y, N, N, N, N, T, N] false,
    Request::GoTo { .. }            => "go_to"              [Y, Y, Y, Y, N, T, Y] false,
    Request::GoOn                   => "go_on"              [Y, Y, Y, Y, N, T, Y] false,
    Request::KeepEntry { .. }       => "keep_entry"         [Y, Y, Y, Y, N, T, Y] false,
    // Somebody's own case, by their own card; also at the kiosk where they left it.
    Request::TakeOver               => "take_over"          [Y, Y, Y, N, N, T, Y] false,
    Request::FillApplicant { .. }   => "fill_applicant"     [Y, N, N, N, N, T, Y] false,
    Request::JudgeEligibility       => "judge_eligibility"  [Y, N, N, N, N, T, N] false,
    Request::ScanMaterial { .. }    => "scan_material"      [Y, N, N, N, N, T, N] false,
    Request::ScanPages { .. }       => "scan_pages"         [Y, N, N, N, N, T, N] false,
    Request::RescanPage { .. }      => "rescan_page"        [Y, N, N, N, N, T, N] false,
    Request::ArrangePages { .. }    => "arrange_pages"      [Y, N, N, N, N, T, N] false,
    Request::KeepPage { .. }        => "keep_page"          [Y, N, N, N, N, T, N] false,
    Request::ReuseHistory { .. }    => "reuse_history"      [Y, N, N, N, N, T, N] false,
    Request::CommitTolerance { .. } => "commit_tolerance"   [Y, N, N, N, N, T, N] false,
    Request::RecordLossNotice { .. } => "record_loss_notice" [Y, N, N, N, N, T, N] false,
    Request::RecordOldCard { .. }   => "record_old_card"    [Y, N, N, N, N, T, N] false,
    Request::CheckMaterial { .. }   => "check_material"     [Y, N, N, N, N, T, N] false,
    Request::ReturnMaterial { .. }  => "return_material"    [Y, N, N, N, N, T, N] false,
    Request::TakePhoto              => "take_photo"         [Y, N, N, N, N, T, N] false,
    Request::JudgePhoto { .. }      => "judge_photo"        [Y, N, N, N, N, T, N] false,
    Request::Accept                 => "accept"             [Y, N, N, N, N, T, N] false,

    Request::ReserveNumber          => "reserve_number"     [V, Y, N, N, N, T, N] false,
    Request::TakeBlank { .. }       => "take_blank"         [V, Y, N, N, N, T, N] false,
    Request::SpoilNumber { .. }     => "spoil_number"       [V, Y, N, N, N, T, N] false,
    Request::PrintCard { .. }       => "print_card"         [V, Y, N, N, N, T, N] false,
    Request::ConfirmCard            => "confirm_card"       [V, Y, N, N, N, T, N] false,
    Request::SpoilCard { .. }       => "spoil_card"         [V, Y, N, N, N, T, N] false,
    Request::NothingCameOut { .. }  => "nothing_came_out"   [V, Y, N, N, N, T, N] false,
    Request::Deliver { .. }         => "deliver"            [V, Y, N, N, N, T, N] false,
    Request::ReadCollector          => "read_collector"     [V, Y, N, N, N, T, N] false,
    // Whoever is at work turns the screen: the intake clerk after acceptance, the issuer after delivery.
    Request::DeclineRating          => "decline_rating"     [Y, Y, N, N, N, T, N] false,
    Request::GiveRating { .. }      => "give_rating"        [Y, Y, N, N, N, T, N] false,
    Request::CorrectRating { .. }   => "correct_rating"     [Y, Y, N, N, N, T, N] false,
    Request::RemindDepartment { .. } => "remind_department" [Y, Y, N, N, N, T, N] false,
    Request::HelpRegister { .. }    => "help_register"      [Y, Y, N, N, N, T, N] false,
    Request::DeclineHelp            => "decline_help"       [Y, Y, N, N, N, T, N] false,

    // Who gives signs by being at work: whoever delivered the card, or the archivist who takes the papers in.
    Request::HandOver { .. }        => "hand_over"          [V, Y, Y, N, N, T, N] false,
    Request::SignHandOver { .. }    => "sign_hand_over"     [Y, Y, Y, N, N, T, N] false,
    Request::Seal                   => "seal"               [N, N, Y, N, N, T, N] false,

    Request::SetUpFirst { .. }      => "set_up_first"       [N, N, N, N, N, N, N] true,
    Request::SignIn { .. }          => "sign_in"            [N, N, N, N, N, N, N] true,
    Request::SignOut                => "sign_out"           [Y, Y, Y, Y, Y, Y, N] false,
    // One's own; another person's only the administrator, which the request's own judgement asks.
    Request::SetPassword { .. }     => "set_password"       [Y, Y, Y, Y, Y, Y, N] false,
    Request::AddPerson { .. }       => "add_person"         [N, N, N, N, Y, N, N] false,
    Request::SetRoles { .. }        => "set_roles"          [N, N, N, N, Y, N, N] false,
    Request::DismissPerson { .. }   => "dismiss_person"     [N, N, N, N, Y, N, N] false,
    Request::Unmask { .. }          => "unmask"             [Y, Y, N, Y, N, T, N] false,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Request").field(&ask_of(self)).finish()
    }
}

/// The line of a request.
pub fn row_of(request: &Request) -> &'static Row {
    row_named(ask_of(request)).expect("each line of the table names one request")
}

/// The line of the request with this `ask`.
pub fn row_named(ask: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.ask == ask)
}

/// The table as docs/permissions.md shows it.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Who may do what\n\nWritten from `crates/desk/src/people/permits.rs` by `npm run contract`; a test keeps it \
         fresh, and another asks every request in every role at a real desk. `✓` yes, `village` at a village window only \
         (there the intake clerk is the issuer as well), `training` at a training station only, empty no. Whoever may not is \
         answered `desk.not_permitted`; before anybody has signed in, `desk.not_signed_in`.\n\n| request |",
    );
    for role in PersonRole::ALL {
        text.push_str(&format!(" {} |", role.name()));
    }
    text.push_str(" nobody signed in |\n|---|---|---|---|---|---|---|---|---|\n");
    for row in TABLE {
        text.push_str(&format!("| `{}` |", row.ask));
        for role in PersonRole::ALL {
            let cell = match row.grant(role) {
                Grant::Yes => " ✓ |",
                Grant::No => "  |",
                Grant::InVillage => " village |",
                Grant::InTraining => " training |",
            };
            text.push_str(cell);
        }
        text.push_str(if row.nobody { " ✓ |\n" } else { "  |\n" });
    }
    text.push_str(
        "\n`set_password` is one's own, with the old one; another person's is set by an administrator. Administrator and \
         supervisor are roles that stand alone (三员分立): neither is held together with any other. A kiosk \
         (`[window] post = \"kiosk\"`) is always at work as public.\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With `UPDATE_CONTRACT=1` the test writes the file instead of comparing it.
    #[test]
    fn committed_contract_is_fresh_and_so_is_the_page_of_permissions() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/permissions.md");
        if std::env::var_os("UPDATE_CONTRACT").is_some() {
            std::fs::write(path, markdown()).expect("the page can be written");
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(committed, markdown(), "run `npm run contract` and commit docs/permissions.md");
    }

    /// The asks of the contract's union are those of the table, once each.
    #[test]
    fn every_request_of_the_page_stands_in_the_table_once() {
        let contract = crate::contract::typescript();
        // A field with a comment has lines of its own.
        let (_, union) = contract.split_once("export type Request =").expect("the union is there");
        let (union, _) = union.split_once("\nexport ").expect("it is not the last of the types");
        let mut asks: Vec<&str> =
            union.split("\"ask\": \"").skip(1).filter_map(|part| part.split('"').next()).collect();
        let mut listed: Vec<&str> = TABLE.iter().map(|row| row.ask).collect();
        asks.sort_unstable();
        listed.sort_unstable();
        assert_eq!(asks, listed);
    }

    #[test]
    fn who_manages_people_handles_no_case_and_who_handles_cases_manages_nobody() {
        use PersonRole::{Administrator, Archivist, Clerk, Issuer, Supervisor};
        for row in TABLE {
            let people = matches!(row.ask, "add_person" | "set_roles" | "dismiss_person");
            let everybody = matches!(row.ask, "look" | "understood" | "close_page" | "sign_out" | "set_password");
            for role in [Clerk, Issuer, Archivist, Supervisor] {
                assert!(!people || row.grant(role) == Grant::No, "{}: {role:?}", row.ask);
            }
            assert!(people || everybody || row.grant(Administrator) == Grant::No, "{}", row.ask);
        }
    }
}
