//! The file of calibrations, `printer.toml`: one profile for each printer, tray, side and stock that was measured.

use jiff::Timestamp;
use serde::Deserialize;

use super::Deviation;
use crate::affine::Affine;
use crate::display::Page;

/// What a calibration belongs to. Changing any of it leaves the calibration behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The station's name of the queue, for example `card`.
    pub printer: String,
    /// Its tray; `main` where there is one only.
    pub tray: String,
    /// Which side of the card, from 0.
    pub side: usize,
    /// The template that fits the blank, by its id.
    pub stock: String,
}

/// A calibration as it was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    pub slot: Slot,
    pub deviation: Deviation,
    /// The largest error that the correction leaves, mm, by the readings it was made of.
    pub residual_mm: f64,
    pub measured_at: Timestamp,
    /// Who measured it.
    pub by: String,
}

/// Every calibration of a station.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profiles {
    profiles: Vec<Profile>,
}

/// How the sides of one job are put right, and what to say of it afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Placing {
    sides: Vec<Deviation>,
}

/// Why a file of calibrations is refused.
#[derive(Debug, thiserror::Error)]
pub enum ProfilesError {
    #[error("parse the calibrations")]
    Parse { source: Box<toml::de::Error> },
    #[error("accept profile {0}: {1}")]
    Accept(usize, &'static str),
    #[error("read schema {0} of the calibrations")]
    Schema(u32),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: u32,
    #[serde(default)]
    profile: Vec<WrittenProfile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenProfile {
    printer: String,
    tray: String,
    side: WrittenSide,
    stock: String,
    dx: f64,
    dy: f64,
    sx: f64,
    sy: f64,
    turn: f64,
    residual: f64,
    measured_at: Timestamp,
    by: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenSide {
    Front,
    Back,
}

impl Profiles {
    /// Parses the file strictly.
    ///
    /// # Errors
    /// What is not TOML of schema 1, a deviation beyond what a calibration may do, or a slot that stands twice.
    pub fn parse(text: &str) -> Result<Profiles, ProfilesError> {
        let written: Written =
            toml::from_str(text).map_err(|source| ProfilesError::Parse { source: Box::new(source) })?;
        if written.schema != 1 {
            return Err(ProfilesError::Schema(written.schema));
        }
        let mut profiles: Vec<Profile> = Vec::new();
        for (number, one) in (1..).zip(written.profile) {
            let side = match one.side {
                WrittenSide::Front => 0,
                WrittenSide::Back => 1,
            };
            let slot = Slot { printer: one.printer, tray: one.tray, side, stock: one.stock };
            let deviation = Deviation { dx: one.dx, dy: one.dy, sx: one.sx, sy: one.sy, turn: one.turn };
            let profile =
                Profile { slot, deviation, residual_mm: one.residual, measured_at: one.measured_at, by: one.by };
            profile.check().map_err(|why| ProfilesError::Accept(number, why))?;
            if profiles.iter().any(|other| other.slot == profile.slot) {
                return Err(ProfilesError::Accept(number, "its printer, tray, side and stock stand in the file twice"));
            }
            profiles.push(profile);
        }
        Ok(Profiles { profiles })
    }

    /// The file as it is written; parsing it gives these profiles again.
    pub fn text(&self) -> String {
        let mut text =
            "# How each printer was measured (校准), in millimetres, factors and degrees. Written by the program.\n\
                        schema = 1\n"
                .to_owned();
        for one in &self.profiles {
            text.push_str(&format!("\n[[profile]]\n{}", one.lines()));
        }
        text
    }

    /// In order of the file.
    pub fn all(&self) -> &[Profile] {
        &self.profiles
    }

    pub fn find(&self, slot: &Slot) -> Option<&Profile> {
        self.profiles.iter().find(|one| one.slot == *slot)
    }

    /// Puts a profile in the place of the one of the same slot.
    ///
    /// # Errors
    /// In words, what a file may not hold.
    pub fn set(&mut self, profile: Profile) -> Result<(), &'static str> {
        let profile = profile.rounded();
        profile.check()?;
        match self.profiles.iter_mut().find(|one| one.slot == profile.slot) {
            Some(one) => *one = profile,
            None => self.profiles.push(profile),
        }
        Ok(())
    }

    /// How a job of so many sides is put right on this printer, tray and stock. A side that nobody measured stays as it is.
    pub fn placing(&self, printer: &str, tray: &str, stock: &str, sides: usize) -> Placing {
        let slot = |side| Slot { printer: printer.to_owned(), tray: tray.to_owned(), side, stock: stock.to_owned() };
        let of = |side| self.find(&slot(side)).map_or(Deviation::NONE, |one| one.deviation);
        Placing { sides: (0..sides).map(of).collect() }
    }
}

impl Placing {
    /// A job that goes to a printer nobody measured.
    pub fn none() -> Placing {
        Placing { sides: Vec::new() }
    }

    /// Puts every page right; pages come side by side, sheet after sheet.
    pub fn apply(&self, pages: &mut [Page]) {
        if self.sides.is_empty() {
            return;
        }
        for (place, page) in pages.iter_mut().enumerate() {
            page.correction = self.correction(place % self.sides.len());
        }
    }

    fn correction(&self, side: usize) -> Affine {
        self.sides.get(side).map_or(Affine::IDENTITY, Deviation::correction)
    }

    /// The calibration in words of which a hash is recorded with the attempt; `None` when nothing was put right.
    pub fn canonical(&self) -> Option<String> {
        if self.sides.iter().all(|side| *side == Deviation::NONE) {
            return None;
        }
        Some(self.sides.iter().map(Deviation::lines).collect())
    }
}

impl Profile {
    fn check(&self) -> Result<(), &'static str> {
        let plain = |word: &String| {
            !word.is_empty()
                && word.chars().count() <= 60
                && !word.chars().any(|one| one.is_control() || one == '"' || one == '\\')
        };
        if ![&self.slot.printer, &self.slot.tray, &self.slot.stock, &self.by].into_iter().all(plain) {
            return Err("its printer, tray, stock and `by` are plain words of 1 to 60 characters");
        }
        if !self.deviation.is_sane() {
            return Err("it is off by more than 20 mm, 5 % or 5 degrees");
        }
        if !(0.0..=2.0).contains(&self.residual_mm) {
            return Err("its residual is not between 0 and 2 mm");
        }
        Ok(())
    }

    /// As precise as the file is, so that what is applied now is what is applied after a restart.
    fn rounded(mut self) -> Profile {
        let to = |value: f64, steps: f64| (value * steps).round() / steps;
        let Deviation { dx, dy, sx, sy, turn } = self.deviation;
        self.deviation =
            Deviation { dx: to(dx, 1e3), dy: to(dy, 1e3), sx: to(sx, 1e6), sy: to(sy, 1e6), turn: to(turn, 1e4) };
        self.residual_mm = to(self.residual_mm, 1e3);
        self
    }

    /// What was measured, in one line.
    pub fn terms(&self) -> String {
        let lines = format!("{}residual = {:?}", self.deviation.lines(), self.residual_mm);
        lines.replace('\n', "; ")
    }

    fn lines(&self) -> String {
        let Slot { printer, tray, side, stock } = &self.slot;
        let side = name_of_side(*side);
        format!(
            "printer = \"{printer}\"\ntray = \"{tray}\"\nside = \"{side}\"\nstock = \"{stock}\"\n{}residual = {:?}\n\
             measured_at = \"{}\"\nby = \"{}\"\n",
            self.deviation.lines(),
            self.residual_mm,
            self.measured_at,
            self.by
        )
    }
}

/// As files and facts name a side.
pub fn name_of_side(side: usize) -> &'static str {
    if side == 0 { "front" } else { "back" }
}

