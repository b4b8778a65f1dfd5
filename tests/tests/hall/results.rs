//! Results that fit, that do not, that come twice, and that cannot be answered at once.

use casework::fact::Fact;
use desk::contract::{Request, ResultBecame, Screen};

use crate::bench::{Bench, CLERK};

/// S-53: what does not fit is refused by name, told to the platform and shown; what fits is one fact.
#[test]
fn a_result_that_does_not_fit_is_refused_by_name_and_what_fits_is_one_fact() {
    let mut bench = Bench::hall();
    let number = bench.accepted();
    let wrong = [
        ("other_name", "OTHER_HOLDER"),
        ("other_number", "OTHER_HOLDER"),
        ("other_receipt", "OTHER_RECEIPT"),
        ("other_item", "OTHER_ITEM"),
        ("other_case", "UNKNOWN_CASE"),
        ("garbage", "UNREADABLE"),
    ];
    for (make, _) in wrong {
        bench.result(&number, make);
    }
    bench.seconds(20);
    let refused: Vec<(String, u64)> = wrong.iter().map(|(_, code)| ((*code).to_owned(), 1)).collect();
    assert_eq!(bench.told(), refused);
    bench.must(Request::ParkCase);
    bench.must(Request::ShowResults);
    let Screen::Results(page) = bench.view().screen else { panic!("the page of results") };
    assert_eq!((page.lines.len(), page.waiting), (wrong.len(), 1));
    for line in &page.lines {
        assert_eq!((line.became, line.open), (ResultBecame::Refused, false), "{line:#?}");
        assert!(line.why.ends_with('。'), "{line:#?}");
    }

    for make in ["good", "again", "duplicate", "contradicting"] {
        bench.result(&number, make);
        bench.seconds(20);
        // A case that was answered waits no more; another one keeps the question alive.
        bench.must(Request::ClosePage);
        if make == "good" {
            bench.must(Request::OpenCase { kind: desk::contract::Kind::ReissueLost });
            bench.accepted();
            bench.must(Request::ParkCase);
        }
        bench.must(Request::ShowResults);
    }
    let told: Vec<String> = bench.told().into_iter().skip(wrong.len()).map(|(became, _)| became).collect();
    assert_eq!(told, ["taken", "taken", "taken", "CONTRADICTS"]);
    let left = bench.aftermath();
    let answers = left.facts(&number.parse().unwrap());
    let answers = answers.iter().filter(|one| matches!(one.fact, Fact::DepartmentAnswered { .. })).count();
    assert_eq!(answers, 1);
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn a_result_for_a_case_that_has_ended_or_was_not_accepted_is_refused() {
    let mut bench = Bench::hall();
    let number = bench.accepted();
    bench.must(Request::WithdrawCase { reason: "不办了".to_owned() });
    bench.must(Request::CloseCase);
    // Another case waits, so the platform is asked.
    bench.must(Request::OpenCase { kind: desk::contract::Kind::First });
    bench.accepted();
    bench.result(&number, "good");
    bench.seconds(20);
    assert_eq!(bench.told(), [("CASE_CLOSED".to_owned(), 1)]);
}

/// The power fails after the result is in the ledger and before the platform has heard of it.
#[test]
fn what_became_of_a_result_is_told_after_a_restart_and_the_result_stays_one() {
    let mut bench = Bench::hall();
    let number = bench.accepted();
    bench.mute = true;
    bench.result(&number, "good");
    bench.seconds(20);
    assert_eq!(bench.told(), [("offered".to_owned(), 0)]);
    bench.restart();
    bench.mute = false;
    bench.seconds(20);
    assert_eq!(bench.told(), [("taken".to_owned(), 1)]);
    let left = bench.aftermath();
    assert_eq!(left.tags(&number.parse().unwrap()).iter().filter(|tag| **tag == "department_answered").count(), 1);
}

#[test]
fn a_platform_that_is_away_is_asked_ever_less_often_and_its_results_come_when_it_is_back() {
    let mut bench = Bench::hall();
    let number = bench.accepted();
    for mood in ["away", "captive_portal"] {
        bench.platform("city", mood);
        bench.seconds(30);
        let asked = bench.asked;
        bench.seconds(600);
        assert!((1..=40).contains(&(bench.asked - asked)), "{mood}: {} questions in ten minutes", bench.asked - asked);
        assert_eq!(bench.view().trouble, None, "a platform that is away troubles nobody");
    }
    // The session ended meanwhile, because nobody asked for anything.
    bench.sign_in(CLERK);
    bench.must(Request::ShowResults);
    let Screen::Results(page) = bench.view().screen else { panic!("the page of results") };
    assert!(page.away.is_some(), "it is said why nothing comes");
    bench.platform("city", "accept");
    bench.result(&number, "good");
    // Nobody asks for anything, so the session ends meanwhile; results come all the same.
    bench.seconds(900);
    assert_eq!(bench.told(), [("taken".to_owned(), 1)]);
    bench.sign_in(CLERK);
    bench.must(Request::ShowResults);
    let Screen::Results(page) = bench.view().screen else { panic!("the page of results") };
    assert_eq!((page.away, page.lines.len()), (None, 1));
}
