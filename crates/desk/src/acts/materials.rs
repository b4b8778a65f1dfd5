//! Step 4: the papers of a case, page by page.

use casework::case::Case;
use casework::fact::LossNotice;
use casework::nouns::{CardNumber, MaterialCode, PictureHash, ReasonCode};
use casework::pack::PolicyPack;
use casework::steps::materials::{self, Found, Kept, LookedAt, Scan};
use devices::documents::newest_picture;
use pages::PageSpec;
use pictures::Limits;

use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};
use crate::words;

/// What a request about the papers comes to.
type Done = Result<Vec<Effect>, Trouble>;

impl Desk {
    pub(super) fn scan_material(&mut self, material: &str, now: Now) -> Done {
        let material = material_code(material)?;
        let page =
            newest_picture(&self.station.documents.folder).map_err(|fault| fault::drop_folder("materials", &fault))?;
        self.scan_page(&material, None, &page.bytes, now)
    }

    pub(super) fn rescan_page(&mut self, material: &str, page: u16, now: Now) -> Done {
        let material = material_code(material)?;
        if self.case()?.material(&material).is_none_or(|state| !state.pages.contains_key(&page)) {
            return Err(Trouble::of("materials.correct").at("page", "没有这一页"));
        }
        let picture =
            newest_picture(&self.station.documents.folder).map_err(|fault| fault::drop_folder("materials", &fault))?;
        self.scan_page(&material, Some(page), &picture.bytes, now)
    }

    /// Several pictures of the folder, in the order in which they were chosen. All are read before the first is
    /// taken, so that a name that is gone leaves nothing half done.
    pub(super) fn scan_pages(&mut self, material: &str, files: &[String], now: Now) -> Done {
        let material = material_code(material)?;
        let pictures = files.iter().map(|file| self.dropped_picture(file)).collect::<Result<Vec<_>, _>>()?;
        if pictures.is_empty() {
            return Err(Trouble::of("materials.correct").at("files", "请选至少一页"));
        }
        for picture in pictures {
            self.scan_page(&material, None, &picture.bytes, now)?;
        }
        Ok(Vec::new())
    }

    /// Measures a picture and makes it a page: the next one, or the one whose place it takes.
    fn scan_page(&mut self, material: &MaterialCode, place: Option<u16>, bytes: &[u8], now: Now) -> Done {
        let findings = pages::check(bytes, &page_spec(&self.pack))
            .map_err(|fault| Trouble::of("materials.unusable").because(fault::chain(&fault)))?;
        let found = |finding: &pages::Finding| {
            Some(Found {
                code: finding.code.as_str().parse().ok()?,
                measured: finding.measured_with_unit(),
                threshold: finding.threshold_with_unit(),
            })
        };
        let findings = findings.iter().filter_map(found).collect();
        let page = place.unwrap_or(materials::next_page(self.case()?, material));
        let picture = self.ledger.store_picture(bytes)?;
        if self.is_of_another_elder(&picture, now)? {
            return Err(Trouble::of("materials.of_another"));
        }
        let scan = Scan { picture, findings };
        self.judged("materials", now, |case, pack| materials::scan(case, pack, material, page, scan))
    }

    pub(super) fn arrange_pages(&mut self, material: &str, order: &[u16], now: Now) -> Done {
        let material = material_code(material)?;
        self.judged("materials", now, |case, pack| materials::arrange(case, pack, &material, order))
    }

    pub(super) fn keep_page(&mut self, material: &str, page: u16, reason: &str, now: Now) -> Done {
        let material = material_code(material)?;
        self.judged("materials", now, |case, pack| materials::keep(case, pack, &material, page, reason))
    }

