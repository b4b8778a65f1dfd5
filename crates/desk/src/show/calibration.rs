//! The page on which the card printer is put right (校准).

use papers::calibration::{Slot, cross_hairs};

use super::acts::{no, yes};
use crate::calibration::{Side, deviation_words};
use crate::contract::{Act, CalibratedSide, CalibrationFound, CalibrationSheet, CalibrationView, CardSide, CrossHair};
use crate::desk::Desk;
use crate::press::{CARD_PRINTER, TRAY};
use crate::words;

impl Desk {
    pub(crate) fn calibration_page(&self) -> CalibrationView {
        let template = self.press.template();
        let (width_mm, height_mm) = template.page_mm();
        let cross = |(number, place): (u32, papers::Point)| CrossHair { number, x: place.x, y: place.y };
        let calibrating = &self.at_hand.calibrating;
        CalibrationView {
            stock: template.id().to_owned(),
            width_mm,
            height_mm,
            crosses: (1..).zip(cross_hairs(width_mm, height_mm)).map(cross).collect(),
            sides: [Side::Front, Side::Back].into_iter().take(template.sides()).map(|side| self.side(side)).collect(),
            sheet: calibrating
                .sheet
                .as_ref()
                .map(|(_, taken)| if *taken { CalibrationSheet::Taken } else { CalibrationSheet::UnderWay }),
            found: calibrating.found.as_ref().map(|(measured, kept)| CalibrationFound {
                side: told(measured.side),
                lines: measured.words(),
                kept: *kept,
            }),
            acts: self.acts_of_a_page(self.calibration_acts()),
        }
    }

    fn calibration_acts(&self) -> Vec<Act> {
        let calibrating = &self.at_hand.calibrating;
        let print = match (&calibrating.sheet, self.no_sheet_because()) {
            (Some((_, false)), _) => no("print_calibration", "校准页正在送到打印机。"),
            (_, Some(state)) => no("print_calibration", state.words().happened),
            (_, None) => yes("print_calibration"),
        };
        let keep = match &calibrating.found {
            Some((_, false)) => yes("keep_calibration"),
            Some((_, true)) => no("keep_calibration", "已经存好了。"),
            None => no("keep_calibration", "请先量校准页。"),
        };
        vec![print, yes("measure_calibration"), yes("scan_calibration"), keep]
    }

    fn side(&self, side: Side) -> CalibratedSide {
        let slot = Slot {
            printer: CARD_PRINTER.to_owned(),
            tray: TRAY.to_owned(),
            side: side.place(),
            stock: self.press.template().id().to_owned(),
        };
        let profile = self.press.profiles().find(&slot);
        CalibratedSide {
            side: told(side),
            name: side.words().to_owned(),
            lines: profile.map(|one| deviation_words(&one.deviation)).unwrap_or_default(),
            measured: profile.map(|one| format!("{}　{}", words::moment(one.measured_at), one.by)).unwrap_or_default(),
        }
    }
}

fn told(side: Side) -> CardSide {
    match side {
        Side::Front => CardSide::Front,
        Side::Back => CardSide::Back,
    }
}
