//! `youdai printer`: the sheet by which the card printer is measured, and what is made of the readings.

mod keep;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, Subcommand};
use desk::calibration::{Side, unfound, unsolved};
use desk::compose::now_at;
use desk::press::{CARD_PRINTER, Press, TRAY};
use desk::station::StationFile;
use devices::printer::{PrinterState, Queue, Sheet};
use papers::Point;
use papers::calibration::{Deviation, Profile, Profiles, Reading, Slot, Solution, cross_hairs, find, solve};
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
}

/// Does what the command line asks for.
pub fn run(json: bool, command: &PrinterCommand) -> End {
    let answered = match command {
        PrinterCommand::Sheet { station, out, print } => sheet(station, out, *print).map(|answer| {
            let next = "请用白卡或废卡打印，用尺量十字 1 和 5 离左边、上边各几毫米，再运行 youdai printer calibrate";
            say(json, &answer, &format!("{}\n{next}", answer.pdf));
        }),
        PrinterCommand::Calibrate(words) => calibrate(words).map(|answer| say(json, &answer, &in_words(&answer))),
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
    let (width, height) = template.page_mm();
    let crosses = cross_hairs(width, height);
    let readings = match &words.scan {
        Some(scan) => scanned(scan, words.dpi, &crosses)?,
        None => typed(&words.readings, &crosses)?,
    };
    let Solution { deviation, before, after } =
        solve(&readings).map_err(|fault| refused(&unsolved(&fault), "请重新量一次；差得太多时请先放正纸盒里的卡"))?;
    let largest = |all: &[f64]| all.iter().copied().fold(0.0, f64::max);
    let slot = Slot {
        printer: CARD_PRINTER.to_owned(),
        tray: TRAY.to_owned(),
        side: words.side.place(),
        stock: template.id().to_owned(),
    };
    let measured = Measured { slot, deviation, before: largest(&before), after: largest(&after) };
    if !words.only_try {
        keep::keep(&file, &measured, template.sides(), words.by.as_deref().unwrap_or_default())?;
    }
    let Deviation { dx, dy, sx, sy, turn } = measured.deviation;
    let (side, stock) = (words.side.name(), template.id().to_owned());
    let (before, after) = (measured.before, measured.after);
    let (readings, kept) = (readings.len(), !words.only_try);
    Ok(CalibrateAnswer { side, stock, dx, dy, sx, sy, turn, before, after, readings, kept })
}

/// What was found of one side.
struct Measured {
    slot: Slot,
    deviation: Deviation,
    before: f64,
    after: f64,
}

impl Measured {
    /// The calibrations with this one in its place.
    fn among(&self, mut all: Profiles, at: jiff::Timestamp, by: &str) -> Result<(Profiles, Profile), &'static str> {
        all.set(Profile {
            slot: self.slot.clone(),
            deviation: self.deviation,
            residual_mm: self.after,
            measured_at: at,
            by: by.to_owned(),
        })?;
        let kept = all.find(&self.slot).cloned().ok_or("the profile was just set")?;
        Ok((all, kept))
    }
}

fn typed(readings: &[Read], crosses: &[Point]) -> Answered<Vec<Reading>> {
    let reading = |read: &Read| {
        let cross = read.number.checked_sub(1).and_then(|place| crosses.get(place));
        cross.map(|expected| Reading { expected: *expected, measured: read.measured })
    };
    let found: Option<Vec<Reading>> = readings.iter().map(reading).collect();
    found.ok_or_else(|| refused("没有这个号码的十字", "校准页上的十字是 1 到 5"))
}

fn scanned(scan: &Path, dpi: Option<f64>, crosses: &[Point]) -> Answered<Vec<Reading>> {
    let unread = |why: String| refused(&format!("{}：{why}", scan.display()), "请重新扫描成 JPEG 或 PNG");
    let bytes = std::fs::read(scan).map_err(|error| unread(error.to_string()))?;
    let header = pictures::read_header(&bytes, &pictures::Limits::default())
        .map_err(|error| unread(desk::fault::chain(&error)))?;
    let dpi = dpi.or_else(|| header.density.map(|density| density.x_dpi));
    let dpi = dpi.ok_or_else(|| refused("扫描件没有写分辨率", "请加上 --dpi，例如 --dpi 300"))?;
    let picture = pictures::decode(&bytes, &header).map_err(|error| unread(desk::fault::chain(&error)))?.to_luma8();
    find(&picture, dpi, crosses)
        .map_err(|fault| refused(&unfound(&fault), "请把校准页靠齐扫描仪左上角，用 300 dpi 再扫一次"))
}

fn refused(what: &str, do_now: &str) -> (Failure, End) {
    (Failure::new("calibration", what, do_now), End::Refused)
}

fn in_words(answer: &CalibrateAnswer) -> String {
    let CalibrateAnswer { dx, dy, sx, sy, turn, before, after, .. } = answer;
    let kept =
        if answer.kept { "已保存。请再打印一张校准页核对" } else { "只是试算，没有保存" };
    let way =
        |mm: f64, (less, more): (&str, &str)| format!("{} {:.2} 毫米", if mm < 0.0 { less } else { more }, mm.abs());
    let side = if answer.side == "front" { "正面" } else { "背面" };
    let turned = if *turn < 0.0 { "逆时针" } else { "顺时针" };
    [
        format!("{}（{side}）", answer.stock),
        format!("印得{}，{}", way(*dx, ("偏左", "偏右")), way(*dy, ("偏上", "偏下"))),
        format!("横向是应有的 {:.2}%，纵向是 {:.2}%，{turned}转了 {:.2} 度", sx * 100.0, sy * 100.0, turn.abs()),
        match answer.readings {
            2 => format!("校准前最多差 {before:.2} 毫米；只量了两个十字，读数不能互相核对"),
            _ => format!("校准前最多差 {before:.2} 毫米，校准后还差 {after:.2} 毫米"),
        },
        kept.to_owned(),
    ]
    .join("\n")
}
