//! What the device threads do with one piece of work. They know no case and no rule.

use std::path::Path;
use std::time::Duration;

use casework::nouns::PrintOutcome;
use devices::printer::{FolderQueue, JobState, PrinterFault, PrinterState};
use devices::reader::photo_decoder::PhotoDecoder;
use devices::reader::{Cancel, CardRead, Endpoint, Probe, ReadOptions, Reader, ReaderFault};
use idcard::wlt::{ChipPhoto, HEIGHT, WIDTH};
use uplink::{Letter, Uplink};

use crate::desk::{Effect, Input};
use crate::fault::Trouble;
use crate::station::StationFile;

/// Asks the reader who it is. One that does not answer is asked once more on a port opened anew: it may have been plugged
/// in that very moment, and a module is deaf while it starts.
pub fn probe(reader: &mut Option<Reader>, endpoint: &Endpoint) -> Result<Probe, ReaderFault> {
    match probe_once(reader, endpoint) {
        Err(ReaderFault::NoAnswer | ReaderFault::BadData | ReaderFault::PortGone { .. }) => {
            probe_once(reader, endpoint)
        }
        outcome => outcome,
    }
}

fn probe_once(reader: &mut Option<Reader>, endpoint: &Endpoint) -> Result<Probe, ReaderFault> {
    let outcome = opened(reader, endpoint).and_then(Reader::probe);
    if outcome.is_err() {
        *reader = None;
    }
    outcome
}

/// Waits for a card and reads it.
pub fn read_card(
    reader: &mut Option<Reader>,
    endpoint: &Endpoint,
    wait: Duration,
    cancel: Cancel,
) -> Result<CardRead, ReaderFault> {
    let options = ReadOptions { timeout: wait, cancel, ..ReadOptions::default() };
    let outcome = opened(reader, endpoint).and_then(|reader| reader.read(&options));
    match &outcome {
        Ok(_) | Err(ReaderFault::NoCard | ReaderFault::CardMoved | ReaderFault::WrongCard | ReaderFault::Cancelled) => {
        }
        Err(_) => *reader = None,
    }
    outcome
}

/// The program that decodes chip portraits, if the station names one.
pub fn photo_decoder(file: &StationFile) -> Option<PhotoDecoder> {
    let (program, arguments) = file.reader.photo_helper.as_ref()?.split_first()?;
    Some(PhotoDecoder { arguments: arguments.to_vec(), ..PhotoDecoder::new(program) })
}

/// The portrait on a chip as a picture for the screen. Without one the case goes on; the screen says so.
pub fn chip_photo(decoder: &PhotoDecoder, number: String, photo: &ChipPhoto) -> Option<Input> {
    let decoded = decoder
        .decode(photo)
        .map_err(|fault| tracing::warn!(cause = crate::fault::chain(&fault), "chip photo cannot be shown"))
        .ok()?;
    let pixels = image::RgbImage::from_raw(u32::from(WIDTH), u32::from(HEIGHT), decoded.rgb)?;
    let mut png = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut png, image::ImageFormat::Png).ok()?;
    Some(Input::ChipPhoto { number, png: png.into_inner() })
}

fn opened<'a>(reader: &'a mut Option<Reader>, endpoint: &Endpoint) -> Result<&'a mut Reader, ReaderFault> {
    if reader.is_none() {
        *reader = Some(Reader::open(endpoint)?);
    }
    Ok(reader.as_mut().expect("it was just put there"))
}

/// The station's two print queues.
pub struct Printers {
    card: FolderQueue,
    paper: FolderQueue,
}

impl Printers {
    pub fn new(card: &Path, paper: &Path) -> Printers {
        Printers { card: FolderQueue::new(card), paper: FolderQueue::new(paper) }
    }

