//! The station's two print queues: one for cards, of which each byte counts, and one for papers.

use std::path::Path;

use casework::nouns::{AttemptId, CaseId, PrintOutcome};
use devices::printer::{FolderQueue, JobId, JobSeen, PrinterFault, PrinterState, Queue, QueueAddress, Sheet};

use crate::desk::{Effect, Input};

/// The queues, each asked one thing after the other.
pub struct Printers {
    card: Queue,
    paper: FolderQueue,
}

impl Printers {
    pub fn new(card: &QueueAddress, paper: &Path) -> Printers {
        Printers { card: Queue::of(card), paper: FolderQueue::new(paper) }
    }

    /// Does one effect and says what came of it, in order.
    pub fn carry_out(&mut self, effect: Effect) -> Vec<Input> {
        match effect {
            Effect::PrintCard { case, attempt, sheet } => vec![self.open_job(case, attempt, sheet)],
            Effect::SendCard { case, attempt, job, pdf } => vec![self.send(case, attempt, job, &pdf)],
            Effect::AskJob { case, attempt, job } => {
                let seen = self.card.ask(attempt.as_str(), &JobId::recorded(&job));
                vec![Input::JobSeen { case, attempt, job, seen }]
            }
            Effect::StopJob { case, attempt, job } => {
                let seen = self.card.stop(attempt.as_str(), &JobId::recorded(&job));
                vec![Input::JobStopped { case, attempt, seen }]
            }
            Effect::PrintSheet { job, sheet, pdf } => {
                let outcome = self.send_sheet(&job, sheet, &pdf).map_err(|unprinted| unprinted.words());
                vec![Input::SheetSent { job, outcome }]
            }
            Effect::LookAtPrinter { sheet } => vec![Input::PrinterSeen(self.card.look(sheet))],
            Effect::PrintPaper { job, pdf } => {
                let outcome = match submit(&mut self.paper, &job, &pdf) {
                    // A list is asked for again after a restart; the one that lies there already is the same one.
                    Ok(()) | Err(Unprinted::Fault(PrinterFault::AlreadySubmitted { .. })) => Ok(()),
                    Err(unprinted) => Err(unprinted.words()),
                };
                vec![Input::PaperPrinted { job, outcome }]
            }
            Effect::FindJob { case, attempt, submitted } => vec![self.find(case, attempt, submitted)],
            Effect::ProbeReader
            | Effect::ReadCard
            | Effect::CancelRead
            | Effect::LookAtDisk { .. }
            | Effect::Stick(_)
            | Effect::Send(_)
            | Effect::FetchResults { .. }
            | Effect::TellResult { .. } => Vec::new(),
        }
    }

    /// Nothing is opened before a printer that is ready, nor while an earlier job of the same case may still print.
    fn open_job(&self, case: CaseId, attempt: AttemptId, sheet: Sheet) -> Input {
        let opened = self
            .card
            .stop_all_of(&format!("{case}-P"))
            .and_then(|()| self.card.look(sheet))
            .map_err(Unprinted::Fault)
            .and_then(ready)
            .and_then(|()| self.card.open_job(attempt.as_str(), sheet).map_err(Unprinted::Fault));
        match opened {
            Ok(job) => Input::JobTaken { case, attempt, job: job.as_str().to_owned() },
            Err(unprinted) => Input::JobEnded { case, attempt, outcome: unprinted.outcome() },
        }
    }

    fn send_sheet(&mut self, name: &str, sheet: Sheet, pdf: &[u8]) -> Result<(), Unprinted> {
        self.card.look(sheet).map_err(Unprinted::Fault).and_then(ready)?;
        let job = self.card.open_job(name, sheet).map_err(Unprinted::Fault)?;
        self.card.send(name, &job, pdf).map_err(Unprinted::Fault)
    }

    fn send(&mut self, case: CaseId, attempt: AttemptId, job: String, pdf: &[u8]) -> Input {
        let id = JobId::recorded(&job);
        match self.card.send(attempt.as_str(), &id, pdf) {
            // Without an answer the card may have arrived whole: the queue is asked, and not sent it again.
            Ok(()) | Err(PrinterFault::NoAnswer { .. }) => {
                let seen = self.card.ask(attempt.as_str(), &id);
                Input::JobSeen { case, attempt, job, seen }
            }
            Err(fault) => Input::JobEnded { case, attempt, outcome: Unprinted::Fault(fault).outcome() },
        }
    }

    /// After a restart. A job whose id is not on record was sent no byte of a card; any other may have made one.
    fn find(&self, case: CaseId, attempt: AttemptId, submitted: bool) -> Input {
        let outcome = match (submitted, self.card.find(attempt.as_str())) {
            (true, Some((job, seen))) if seen != JobSeen::Waiting => {
                return Input::JobSeen { case, attempt, job: job.as_str().to_owned(), seen };
            }
            (true, Some((job, _))) => {
                self.card.stop(attempt.as_str(), &job);
                PrintOutcome::Unknown
            }
            (false, Some((job, JobSeen::Waiting))) => {
                self.card.stop(attempt.as_str(), &job);
                unsent()
            }
            (false, None) => unsent(),
            (false, Some(_)) | (true, None) => PrintOutcome::Unknown,
        };
        Input::JobFound { case, attempt, outcome }
    }
}

fn unsent() -> PrintOutcome {
    PrintOutcome::Failed { reason: "程序停下的时候，这张卡还没有送到打印机。".to_owned() }
}

/// Why a sheet was not sent: the printer is not ready, or the queue refused it.
enum Unprinted {
    NotReady(PrinterState),
    Fault(PrinterFault),
}

impl Unprinted {
    fn words(&self) -> String {
        let told = |state: PrinterState| format!("{}{}", state.words().happened, state.words().remedy);
        match self {
            Unprinted::NotReady(state) => told(*state),
            Unprinted::Fault(PrinterFault::Unreachable { .. } | PrinterFault::NoAnswer { .. }) => {
                told(PrinterState::Offline)
            }
            Unprinted::Fault(PrinterFault::NoMedium) => told(PrinterState::WrongMedia),
            Unprinted::Fault(PrinterFault::Refused { unsupported, .. }) => {
                format!("打印机不肯这样打（{}）。请技术人员检查打印机设置。", unsupported.join("、"))
            }
            Unprinted::Fault(PrinterFault::StillThere { .. }) => {
                "打印机里还有上一张没有停下来。请关掉打印机电源再打开，看清出卡口，然后再打。".to_owned()
            }
            Unprinted::Fault(fault) => crate::fault::chain(fault),
        }
    }

    /// A name that the queue knows was used before: it may have made a card.
    fn outcome(&self) -> PrintOutcome {
        match self {
            Unprinted::Fault(PrinterFault::AlreadySubmitted { .. }) => PrintOutcome::Unknown,
            Unprinted::NotReady(_) | Unprinted::Fault(_) => PrintOutcome::Failed { reason: self.words() },
        }
    }
}

fn ready(state: PrinterState) -> Result<(), Unprinted> {
    if state == PrinterState::Ready { Ok(()) } else { Err(Unprinted::NotReady(state)) }
}

fn submit(queue: &mut FolderQueue, job: &str, pdf: &[u8]) -> Result<(), Unprinted> {
    queue.preflight().map_err(Unprinted::Fault).and_then(ready)?;
    queue.submit(job, pdf).map(drop).map_err(Unprinted::Fault)
}
