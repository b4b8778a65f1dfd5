//! The walk of one invented case, act by act, by the judgements of the procedure themselves.

use casework::case::{AttemptState, Case};
use casework::doors;
use casework::fact::{Fact, Identity, LossNotice};
use casework::nouns::*;
use casework::outbox::{self, NewMessage};
use casework::pack::{PolicyPack, Recorded};
use casework::steps::{
    Judgement, Post, acceptance, applicant, archive, delivery, eligibility, identify, materials, numbering, photo,
    printing, rating,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz};

/// Where a case is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Sealed,
    /// Sealed after a first card came out spoiled.
    SealedAfterSpoiled,
    Refused,
    Withdrawn,
    /// Still open, after so many of the acts of a visit.
    OpenAfter(u32),
}

/// What every case of a filled ledger shares.
pub struct Ground<'a> {
    pub pack: &'a PolicyPack,
    pub window: &'a WindowCode,
    pub district: &'a CountyId,
    pub station: outbox::Station,
    pub clerk: Actor,
    /// Stored before the first case.
    pub pictures: Pictures,
}

pub struct Pictures {
    pub page: PictureHash,
    pub portrait: PictureHash,
    pub crop: PictureHash,
    pub sheet: PictureHash,
    pub package: PictureHash,
}

/// One act: its facts, at their moment, with the messages they cause.
pub struct Act {
    pub expected_seq: u32,
    pub at: Timestamp,
    pub facts: Vec<Fact>,
    pub messages: Vec<NewMessage>,
}

/// One case as it is being walked.
pub struct Walk<'a> {
    ground: &'a Ground<'a>,
    case: Case,
    now: Timestamp,
    today: Date,
    /// Acts that may still be made, `None` when the case is to be walked to its end.
    left: Option<u32>,
    pub acts: Vec<Act>,
}

/// The walk stops here: the case stays open.
struct Enough;

