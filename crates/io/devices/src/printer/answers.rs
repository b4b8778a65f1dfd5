//! What an IPP printer answers, read with suspicion: states, reasons, media, jobs.

use std::collections::BTreeMap;

use ipp::{parser::IppParseError, prelude::*, value::IppName};

use super::{
    PrinterFault, PrinterState,
    seen::{Confidence, JobSeen, Sheet},
};

/// What is asked of a printer.
pub(super) const OF_A_PRINTER: &[&str] = &[
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "media-col-ready",
    "marker-levels",
    "sides-supported",
    "print-scaling-supported",
    "device-uri",
];

/// What is asked of a job.
pub(super) const OF_A_JOB: &[&str] = &[
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
    "job-printer-state-message",
    "number-of-documents",
    "job-k-octets",
];

/// A printer as it describes itself.
pub(super) struct Printer {
    pub state: PrinterState,
    pub one_sided: bool,
    /// It says how it scales, and leaving the size alone is not among it. Some such printers do not refuse to.
    pub scales: bool,
    /// `None` where it does not say.
    media: Option<Vec<Medium>>,
    device_uri: Option<String>,
}

/// A medium in a printer, hundredths of a millimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Medium {
    pub x: u32,
    pub y: u32,
    borderless: bool,
}

/// A job as its queue tells of it.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub number: i32,
    pub name: String,
    state: i32,
    reasons: Vec<String>,
    message: String,
    /// Sides or sheets that were printed; `None` where it does not say.
    touched: Option<i32>,
    documents: Option<i32>,
}

pub(super) fn printer(answer: &IppRequestResponse) -> Result<Printer, PrinterFault> {
    let group = answer
        .attributes()
        .first_of(DelimiterTag::PrinterAttributes)
        .ok_or(PrinterFault::Unreadable { what: "printer-attributes" })?;
    let number = integer(group, "printer-state").ok_or(PrinterFault::Unreadable { what: "printer-state" })?;
    let reasons = words(group, "printer-state-reasons");
    let accepts =
        !matches!(group.get("printer-is-accepting-jobs").map(IppAttribute::value), Some(IppValue::Boolean(false)));
    let empty_supply = group
        .get("marker-levels")
        .is_some_and(|levels| each(levels.value()).iter().any(|level| matches!(level, IppValue::Integer(0))));
    let sides = words(group, "sides-supported");
    let scalings = words(group, "print-scaling-supported");
    let state = match hindrance(&reasons) {
        Some(state) => state,
        None if empty_supply => PrinterState::SupplyEmpty,
        // 3 idle, 4 processing, 5 stopped (RFC 8011, 5.4.11).
        None if number == 5 => PrinterState::Stopped,
        None if !accepts => PrinterState::Paused,
        None => PrinterState::Ready,
    };
    Ok(Printer {
        state,
        one_sided: !sides.is_empty() && !sides.iter().any(|side| side.starts_with("two-sided")),
        scales: !scalings.is_empty() && !scalings.iter().any(|scaling| scaling == "none"),
        media: group.get("media-col-ready").map(|media| each(media.value()).iter().filter_map(medium).collect()),
        device_uri: words(group, "device-uri").into_iter().next(),
    })
}

impl Printer {
    /// The medium for a sheet. Where the printer does not say what is in it, the sheet itself, upright as IPP wants it.
    pub(super) fn medium(&self, sheet: Sheet) -> Option<Medium> {
        match &self.media {
            None => {
                Some(Medium { x: sheet.width.min(sheet.height), y: sheet.width.max(sheet.height), borderless: false })
            }
            Some(media) => media.iter().find(|medium| sheet.fits(medium.x, medium.y)).copied(),
        }
    }
}

impl Medium {
    /// As a job asks for it.
    pub(super) fn collection(self) -> Result<IppValue, IppParseError> {
        let number = |value: u32| IppValue::Integer(i32::try_from(value).unwrap_or(i32::MAX));
        let size = [("x-dimension", number(self.x)), ("y-dimension", number(self.y))];
        let mut wish = BTreeMap::from([(IppName::new("media-size")?, collection(size)?)]);
        if self.borderless {
            for margin in MARGINS {
                wish.insert(IppName::new(margin)?, IppValue::Integer(0));
            }
        }
        Ok(IppValue::Collection(wish))
    }
}

const MARGINS: [&str; 4] = ["media-top-margin", "media-bottom-margin", "media-left-margin", "media-right-margin"];

