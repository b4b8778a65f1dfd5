//! What the device threads do with one piece of work. They know no case and no rule.

mod printers;

use std::time::Duration;

use devices::reader::photo_decoder::PhotoDecoder;
use devices::reader::{Cancel, CardRead, Endpoint, Probe, ReadOptions, Reader, ReaderFault};
use idcard::wlt::{ChipPhoto, HEIGHT, WIDTH};
use uplink::{Letter, Uplink};

use crate::desk::{Effect, Input};
use crate::fault::Trouble;
use crate::station::StationFile;

pub use printers::Printers;

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

/// What is done at disk and stick: it may take as long as a stick takes. `None` for the work of others.
pub fn at_disk_or_stick(effect: Effect) -> Option<Input> {
    match effect {
        Effect::LookAtDisk { folder } => Some(Input::DiskSeen { free: ledger::free_space(&folder) }),
        Effect::Stick(work) => Some(Input::Stick(stick::carry_out(work))),
        Effect::ProbeReader
        | Effect::ReadCard
        | Effect::CancelRead
        | Effect::PrintCard { .. }
        | Effect::SendCard { .. }
        | Effect::AskJob { .. }
        | Effect::StopJob { .. }
        | Effect::LookAtPrinter { .. }
        | Effect::PrintSheet { .. }
        | Effect::PrintPaper { .. }
        | Effect::FindJob { .. }
        | Effect::Send(_)
        | Effect::FetchResults { .. }
        | Effect::TellResult { .. } => None,
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
        | Effect::SendCard { .. }
        | Effect::AskJob { .. }
        | Effect::StopJob { .. }
        | Effect::LookAtPrinter { .. }
        | Effect::PrintSheet { .. }
        | Effect::PrintPaper { .. }
        | Effect::FindJob { .. }
        | Effect::LookAtDisk { .. }
        | Effect::Stick(_)
        | Effect::Send(_) => None,
    }
}
