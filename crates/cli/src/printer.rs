//! `youdai printer`: the sheet by which the card printer is measured, and what is made of the readings.

mod keep;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, Subcommand};
use desk::calibration::{Measured, Side, Unmeasured, measure, scanned, typed};
use desk::compose::now_at;
use desk::press::Press;
use desk::station::StationFile;
use devices::printer::{PrinterState, Queue, Sheet};
use papers::Point;
use papers::calibration::{Deviation, cross_hairs};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};
use crate::card::{place, trouble};

/// What can be asked of `youdai printer`.
#[derive(Subcommand)]
pub enum PrinterCommand {
    /// Make the sheet of cross-hairs, front and back, to measure where the card printer puts them.
    Sheet {
        #[arg(long)]
        station: PathBuf,
        /// Folder for calibration.pdf.
        #[arg(long)]
        out: PathBuf,
        /// Hand it to the card printer as well. Take a white card: it comes out as waste.
        #[arg(long)]
        print: bool,
    },
    /// Make a calibration of what was read on the printed sheet, and keep it.
    Calibrate(CalibrateWords),
}

#[derive(Args)]
pub struct CalibrateWords {
    #[arg(long)]
    station: PathBuf,
    #[arg(long)]
    side: Side,
    /// Number of a cross-hair, and how far its middle lies from the left and from the top edge in millimetres: 1=12.3,11.8
    #[arg(long = "read", required_unless_present = "scan", conflicts_with = "scan")]
    readings: Vec<Read>,
    /// JPEG or PNG that begins at the sheet's top left corner.
    #[arg(long)]
    scan: Option<PathBuf>,
    /// Dots per inch of the scan, where its file does not say.
    #[arg(long, requires = "scan")]
    dpi: Option<f64>,
    /// The supervisor or administrator who measured; the password is the first line of standard input.
    #[arg(long, required_unless_present = "only_try")]
    by: Option<String>,
    /// Say what was found and keep nothing.
    #[arg(long = "try")]
    only_try: bool,
}

/// `N=X,Y`.
#[derive(Debug, Clone, Copy)]
struct Read {
    number: usize,
    measured: Point,
}

impl FromStr for Read {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Read, &'static str> {
        const FORM: &str = "请写成 1=12.3,11.8：十字的号码，离左边几毫米，离上边几毫米";
        let (number, place) = text.split_once('=').ok_or(FORM)?;
        let (x, y) = place.split_once(',').ok_or(FORM)?;
        let mm = |text: &str| text.trim().parse::<f64>().ok().filter(|mm| mm.is_finite());
        let measured = Point { x: mm(x).ok_or(FORM)?, y: mm(y).ok_or(FORM)? };
        Ok(Read { number: number.trim().parse().map_err(|_| FORM)?, measured })
    }
}

#[derive(Serialize)]
struct SheetAnswer {
    pdf: String,
    /// Name of the job, if it was handed to the printer. That it was taken does not say that it came out.
    job: Option<String>,
    /// Of each side, mm from the left and top edge.
    cross_hairs: Vec<[f64; 2]>,
}

#[derive(Serialize)]
struct CalibrateAnswer {
    side: &'static str,
    stock: String,
    dx: f64,
    dy: f64,
    sx: f64,
    sy: f64,
    turn: f64,
    /// The largest, mm.
    before: f64,
    after: f64,
    /// How many cross-hairs were read. Two give an answer and nothing to check it by.
    readings: usize,
    kept: bool,
    #[serde(skip)]
    words: String,
}

/// Does what the command line asks for.
pub fn run(json: bool, command: &PrinterCommand) -> End {
    let answered = match command {
        PrinterCommand::Sheet { station, out, print } => sheet(station, out, *print).map(|answer| {
            let next = "请用白卡或废卡打印，用尺量十字 1 和 5 离左边、上边各几毫米，再运行 youdai printer calibrate";
            say(json, &answer, &format!("{}\n{next}", answer.pdf));
        }),
        PrinterCommand::Calibrate(words) => calibrate(words).map(|answer| say(json, &answer, &answer.words)),
    };
    match answered {
        Ok(()) => End::Done,
        Err((failure, end)) => fail(json, &failure, end),
    }
}

