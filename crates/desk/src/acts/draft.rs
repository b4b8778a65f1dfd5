//! Opening a case and filling its draft, and the gate. The papers of step 4 are in `materials.rs`.

use casework::case::{BrokenRecord, Case};
use casework::doors;
use casework::nouns::{ApplicantMode, CaseId, CaseKind, Hukou, RatingPoint};
use casework::pack::PolicyPack;
use casework::steps::{Judgement, Step, acceptance, applicant, eligibility, photo, rating};
use devices::documents::newest_picture;
use portrait::{Code, PhotoSpec, Report, Severity};

use crate::contract::{HukouSide, Kind, Mode};
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};
use crate::station;

impl Desk {
    pub(super) fn open_case(&mut self, kind: Kind, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.begin_case(kind, now, |_, _| Ok(Vec::new()))
    }

    /// Opens a case, with what is known of it from the beginning in the same transaction.
    pub(super) fn begin_case(
        &mut self,
        kind: Kind,
        now: Now,
        known: impl FnOnce(&Case, &PolicyPack) -> Judgement,
    ) -> Result<Vec<Effect>, Trouble> {
        self.at_the_lobby()?;
        self.room_for_a_case(now)?;
        let kind = match kind {
            Kind::First => CaseKind::First,
            Kind::ReissueLost => CaseKind::ReissueLost,
            Kind::ReissueDamaged => CaseKind::ReissueDamaged,
        };
        let window = &self.station.window;
        let training = self.station.mode == station::Mode::Training;
        let mut facts = doors::open(&self.pack, kind, window.code.clone(), window.level, training, now.today)
            .map_err(|refusal| fault::refusal("eligibility", &refusal, &self.pack))?;
        let ordinal = self.ledger.next_case_ordinal(now.today)?;
        let id = CaseId::new(&window.code, now.today, ordinal)
            .map_err(|error| Trouble::of("station.file").because(error.to_string()))?;
        let actor = self.actor()?;
        let broken = |broken: BrokenRecord| Trouble::of("desk.not_now").because(broken.to_string());
        let (case, _) = Case::begin(&id, &facts, now.at, &actor).map_err(broken)?;
        facts.extend(known(&case, &self.pack).map_err(|refusal| fault::refusal("identify", &refusal, &self.pack))?);
        let (case, recorded) = Case::begin(&id, &facts, now.at, &actor).map_err(broken)?;
        self.record(&case, 0, &recorded, &actor, now)?;
        self.open = Some(case);
        Ok(Vec::new())
    }

    pub(super) fn resume_case(&mut self, case: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.at_the_lobby()?;
        let case = self.load(&Self::case_id(case)?)?;
        let parked = case.parked().is_some();
        self.at_hand.looking_at = rating::is_just_offered(&case).then_some(Step::Rating);
        self.open = Some(case);
        if parked {
            self.judged("identify", now, |case, _| doors::resume(case))?;
        }
        self.papers_given(now)
    }

    pub(super) fn park_case(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.judged("identify", now, |case, _| doors::park(case, "暂存"))?;
        self.leave()
    }

    pub(super) fn close_case(&mut self) -> Result<Vec<Effect>, Trouble> {
        match self.case()?.is_closed() {
            true => self.leave(),
            false => Err(Trouble::of("desk.not_now").because("这件事还没有办完，可以暂存")),
        }
    }

    /// Puts the open case aside because nobody is there any more. What the record does not take (a closed case, a full
    /// disk) does not keep the person's data on the screen.
    pub(crate) fn put_aside(&mut self, why: &str, now: Now) -> Vec<Effect> {
        let parked = match &self.open {
            Some(case) if !case.is_closed() && case.parked().is_none() => {
                self.judged("identify", now, |case, _| doors::park(case, why)).map(drop)
            }
            Some(_) | None => Ok(()),
        };
        if let Err(trouble) = parked {
            tracing::warn!(code = trouble.code, "a case was left without being put aside");
        }
        self.leave().unwrap_or_default()
    }

    /// Whether a case may be opened: none is, and no card is awaited that would fall into it.
    pub(super) fn at_the_lobby(&self) -> Result<(), Trouble> {
        match (&self.open, self.reading) {
            (Some(_), _) => Err(Trouble::of("desk.not_now").because("请先把现在这件事暂存或办完")),
            (None, true) => Err(Trouble::of("desk.not_now").because("正在等身份证，请先停下")),
            (None, false) => Ok(()),
        }
    }