    /// Does one effect and says what came of it, in order.
    pub fn carry_out(&mut self, effect: Effect) -> Vec<Input> {
        match effect {
            Effect::PrintCard { case, attempt, pdf } => {
                let outcome = submit(&mut self.card, attempt.as_str(), &pdf);
                let ended = match &outcome {
                    // A folder takes bytes and sees no card: the most it can say is that it has them all.
                    Ok(_) => Some(PrintOutcome::SpoolerConfirmed),
                    Err(Unprinted::Fault(PrinterFault::AlreadySubmitted { .. })) => Some(PrintOutcome::Unknown),
                    Err(unprinted) => Some(PrintOutcome::Failed { reason: unprinted.words() }),
                };
                let taken =
                    outcome.ok().map(|job| Input::JobTaken { case: case.clone(), attempt: attempt.clone(), job });
                let ended = ended.map(|outcome| Input::JobEnded { case, attempt, outcome });
                taken.into_iter().chain(ended).collect()
            }
            Effect::PrintPaper { job, pdf } => {
                let outcome = match submit(&mut self.paper, &job, &pdf) {
                    // A list is asked for again after a restart; the one that lies there already is the same one.
                    Ok(_) | Err(Unprinted::Fault(PrinterFault::AlreadySubmitted { .. })) => Ok(()),
                    Err(unprinted) => Err(unprinted.words()),
                };
                vec![Input::PaperPrinted { job, outcome }]
            }
            Effect::FindJob { case, attempt, submitted } => {
                let found = self.card.jobs().is_ok_and(|jobs| jobs.iter().any(|job| job.as_str() == attempt.as_str()));
                let taken = (found && !submitted).then(|| Input::JobTaken {
                    case: case.clone(),
                    attempt: attempt.clone(),
                    job: attempt.to_string(),
                });
                let outcome = if found { PrintOutcome::SpoolerConfirmed } else { PrintOutcome::Unknown };
                taken.into_iter().chain([Input::JobEnded { case, attempt, outcome }]).collect()
            }
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
}

/// What is done at disk and stick: it may take as long as a stick takes. `None` for the work of others.
pub fn at_disk_or_stick(effect: Effect) -> Option<Input> {
    match effect {
        Effect::LookAtDisk { folder } => Some(Input::DiskSeen { free: ledger::free_space(&folder) }),
        Effect::Stick(work) => Some(Input::Stick(stick::carry_out(work))),
        Effect::ProbeReader
        | Effect::ReadCard
        | Effect::CancelRead
        | Effect::PrintCard { .. }
        | Effect::PrintPaper { .. }
        | Effect::FindJob { .. }
        | Effect::Send(_)
        | Effect::FetchResults { .. }
        | Effect::TellResult { .. } => None,
    }
}

/// Why a sheet was not sent: the printer is not ready, or the queue refused it.
enum Unprinted {
    NotReady(PrinterState),
    Fault(PrinterFault),
}

impl Unprinted {
    fn words(&self) -> String {
        match self {
            Unprinted::NotReady(state) => format!("{}{}", state.words().happened, state.words().remedy),
            Unprinted::Fault(fault) => crate::fault::chain(fault),
        }
    }
}

fn submit(queue: &mut FolderQueue, job: &str, pdf: &[u8]) -> Result<String, Unprinted> {
    match queue.preflight().map_err(Unprinted::Fault)? {
        PrinterState::Ready => {}
        state @ (PrinterState::MediaEmpty
        | PrinterState::MediaJam
        | PrinterState::CoverOpen
        | PrinterState::SupplyEmpty
        | PrinterState::WrongMedia
        | PrinterState::OneSided
        | PrinterState::Scales
        | PrinterState::Offline
        | PrinterState::Paused
        | PrinterState::Stopped) => return Err(Unprinted::NotReady(state)),
    }
    let job = queue.submit(job, pdf).map_err(Unprinted::Fault)?;
    match queue.state(&job) {
        JobState::Spooled | JobState::Unknown => Ok(job.as_str().to_owned()),
    }
}

/// The way to the platforms of a station.
pub fn uplink(file: &StationFile) -> Result<Uplink, Trouble> {
    let platforms = &file.platforms;
    Uplink::new(&platforms.addresses(), Duration::from_millis(u64::from(platforms.timeout_ms)))
        .map_err(|error| Trouble::of("station.file").because(crate::fault::chain(&error)))
}

/// A message as the wire takes it.
pub fn letter(message: &ledger::Message) -> Letter<'_> {
    Letter { platform: &message.platform, kind: message.kind, key: &message.key, body: &message.body }
}

/// Carries out what is about results; `None` for any other effect.
pub async fn about_results(uplink: &Uplink, window: &str, effect: Effect) -> Option<Input> {
    match effect {
        Effect::FetchResults { platform, after } => {
            let answer = uplink.fetch_results(&platform, window, after.as_deref()).await;
            Some(Input::ResultsCame { platform, answer })
        }
        Effect::TellResult { platform, result, told } => {
            let answer = uplink.tell_result(&platform, &result, &told).await;
            Some(Input::ResultTold { platform, result, answer })
        }
        Effect::ProbeReader
        | Effect::ReadCard
        | Effect::CancelRead
        | Effect::PrintCard { .. }
        | Effect::PrintPaper { .. }
        | Effect::FindJob { .. }
        | Effect::LookAtDisk { .. }
        | Effect::Stick(_)
        | Effect::Send(_) => None,
    }
}