impl Job {
    /// What may be believed of it. `printer` is asked only where it matters; `spooler` where the address is one's queue.
    pub(super) fn seen(&self, spooler: bool, printer: impl FnOnce() -> Option<Printer>) -> JobSeen {
        let says = |reason: &str| self.reasons.iter().any(|one| one == reason);
        match self.state {
            // 3 pending, 4 held: it is to come, unless its document never came.
            3 | 4 if self.documents == Some(0) || says("job-incoming") || says("job-data-insufficient") => {
                JobSeen::Waiting
            }
            3..=6 => JobSeen::UnderWay {
                hindrance: printer().map(|printer| printer.state).filter(|state| *state != PrinterState::Ready),
            },
            // A spooler before something that cannot answer counts no sides: it says that it has sent the bytes.
            9 => JobSeen::Done {
                by: match printer() {
                    Some(printer) if self.touched != Some(0) && printer.is_the_device(spooler) => Confidence::Device,
                    Some(_) | None => Confidence::Spooler,
                },
            },
            // 8 aborted by the printer. 7 cancelled, by whomever: nobody says how far it had come.
            8 if self.touched.unwrap_or(0) == 0 => JobSeen::Aborted { reason: self.why() },
            7 if self.documents == Some(0) => JobSeen::Aborted { reason: self.why() },
            7 | 8 => JobSeen::Broken,
            _ => JobSeen::Gone,
        }
    }

    /// In the printer's own words, for a technician.
    fn why(&self) -> String {
        let said = [self.message.clone()].into_iter().chain(self.reasons.iter().cloned());
        let said: Vec<String> = said.filter(|one| !one.is_empty() && one != "none").collect();
        said.join("，")
    }
}

impl Printer {
    /// A queue of CUPS says where its device is; only one that is asked over IPP reports what the device did. A spooler that
    /// keeps its device to itself is not believed to have seen it.
    fn is_the_device(&self, spooler: bool) -> bool {
        self.device_uri.as_ref().map_or(!spooler, |uri| uri.starts_with("ipp:") || uri.starts_with("ipps:"))
    }
}

pub(super) fn jobs(answer: &IppRequestResponse) -> Vec<Job> {
    answer.attributes().groups_of(DelimiterTag::JobAttributes).filter_map(job).collect()
}

pub(super) fn job_number(answer: &IppRequestResponse) -> Option<i32> {
    integer(answer.attributes().first_of(DelimiterTag::JobAttributes)?, "job-id")
}

/// The names of attributes that the printer would not have.
pub(super) fn unsupported(answer: &IppRequestResponse) -> Vec<String> {
    let groups = answer.attributes().groups_of(DelimiterTag::UnsupportedAttributes);
    groups.flat_map(|group| group.attributes()).map(|one| one.name().as_str().to_owned()).collect()
}

fn job(group: &IppAttributeGroup) -> Option<Job> {
    let sides = integer(group, "job-impressions-completed");
    Some(Job {
        number: integer(group, "job-id")?,
        name: words(group, "job-name").into_iter().next().unwrap_or_default(),
        state: integer(group, "job-state")?,
        reasons: words(group, "job-state-reasons"),
        message: words(group, "job-printer-state-message").concat(),
        touched: sides.max(integer(group, "job-media-sheets-completed")),
        documents: integer(group, "number-of-documents"),
    })
}

fn medium(value: &IppValue) -> Option<Medium> {
    let IppValue::Collection(members) = value else { return None };
    let member = |name: &str| members.iter().find(|(key, _)| key.as_str() == name).map(|(_, value)| value);
    let IppValue::Collection(size) = member("media-size")? else { return None };
    let side = |name: &str| {
        let (_, side) = size.iter().find(|(key, _)| key.as_str() == name)?;
        u32::try_from(*side.as_integer()?).ok()
    };
    let borderless = MARGINS.iter().all(|margin| matches!(member(margin), Some(IppValue::Integer(0))));
    Some(Medium { x: side("x-dimension")?, y: side("y-dimension")?, borderless })
}

/// What stands in the way, by the reasons of RFC 8011 5.4.12.
fn hindrance(reasons: &[String]) -> Option<PrinterState> {
    reasons.iter().filter_map(|reason| state_of(reason)).min()
}

/// Severity is what a printer happens to be doing: one that is idle and empty only "reports" it. So it counts for words that
/// say nothing by themselves, and for no other.
fn state_of(reason: &str) -> Option<PrinterState> {
    let bare = ["-error", "-warning", "-report"].iter().find_map(|severity| reason.strip_suffix(severity));
    match bare.unwrap_or(reason) {
        "media-empty" | "media-needed" | "input-tray-missing" => Some(PrinterState::MediaEmpty),
        "media-jam" => Some(PrinterState::MediaJam),
        "cover-open" | "door-open" | "interlock-open" => Some(PrinterState::CoverOpen),
        "marker-supply-empty" | "toner-empty" => Some(PrinterState::SupplyEmpty),
        "paused" | "moving-to-paused" | "shutdown" => Some(PrinterState::Paused),
        "offline" | "timed-out" => Some(PrinterState::Offline),
        _ if reason.ends_with("-error") => Some(PrinterState::Stopped),
        _ => None,
    }
}