impl<'a> Walk<'a> {
    /// Walks a case. `next_number` gives the running number that is next in the block.
    pub fn of(
        ground: &'a Ground<'a>,
        id: &CaseId,
        kind: CaseKind,
        identity: Identity,
        opened: Timestamp,
        end: End,
        next_number: &mut u32,
    ) -> Walk<'a> {
        let today = tz::offset(8).to_datetime(opened).date();
        let facts = doors::open(ground.pack, kind, ground.window.clone(), WindowLevel::Village, true, today)
            .expect("the pack is in force on every day of a filled ledger");
        let (case, _) = Case::begin(id, &facts, opened, &ground.clerk).expect("a case begins by being opened");
        let first = Act { expected_seq: 0, at: opened, facts, messages: Vec::new() };
        let left = match end {
            End::OpenAfter(acts) => Some(acts),
            End::Sealed | End::SealedAfterSpoiled | End::Refused | End::Withdrawn => None,
        };
        let mut walk = Walk { ground, case, now: opened, today, left, acts: vec![first] };
        if let Err(Enough) = walk.visit(identity, end, next_number) {
            walk.put_aside();
        }
        walk
    }

    pub fn id(&self) -> &CaseId {
        self.case.id()
    }

    fn visit(&mut self, identity: Identity, end: End, next_number: &mut u32) -> Result<(), Enough> {
        let today = self.today;
        let district = self.ground.district;
        self.act(20, |case, pack| identify::identify(case, pack, Role::Applicant, identity, today))?;
        let local = applicant::suggest(&self.case, self.ground.pack, district).map(|hint| hint.hukou);
        let entry = applicant::Entry {
            mode: ApplicantMode::InPerson,
            hukou: local.unwrap_or(Hukou::Local),
            hukou_basis: "芯片住址".to_owned(),
            phone: format!("1390000{:04}", self.case.id().as_str().len() * 97 % 10_000),
            contact_address: "同身份证住址".to_owned(),
            department: Some(district.clone()),
        };
        self.act(60, |case, pack| applicant::fill(case, pack, entry, district, today))?;
        self.act(5, |case, pack| eligibility::judge(case, pack, today, false))?;
        if end == End::Refused {
            return self.act(30, |case, pack| doors::refuse(case, pack, eligibility::reasons(case)));
        }
        self.materials()?;
        if end == End::Withdrawn {
            return self.act(30, |case, pack| doors::withdraw(case, pack, "申请人改日再来"));
        }
        let Pictures { portrait, crop, .. } = &self.ground.pictures;
        let measured = photo::Measured {
            original: portrait.clone(),
            crop: crop.clone(),
            width_um: 25_000,
            height_um: 35_000,
            findings: Vec::new(),
        };
        self.act(25, |case, pack| photo::measured(case, pack, measured))?;
        self.act(10, |case, pack| photo::judge(case, pack, true, true, true))?;
        let now = self.now;
        self.act(15, |case, pack| acceptance::accept(case, pack, now, today))?;
        if end == End::SealedAfterSpoiled {
            self.print(None, next_number)?;
            let clerk = &self.ground.clerk;
            self.act(20, |case, pack| printing::spoil(case, pack, clerk, "印歪了"))?;
        }
        let again = (end == End::SealedAfterSpoiled).then_some("上一张印歪了");
        self.print(again, next_number)?;
        let (clerk, number) = (&self.ground.clerk, self.case.number().cloned());
        if let Some(number) = number {
            self.act(15, |case, pack| printing::confirm(case, pack, clerk, &number))?;
        }
        let glued = delivery::photo_glued(&self.case, self.ground.pack, clerk).is_ok();
        if glued {
            self.act(40, |case, pack| delivery::photo_glued(case, pack, clerk))?;
        }
        let handing = delivery::Handing {
            proofs: [DeliveryProof::IdCard].into(),
            receiver: Receiver::Applicant,
            collector: None,
            id_read: false,
            late: Some("排队的人多".to_owned()),
        };
        let now = self.now + SignedDuration::from_secs(20);
        self.act(20, |case, pack| delivery::deliver(case, pack, now, &handing))?;
        self.act(1, |case, pack| rating::offer(case, pack, RatingPoint::Delivery))?;
        self.act(20, |case, pack| rating::decline(case, pack, RatingPoint::Delivery))?;
        self.act(600, |case, pack| archive::hand_over(case, pack, clerk.clone(), clerk.clone()))?;
        let package = self.ground.pictures.package.clone();
        self.act(10, |case, pack| archive::seal(case, pack, package))
    }

    /// Half of the open cases were put aside by their clerk, the others left when the day ended.
    fn put_aside(&mut self) {
        if self.acts.len().is_multiple_of(2) {
            self.left = None;
            let _: Result<(), Enough> = self.act(30, |case, _| doors::park(case, "取材料"));
        }
    }

    /// Everything that is demanded, scanned, checked and given back.
    fn materials(&mut self) -> Result<(), Enough> {
        let today = self.today;
        let demanded = self.case.applicant().map(|applicant| applicant.demanded.clone()).unwrap_or_default();
        for code in demanded {
            let page = self.ground.pictures.page.clone();
            self.act(20, |case, pack| materials::scan(case, pack, &code, 1, page))?;
            match self.ground.pack.material(&code).and_then(|material| material.particulars) {
                Some(Recorded::Newspaper) => {
                    let notice =
                        LossNotice { paper: "样例日报".to_owned(), published: today, page: "第3版".to_owned() };
                    self.act(20, |case, pack| materials::record_loss_notice(case, pack, notice, today))?;
                }
                Some(Recorded::OldCard) => {
                    self.act(20, |case, pack| materials::record_old_card(case, pack, None, "断成两半"))?;
                }
                None => {}
            }
            self.act(10, |case, pack| materials::check(case, pack, &code, true, Vec::new()))?;
            if materials::give_back(&self.case, self.ground.pack, &code).is_ok() {
                self.act(5, |case, pack| materials::give_back(case, pack, &code))?;
            }
        }
        Ok(())
    }

    fn print(&mut self, reprint: Option<&str>, next_number: &mut u32) -> Result<(), Enough> {
        let pattern = &self.ground.pack.rules().number_pattern.value;
        let number = pattern.write(self.ground.window, u64::from(*next_number)).expect("a window's code is short");
        self.act(10, |case, pack| numbering::reserve(case, pack, number, Post::IntakeClerk))?;
        *next_number += 1;
        let sheet = self.ground.pictures.sheet.clone();
        let attempt = printing::next_attempt(&self.case);
        self.act(5, |case, pack| printing::attempt(case, pack, Post::IntakeClerk, reprint, sheet, "card"))?;
        self.act(1, |case, _| printing::submitted(case, &attempt, &format!("job-{attempt}")))?;
        self.act(15, |case, _| printing::ended(case, &attempt, PrintOutcome::SpoolerConfirmed))
    }

    /// Makes one act, `seconds` after the one before, unless enough have been made.
    fn act(&mut self, seconds: i64, judge: impl FnOnce(&Case, &PolicyPack) -> Judgement) -> Result<(), Enough> {
        // Whoever fills a ledger leaves no print behind whose end nobody knows: the next start would ask a queue for it.
        let under_way = self.case.open_attempt().is_some_and(|attempt| match attempt.state {
            AttemptState::Decided | AttemptState::Submitted => true,
            AttemptState::Ended(_) | AttemptState::Confirmed | AttemptState::Spoiled { .. } => false,
        });
        match &mut self.left {
            Some(0) if !under_way => return Err(Enough),
            Some(left) => *left = left.saturating_sub(1),
            None => {}
        }
        self.now += SignedDuration::from_secs(seconds);
        let facts = judge(&self.case, self.ground.pack).expect("an invented person lacks nothing that a step asks for");
        let expected_seq = self.case.seq();
        let (case, recorded) =
            self.case.after(&facts, self.now, &self.ground.clerk).expect("a judgement's facts can stand");
        let messages = outbox::messages_for(&case, &recorded, self.ground.pack, &self.ground.station);
        self.case = case;
        self.acts.push(Act { expected_seq, at: self.now, facts, messages });
        Ok(())
    }
}
