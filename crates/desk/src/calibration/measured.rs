//! From readings to a calibration, and what is to be said of it.

use std::str::FromStr;

use casework::journal::sm3;
use casework::station_fact::StationFact;
use jiff::Timestamp;
use papers::calibration::{
    Deviation, Profile, Profiles, Reading, ScanFault, Slot, Solution, SolveFault, cross_hairs, find, name_of_side,
    solve,
};
use papers::{Point, Template};

use crate::fault::chain;
use crate::press::{CARD_PRINTER, TRAY};

/// The side of a card that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Front,
    Back,
}

impl Side {
    /// Its page, from 0.
    pub fn place(self) -> usize {
        match self {
            Side::Front => 0,
            Side::Back => 1,
        }
    }

    /// As files and facts name it.
    pub fn name(self) -> &'static str {
        name_of_side(self.place())
    }

    /// As the screen names it.
    pub fn words(self) -> &'static str {
        match self {
            Side::Front => "正面",
            Side::Back => "背面",
        }
    }
}

impl FromStr for Side {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Side, &'static str> {
        match text {
            "front" => Ok(Side::Front),
            "back" => Ok(Side::Back),
            _ => Err("front 或者 back"),
        }
    }
}

/// What was found of one side.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    pub side: Side,
    slot: Slot,
    pub deviation: Deviation,
    /// The largest distance of a cross-hair from its place, mm: now, and when this is applied.
    pub before: f64,
    pub after: f64,
    /// How many cross-hairs were read. Two give an answer and nothing to check it by.
    pub readings: usize,
}

/// Why nothing can be made of what was measured, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmeasured {
    pub what: String,
    pub do_now: &'static str,
}

/// What readings of one side say of the printer.
///
/// # Errors
/// Readings that are too few, too close, contradict one another or lie beyond what a calibration may do.
pub fn measure(side: Side, readings: &[Reading], template: &Template) -> Result<Measured, Unmeasured> {
    let Solution { deviation, before, after } =
        solve(readings).map_err(|fault| unmeasured(unsolved(fault), "请重新量一次；差得太多时请先放正纸盒里的卡。"))?;
    let largest = |all: &[f64]| all.iter().copied().fold(0.0, f64::max);
    let slot = Slot {
        printer: CARD_PRINTER.to_owned(),
        tray: TRAY.to_owned(),
        side: side.place(),
        stock: template.id().to_owned(),
    };
    let (before, after) = (largest(&before), largest(&after));
    Ok(Measured { side, slot, deviation, before, after, readings: readings.len() })
}

/// Readings of a ruler: the number of a cross-hair, from 1, and where its middle lies, mm from the left and top edge.
///
/// # Errors
/// A number that no cross-hair carries.
pub fn typed(read: &[(usize, Point)], template: &Template) -> Result<Vec<Reading>, Unmeasured> {
    let crosses = crosses(template);
    let reading = |(number, measured): &(usize, Point)| {
        let expected = number.checked_sub(1).and_then(|place| crosses.get(place))?;
        Some(Reading { expected: *expected, measured: *measured })
    };
    let found: Option<Vec<Reading>> = read.iter().map(reading).collect();
    found.ok_or_else(|| unmeasured("没有这个号码的十字", "校准页上的十字是 1 到 5。"))
}

/// Readings of a JPEG or PNG that begins at the sheet's top left corner. `dpi` where the file does not say.
///
/// # Errors
/// A file that is no such picture or does not say its resolution, or a cross-hair that is not found.
pub fn scanned(bytes: &[u8], dpi: Option<f64>, template: &Template) -> Result<Vec<Reading>, Unmeasured> {
    let unread = |error: pictures::Unreadable| {
        unmeasured(format!("扫描件读不出来：{}", chain(&error)), "请重新扫描成 JPEG 或 PNG。")
    };
    let header = pictures::read_header(bytes, &pictures::Limits::default()).map_err(unread)?;
    let dpi = dpi.or_else(|| header.density.map(|density| density.x_dpi));
    let dpi = dpi.ok_or_else(|| unmeasured("扫描件没有写分辨率", "请写上扫描的分辨率，例如 300。"))?;
    let picture = pictures::decode(bytes, &header).map_err(unread)?.to_luma8();
    find(&picture, dpi, &crosses(template))
        .map_err(|fault| unmeasured(unfound(fault), "请把校准页靠齐扫描仪左上角，用 300 dpi 再扫一次。"))
}

