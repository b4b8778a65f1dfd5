//! The driver alone before the printer: every fault of print.md 3.2 is told apart, and nothing is claimed that was not done.

use std::time::Duration;

use devices::printer::{Confidence, JobId, JobSeen, PrinterFault, PrinterState, Queue, QueueAddress, Sheet};
use journeys::card_printer::CardPrinter;
use tempfile::TempDir;

const PDF: &[u8] = b"%PDF-1.7 a card";

/// Looks at a job that are made before a test gives up on it; no test asserts a time.
const MOST_LOOKS: u32 = 1500;

fn card() -> Sheet {
    Sheet::of_mm(85.6, 54.0, 2)
}

struct Bench {
    printer: CardPrinter,
    queue: Queue,
    _folder: TempDir,
}

impl Bench {
    fn new() -> Bench {
        Self::lacking(None)
    }

    fn lacking(lacks: Option<&str>) -> Bench {
        let folder = journeys::outputs::folder();
        let printer = CardPrinter::start(folder.path(), lacks);
        let queue = Queue::of(&QueueAddress::parse(&printer.uri).unwrap());
        Bench { printer, queue, _folder: folder }
    }

    fn sent(&mut self, name: &str) -> JobId {
        let job = self.queue.open_job(name, card()).unwrap();
        self.queue.send(name, &job, PDF).unwrap();
        job
    }

    /// How the job stands as soon as it stands otherwise than `not`.
    fn until(&self, name: &str, job: &JobId, is: impl Fn(&JobSeen) -> bool) -> JobSeen {
        let mut seen = self.queue.ask(name, job);
        for _ in 0..MOST_LOOKS {
            if is(&seen) {
                return seen;
            }
            std::thread::sleep(Duration::from_millis(20));
            seen = self.queue.ask(name, job);
        }
        panic!("{name} still stands as {seen:?}");
    }
}

#[test]
fn a_good_card_is_vouched_for_by_the_device_and_lies_in_the_tray_under_the_attempt_s_name() {
    let mut bench = Bench::new();
    assert_eq!(bench.queue.look(card()).unwrap(), PrinterState::Ready);
    let job = bench.sent("attempt-1");
    let seen = bench.until("attempt-1", &job, JobSeen::is_over);
    assert_eq!(seen, JobSeen::Done { by: Confidence::Device });
    assert_eq!(bench.printer.cards(), ["attempt-1.pdf"]);
    assert_eq!(std::fs::read(bench.printer.tray.join("attempt-1.pdf")).unwrap(), PDF);
    assert_eq!(bench.queue.find("attempt-1"), Some((job, JobSeen::Done { by: Confidence::Device })));
    assert_eq!(bench.queue.find("attempt-2"), None);
}

#[test]
fn a_job_without_its_document_waits_is_found_by_name_and_can_be_stopped() {
    let bench = Bench::new();
    let job = bench.queue.open_job("attempt-1", card()).unwrap();
    assert_eq!(bench.queue.find("attempt-1"), Some((job.clone(), JobSeen::Waiting)));
    let again = bench.queue.open_job("attempt-1", card()).unwrap_err();
    assert!(matches!(again, PrinterFault::AlreadySubmitted { .. }), "{again:?}");
    assert!(bench.queue.stop("attempt-1", &job).is_over());
    assert_eq!(bench.printer.cards(), [""; 0]);
}

#[test]
fn a_job_that_the_engine_gives_up_is_aborted_and_no_card_is_claimed() {
    let mut bench = Bench::new();
    bench.printer.order("fails");
    let job = bench.sent("attempt-1");
    let seen = bench.until("attempt-1", &job, JobSeen::is_over);
    assert!(matches!(seen, JobSeen::Aborted { .. }), "{seen:?}");
    assert_eq!(bench.printer.cards(), [""; 0]);
}

