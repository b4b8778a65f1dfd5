//! Each fault of a card printer (print.md 3.2), met by a station that is killed with SIGKILL between attempt, job id, document
//! and outcome, and gone on with by a second run and a clerk who looks into the tray: no card is claimed that was not made, no
//! second card is made without a recorded reprint, and numbers and blanks balance.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command};

use casework::fact::Fact;
use casework::nouns::PrintOutcome;
use desk::contract::{PrintState, Request, Screen, StepBody, View};
use journeys::aftermath::Aftermath;
use journeys::card_printer::CardPrinter;
use journeys::counter::Counter;

use crate::bench::Bench;

/// Blanks that are booked in before the case begins.
const BLANKS: u32 = 20;
/// How long a card may take here before the desk asks the printer to stop, seconds.
const WAIT: u32 = 2;
/// A clerk who needs more acts than this goes round in circles.
const MOST_ACTS: u32 = 20;

/// What happens to the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    None,
    Aborted,
    /// A side was printed when it gave up.
    Torn,
    Refilled,
    NeverRefilled,
    Paused,
    Unreachable,
    /// It was dead at its work and comes back as if nothing had been.
    Dies,
}

/// The last thing our process did before it was killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    NumberReserved,
    /// The card's pages are stored; no attempt is.
    Rendered,
    Attempted,
    JobNoted,
    DocumentSent,
    Ended,
}

const MOMENTS: [Moment; 6] = [
    Moment::NumberReserved,
    Moment::Rendered,
    Moment::Attempted,
    Moment::JobNoted,
    Moment::DocumentSent,
    Moment::Ended,
];

impl Trouble {
    /// Orders the printer into it.
    fn befall(self, printer: &mut CardPrinter) {
        match self {
            Trouble::None => printer.order("good"),
            Trouble::Aborted => printer.order("fails"),
            Trouble::Torn => printer.order("torn"),
            Trouble::Refilled | Trouble::NeverRefilled => printer.order("media_empty"),
            Trouble::Paused => printer.order("paused"),
            Trouble::Unreachable | Trouble::Dies => printer.order("power_off"),
        }
    }
}

impl Moment {
    /// Which commit after the clerk's act is the last; `None` where the killer comes from outside.
    fn commit(self) -> Option<u32> {
        match self {
            Moment::NumberReserved | Moment::Rendered => Some(1),
            Moment::Attempted => Some(3),
            Moment::JobNoted => Some(4),
            Moment::DocumentSent => None,
            Moment::Ended => Some(5),
        }
    }

    /// The step the case stands at before.
    fn step(self) -> &'static str {
        match self {
            Moment::NumberReserved => "numbering",
            Moment::Rendered | Moment::Attempted | Moment::JobNoted | Moment::DocumentSent | Moment::Ended => {
                "printing"
            }
        }
    }

    /// The fact that stands last in the ledger afterwards.
    fn tag(self) -> &'static str {
        match self {
            Moment::NumberReserved | Moment::Rendered => "number_reserved",
            Moment::Attempted => "print_attempted",
            Moment::JobNoted | Moment::DocumentSent => "job_submitted",
            Moment::Ended => "print_ended",
        }
    }
}

#[test]
fn killed_before_a_good_printer() {
    each_moment(Trouble::None);
}

#[test]
fn killed_before_a_printer_that_gives_up() {
    each_moment(Trouble::Aborted);
}

#[test]
fn killed_before_a_printer_that_tears_a_card() {
    each_moment(Trouble::Torn);
}

#[test]
fn killed_before_a_printer_that_is_out_of_cards_and_is_refilled() {
    each_moment(Trouble::Refilled);
}

#[test]
fn killed_before_a_printer_that_is_out_of_cards_and_is_never_refilled() {
    each_moment(Trouble::NeverRefilled);
}

#[test]
fn killed_before_a_printer_that_is_paused() {
    each_moment(Trouble::Paused);
}

#[test]
fn killed_before_a_printer_that_cannot_be_reached() {
    each_moment(Trouble::Unreachable);
}

#[test]
fn killed_before_a_printer_that_dies_at_its_work() {
    each_moment(Trouble::Dies);
}

/// The number was taken before a printer that could; the one that prints prints one side only. It opens no job, so no document is
/// ever under way.
#[test]
fn killed_before_a_printer_that_cannot_do_what_is_asked() {
    for (last, tag) in [(1, "number_reserved"), (3, "print_attempted"), (4, "print_ended")] {
        let told = format!("one-sided, killed after {tag}");
        let bench = Bench::new();
        let counter = with_blanks(&bench);
        counter.walk_to("printing");
        let case = counter.case().case;
        drop(counter);
        let one_sided = CardPrinter::start(&bench.path().join("one-sided"), Some("duplex"));
        let folder = bench.path().join("queue/card").display().to_string();
        let bench = bench.rewired(&folder, &one_sided.uri);
        let mut run = Command::new(env!("CARGO_BIN_EXE_mortal-print"));
        let mut run = run.arg(&bench.station).arg(&case).arg(last.to_string()).spawn().unwrap();
        assert_eq!(run.wait().unwrap().signal(), Some(9), "{told}");
        assert_eq!(Aftermath::of(bench.path()).tags(&case.parse().unwrap()).last(), Some(&tag), "{told}");
        assert_eq!(one_sided.cards(), [""; 0], "{told}");

        let mut printer = CardPrinter::start(&bench.path().join("printer"), None);
        let bench = bench.rewired(&one_sided.uri, &printer.uri);
        let counter = bench.counter();
        counter.ask(Request::ResumeCase { case }).unwrap();
        let mut clerk = Clerk { counter: &counter, printer: &mut printer, trouble: Trouble::None, mended: false };
        clerk.bring_to_delivery(&told);
        drop(counter);
        assert_whole(&bench, &printer, Trouble::None, &told);
    }
}

