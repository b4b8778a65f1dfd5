//! What the tests of this crate share: the shipped pack, invented people, and a case that walks by acts.

use casework::{
    case::{Case, MaterialState},
    doors,
    fact::{Fact, Identity, Recorded},
    nouns::*,
    pack::{PolicyPack, Situation},
    steps::{
        self, Judgement, Post,
        applicant::Entry,
        delivery::{CollectorEntry, Handing},
        photo::Measured,
    },
};
use jiff::{SignedDuration, Timestamp, civil::Date};

pub const YIYANG: &str = include_str!("../../../../../fixtures/packs/yiyang-2021.toml");

pub fn pack() -> PolicyPack {
    PolicyPack::parse("yiyang-2021.toml", YIYANG).expect("the shipped pack is sound")
}

/// The day of the tests, inside the pack's range.
pub fn today() -> Date {
    jiff::civil::date(2021, 11, 8)
}

/// Nine in the morning of [`today`] in China.
pub fn morning() -> Timestamp {
    "2021-11-08T09:00:00+08:00".parse().unwrap()
}

pub fn clerk() -> Actor {
    "周敏".parse().unwrap()
}

pub fn reason(code: &str) -> ReasonCode {
    code.parse().unwrap()
}

pub fn material(code: &str) -> MaterialCode {
    code.parse().unwrap()
}

pub fn county(id: &str) -> CountyId {
    id.parse().unwrap()
}

pub fn picture(name: &str) -> PictureHash {
    casework::journal::sm3(name.as_bytes()).to_hex().parse().unwrap()
}

/// A number with the check character that belongs to it.
pub fn number(region: &str, birth: Date, order: u16) -> IdNumber {
    let body = format!("{region}{:04}{:02}{:02}{order:03}", birth.year(), birth.month(), birth.day());
    "0123456789X".chars().find_map(|check| format!("{body}{check}").parse().ok()).unwrap()
}

/// An invented person of 赫山区 with a chip card for life.
pub fn person(name: &str, birth: Date, order: u16) -> Identity {
    Identity {
        source: IdentitySource::Chip,
        document: DocumentKind::Resident,
        name: name.parse().unwrap(),
        sex: Sex::Female,
        ethnicity: "01".to_owned(),
        birth,
        address: "湖南省益阳市赫山区泉交河镇菱角村1组".to_owned(),
        number: number("430903", birth, order),
        issuing_authority: "益阳市公安局赫山分局".to_owned(),
        valid_from: Some(jiff::civil::date(2012, 5, 20)),
        valid_until: ValidUntil::LongTerm,
        sam_id: Some("05.03-20200101-0000000001-0000000001".to_owned()),
        raw_text: None,
    }
}

pub fn elder() -> Identity {
    person("欧阳𬭚", jiff::civil::date(1951, 3, 8), 2)
}

pub fn daughter() -> Identity {
    person("李秀", jiff::civil::date(1978, 6, 1), 4)
}

pub fn entry(mode: ApplicantMode, hukou: Hukou) -> Entry {
    Entry {
        mode,
        hukou,
        hukou_basis: "芯片住址".to_owned(),
        phone: "13900000000".to_owned(),
        contact_address: "泉交河镇菱角村1组".to_owned(),
        department: None,
    }
}

/// Somebody of 赫山区 at a village window, today.
pub fn situation(kind: CaseKind, mode: ApplicantMode, hukou: Hukou) -> Situation {
    Situation {
        kind,
        mode,
        hukou,
        window_level: WindowLevel::Village,
        department: county("heshan"),
        birth: elder().birth,
        on: today(),
    }
}

/// A level without a reason or a word.
pub fn rated(level: u8) -> steps::rating::Answer {
    steps::rating::Answer { level, codes: Vec::new(), text: String::new() }
}

pub fn portrait() -> Measured {
    Measured {
        original: picture("original"),
        crop: picture("crop"),
        width_um: 25_100,
        height_um: 34_800,
        findings: Vec::new(),
    }
}

pub fn notice() -> casework::fact::LossNotice {
    let published = jiff::civil::date(2021, 11, 1);
    casework::fact::LossNotice { paper: "样例日报".to_owned(), published, page: "第3版".to_owned() }
}

/// A hand-over against these proofs; a stranger has a name and a phone.
pub fn handing(proofs: &[DeliveryProof], receiver: Receiver) -> Handing {
    let stranger = || CollectorEntry { name: "邻居甲".to_owned(), contact: "13900000001".to_owned() };
    Handing {
        proofs: proofs.iter().copied().collect(),
        receiver,
        collector: (receiver == Receiver::Other).then(stranger),
        id_read: false,
        late: None,
    }
}

/// Nothing is known of the material but that its original lies on the counter and has to go back (S-11).
pub fn only_lies_here(state: &MaterialState) -> bool {
    *state == MaterialState { original: true, ..MaterialState::default() }
}

/// A case and its record, driven by judgements as the desk does it.
pub struct Walk {
    pub pack: PolicyPack,
    pub case: Case,
    pub record: Vec<Recorded>,
    pub now: Timestamp,
}

