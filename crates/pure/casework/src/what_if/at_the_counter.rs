//! The facts of a facts file as a case at the counter, so that the very gate of step `acceptance` says what stands in
//! the way. The case is made up, walks no further than the gate and is never stored.

use jiff::{Timestamp, civil::Date, tz::Offset};

use super::{Facts, Laid, OnPaper};
use crate::{
    case::Case,
    doors,
    fact::{Fact, Identity, LossNotice, OldCard, Recorded},
    nouns::{Actor, ApplicantMode, CaseId, IdNumber, IdentitySource, PictureHash, ReasonCode, Role, Sex, WindowCode},
    pack::{self, PolicyPack},
    steps::{Gap, Judgement, Refusal, acceptance, applicant, eligibility, photo},
};

/// The clock of the counter that is made up: the offset of China.
const HOURS_EAST: i8 = 8;

/// What the gate says.
pub(super) struct AtTheGate {
    /// Everything that stands before acceptance.
    pub gaps: Vec<Gap>,
    /// What is said and stops nobody.
    pub warnings: Vec<ReasonCode>,
    /// What the facts say of papers and this pack does not know, in words.
    pub strange: Vec<String>,
}

/// Walks to the gate and asks it.
///
/// # Errors
/// Why no such case can be made: the item has ended, or the department is in no directory of this pack.
pub(super) fn gate(pack: &PolicyPack, facts: &Facts, laid: &Laid) -> Result<AtTheGate, Refusal> {
    let mut made_up = MadeUp::open(pack, facts)?;
    made_up.identify(facts);
    made_up.act(|case| fill(case, pack, facts))?;
    made_up.act(|case| eligibility::judge(case, pack, facts.on, facts.holds_a_card))?;
    let mut strange = Vec::new();
    for paper in &laid.papers {
        made_up.lay(pack, paper, &mut strange);
    }
    if let Some(portrait) = &laid.photo {
        let um = |mm: u16| u32::from(mm) * 1000;
        let (width_um, height_um) = (um(portrait.width_mm), um(portrait.height_mm));
        let measured =
            photo::Measured { original: picture(), crop: picture(), width_um, height_um, findings: Vec::new() };
        made_up.act(|case| photo::measured(case, pack, measured))?;
        let (same, bare, recent) = (portrait.same_person, portrait.bareheaded, portrait.recent);
        made_up.act(|case| photo::judge(case, pack, same, bare, recent))?;
    }
    let gaps = acceptance::gaps(&made_up.case, pack, facts.on);
    Ok(AtTheGate { gaps, warnings: acceptance::warnings(&made_up.case, pack), strange })
}

struct MadeUp {
    case: Case,
    record: Vec<Recorded>,
    at: Timestamp,
}

impl MadeUp {
    fn open(pack: &PolicyPack, facts: &Facts) -> Result<Self, Refusal> {
        let window: WindowCode = "WHATIF".parse().expect("a plain word names a window");
        let opened = doors::open(pack, facts.kind, window.clone(), facts.window_level, true, facts.on)?;
        let id = CaseId::new(&window, facts.on, 1).expect("a short window makes a short number");
        let noon = facts.on.at(12, 0, 0, 0);
        let at = Offset::constant(HOURS_EAST).to_timestamp(noon).unwrap_or(Timestamp::UNIX_EPOCH);
        let (case, record) = Case::begin(&id, &opened, at, &actor()).expect("a door's facts open a case");
        Ok(Self { case, record, at })
    }

    fn act(&mut self, judge: impl FnOnce(&Case) -> Judgement) -> Result<(), Refusal> {
        let facts = judge(&self.case)?;
        self.write(&facts);
        Ok(())
    }

    fn write(&mut self, facts: &[Fact]) {
        let (case, recorded) =
            self.case.after(facts, self.at, &actor()).expect("a draft takes whatever the counter may lay down");
        self.case = case;
        self.record.extend(recorded);
    }

