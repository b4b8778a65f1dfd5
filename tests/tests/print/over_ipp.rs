//! The card printed over IPP through the whole desk: each fault of print.md 3.2, what the screen says, what the ledger holds
//! and what lies in the tray.

use casework::fact::Fact;
use casework::nouns::PrintOutcome;
use desk::contract::{FaultKind, PrintState, Request, StepBody};
use journeys::aftermath::Aftermath;
use journeys::card_printer::CardPrinter;
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

/// How long a card may take here before the desk asks the printer to stop, seconds.
const WAIT: u32 = 3;

struct Hall {
    printer: CardPrinter,
    bench: Bench,
}

impl Hall {
    /// A counter with a case that is ready to print, and its printer.
    fn at_the_printer(lacks: Option<&str>) -> (Hall, Counter) {
        let bench = Bench::new();
        let printer = CardPrinter::start(&bench.path().join("printer"), lacks);
        let folder = format!("card = \"{}\"", bench.path().join("queue/card").display());
        let bench = bench.rewired(&folder, &format!("card = \"{}\"\ncard_wait_s = {WAIT}", printer.uri));
        let counter = bench.with_case();
        counter.walk_to("printing");
        (Hall { printer, bench }, counter)
    }

    /// The printer is at the first card of the case.
    fn await_document(&self, counter: &Counter) {
        self.printer.await_document(&format!("{}-P1", counter.case().case));
    }

    fn left(&self) -> Aftermath {
        Aftermath::of(self.bench.path())
    }

    /// What the ledger says that became of each attempt, in order.
    fn outcomes(&self) -> Vec<PrintOutcome> {
        let ended = |fact| if let Fact::PrintEnded { outcome, .. } = fact { Some(outcome) } else { None };
        self.facts().into_iter().filter_map(ended).collect()
    }

    /// The facts of the one case. The station must be off.
    fn facts(&self) -> Vec<Fact> {
        let left = self.left();
        left.facts(&left.only_case()).into_iter().map(|recorded| recorded.fact).collect()
    }

    /// Every card in the tray belongs to an attempt, every attempt but the first has its reason, and the numbers balance.
    fn assert_nothing_is_claimed_that_is_not(&self, cards: usize) {
        let left = self.left();
        assert_eq!(left.report().problems, Vec::<String>::new());
        let attempts = left.attempts(&left.only_case());
        for (place, (attempt, reprint)) in attempts.iter().enumerate() {
            assert_eq!(place > 0, reprint.is_some(), "{attempt}");
        }
        let made = self.printer.cards();
        assert_eq!(made.len(), cards, "{made:?}");
        for card in &made {
            let job = card.split_once('.').unwrap().0;
            assert!(attempts.iter().any(|(attempt, _)| attempt == job), "{card} belongs to no attempt");
        }
        let [balance] = left.ledger.numbers_balance().unwrap().try_into().unwrap();
        assert!(balance.is_sound(), "{balance:?}");
    }
}

fn print(counter: &Counter) -> (PrintState, String) {
    let StepBody::Printing { state, words, .. } = counter.case().body else { return (PrintState::Made, String::new()) };
    (state, words)
}

fn await_words(counter: &Counter, state: PrintState, part: &str) -> String {
    counter.wait(part, |_| {
        let (now, words) = print(counter);
        (now == state && words.contains(part)).then_some(words)
    })
}

fn print_first(counter: &Counter) {
    counter.ask(Request::PrintCard { reprint: None }).unwrap();
}

#[test]
fn a_card_is_printed_by_the_device_s_word_and_made_by_the_person_s() {
    let (hall, counter) = Hall::at_the_printer(None);
    print_first(&counter);
    await_words(&counter, PrintState::AskPerson, "已打印");
    let case = counter.case().case;
    drop(counter);
    assert_eq!(hall.outcomes(), [PrintOutcome::DeviceConfirmed]);
    assert!(!hall.facts().iter().any(|fact| matches!(fact, Fact::CardConfirmed { .. })), "nobody has said so");
    let counter = hall.bench.counter();
    counter.ask(Request::ResumeCase { case }).unwrap();
    counter.ask(Request::ConfirmCard).unwrap();
    assert_eq!(counter.case().at, "delivery");
    drop(counter);
    hall.assert_nothing_is_claimed_that_is_not(1);
    let job = hall.facts().into_iter().find_map(|fact| {
        let Fact::JobSubmitted { job, .. } = fact else { return None };
        Some(job)
    });
    assert_eq!(job.as_deref(), Some("1"), "the printer's own number");
}