impl Walk {
    pub fn open(pack: PolicyPack, kind: CaseKind, level: WindowLevel) -> Self {
        let window: WindowCode = "HSLJ01".parse().unwrap();
        let facts = doors::open(&pack, kind, window.clone(), level, true, today()).unwrap();
        let id = CaseId::new(&window, today(), 1).unwrap();
        let (case, record) = Case::begin(&id, &facts, morning(), &clerk()).unwrap();
        Self { pack, case, record, now: morning() }
    }

    pub fn village() -> Self {
        Self::open(pack(), CaseKind::First, WindowLevel::Village)
    }

    /// Writes the facts of a judgement, a second later, as the clerk.
    pub fn act(&mut self, judge: impl FnOnce(&Case, &PolicyPack) -> Judgement) -> &[Recorded] {
        let facts = judge(&self.case, &self.pack).expect("this act is permitted here");
        self.write(&facts)
    }

    pub fn write(&mut self, facts: &[Fact]) -> &[Recorded] {
        self.now += SignedDuration::from_secs(1);
        let (case, recorded) = self.case.after(facts, self.now, &clerk()).expect("a judgement's facts can stand");
        self.case = case;
        let from = self.record.len();
        self.record.extend(recorded);
        &self.record[from..]
    }

    pub fn refusal(&self, judge: impl FnOnce(&Case, &PolicyPack) -> Judgement) -> steps::Refusal {
        judge(&self.case, &self.pack).expect_err("this act is refused here")
    }

    pub fn identify(&mut self, role: Role, identity: Identity) {
        self.act(|case, pack| steps::identify::identify(case, pack, role, identity, today()));
    }

    pub fn fill(&mut self, entry: Entry) {
        self.act(|case, pack| steps::applicant::fill(case, pack, entry, &county("heshan"), today()));
    }

    /// Scans, checks and gives back everything that is demanded.
    pub fn bring_everything(&mut self) {
        let demanded = self.case.applicant().unwrap().demanded.clone();
        for code in demanded {
            self.act(|case, pack| steps::materials::scan(case, pack, &code, 1, picture(code.as_str())));
            self.act(|case, pack| steps::materials::check(case, pack, &code, true, Vec::new()));
            let particulars = self.pack.material(&code).and_then(|one| one.particulars);
            match particulars {
                Some(casework::pack::Recorded::Newspaper) => {
                    self.act(|case, pack| steps::materials::record_loss_notice(case, pack, notice(), today()));
                }
                Some(casework::pack::Recorded::OldCard) => {
                    self.act(|case, pack| steps::materials::record_old_card(case, pack, None, "断成两半"));
                }
                None => {}
            }
            if steps::materials::give_back(&self.case, &self.pack, &code).is_ok() {
                self.act(|case, pack| steps::materials::give_back(case, pack, &code));
            }
        }
    }

    pub fn photo(&mut self) {
        self.act(|case, pack| steps::photo::measured(case, pack, portrait()));
        self.act(|case, pack| steps::photo::judge(case, pack, true, true, true));
    }

    pub fn judge_eligibility(&mut self) {
        self.act(|case, pack| steps::eligibility::judge(case, pack, today(), false));
    }

    /// Steps 1 to 5 for somebody who lacks nothing.
    pub fn reach_the_gate(&mut self, mode: ApplicantMode, hukou: Hukou) {
        self.identify(Role::Applicant, elder());
        if mode == ApplicantMode::Agent {
            self.identify(Role::Agent, daughter());
        }
        self.fill(entry(mode, hukou));
        self.judge_eligibility();
        self.bring_everything();
        self.photo();
    }

    pub fn accept(&mut self) -> Vec<Recorded> {
        let now = self.now;
        self.act(|case, pack| steps::acceptance::accept(case, pack, now, today())).to_vec()
    }

    pub fn reserve(&mut self, n: u64) -> CardNumber {
        let window = self.case.opened().window.clone();
        let number = self.pack.rules().number_pattern.value.write(&window, n).unwrap();
        self.act(|case, pack| steps::numbering::reserve(case, pack, number.clone(), Post::Issuer));
        number
    }

    pub fn print(&mut self, reprint: Option<&str>, outcome: PrintOutcome) -> AttemptId {
        let attempt = steps::printing::next_attempt(&self.case);
        self.act(|case, pack| steps::printing::attempt(case, pack, Post::Issuer, reprint, picture("pdf"), "folder"));
        self.act(|case, _| steps::printing::submitted(case, &attempt, "job-1"));
        self.act(|case, _| steps::printing::ended(case, &attempt, outcome));
        attempt
    }

    pub fn confirm(&mut self) -> Vec<Recorded> {
        let number = self.case.number().unwrap().clone();
        self.act(|case, pack| steps::printing::confirm(case, pack, &clerk(), &number)).to_vec()
    }

    /// Hands the card over against one proof, a moment from now.
    pub fn deliver(&mut self, proof: DeliveryProof, receiver: Receiver) {
        let (now, handing) = (self.now, handing(&[proof], receiver));
        self.act(|case, pack| steps::delivery::deliver(case, pack, now, &handing));
    }

    /// A whole visit: village, first issue, applicant in person, local hukou.
    pub fn reach_delivery(&mut self) {
        self.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
        self.accept();
        self.reserve(1);
        self.print(None, PrintOutcome::SpoolerConfirmed);
        self.confirm();
        self.deliver(DeliveryProof::IdCard, Receiver::Applicant);
    }
}
