//! One print queue of a station, whatever it is: the six things that can be asked of it.

use super::{
    FolderQueue, JobId, JobState, PrinterFault, PrinterState, QueueAddress,
    ipp_queue::IppQueue,
    job_id,
    seen::{Confidence, JobSeen, Sheet},
};

/// A queue that takes jobs in two strokes: a job is opened under a name, which gives its id; then its document is sent.
/// Whoever writes the id down in between knows after a power cut what to ask for.
#[derive(Debug)]
pub enum Queue {
    Folder(FolderQueue),
    Ipp(IppQueue),
}

impl Queue {
    pub fn of(address: &QueueAddress) -> Queue {
        match address {
            QueueAddress::Folder(folder) => Queue::Folder(FolderQueue::new(folder)),
            QueueAddress::Ipp(address) => Queue::Ipp(IppQueue::new(address.clone())),
        }
    }

    /// What the printer says of itself, and whether it holds the sheet that is wanted. A printer that cannot be reached is
    /// [`PrinterState::Offline`].
    ///
    /// # Errors
    /// When what it says cannot be understood, or the folder is missing.
    pub fn look(&self, sheet: Sheet) -> Result<PrinterState, PrinterFault> {
        match self {
            Queue::Folder(queue) => queue.preflight(),
            Queue::Ipp(queue) => match queue.look(sheet) {
                Err(PrinterFault::Unreachable { .. } | PrinterFault::NoAnswer { .. }) => Ok(PrinterState::Offline),
                looked => looked,
            },
        }
    }

    /// Opens a job of this name. No byte of a document has been sent when this returns, whatever it returns.
    ///
    /// # Errors
    /// When the queue holds a job of this name, refuses what is asked of it, or does not answer.
    pub fn open_job(&self, name: &str, sheet: Sheet) -> Result<JobId, PrinterFault> {
        let job = job_id(name)?;
        match self {
            Queue::Folder(queue) => match queue.state(&job) {
                JobState::Spooled => Err(PrinterFault::AlreadySubmitted { job }),
                JobState::Unknown => Ok(job),
            },
            Queue::Ipp(queue) => queue.open_job(name, sheet),
        }
    }

    /// Sends the document of a job that was opened.
    ///
    /// # Errors
    /// Only [`PrinterFault::NoAnswer`] leaves open whether the document has arrived; every other fault says that it did
    /// not.
    pub fn send(&mut self, name: &str, job: &JobId, pdf: &[u8]) -> Result<(), PrinterFault> {
        match self {
            Queue::Folder(queue) => queue.submit(name, pdf).map(drop),
            Queue::Ipp(queue) => queue.send(job, pdf),
        }
    }

    /// How the job of this name and id stands.
    pub fn ask(&self, name: &str, job: &JobId) -> JobSeen {
        match self {
            Queue::Folder(queue) => in_folder(queue, job),
            Queue::Ipp(queue) => queue.ask(name, job),
        }
    }

    /// The job of this name, as a restart finds it; `None` where the queue has none or does not answer.
    pub fn find(&self, name: &str) -> Option<(JobId, JobSeen)> {
        match self {
            Queue::Folder(queue) => {
                let job = job_id(name).ok()?;
                matches!(queue.state(&job), JobState::Spooled).then(|| (job.clone(), in_folder(queue, &job)))
            }
            Queue::Ipp(queue) => queue.find(name).ok().flatten(),
        }
    }

    /// Asks for a job to be stopped, and says how it stands then. A folder cannot take back what it has.
    pub fn stop(&self, name: &str, job: &JobId) -> JobSeen {
        match self {
            Queue::Folder(queue) => in_folder(queue, job),
            Queue::Ipp(queue) => queue.stop(name, job),
        }
    }

    /// Stops every job whose name begins so and that has not ended.
    ///
    /// # Errors
    /// [`PrinterFault::StillThere`] when one of them goes on all the same.
    pub fn stop_all_of(&self, prefix: &str) -> Result<(), PrinterFault> {
        match self {
            Queue::Folder(_) => Ok(()),
            Queue::Ipp(queue) => queue.stop_all_of(prefix),
        }
    }
}

/// A folder takes bytes and sees no card: the most it can say is that it has them all.
fn in_folder(queue: &FolderQueue, job: &JobId) -> JobSeen {
    match queue.state(job) {
        JobState::Spooled => JobSeen::Done { by: Confidence::Spooler },
        JobState::Unknown => JobSeen::Gone,
    }
}
