//! A card printer that speaks IPP, or a CUPS queue before one (RFC 8011, PWG 5100.3; measured in print.md 3).
//!
//! A job is opened with Create-Job, which gives its id before a byte of the document is sent. The job's name is the print
//! attempt's, and a printer that was switched off counts its ids from 1 again, so an id is believed only with the name.

use std::{
    io::{self, Cursor},
    time::Duration,
};

use ipp::{parser::IppParseError, prelude::*};

use super::{
    IppAddress, JobId, PrinterFault, PrinterState, answers,
    seen::{JobSeen, Sheet},
};

/// How long one request may take. A printer that takes longer has not answered.
const PATIENCE: Duration = Duration::from_secs(15);
/// Finished jobs that are looked through for a name, newest first.
const FINISHED: i32 = 200;
const USER: &str = "youdai";

/// A queue that is asked over HTTP, one request after the other.
#[derive(Debug)]
pub struct IppQueue {
    address: IppAddress,
}

impl IppQueue {
    pub fn new(address: IppAddress) -> IppQueue {
        IppQueue { address }
    }

    pub(super) fn look(&self, sheet: Sheet) -> Result<PrinterState, PrinterFault> {
        let answer = self.printer()?;
        let printer = answers::printer(&answer)?;
        if printer.state != PrinterState::Ready {
            return Ok(printer.state);
        }
        Ok(match printer.medium(sheet) {
            Some(_) if sheet.sides > 1 && printer.one_sided => PrinterState::OneSided,
            Some(_) if printer.scales => PrinterState::Scales,
            Some(_) => PrinterState::Ready,
            None => PrinterState::WrongMedia,
        })
    }

    pub(super) fn open_job(&self, name: &str, sheet: Sheet) -> Result<JobId, PrinterFault> {
        if let Some((job, _)) = self.find(name)? {
            return Err(PrinterFault::AlreadySubmitted { job });
        }
        let printer = self.printer()?;
        let printer = answers::printer(&printer)?;
        let medium = printer.medium(sheet).ok_or(PrinterFault::NoMedium)?;
        let mut request = self.request(Operation::CreateJob)?;
        operation(&mut request, "job-name", IppValue::new_name_without_language(name)?)?;
        // A printer that cannot do all of this refuses, instead of printing something else.
        operation(&mut request, "ipp-attribute-fidelity", IppValue::Boolean(true))?;
        let turned = if sheet.is_landscape() && medium.x < medium.y { 4 } else { 3 };
        let sides = match (sheet.sides, turned) {
            (..=1, _) => "one-sided",
            // A card is turned over like the page of a book, about its short edge when it lies on its side.
            (_, 4) => "two-sided-short-edge",
            (_, _) => "two-sided-long-edge",
        };
        let wishes = [
            ("copies", IppValue::Integer(1)),
            ("sides", IppValue::new_keyword(sides)?),
            ("print-scaling", IppValue::new_keyword("none")?),
            ("orientation-requested", IppValue::Enum(turned)),
            ("media-col", medium.collection()?),
        ];
        for (wish, value) in wishes {
            request.attributes_mut().add(DelimiterTag::JobAttributes, IppAttribute::with_name(wish, value)?);
        }
        let answer = self.call(request)?;
        let id = answers::job_number(&answer).ok_or(PrinterFault::Unreadable { what: "job-id" })?;
        Ok(JobId(id.to_string()))
    }

    pub(super) fn send(&self, job: &JobId, pdf: &[u8]) -> Result<(), PrinterFault> {
        let mut request = self.about(Operation::SendDocument, job)?;
        operation(&mut request, "document-format", IppValue::new_mime_media_type("application/pdf")?)?;
        operation(&mut request, "last-document", IppValue::Boolean(true))?;
        *request.payload_mut() = IppPayload::new(Cursor::new(pdf.to_vec()));
        self.call(request).map(drop)
    }

    pub(super) fn ask(&self, name: &str, job: &JobId) -> JobSeen {
        match self.about(Operation::GetJobAttributes, job).and_then(|request| self.call(request)) {
            Ok(answer) => match answers::jobs(&answer).into_iter().next() {
                Some(told) if told.name == name => self.seen(&told),
                // Another job has the number now: the printer was off and counts anew.
                Some(_) | None => JobSeen::Gone,
            },
            Err(PrinterFault::NotFound) => JobSeen::Gone,
            Err(fault) => {
                tracing::warn!(cause = %fault, "the printer does not say how a job stands");
                JobSeen::NoAnswer
            }
        }
    }