fn integer(group: &IppAttributeGroup, name: &str) -> Option<i32> {
    let value = group.get(name)?.value();
    value.as_integer().or(value.as_enum()).copied()
}

/// The texts of an attribute that may have one value or several.
fn words(group: &IppAttributeGroup, name: &str) -> Vec<String> {
    group.get(name).map(|one| each(one.value()).iter().filter_map(text).collect()).unwrap_or_default()
}

fn text(value: &IppValue) -> Option<String> {
    let name = |name: &IppName| name.as_str().to_owned();
    None.or_else(|| value.as_keyword().map(|word| word.as_str().to_owned()))
        .or_else(|| value.as_name_without_language().map(name))
        .or_else(|| value.as_name_with_language().map(|(_, text)| name(text)))
        .or_else(|| value.as_text_without_language().map(ToString::to_string))
        .or_else(|| value.as_text_with_language().map(|(_, text)| text.to_string()))
        .or_else(|| value.as_uri().map(|uri| uri.as_str().to_owned()))
}

fn each(value: &IppValue) -> Vec<IppValue> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

fn collection<const N: usize>(members: [(&str, IppValue); N]) -> Result<IppValue, IppParseError> {
    let named: Result<BTreeMap<_, _>, _> =
        members.into_iter().map(|(name, value)| Ok::<_, IppParseError>((IppName::new(name)?, value))).collect();
    Ok(IppValue::Collection(named?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(device: Option<&str>) -> Printer {
        let device_uri = device.map(str::to_owned);
        Printer { state: PrinterState::Ready, one_sided: false, scales: false, media: None, device_uri }
    }

    fn job(state: i32, touched: Option<i32>, documents: Option<i32>) -> Job {
        let (name, reasons, message) =
            ("case-P1".to_owned(), vec!["none".to_owned()], "Print job canceled at printer.".to_owned());
        Job { number: 1, name, state, reasons, message, touched, documents }
    }

    /// print.md 3.2: through `usb:`, `socket:` and `file:` CUPS says "completed" when it has handed the bytes on.
    #[test]
    fn what_a_spooler_says_is_believed_as_far_as_it_can_see_its_device() {
        let done = job(9, Some(2), Some(1));
        let by = |spooler, device| done.seen(spooler, || Some(queue(device)));
        for seen in ["ipp://10.1.2.3/ipp/print", "ipps://card.local:443/ipp/print"] {
            assert_eq!(by(true, Some(seen)), JobSeen::Done { by: Confidence::Device }, "{seen}");
        }
        for blind in
            ["usb://Evolis/Primacy", "socket://10.1.2.3:9100", "lpd://10.1.2.3/q", "file:/dev/null", "cups-pdf:/"]
        {
            assert_eq!(by(true, Some(blind)), JobSeen::Done { by: Confidence::Spooler }, "{blind}");
        }
        assert_eq!(by(true, None), JobSeen::Done { by: Confidence::Spooler }, "it keeps its device to itself");
        assert_eq!(by(false, None), JobSeen::Done { by: Confidence::Device }, "the printer itself was asked");
        assert_eq!(done.seen(false, || None), JobSeen::Done { by: Confidence::Spooler }, "nobody says what it is");
    }

    #[test]
    fn a_finished_job_without_a_printed_side_is_the_spoolers_word_only() {
        let seen = job(9, Some(0), Some(1)).seen(true, || Some(queue(Some("ipp://10.1.2.3/ipp/print"))));
        assert_eq!(seen, JobSeen::Done { by: Confidence::Spooler });
    }

    /// CUPS says "cancelled" where the device gave up; whether a side was printed by then it does not know.
    #[test]
    fn a_job_that_was_cancelled_at_the_device_is_not_said_to_have_left_no_card() {
        let ended = |documents| job(7, Some(0), documents).seen(true, || None);
        assert_eq!(ended(Some(1)), JobSeen::Broken);
        assert_eq!(ended(None), JobSeen::Broken);
        let JobSeen::Aborted { reason } = ended(Some(0)) else { panic!("no document ever came") };
        assert_eq!(reason, "Print job canceled at printer.");
    }
}
