//! Putting the card printer right: the sheet, what was read on it, and keeping what was found.

use devices::documents::newest_picture;
use devices::printer::PrinterState;
use papers::Point;

use super::Page;
use crate::at_hand::Calibrating;
use crate::calibration::{self, Side, Unmeasured};
use crate::contract::{CardSide, CrossReading};
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};

impl Desk {
    /// The page, without what was found before.
    pub(super) fn show_calibration(&mut self) -> Result<Vec<Effect>, Trouble> {
        self.at_hand.calibrating.found = None;
        self.open_page(Page::Calibration)
    }

    /// Sends the sheet of cross-hairs. It is printed as it comes, without any correction.
    pub(super) fn print_calibration(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.on_the_calibration_page()?;
        let pdf = self.press.cross_hairs(now.at)?;
        let job = format!("calibration-{}", now.at.as_millisecond());
        self.at_hand.calibrating = Calibrating { sheet: Some((job.clone(), false)), found: None };
        Ok(vec![Effect::PrintSheet { job, sheet: self.press.card_sheet(), pdf }])
    }

    /// The printer took a sheet, or it did not. A sheet that nobody waits for any more is no news.
    pub(super) fn sheet_was_sent(&mut self, job: &str, outcome: Result<(), String>) -> Result<Vec<Effect>, Trouble> {
        let waited = self.at_hand.calibrating.sheet.take_if(|(sent, _)| sent == job);
        let Some((job, _)) = waited else { return Ok(Vec::new()) };
        self.changed();
        outcome.map_err(|why| Trouble::of("calibration.sheet_not_printed").because(why))?;
        self.at_hand.calibrating.sheet = Some((job, true));
        Ok(Vec::new())
    }

    /// What somebody read with a ruler.
    pub(super) fn measure_calibration(
        &mut self,
        side: CardSide,
        readings: &[CrossReading],
    ) -> Result<Vec<Effect>, Trouble> {
        self.on_the_calibration_page()?;
        let read = parsed(readings)?;
        let found = calibration::typed(&read, self.press.template());
        self.measured(side, found)
    }

    /// What lies in the newest scan.
    pub(super) fn scan_calibration(&mut self, side: CardSide, dpi: &str) -> Result<Vec<Effect>, Trouble> {
        self.on_the_calibration_page()?;
        let dpi = match dpi.trim() {
            "" => None,
            typed => Some(number(typed).ok_or_else(|| {
                Trouble::of("calibration.correct").at("dpi", "请写扫描的分辨率，例如 300；不知道就空着")
            })?),
        };
        let scan = newest_picture(&self.station.documents.folder)
            .map_err(|fault| Trouble::of("calibration.no_scan").because(fault::chain(&fault)))?;
        let found = calibration::scanned(&scan.bytes, dpi, self.press.template());
        self.measured(side, found)
    }

    fn measured(
        &mut self,
        side: CardSide,
        readings: Result<Vec<papers::calibration::Reading>, Unmeasured>,
    ) -> Result<Vec<Effect>, Trouble> {
        self.at_hand.calibrating.found = None;
        let side = match side {
            CardSide::Front => Side::Front,
            CardSide::Back => Side::Back,
        };
        let measured = readings
            .and_then(|readings| calibration::measure(side, &readings, self.press.template()))
            .map_err(|why| Trouble::of("calibration.unmeasured").because(format!("{}。{}", why.what, why.do_now)))?;
        self.at_hand.calibrating.found = Some((measured, false));
        Ok(Vec::new())
    }

    /// Journals what was found, writes it down, and prints so from the next card on.
    pub(super) fn keep_calibration(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.on_the_calibration_page()?;
        let Some((measured, false)) = self.at_hand.calibrating.found.clone() else {
            return Err(Trouble::of("desk.not_now").because("请先量校准页"));
        };
        let actor = self.actor()?;
        let (all, sides) = (self.press.profiles().clone(), self.press.template().sides());
        let (all, fact) = measured
            .among(all, sides, now.at, actor.as_str())
            .map_err(|why| Trouble::of("calibration.unmeasured").because(why))?;
        self.note(&[fact], &actor, None, None, now)?;
        calibration::save(&self.station.calibration_file(), &all)
            .map_err(|error| Trouble::of("calibration.not_kept").because(error.to_string()))?;
        self.press.put_right(all);
        // A preview that was made before shows another place.
        self.preview = None;
        self.at_hand.calibrating.found = Some((measured, true));
        Ok(Vec::new())
    }

    fn on_the_calibration_page(&self) -> Result<(), Trouble> {
        match self.page {
            Some(Page::Calibration) => Ok(()),
            Some(_) | None => Err(Trouble::of("desk.not_now").because("请先打开“打印校准”")),
        }
    }

    /// Why no sheet can be printed now, as far as the last look at the printer knows.
    pub(crate) fn no_sheet_because(&self) -> Option<PrinterState> {
        self.prints.trouble()
    }
}

/// The cross-hairs of which something was typed; each needs both figures.
fn parsed(readings: &[CrossReading]) -> Result<Vec<(usize, Point)>, Trouble> {
    let mut trouble = Trouble::of("calibration.correct");
    let mut read = Vec::new();
    for CrossReading { number: cross, left, top } in readings {
        if left.trim().is_empty() && top.trim().is_empty() {
            continue;
        }
        match (number(left), number(top)) {
            (Some(x), Some(y)) => read.push((usize::try_from(*cross).unwrap_or_default(), Point { x, y })),
            (x, y) => {
                for (axis, read) in [("left", x), ("top", y)] {
                    if read.is_none() {
                        trouble =
                            trouble.at(&format!("{axis}{cross}"), format!("{cross} 号十字：请写毫米数，例如 12.3"));
                    }
                }
            }
        }
    }
    if trouble.fields.is_empty() { Ok(read) } else { Err(trouble) }
}

/// A figure as people type it, also with the full stop and digits of a Chinese keyboard.
fn number(text: &str) -> Option<f64> {
    let plain = |one| match one {
        '。' | '．' => '.',
        '０'..='９' => char::from_digit(u32::from(one) - u32::from('０'), 10).unwrap_or(one),
        other => other,
    };
    text.trim().chars().map(plain).collect::<String>().parse().ok().filter(|mm: &f64| mm.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_type_them() {
        for (typed, read) in
            [("12.3", Some(12.3)), (" 12 ", Some(12.0)), ("１２。３", Some(12.3)), ("-0.4", Some(-0.4))]
        {
            assert_eq!(number(typed), read, "{typed}");
        }
        for typed in ["", "12,3", "一二", "inf", "NaN"] {
            assert_eq!(number(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_cross_that_is_half_read_names_the_figure_that_is_missing() {
        let reading = |number, left: &str, top: &str| CrossReading { number, left: left.into(), top: top.into() };
        assert_eq!(
            parsed(&[reading(1, "12", "11.5"), reading(2, "", " ")]).unwrap(),
            [(1, Point { x: 12.0, y: 11.5 })]
        );
        let trouble = parsed(&[reading(1, "12", ""), reading(5, "x", "40")]).unwrap_err();
        let fields: Vec<_> = trouble.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["top1", "left5"]);
    }
}