    /// Written past the step: a document that the pack does not take is a reason of the verdict here, and no end.
    fn identify(&mut self, facts: &Facts) {
        let identity = somebody(facts.birth, 1, facts);
        self.write(&[Fact::Identified { role: Role::Applicant, identity, reused: None }]);
        match facts.mode {
            ApplicantMode::InPerson => {}
            ApplicantMode::Agent => {
                let identity = somebody(jiff::civil::date(1980, 1, 1), 2, facts);
                self.write(&[Fact::Identified { role: Role::Agent, identity, reused: None }]);
            }
        }
    }

    fn lay(&mut self, pack: &PolicyPack, paper: &OnPaper, strange: &mut Vec<String>) {
        let demanded = self.case.applicant().is_some_and(|entry| entry.demanded.contains(&paper.material));
        let Some(material) = pack.material(&paper.material).filter(|_| demanded) else {
            return strange.push(format!("{}：这里不要这份材料", paper.material));
        };
        if let Some(until) = paper.promised_until {
            let promised = crate::steps::materials::promise(&self.case, pack, &material.code, until, self.today());
            match promised {
                Ok(facts) => self.write(&facts),
                Err(_) => strange.push(format!("{}：不能承诺在{until}前补交", material.name)),
            }
            return;
        }
        for error in paper.errors.iter().filter(|error| !material.common_errors.contains(error)) {
            strange.push(format!("{error}：不是“{}”的常见错误", material.name));
        }
        let errors = paper.errors.iter().filter(|error| material.common_errors.contains(error)).cloned().collect();
        let code = material.code.clone();
        self.write(&[
            Fact::MaterialScanned { material: code.clone(), page: 1, picture: picture(), findings: Vec::new() },
            Fact::MaterialChecked { material: code, original_inspected: paper.original_shown, errors },
        ]);
        match material.particulars.filter(|_| paper.written_down) {
            Some(pack::Recorded::Newspaper) => {
                let notice = LossNotice { paper: "报纸".to_owned(), published: self.today(), page: "1".to_owned() };
                self.write(&[Fact::LossNoticeRecorded { notice }]);
            }
            Some(pack::Recorded::OldCard) => {
                self.write(&[Fact::OldCardRecorded { card: OldCard { number: None, condition: "破损".to_owned() } }]);
            }
            None => {}
        }
    }

    fn today(&self) -> Date {
        Offset::constant(HOURS_EAST).to_datetime(self.at).date()
    }
}

fn fill(case: &Case, pack: &PolicyPack, facts: &Facts) -> Judgement {
    let entry = applicant::Entry {
        mode: facts.mode,
        hukou: facts.hukou,
        hukou_basis: "事实文件".to_owned(),
        phone: "13900000000".to_owned(),
        contact_address: "事实文件".to_owned(),
        department: Some(facts.department.clone()),
    };
    applicant::fill(case, pack, entry, &facts.department, facts.on)
}

fn actor() -> Actor {
    "what-if".parse().expect("a plain word names an actor")
}

fn picture() -> PictureHash {
    "0".repeat(64).parse().expect("sixty-four digits name a picture")
}

/// Nobody: a region that does not exist, and a name that says so.
fn somebody(birth: Date, order: u8, facts: &Facts) -> Identity {
    let body = format!("000000{:04}{:02}{:02}{order:03}", birth.year(), birth.month(), birth.day());
    let number: IdNumber = "0123456789X"
        .chars()
        .find_map(|check| format!("{body}{check}").parse().ok())
        .expect("one of the eleven check characters belongs to seventeen digits");
    Identity {
        source: IdentitySource::Chip,
        document: facts.document,
        name: "某某".parse().expect("two characters are a name"),
        sex: Sex::Unknown,
        ethnicity: "01".to_owned(),
        birth,
        address: String::new(),
        number,
        issuing_authority: String::new(),
        valid_from: None,
        valid_until: facts.valid_until,
        sam_id: None,
        raw_text: None,
    }
}