impl Deviation {
    fn lines(&self) -> String {
        let Deviation { dx, dy, sx, sy, turn } = self;
        format!("dx = {dx:?}\ndy = {dy:?}\nsx = {sx:?}\nsy = {sy:?}\nturn = {turn:?}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(side: usize) -> Profile {
        Profile {
            slot: Slot { printer: "card".into(), tray: "main".into(), side, stock: "card-cr80".into() },
            deviation: Deviation { dx: 0.312_345, dy: -0.2, sx: 1.001_234_56, sy: 0.999, turn: -0.351_23 },
            residual_mm: 0.021_6,
            measured_at: "2021-11-08T02:03:04Z".parse().unwrap(),
            by: "周敏".into(),
        }
    }

    #[test]
    fn what_is_written_is_read_again_to_the_last_digit() {
        let mut profiles = Profiles::default();
        profiles.set(profile(0)).unwrap();
        profiles.set(profile(1)).unwrap();
        assert_eq!(Profiles::parse(&profiles.text()).unwrap(), profiles);
        insta::assert_snapshot!(profiles.text());
    }

    #[test]
    fn a_side_is_measured_once_and_the_last_time_counts() {
        let mut profiles = Profiles::default();
        profiles.set(profile(0)).unwrap();
        let later = Profile { deviation: Deviation { dx: 1.0, ..Deviation::NONE }, ..profile(0) };
        profiles.set(later.clone()).unwrap();
        assert_eq!(profiles.all(), [later.rounded()]);
    }

    #[test]
    fn another_stock_tray_or_printer_is_not_put_right_by_it() {
        let mut profiles = Profiles::default();
        profiles.set(profile(0)).unwrap();
        assert!(profiles.placing("card", "main", "card-cr80", 2).canonical().is_some());
        for (printer, tray, stock) in
            [("paper", "main", "card-cr80"), ("card", "second", "card-cr80"), ("card", "main", "card-100x70")]
        {
            assert_eq!(profiles.placing(printer, tray, stock, 2).canonical(), None);
        }
    }

    #[test]
    fn only_the_side_that_was_measured_is_moved() {
        let mut profiles = Profiles::default();
        profiles.set(profile(1)).unwrap();
        let mut pages = vec![Page::blank(85.6, 54.0), Page::blank(85.6, 54.0)];
        profiles.placing("card", "main", "card-cr80", 2).apply(&mut pages);
        assert_eq!(pages[0].correction, Affine::IDENTITY);
        assert_ne!(pages[1].correction, Affine::IDENTITY);
    }

    #[test]
    fn a_file_that_is_not_right_is_refused_by_its_profile() {
        let mut good = Profiles::default();
        good.set(profile(0)).unwrap();
        let good = good.text();
        let twice = format!("{good}{}", &good[good.find("[[profile]]").unwrap()..]);
        for (text, wanted) in [
            (good.replace("dx = 0.312", "dx = 31.2"), "accept profile 1: it is off by more"),
            (good.replace("tray = \"main\"", "tray = \"\""), "accept profile 1: its printer, tray"),
            (good.replace("side = \"front\"", "side = \"edge\""), "parse the calibrations"),
            (good.replace("turn =", "tilt ="), "parse the calibrations"),
            (good.replace("schema = 1", "schema = 2"), "read schema 2"),
            (good.replace("residual = 0.022", "residual = 7.0"), "accept profile 1: its residual"),
            (twice, "accept profile 2: its printer, tray, side and stock stand in the file twice"),
        ] {
            let refusal = Profiles::parse(&text).unwrap_err().to_string();
            assert!(refusal.starts_with(wanted), "{refusal}");
        }
    }
}
