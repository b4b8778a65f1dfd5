//! What steps 1 to 5 fill, and the one place where changing an early fact forgets what rested on it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};

use super::Particulars;
use crate::{
    fact::{HistoryPage, Identity, PageFinding, PhotoFinding, Reused, RuleFired},
    nouns::{Actor, ApplicantMode, CountyId, Hukou, MaterialCode, PictureHash, ReasonCode, Role},
};

/// A case before acceptance. Every entry may still be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    pub(super) identity: Option<Identity>,
    pub(super) agent: Option<Identity>,
    pub(super) applicant: Option<Applicant>,
    pub(super) verdict: Option<Verdict>,
    pub(super) materials: BTreeMap<MaterialCode, MaterialState>,
    pub(super) photo: Option<Photo>,
    pub(super) particulars: Particulars,
}

/// The clerk's entries (step `applicant`). Its `Debug` hides how to reach the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Applicant {
    pub mode: ApplicantMode,
    pub hukou: Hukou,
    pub hukou_basis: String,
    /// Normalised; blank only where the pack does not ask for one.
    pub phone: String,
    pub contact_address: String,
    pub department: CountyId,
    /// What the pack demands at step `materials`, in its order.
    pub demanded: Vec<MaterialCode>,
    /// The material that step `photo` takes, where the pack demands one.
    pub portrait: Option<MaterialCode>,
    /// The day on which the pack was asked what it demands.
    pub on: Option<Date>,
}

/// The pack's answer (step `eligibility`).
#[derive(Clone, PartialEq, Eq)]
pub struct Verdict {
    pub eligible: bool,
    pub on: Date,
    pub rules: Vec<RuleFired>,
    /// What the register said then of a valid card of this person.
    pub holds_a_card: Option<bool>,
}

/// How far one material has come (step `materials`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MaterialState {
    /// By page number, from 1.
    pub pages: BTreeMap<u16, PictureHash>,
    /// Which of the pages were taken over from an earlier case, and who looked at them (S-45).
    pub history: BTreeMap<u16, HistoryPage>,
    /// What was found on a page, where anything was.
    pub findings: BTreeMap<u16, Vec<PageFinding>>,
    /// Pages that the clerk kept in spite of what was found on them.
    pub kept: BTreeMap<u16, KeptPage>,
    pub check: Option<Check>,
    /// An original was scanned at this counter. It lies there until [`MaterialState::returned`], whatever becomes of
    /// its pages.
    pub original: bool,
    /// The original went back to the person.
    pub returned: bool,
    /// The day until which a missing material is promised (容缺).
    pub committed_until: Option<Date>,
}

/// Why a page stays although something was found on it, and by whose word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPage {
    pub reason: String,
    pub by: Actor,
}

/// The clerk's formal check of one material (S-38), and whose it is (S-27).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub original_inspected: bool,
    pub errors: Vec<ReasonCode>,
    pub by: Actor,
    pub at: Timestamp,
}

/// A measured portrait and, once given, the clerk's verdict (step `photo`). Lengths are micrometres.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    pub original: PictureHash,
    pub crop: PictureHash,
    pub width_um: u32,
    pub height_um: u32,
    pub findings: Vec<PhotoFinding>,
    pub judgement: Option<PhotoJudgement>,
}

/// What the clerk said of a portrait beside the person, with the clerk's name (S-15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoJudgement {
    pub same_person: bool,
    pub bareheaded: bool,
    pub recent: bool,
    pub by: Actor,
}

impl MaterialState {
    /// True when a page was scanned from an original that came to the counter; a page of an earlier case has none.
    pub fn has_original(&self) -> bool {
        self.original
    }

    /// Forgets what was known of a material that is not demanded any more. An original that still lies on the counter
    /// is not forgotten: it has to go back (S-11). Answers whether there is one.
    fn leaves_an_original(&mut self) -> bool {
        let here = self.original && !self.returned;
        *self = Self { original: here, ..Self::default() };
        here
    }

    /// What was found on pages that nobody kept in spite of it, page by page.
    pub fn unsettled_findings(&self) -> impl Iterator<Item = &PageFinding> {
        self.findings.iter().filter(|(page, _)| !self.kept.contains_key(page)).flat_map(|(_, found)| found)
    }
}

impl Draft {
    /// The applicant's card.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// The agent's card.
    pub fn agent(&self) -> Option<&Identity> {
        self.agent.as_ref()
    }

    pub fn applicant(&self) -> Option<&Applicant> {
        self.applicant.as_ref()
    }

    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    pub fn photo(&self) -> Option<&Photo> {
        self.photo.as_ref()
    }

    /// A card was read for a role.
    ///
    /// The applicant's verdict and the likeness rest on who the applicant is: a new read forgets both. When the
    /// read differs from the last one, the formal checks go too; when the day of birth differs, the entries go, because
    /// what is demanded may rest on an age; when it is another person, nothing of the first one stays. An agent's card carries the checks of the papers that name the agent, and no more.
    pub(super) fn identify(&mut self, role: Role, identity: Identity, reused: Option<Reused>) {
        match role {
            Role::Applicant => {
                let before = self.identity.take();
                let same_person = before.as_ref().is_none_or(|before| before.number == identity.number);
                if !same_person {
                    let mut materials = std::mem::take(&mut self.materials);
                    materials.retain(|_, state| state.leaves_an_original());
                    // The agent stays who it is.
                    let particulars =
                        Particulars { agent_reused: self.particulars.agent_reused.take(), ..Particulars::default() };
                    *self = Self { agent: self.agent.take(), materials, particulars, ..Self::default() };
                } else if let Some(before) = before.filter(|before| *before != identity) {
                    self.forget_checks();
                    if before.birth != identity.birth {
                        self.applicant = None;
                    }
                }
                self.verdict = None;
                self.forget_likeness();
                self.particulars.overrides.retain(|one| one.role != role);
                self.identity = Some(identity);
            }
            Role::Agent => {
                if self.agent.as_ref().is_some_and(|before| *before != identity) {
                    self.forget_checks();
                }
                self.particulars.overrides.retain(|one| one.role != role);
                self.particulars.agent_reused = reused;
                self.agent = Some(identity);
            }
        }
    }