#[test]
fn a_print_that_the_engine_gives_up_has_failed_and_a_second_one_needs_a_reason() {
    let (mut hall, counter) = Hall::at_the_printer(None);
    hall.printer.order("fails");
    print_first(&counter);
    assert_helps(&counter.trouble(), "printing.printer", FaultKind::Attend);
    await_words(&counter, PrintState::Failed, "没有印卡");
    hall.printer.order("good");
    let fault = counter.ask(Request::PrintCard { reprint: None }).unwrap_err();
    assert_helps(&fault, "printing.correct", FaultKind::Correct);
    counter.ask(Request::PrintCard { reprint: Some("打印机中途停了".to_owned()) }).unwrap();
    await_words(&counter, PrintState::AskPerson, "已打印");
    drop(counter);
    hall.assert_nothing_is_claimed_that_is_not(1);
    assert!(matches!(hall.outcomes().as_slice(), [PrintOutcome::Failed { .. }, PrintOutcome::DeviceConfirmed]));
}

#[test]
fn a_print_that_was_torn_off_is_unknown_and_is_asked_about() {
    let (mut hall, counter) = Hall::at_the_printer(None);
    hall.printer.order("torn");
    print_first(&counter);
    await_words(&counter, PrintState::Unknown, "不知道");
    counter.ask(Request::SpoilCard { cause: "只印了一面".to_owned() }).unwrap();
    assert_eq!(counter.case().at, "numbering", "the number is spent");
    drop(counter);
    assert_eq!(hall.outcomes(), [PrintOutcome::Unknown]);
    hall.assert_nothing_is_claimed_that_is_not(1);
}

#[test]
fn a_printer_that_runs_out_of_cards_says_so_and_goes_on_when_it_is_refilled() {
    let (mut hall, counter) = Hall::at_the_printer(None);
    hall.printer.order("slow");
    print_first(&counter);
    hall.await_document(&counter);
    hall.printer.order("media_empty");
    let words = await_words(&counter, PrintState::Printing, "缺空白证");
    assert!(words.contains("不要再点打印"), "{words}");
    hall.printer.order("good");
    await_words(&counter, PrintState::AskPerson, "已打印");
    drop(counter);
    assert_eq!(hall.outcomes(), [PrintOutcome::DeviceConfirmed]);
    hall.assert_nothing_is_claimed_that_is_not(1);
}

#[test]
fn a_printer_that_is_never_refilled_is_told_to_stop_and_is_not_believed_to_have_stopped() {
    let (mut hall, counter) = Hall::at_the_printer(None);
    hall.printer.order("slow");
    print_first(&counter);
    hall.await_document(&counter);
    hall.printer.order("media_empty");
    let fault = counter.trouble();
    assert_helps(&fault, "printing.may_still_print", FaultKind::Attend);
    await_words(&counter, PrintState::Unknown, "不知道");
    // The clerk looks and sees none. While the old job may still print, the next one is not sent.
    counter.ask(Request::Understood).unwrap();
    counter.ask(Request::NothingCameOut { seen: "出卡口没有卡".to_owned() }).unwrap();
    counter.ask(Request::PrintCard { reprint: Some("一直缺空白证".to_owned()) }).unwrap();
    let fault = counter.trouble();
    assert!(fault.reasons.concat().contains("没有停下来"), "{fault:#?}");
    // Its power is what stops it. Then the card is printed, once.
    hall.printer.order("power_off");
    hall.printer.order("good");
    hall.printer.order("power_on");
    counter.ask(Request::Understood).unwrap();
    counter.ask(Request::PrintCard { reprint: Some("打印机重开过".to_owned()) }).unwrap();
    await_words(&counter, PrintState::AskPerson, "已打印");
    drop(counter);
    hall.assert_nothing_is_claimed_that_is_not(1);
}

#[test]
fn a_printer_that_is_paused_jammed_open_or_away_is_told_before_a_job_is_opened() {
    let (mut hall, counter) = Hall::at_the_printer(None);
    let mut reprint = None;
    for (order, part) in [
        ("paused", "已暂停"),
        ("media_jam", "卡证"),
        ("cover_open", "盖子"),
        ("media_empty", "缺空白证"),
        ("power_off", "未连接"),
    ] {
        hall.printer.order(order);
        counter.ask(Request::PrintCard { reprint: reprint.clone() }).unwrap();
        let fault =
            counter.wait(part, |view| view.trouble.clone().filter(|fault| fault.reasons.concat().contains(part)));
        assert_helps(&fault, "printing.printer", FaultKind::Attend);
        counter.ask(Request::Understood).unwrap();
        reprint = Some(order.to_owned());
    }
    drop(counter);
    hall.assert_nothing_is_claimed_that_is_not(0);
    let left = hall.left();
    assert!(!left.tags(&left.only_case()).contains(&"job_submitted"), "no job was opened");
}