    /// Takes over a page that the view offered. The page names the picture that the clerk has looked at and the age that
    /// stood beside it; the rest is this station's own knowledge.
    pub(super) fn reuse_history(&mut self, material: &str, picture: &str, age_days: u32, now: Now) -> Done {
        let material = material_code(material)?;
        self.look_back();
        let offered = self.earlier.as_ref().into_iter().flat_map(|earlier| earlier.pages());
        let page = offered
            .filter(|page| page.material == material)
            .find(|page| page.picture.as_str() == picture)
            .ok_or_else(|| Trouble::of("materials.correct").at("looked_at", "这一页不是此人以前的材料"))?;
        let kept = Kept { picture: page.picture.clone(), source: page.source.to_string(), taken_on: page.taken_on };
        let picture: PictureHash = page.picture.clone();
        let looked_at = LookedAt { picture, age_days };
        let clerk = self.actor()?;
        self.judged("materials", now, |case, pack| {
            materials::reuse(case, pack, &material, kept, &looked_at, &clerk, now.today)
        })
    }

    /// The promise runs as long as the pack allows; what was told is written down with it.
    pub(super) fn commit_tolerance(&mut self, material: &str, acknowledged: bool, now: Now) -> Done {
        let material = material_code(material)?;
        if !acknowledged {
            return Err(Trouble::of("materials.correct").at("acknowledged", "请申请人看过告知内容并签字"));
        }
        self.judged("materials", now, |case, pack| {
            let until = pack.material(&material).map_or(now.today, |one| materials::latest_promise(one, now.today));
            materials::promise(case, pack, &material, until, now.today)
        })
    }

    pub(super) fn record_loss_notice(&mut self, paper: String, published: &str, page: String, now: Now) -> Done {
        let Some(published) = words::read_day(published) else {
            // What else is wrong with the form is said at once, not after the day was put right.
            let also = LossNotice { paper, page, published: now.today };
            let rest = materials::record_loss_notice(self.case()?, &self.pack, also, now.today);
            let trouble = match rest {
                Ok(_) => Trouble::of("materials.correct"),
                Err(refusal) => fault::refusal("materials", &refusal, &self.pack),
            };
            return Err(trouble.at("published", "请写报纸的日期，例如 2021-11-01"));
        };
        let notice = LossNotice { paper, published, page };
        self.judged("materials", now, |case, pack| materials::record_loss_notice(case, pack, notice, now.today))
    }

    pub(super) fn record_old_card(&mut self, number: &str, condition: &str, now: Now) -> Done {
        let number = match number.trim() {
            "" => None,
            number => Some(
                number
                    .parse::<CardNumber>()
                    .map_err(|_| Trouble::of("materials.correct").at("number", "这不是一个证号；看不清就留空"))?,
            ),
        };
        self.judged("materials", now, |case, pack| materials::record_old_card(case, pack, number, condition))
    }

    pub(super) fn check_material(
        &mut self,
        material: &str,
        original_inspected: bool,
        errors: &[String],
        now: Now,
    ) -> Done {
        let material = material_code(material)?;
        let errors: Vec<ReasonCode> = errors.iter().filter_map(|error| error.parse().ok()).collect();
        self.judged("materials", now, |case, pack| materials::check(case, pack, &material, original_inspected, errors))
    }

    pub(super) fn return_material(&mut self, material: &str, now: Now) -> Done {
        let material = material_code(material)?;
        self.judged("materials", now, |case: &Case, pack| materials::give_back(case, pack, &material))
    }
}

pub(super) fn material_code(text: &str) -> Result<MaterialCode, Trouble> {
    text.parse().map_err(|_| Trouble::of("desk.not_now").because("没有这种材料"))
}

/// The pack's demands in the words of `pages`.
fn page_spec(pack: &PolicyPack) -> PageSpec {
    let spec = pack.rules().page_spec.value;
    PageSpec {
        limits: Limits::default(),
        least_dpi: spec.least_dpi,
        least_px: u32::from(spec.least_px),
        dark_below: spec.dark_below,
        faint_below: spec.faint_below,
        empty_below: spec.empty_below,
        blurred_above: spec.blurred_above,
        cut_above: spec.cut_above,
    }
}