fn each_moment(trouble: Trouble) {
    for moment in MOMENTS {
        killed_at(trouble, moment);
    }
}

fn killed_at(trouble: Trouble, moment: Moment) {
    let told = format!("{trouble:?}, killed at {moment:?}");
    let bench = Bench::new();
    let mut printer = CardPrinter::start(&bench.path().join("printer"), None);
    let folder = format!("card = \"{}\"", bench.path().join("queue/card").display());
    let bench = bench.rewired(&folder, &format!("card = \"{}\"\ncard_wait_s = {WAIT}", printer.uri));
    let counter = with_blanks(&bench);
    counter.walk_to(moment.step());
    let case = counter.case().case;
    drop(counter);

    print_and_die(&bench, &mut printer, trouble, moment, &case);
    assert_eq!(Aftermath::of(bench.path()).tags(&case.parse().unwrap()).last(), Some(&moment.tag()), "{told}");

    let counter = bench.counter();
    counter.ask(Request::ResumeCase { case }).unwrap();
    Clerk { counter: &counter, printer: &mut printer, trouble, mended: false }.bring_to_delivery(&told);
    drop(counter);
    assert_whole(&bench, &printer, trouble, &told);
}

/// A station with an open case and its blanks booked in.
fn with_blanks(bench: &Bench) -> Counter {
    let counter = bench.with_case();
    let source = "样例县老龄办".to_owned();
    counter.ask(Request::ReceiveBlanks { first: String::new(), last: String::new(), count: BLANKS, source }).unwrap();
    counter
}

/// Our process takes the act and is killed at the moment; the printer is in its trouble as soon as that can be.
fn print_and_die(bench: &Bench, printer: &mut CardPrinter, trouble: Trouble, moment: Moment, case: &str) {
    let with_document = matches!(moment, Moment::DocumentSent | Moment::Ended);
    if with_document {
        // A trouble at work: the engine is held until the document is there.
        printer.order("slow");
    }
    let mut run = Command::new(env!("CARGO_BIN_EXE_mortal-print"));
    run.arg(&bench.station).arg(case).args(moment.commit().map(|n| n.to_string()));
    let mut run = run.spawn().unwrap();
    if with_document {
        printer.await_document(&format!("{case}-P1"));
    }
    if moment == Moment::DocumentSent {
        run.kill().unwrap();
        assert_killed(&mut run, trouble, moment);
        trouble.befall(printer);
    } else if with_document {
        trouble.befall(printer);
        if trouble == Trouble::Refilled {
            printer.order("good");
        }
        assert_killed(&mut run, trouble, moment);
    } else {
        assert_killed(&mut run, trouble, moment);
        trouble.befall(printer);
    }
}

fn assert_killed(run: &mut Child, trouble: Trouble, moment: Moment) {
    let ended = run.wait().unwrap();
    assert_eq!(ended.signal(), Some(9), "{trouble:?}, {moment:?}: it ended by itself");
}

/// Who stands at the counter after the power came back: does what the screen asks, and believes the tray.
struct Clerk<'a> {
    counter: &'a Counter,
    printer: &'a mut CardPrinter,
    trouble: Trouble,
    mended: bool,
}