#[test]
fn a_job_that_ends_after_a_side_was_printed_is_broken_and_not_just_aborted() {
    let mut bench = Bench::new();
    bench.printer.order("torn");
    let job = bench.sent("attempt-1");
    assert_eq!(bench.until("attempt-1", &job, JobSeen::is_over), JobSeen::Broken);
}

#[test]
fn an_empty_printer_says_so_before_a_job_and_during_one_and_goes_on_when_it_is_refilled() {
    let mut bench = Bench::new();
    for (order, state) in [
        ("media_empty", PrinterState::MediaEmpty),
        ("media_jam", PrinterState::MediaJam),
        ("cover_open", PrinterState::CoverOpen),
        ("paused", PrinterState::Paused),
        ("good", PrinterState::Ready),
    ] {
        bench.printer.order(order);
        assert_eq!(bench.queue.look(card()).unwrap(), state, "{order}");
    }
    bench.printer.order("slow");
    let job = bench.sent("attempt-1");
    bench.until("attempt-1", &job, |seen| *seen == JobSeen::UnderWay { hindrance: None });
    bench.printer.order("media_empty");
    let hindrance = Some(PrinterState::MediaEmpty);
    bench.until("attempt-1", &job, |seen| *seen == JobSeen::UnderWay { hindrance });
    bench.printer.order("good");
    assert_eq!(bench.until("attempt-1", &job, JobSeen::is_over), JobSeen::Done { by: Confidence::Device });
    assert_eq!(bench.printer.cards(), ["attempt-1.pdf"]);
}

#[test]
fn a_printer_that_goes_on_after_a_cancel_is_not_believed_to_have_stopped() {
    let mut bench = Bench::new();
    bench.printer.order("slow");
    let job = bench.sent("case-1-1");
    assert!(!bench.queue.stop("case-1-1", &job).is_over(), "its engine is at it");
    let fault = bench.queue.stop_all_of("case-1-").unwrap_err();
    assert_eq!(fault.code(), "still_there");
    bench.queue.stop_all_of("case-2-").unwrap();
}

#[test]
fn nobody_at_the_address_is_offline_and_certainly_took_nothing() {
    let mut bench = Bench::new();
    let job = bench.queue.open_job("attempt-1", card()).unwrap();
    bench.printer.order("power_off");
    assert_eq!(bench.queue.look(card()).unwrap(), PrinterState::Offline);
    assert_eq!(bench.queue.open_job("attempt-2", card()).unwrap_err().code(), "unreachable");
    assert_eq!(bench.queue.send("attempt-1", &job, PDF).unwrap_err().code(), "unreachable");
    assert_eq!(bench.queue.ask("attempt-1", &job), JobSeen::NoAnswer);
    bench.printer.order("power_on");
    assert_eq!(bench.queue.ask("attempt-1", &job), JobSeen::Gone, "it has forgotten its jobs");
    // Its numbers begin anew: the number alone is another job now.
    let other = bench.sent("attempt-3");
    assert_eq!(other, job);
    assert_eq!(bench.queue.ask("attempt-1", &job), JobSeen::Gone);
}

#[test]
fn a_printer_that_cannot_do_what_is_asked_refuses_and_is_known_beforehand_where_it_says_so() {
    let bench = Bench::lacking(Some("duplex"));
    assert_eq!(bench.queue.look(card()).unwrap(), PrinterState::OneSided);
    let refused = bench.queue.open_job("attempt-1", card()).unwrap_err();
    let PrinterFault::Refused { unsupported, .. } = &refused else { panic!("{refused:?}") };
    assert_eq!(unsupported, &["sides"]);
    assert_eq!(Bench::lacking(Some("exact-scale")).queue.look(card()).unwrap(), PrinterState::Scales);
    let paper = Bench::lacking(Some("cards"));
    assert_eq!(paper.queue.look(card()).unwrap(), PrinterState::WrongMedia);
    assert_eq!(paper.queue.open_job("attempt-1", card()).unwrap_err().code(), "no_medium");
}