    /// The clerk's entries changed.
    ///
    /// Mode, hukou and department decide the verdict; they and the day decide the material. Material that is no longer
    /// demanded is forgotten with its pages, and an agent leaves with the mode.
    pub(super) fn fill(&mut self, entry: Applicant) {
        let rests_on = |one: &Applicant| (one.mode, one.hukou, one.department.clone());
        if self.applicant.as_ref().is_none_or(|before| rests_on(before) != rests_on(&entry)) {
            self.verdict = None;
        }
        match entry.mode {
            ApplicantMode::InPerson => {
                self.agent = None;
                self.particulars.agent_reused = None;
            }
            ApplicantMode::Agent => {}
        }
        self.materials.retain(|material, state| entry.demanded.contains(material) || state.leaves_an_original());
        if entry.portrait.is_none() {
            self.photo = None;
        }
        self.applicant = Some(entry);
    }

    pub(super) fn judge(&mut self, verdict: Verdict) {
        self.verdict = Some(verdict);
    }

    /// A page was scanned. A check rested on the pages as they were; a returned original is back on the counter.
    pub(super) fn scan(&mut self, material: MaterialCode, page: u16, picture: PictureHash, found: Vec<PageFinding>) {
        let state = self.materials.entry(material).or_default();
        state.pages.insert(page, picture);
        state.history.remove(&page);
        state.kept.remove(&page);
        if found.is_empty() {
            state.findings.remove(&page);
        } else {
            state.findings.insert(page, found);
        }
        state.original = true;
        state.check = None;
        state.returned = false;
        state.committed_until = None;
    }

    /// A page of an earlier case takes a place. What was known of the original on the counter stays.
    pub(super) fn reuse(&mut self, material: MaterialCode, page: u16, history: HistoryPage) {
        let state = self.materials.entry(material).or_default();
        state.pages.insert(page, history.picture.clone());
        state.history.insert(page, history);
        state.check = None;
        state.committed_until = None;
    }

    /// A page stays in spite of what was found on it.
    pub(super) fn keep(
        &mut self,
        material: &MaterialCode,
        page: u16,
        picture: &PictureHash,
        kept: KeptPage,
    ) -> Option<()> {
        let state = self.materials.get_mut(material)?;
        let found = state.findings.contains_key(&page) && state.pages.get(&page) == Some(picture);
        found.then(|| drop(state.kept.insert(page, kept)))
    }

    /// Pages in another order, or fewer of them. What is known of a page goes with it; a check rested on the pages as
    /// they were. `None` when they did not stand so, or a page would come from nowhere.
    pub(super) fn arrange(
        &mut self,
        material: &MaterialCode,
        before: &[PictureHash],
        after: &[PictureHash],
    ) -> Option<()> {
        let state = self.materials.get_mut(material)?;
        let stand: Vec<u16> = state.pages.keys().copied().collect();
        let names: BTreeSet<&PictureHash> = after.iter().collect();
        if !state.pages.values().eq(before) || names.len() != after.len() {
            return None;
        }
        let mut arranged = MaterialState { original: state.original, returned: state.returned, ..Default::default() };
        for (page, picture) in (1..).zip(after) {
            let was = stand[before.iter().position(|one| one == picture)?];
            arranged.pages.insert(page, picture.clone());
            arranged.history.extend(state.history.remove(&was).map(|history| (page, history)));
            arranged.findings.extend(state.findings.remove(&was).map(|found| (page, found)));
            arranged.kept.extend(state.kept.remove(&was).map(|kept| (page, kept)));
        }
        *state = arranged;
        Some(())
    }

    pub(super) fn check(&mut self, material: MaterialCode, check: Check) {
        self.materials.entry(material).or_default().check = Some(check);
    }

    pub(super) fn commit(&mut self, material: MaterialCode, until: Date) {
        self.materials.entry(material).or_default().committed_until = Some(until);
    }

    /// A new portrait comes without the judgement of the one before.
    pub(super) fn measure(&mut self, photo: Photo) {
        self.photo = Some(photo);
    }

    pub(super) fn forget_checks(&mut self) {
        for state in self.materials.values_mut() {
            state.check = None;
        }
    }

    fn forget_likeness(&mut self) {
        if let Some(photo) = &mut self.photo {
            photo.judgement = None;
        }
    }
}

impl std::fmt::Debug for Applicant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Applicant")
            .field("mode", &self.mode)
            .field("hukou", &self.hukou)
            .field("department", &self.department)
            .finish_non_exhaustive()
    }
}

/// The rules say why in words that hold the person's birth date.
impl std::fmt::Debug for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verdict").field("eligible", &self.eligible).field("on", &self.on).finish_non_exhaustive()
    }
}