impl Clerk<'_> {
    fn bring_to_delivery(&mut self, told: &str) {
        for _ in 0..MOST_ACTS {
            let (view, state) = self.counter.wait(told, |view| {
                let Screen::Case(case) = &view.screen else { return None };
                let StepBody::Printing { state, words, .. } = &case.body else { return Some((view.clone(), None)) };
                if *state != PrintState::Printing || view.trouble.is_some() {
                    return Some((view.clone(), Some(*state)));
                }
                // Whoever reads on the screen what the printer lacks can put it in.
                let told_of_it = words.contains("缺空白证") && self.trouble == Trouble::Refilled;
                (told_of_it && !self.mended).then(|| (view.clone(), Some(PrintState::Printing)))
            });
            if view.trouble.is_some() {
                self.ask(Request::Understood, told);
                continue;
            }
            let Screen::Case(case) = &view.screen else { unreachable!("only a case is waited for") };
            match state {
                None if case.at == "delivery" => return,
                None if case.at == "numbering" => {
                    self.mend();
                    self.reserve(told);
                }
                None => panic!("{told}: the case stands at {}", case.at),
                Some(state) => self.answer(&view, state, told),
            }
        }
        panic!("{told}: the clerk goes round in circles: {:#?}", self.counter.case().body);
    }

    fn answer(&mut self, view: &View, state: PrintState, told: &str) {
        let Screen::Case(case) = &view.screen else { unreachable!("only a case is waited for") };
        let attempts = self.printer.cards();
        let good = attempts.iter().any(|card| card.ends_with(".pdf"));
        let torn = attempts.iter().any(|card| card.ends_with(".torn"));
        match state {
            PrintState::Ready => self.ask(Request::PrintCard { reprint: None }, told),
            PrintState::Printing => self.mend(),
            PrintState::AskPerson => {
                assert!(good, "{told}: it claims a card, and there is {attempts:?}: {:#?}", case.body);
                self.ask(Request::ConfirmCard, told);
            }
            // A job that may still be in the printer is ended before the tray is believed.
            PrintState::Unknown if !good && !torn && !self.mended => self.mend(),
            PrintState::Unknown if good => self.ask(Request::ConfirmCard, told),
            PrintState::Unknown if torn => self.ask(Request::SpoilCard { cause: "只印了一面".to_owned() }, told),
            PrintState::Unknown => self.ask(Request::NothingCameOut { seen: "出卡口没有卡".to_owned() }, told),
            PrintState::Failed | PrintState::Spoiled => {
                assert!(
                    !good && (!torn || state == PrintState::Spoiled),
                    "{told}: {state:?}, and there is {attempts:?}"
                );
                self.mend();
                let refused = self.counter.ask(Request::PrintCard { reprint: None }).unwrap_err();
                assert_eq!(refused.code, "printing.correct", "{told}: a second print without a reason");
                self.ask(Request::PrintCard { reprint: Some("上一次没有印好".to_owned()) }, told);
            }
            PrintState::Made => panic!("{told}: made without a person's word"),
        }
    }

    /// The printer is put right: refilled, or switched off and on.
    fn mend(&mut self) {
        if !self.mended {
            self.mended = true;
            if self.trouble != Trouble::Refilled {
                self.printer.order("power_off");
            }
            self.printer.order("good");
            if self.trouble != Trouble::Refilled {
                self.printer.order("power_on");
            }
        }
    }

    /// The printer is looked at every few seconds; until it was, the number is refused with what is the matter.
    fn reserve(&self, told: &str) {
        self.counter.wait(told, |_| self.counter.ask(Request::ReserveNumber).ok());
    }

    fn ask(&self, request: Request, told: &str) {
        let asked = format!("{request:?}");
        self.counter.ask(request).unwrap_or_else(|fault| panic!("{told}: {asked}: {fault:#?}"));
    }
}

/// What the ledger claims against what lies in the tray.
fn assert_whole(bench: &Bench, printer: &CardPrinter, trouble: Trouble, told: &str) {
    let left = Aftermath::of(bench.path());
    assert_eq!(left.report().problems, Vec::<String>::new(), "{told}");
    let case = left.only_case();
    let attempts = left.attempts(&case);
    let out = printer.cards();
    let made: Vec<&String> = out.iter().filter(|card| card.ends_with(".pdf")).collect();
    let torn = out.len() - made.len();
    for (place, (attempt, reprint)) in attempts.iter().enumerate() {
        assert_eq!(place > 0, reprint.is_some(), "{told}: {attempt} and {reprint:?}");
    }
    for card in &out {
        let job = card.split_once('.').unwrap().0;
        assert!(attempts.iter().any(|(attempt, _)| attempt == job), "{told}: {card} belongs to no attempt");
    }
    // The clerk looks before printing again: one good card, whatever happened.
    assert_eq!(made.len(), 1, "{told}: {out:?}");
    assert!(torn == 0 || trouble == Trouble::Torn, "{told}: {out:?}");
    let mut spoiled = 0;
    for recorded in left.facts(&case) {
        if let Fact::CardConfirmed { attempt, .. } = &recorded.fact {
            assert_eq!(made[0], &format!("{attempt}.pdf"), "{told}");
        } else if let Fact::PrintEnded { attempt, outcome: PrintOutcome::DeviceConfirmed } = &recorded.fact {
            assert!(made.contains(&&format!("{attempt}.pdf")), "{told}: {attempt} is claimed, out came {out:?}");
        } else if let Fact::CardSpoiled { .. } = &recorded.fact {
            spoiled += 1;
        }
    }
    assert_eq!(spoiled, torn, "{told}: {out:?}");
    let [numbers] = left.ledger.numbers_balance().unwrap().try_into().unwrap();
    assert!(numbers.is_sound(), "{told}: {numbers:?}");
    let blanks = left.ledger.blanks_balance().unwrap().unwrap();
    assert!(blanks.is_sound(), "{told}: {blanks:?}");
    let touched = u32::try_from(out.len()).unwrap();
    assert_eq!((blanks.received, blanks.on_hand), (BLANKS, BLANKS - touched), "{told}: {blanks:?}, out came {out:?}");
}