impl Measured {
    /// The calibrations with this one in its place, and the fact to be journaled before they are written.
    ///
    /// # Errors
    /// In words, what a file of calibrations may not hold.
    pub fn among(
        &self,
        mut all: Profiles,
        sides: usize,
        at: Timestamp,
        by: &str,
    ) -> Result<(Profiles, StationFact), &'static str> {
        let profile = Profile {
            slot: self.slot.clone(),
            deviation: self.deviation,
            residual_mm: self.after,
            measured_at: at,
            by: by.to_owned(),
        };
        all.set(profile)?;
        let kept = all.find(&self.slot).ok_or("the profile was just set")?;
        let Slot { printer, tray, side, stock } = self.slot.clone();
        let placing = all.placing(&printer, &tray, &stock, sides);
        let fact = StationFact::PrinterCalibrated {
            side: name_of_side(side).to_owned(),
            terms: kept.terms(),
            sm3: placing.canonical().map(|words| sm3(words.as_bytes()).to_hex()),
            printer,
            tray,
            stock,
        };
        Ok((all, fact))
    }

    /// The template that fits the blank, by its id.
    pub fn stock(&self) -> &str {
        &self.slot.stock
    }

    /// What was found, a line each.
    pub fn words(&self) -> Vec<String> {
        let (before, after) = (self.before, self.after);
        let mut lines = deviation_words(&self.deviation);
        lines.push(match self.readings {
            2 => format!("校准前最多差 {before:.2} 毫米；只量了两个十字，读数不能互相核对"),
            _ => format!("校准前最多差 {before:.2} 毫米，校准后还差 {after:.2} 毫米"),
        });
        lines
    }
}

/// How a printer moves what it prints.
pub fn deviation_words(deviation: &Deviation) -> Vec<String> {
    let Deviation { dx, dy, sx, sy, turn } = deviation;
    let way =
        |mm: f64, (less, more): (&str, &str)| format!("{} {:.2} 毫米", if mm < 0.0 { less } else { more }, mm.abs());
    let turned = if *turn < 0.0 { "逆时针" } else { "顺时针" };
    vec![
        format!("印得{}，{}", way(*dx, ("偏左", "偏右")), way(*dy, ("偏上", "偏下"))),
        format!("横向是应有的 {:.2}%，纵向是 {:.2}%，{turned}转了 {:.2} 度", sx * 100.0, sy * 100.0, turn.abs()),
    ]
}

fn crosses(template: &Template) -> [Point; 5] {
    let (width, height) = template.page_mm();
    cross_hairs(width, height)
}

fn unmeasured(what: impl Into<String>, do_now: &'static str) -> Unmeasured {
    Unmeasured { what: what.into(), do_now }
}

fn unsolved(fault: SolveFault) -> String {
    match fault {
        SolveFault::TooFew => "至少要量两个十字".to_owned(),
        SolveFault::TooClose => "量的十字靠得太近，请量 1 号和 5 号".to_owned(),
        SolveFault::NotANumber => "有一个读数不是数字".to_owned(),
        SolveFault::OutOfReach => "差得太多（超过 20 毫米、5% 或者 5 度），校准补不回来".to_owned(),
        SolveFault::Contradiction(mm) => format!("几个读数对不上，最多差 {mm:.1} 毫米，有一个可能量错了"),
    }
}

fn unfound(fault: ScanFault) -> String {
    match fault {
        ScanFault::Resolution(dpi) => format!("扫描件是 {dpi:.0} dpi，要 150 到 1200 dpi"),
        ScanFault::Missing(number) => format!("扫描件上找不到 {number} 号十字"),
        ScanFault::Unclear(number) => format!("{number} 号十字太淡，或者沾了东西"),
    }
}