    fn leave(&mut self) -> Result<Vec<Effect>, Trouble> {
        self.open = None;
        self.unmasked = false;
        self.chip_photo = None;
        self.preview = None;
        self.at_hand.leave();
        let reading = std::mem::take(&mut self.reading);
        Ok(if reading { vec![Effect::CancelRead] } else { Vec::new() })
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of one form, taken apart where the request is matched")]
    pub(super) fn fill_applicant(
        &mut self,
        mode: Mode,
        hukou: HukouSide,
        hukou_basis: String,
        phone: String,
        contact_address: String,
        department: &str,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let entry = applicant::Entry {
            mode: match mode {
                Mode::InPerson => ApplicantMode::InPerson,
                Mode::Agent => ApplicantMode::Agent,
            },
            hukou: match hukou {
                HukouSide::Local => Hukou::Local,
                HukouSide::Outside => Hukou::Outside,
            },
            hukou_basis,
            phone,
            contact_address,
            department: department.parse().ok(),
        };
        let home = self.station.window.district.clone();
        self.judged("applicant", now, |case, pack| applicant::fill(case, pack, entry, &home, now.today))
    }

    pub(super) fn judge_eligibility(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let holds = self.holds_a_card()?;
        self.judged("eligibility", now, |case, pack| eligibility::judge(case, pack, now.today, holds))
    }

    /// Whether this station's register knows another case of the person that has, or will have, a card.
    fn holds_a_card(&self) -> Result<bool, Trouble> {
        let case = self.case()?;
        let Some(identity) = case.identity() else { return Ok(false) };
        let others = self.ledger.holder_cases(&identity.number)?;
        Ok(others.iter().any(|line| {
            line.case != *case.id()
                && match line.stage {
                    ledger::Stage::Accepted
                    | ledger::Stage::Numbered
                    | ledger::Stage::Printing
                    | ledger::Stage::Made
                    | ledger::Stage::Delivered
                    | ledger::Stage::Sealed => true,
                    ledger::Stage::Draft | ledger::Stage::Refused | ledger::Stage::Withdrawn => false,
                }
        }))
    }

    pub(super) fn take_photo(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let original =
            newest_picture(&self.station.photos.folder).map_err(|fault| fault::drop_folder("photo", &fault))?.bytes;
        let spec = self.pack.rules().photo_spec.value;
        let um = |mm: u16| u32::from(mm) * 1000;
        let wanted = PhotoSpec {
            width_um: um(spec.width_mm),
            height_um: um(spec.height_mm),
            tolerance_um: um(spec.tolerance_mm),
            ..PhotoSpec::default()
        };
        let report = portrait::check(&original, &wanted);
        let measured = report.measured.as_ref().ok_or_else(|| unusable(&report))?;
        let crop = portrait::crop_to_one_inch(&original, &wanted.limits)
            .map_err(|fault| Trouble::of("photo.unusable").because(fault.to_string()))?;
        let original = self.ledger.store_picture(&original)?;
        if self.is_of_another_elder(&original, now)? {
            return Err(Trouble::of("photo.of_another"));
        }
        let measured = photo::Measured {
            original,
            crop: self.ledger.store_picture(&crop)?,
            width_um: measured.width_um,
            height_um: measured.height_um,
            // Size is the pack's own judgement; what the crop mends is no reason.
            findings: report
                .findings
                .iter()
                .filter(|finding| finding.severity != Severity::Fix && !is_size(finding.code))
                .filter_map(|finding| Some((finding.code.as_str().parse().ok()?, finding.measured_with_unit())))
                .collect(),
        };
        self.judged("photo", now, |case, pack| photo::measured(case, pack, measured))
    }

    pub(super) fn accept(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        // As at delivery, the rating is offered in the same transaction (S-48).
        self.judged("acceptance", now, |case, pack| {
            let facts = acceptance::accept(case, pack, now.at, now.today)?;
            rating::with_offer(case, pack, facts, RatingPoint::Acceptance, now.at, &actor)
        })?;
        Ok(vec![self.list_of(self.case()?, None, now)?])
    }
}

/// A file that cannot be measured: what was found, in words.
fn unusable(report: &Report) -> Trouble {
    report.findings.iter().fold(Trouble::of("photo.unusable"), |trouble, finding| trouble.because(finding.sentence))
}

fn is_size(code: Code) -> bool {
    matches!(code, Code::TooLarge | Code::TooSmall)
}