type Answered<T> = Result<T, (Failure, End)>;

fn open(station: &Path) -> Answered<(StationFile, Press)> {
    let file = StationFile::load(station)
        .map_err(|error| (Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage))?;
    let press = Press::open(&file, "").map_err(trouble)?;
    Ok((file, press))
}

fn sheet(station: &Path, out: &Path, print: bool) -> Answered<SheetAnswer> {
    let (file, press) = open(station)?;
    let at = now_at(&file).at;
    let pdf = press.cross_hairs(at).map_err(trouble)?;
    let (width, height) = press.template().page_mm();
    let cross_hairs = cross_hairs(width, height).map(|cross| [cross.x, cross.y]).to_vec();
    let job = if print {
        Some(hand_over(&file, press.card_sheet(), &format!("calibration-{}", at.as_second()), &pdf)?)
    } else {
        None
    };
    Ok(SheetAnswer { pdf: place(out, "calibration.pdf", &pdf)?, job, cross_hairs })
}

fn hand_over(file: &StationFile, sheet: Sheet, name: &str, pdf: &[u8]) -> Answered<String> {
    let mut queue = Queue::of(&file.printers.card);
    let refuse = |words: String| (Failure::new("printer", words, "请看打印机，处理好再打印一次"), End::Device);
    let refused = |fault| refuse(desk::fault::chain(&fault));
    let state = queue.look(sheet).map_err(refused)?;
    if state != PrinterState::Ready {
        return Err(refuse(state.words().happened.to_owned()));
    }
    let job = queue.open_job(name, sheet).map_err(refused)?;
    queue.send(name, &job, pdf).map_err(refused)?;
    Ok(job.as_str().to_owned())
}

fn calibrate(words: &CalibrateWords) -> Answered<CalibrateAnswer> {
    let (file, press) = open(&words.station)?;
    let template = press.template();
    let readings = match &words.scan {
        Some(scan) => {
            let unread = |error: std::io::Error| refused(&format!("{}：{error}", scan.display()), "请核对文件的名字");
            scanned(&std::fs::read(scan).map_err(unread)?, words.dpi, template)
        }
        None => {
            let read: Vec<_> = words.readings.iter().map(|read| (read.number, read.measured)).collect();
            typed(&read, template)
        }
    };
    let in_vain = |why: Unmeasured| refused(&why.what, why.do_now);
    let measured = readings.and_then(|readings| measure(words.side, &readings, template)).map_err(in_vain)?;
    if !words.only_try {
        keep::keep(&file, &measured, template.sides(), words.by.as_deref().unwrap_or_default())?;
    }
    Ok(CalibrateAnswer::of(&measured, !words.only_try))
}

impl CalibrateAnswer {
    fn of(measured: &Measured, kept: bool) -> CalibrateAnswer {
        let Deviation { dx, dy, sx, sy, turn } = measured.deviation;
        let end = if kept { "已保存。请再打印一张校准页核对" } else { "只是试算，没有保存" };
        let begin = format!("{}（{}）", measured.stock(), measured.side.words());
        let lines = [vec![begin], measured.words(), vec![end.to_owned()]].concat();
        CalibrateAnswer {
            side: measured.side.name(),
            stock: measured.stock().to_owned(),
            dx,
            dy,
            sx,
            sy,
            turn,
            before: measured.before,
            after: measured.after,
            readings: measured.readings,
            kept,
            words: lines.join("\n"),
        }
    }
}

fn refused(what: &str, do_now: &str) -> (Failure, End) {
    (Failure::new("calibration", what, do_now), End::Refused)
}