#[test]
fn a_printer_that_dies_at_work_leaves_a_print_that_nobody_knows_about() {
    let (mut hall, counter) = Hall::at_the_printer(None);
    hall.printer.order("slow");
    print_first(&counter);
    await_words(&counter, PrintState::Printing, "正在打印");
    hall.await_document(&counter);
    hall.printer.order("power_off");
    await_words(&counter, PrintState::Printing, "没有回答");
    await_words(&counter, PrintState::Unknown, "不知道");
    assert_helps(&counter.trouble(), "printing.may_still_print", FaultKind::Attend);
    hall.printer.order("good");
    hall.printer.order("power_on");
    counter.ask(Request::Understood).unwrap();
    counter.ask(Request::NothingCameOut { seen: "打印机断电，没有卡".to_owned() }).unwrap();
    counter.ask(Request::PrintCard { reprint: Some("打印机断电".to_owned()) }).unwrap();
    await_words(&counter, PrintState::AskPerson, "已打印");
    drop(counter);
    hall.assert_nothing_is_claimed_that_is_not(1);
}

#[test]
fn a_printer_that_would_print_it_otherwise_is_refused_before_a_card_is_spent() {
    for (lacks, part) in [("duplex", "双面"), ("exact-scale", "缩放"), ("cards", "不是这种卡")] {
        let bench = Bench::new();
        let printer = CardPrinter::start(&bench.path().join("printer"), Some(lacks));
        let folder = format!("card = \"{}\"", bench.path().join("queue/card").display());
        let bench = bench.rewired(&folder, &format!("card = \"{}\"", printer.uri));
        let counter = bench.with_case();
        counter.walk_to("numbering");
        // The printer is looked at while the number is the next thing; before that look nothing is known of it.
        let fault = counter.wait("the look at the printer", |view| {
            let printer = view.lights.iter().find(|light| light.device == "printer")?;
            printer.words.contains(part).then(|| counter.ask(Request::ReserveNumber).unwrap_err())
        });
        assert_helps(&fault, "numbering.printer", FaultKind::Attend);
        assert!(fault.reasons.concat().contains(part), "{fault:#?}");
        // Who looks at the screen sees it before pressing anything.
        let act = counter.case().acts.into_iter().find(|act| act.ask == "reserve_number").unwrap();
        assert!(!act.allowed && act.why_not.as_ref().is_some_and(|why| why.contains(part)), "{act:?}");
        drop(counter);
        let left = Aftermath::of(bench.path());
        assert!(!left.tags(&left.only_case()).contains(&"number_reserved"), "no number was spent");
        assert_eq!(printer.cards(), [""; 0]);
    }
}

#[test]
fn a_station_that_is_switched_off_at_work_asks_the_printer_by_name_and_claims_what_it_says() {
    let (mut hall, counter) = Hall::at_the_printer(None);
    hall.printer.order("slow");
    print_first(&counter);
    hall.await_document(&counter);
    let case = counter.case().case;
    drop(counter);
    hall.printer.order("good");
    let counter = hall.bench.counter();
    counter.ask(Request::ResumeCase { case }).unwrap();
    await_words(&counter, PrintState::AskPerson, "已打印");
    drop(counter);
    assert_eq!(hall.outcomes(), [PrintOutcome::DeviceConfirmed]);
    hall.assert_nothing_is_claimed_that_is_not(1);
}

#[test]
fn the_sheet_of_cross_hairs_goes_the_way_of_every_card_and_not_to_a_printer_that_waits() {
    let bench = Bench::new();
    let mut printer = CardPrinter::start(&bench.path().join("printer"), None);
    let folder = bench.path().join("queue/card").display().to_string();
    let bench = bench.rewired(&folder, &printer.uri);
    let out = bench.path().join("out");
    let sheet = || {
        let mut youdai = journeys::programs::command("youdai");
        youdai.args(["--json", "printer", "sheet", "--print", "--station"]).arg(&bench.station).arg("--out").arg(&out);
        let output = youdai.output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    printer.order("paused");
    let (done, said) = sheet();
    assert!(!done && said.contains("已暂停"), "{said}");
    printer.order("good");
    let (done, said) = sheet();
    assert!(done, "{said}");
    let card = (0..1500).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        printer.cards().into_iter().next()
    });
    let card = card.expect("the sheet came out");
    assert!(card.starts_with("calibration-"), "{card}");
    assert_eq!(printer.cards().len(), 1, "the one that was refused left nothing");
}