    pub(super) fn find(&self, name: &str) -> Result<Option<(JobId, JobSeen)>, PrinterFault> {
        let told = [self.jobs("not-completed")?, self.jobs("completed")?].concat();
        let found = told.into_iter().find(|job| job.name == name);
        Ok(found.map(|told| (JobId(told.number.to_string()), self.seen(&told))))
    }

    /// Cancels, and asks once more: a job may have ended in the meantime, and a printer may say yes and go on.
    pub(super) fn stop(&self, name: &str, job: &JobId) -> JobSeen {
        let before = self.ask(name, job);
        if before.is_over() {
            return before;
        }
        if let Err(fault) = self.about(Operation::CancelJob, job).and_then(|request| self.call(request)) {
            tracing::warn!(cause = %fault, "a print job could not be cancelled");
        }
        self.ask(name, job)
    }

    pub(super) fn stop_all_of(&self, prefix: &str) -> Result<(), PrinterFault> {
        for told in self.jobs("not-completed")?.into_iter().filter(|told| told.name.starts_with(prefix)) {
            let job = JobId(told.number.to_string());
            if !self.stop(&told.name, &job).is_over() {
                return Err(PrinterFault::StillThere { job });
            }
        }
        Ok(())
    }

    fn seen(&self, told: &answers::Job) -> JobSeen {
        told.seen(self.address.is_spooler_path(), || {
            self.printer().ok().and_then(|answer| answers::printer(&answer).ok())
        })
    }

    fn jobs(&self, which: &str) -> Result<Vec<answers::Job>, PrinterFault> {
        let mut request = self.request(Operation::GetJobs)?;
        operation(&mut request, "which-jobs", IppValue::new_keyword(which)?)?;
        operation(&mut request, "limit", IppValue::Integer(FINISHED))?;
        operation(&mut request, "requested-attributes", wanted(answers::OF_A_JOB)?)?;
        Ok(answers::jobs(&self.call(request)?))
    }

    fn printer(&self) -> Result<IppRequestResponse, PrinterFault> {
        let mut request = self.request(Operation::GetPrinterAttributes)?;
        operation(&mut request, "requested-attributes", wanted(answers::OF_A_PRINTER)?)?;
        self.call(request)
    }

    fn about(&self, verb: Operation, job: &JobId) -> Result<IppRequestResponse, PrinterFault> {
        let number: i32 = job.as_str().parse().map_err(|_| PrinterFault::NotFound)?;
        let mut request = self.request(verb)?;
        operation(&mut request, "job-id", IppValue::Integer(number))?;
        Ok(request)
    }

    fn request(&self, verb: Operation) -> Result<IppRequestResponse, PrinterFault> {
        let mut request = IppRequestResponse::new(IppVersion::v2_0(), verb, Some(self.address.uri()))?;
        operation(&mut request, "requesting-user-name", IppValue::new_name_without_language(USER)?)?;
        Ok(request)
    }

    fn call(&self, request: IppRequestResponse) -> Result<IppRequestResponse, PrinterFault> {
        let client = IppClient::builder(self.address.uri()).request_timeout(PATIENCE).build();
        let answer = client.send(request).map_err(not_answered)?;
        let status = answer.header().status_code();
        if status.is_success() {
            Ok(answer)
        } else if matches!(status, StatusCode::ClientErrorNotFound | StatusCode::ClientErrorGone) {
            Err(PrinterFault::NotFound)
        } else {
            Err(PrinterFault::Refused { status: status.to_string(), unsupported: answers::unsupported(&answer) })
        }
    }
}

impl From<IppParseError> for PrinterFault {
    fn from(source: IppParseError) -> PrinterFault {
        PrinterFault::Writing { source: Box::new(source) }
    }
}

/// Nobody at the address is certain: nothing was said to anybody. Any other silence is not.
fn not_answered(error: IppError) -> PrinterFault {
    use io::ErrorKind::{ConnectionRefused, HostUnreachable, NetworkUnreachable};
    let source = if let IppError::ClientError(error) = error { error.into_io() } else { io::Error::other(error) };
    let nobody = [ConnectionRefused, HostUnreachable, NetworkUnreachable].contains(&source.kind());
    let source = Box::new(source);
    if nobody { PrinterFault::Unreachable { source } } else { PrinterFault::NoAnswer { source } }
}

fn operation(request: &mut IppRequestResponse, name: &str, value: IppValue) -> Result<(), PrinterFault> {
    request.attributes_mut().add(DelimiterTag::OperationAttributes, IppAttribute::with_name(name, value)?);
    Ok(())
}

fn wanted(names: &[&str]) -> Result<IppValue, PrinterFault> {
    let names: Result<Vec<_>, _> = names.iter().map(|name| IppValue::new_keyword(*name)).collect();
    Ok(IppValue::Array(names?))
}
