//! The rows of step `materials`: what the pack demands and how far each has come.

use casework::case::{Case, MaterialState};
use casework::nouns::{CaseKind, MaterialCode, PictureHash, ReasonCode};
use casework::pack::{Material, PaperHandling, PolicyPack, Recorded};
use casework::steps::materials::{days_since, latest_promise, promise_notice};
use casework::steps::{self, archive};

use super::Ground;
use crate::contract::{
    Choice, DroppedView, HistoryOffer, LossNoticeForm, MaterialRow, OldCardForm, PageFindingLine, PageView, PaperLine,
    ToleranceOffer,
};
use crate::words;

/// One row for each material that is taken at step `materials`.
pub fn rows(case: &Case, ground: &Ground) -> Vec<MaterialRow> {
    steps::materials::demanded(case, ground.pack).into_iter().map(|material| row(case, material, ground)).collect()
}

/// What becomes of each paper, for the hand-over.
pub fn papers(case: &Case, ground: &Ground) -> Vec<PaperLine> {
    archive::papers(case, ground.pack)
        .into_iter()
        .map(|paper| PaperLine {
            name: paper.material.name.to_string(),
            handling: handling(paper.material.handling).to_owned(),
            done: paper.done,
        })
        .collect()
}

/// Originals that lie on the counter.
pub fn unreturned(case: &Case, ground: &Ground) -> Vec<Choice> {
    let name = |code: &MaterialCode| {
        ground.pack.material(code).map_or_else(|| code.to_string(), |material| material.name.to_string())
    };
    let codes = match case.is_closed() {
        true => Vec::new(),
        false => steps::materials::unreturned(case, ground.pack),
    };
    codes.iter().map(|code| Choice { value: code.to_string(), name: name(code) }).collect()
}

/// What lies in the document camera's folder, newest first.
pub fn dropped(ground: &Ground) -> Vec<DroppedView> {
    let view = |picture: &crate::dropped::Dropping| DroppedView {
        file: picture.file().to_owned(),
        thumbnail: picture.door().to_owned(),
        since: words::since(picture.at(), ground.now.today),
    };
    ground.dropped.iter().map(view).collect()
}

fn handling(handling: PaperHandling) -> &'static str {
    match handling {
        PaperHandling::ScanAndReturn => "扫描后退回申请人",
        PaperHandling::OnCard => "印在优待证上",
        PaperHandling::RetainArchive => "留存归档，不退回",
    }
}

fn row(case: &Case, material: &Material, ground: &Ground) -> MaterialRow {
    let state = case.material(&material.code);
    let check = state.and_then(|state| state.check.as_ref());
    let error = |code: &ReasonCode| Choice { value: code.to_string(), name: reason_words(code, ground.pack) };
    MaterialRow {
        material: material.code.to_string(),
        name: material.name.to_string(),
        hint: material.hint.to_string(),
        handling: handling(material.handling).to_owned(),
        original_inspected: check.is_some_and(|check| check.original_inspected),
        checked: check.is_some(),
        common_errors: material.common_errors.iter().map(error).collect(),
        ticked: check.map_or_else(Vec::new, |check| check.errors.iter().map(ToString::to_string).collect()),
        pages: state.map_or_else(Vec::new, |state| pages(state, ground)),
        needs_scan: true,
        needs_return: material.handling == PaperHandling::ScanAndReturn
            && state.is_none_or(|state| state.pages.is_empty() || state.has_original()),
        returned: state.is_some_and(|state| state.returned),
        loss_notice: loss_notice(case, material),
        old_card: old_card(case, material, ground),
        history: history(case, material, ground),
        tolerance: tolerance(case, material, ground),
    }
}

fn reason_words(code: &ReasonCode, pack: &PolicyPack) -> String {
    pack.reason(code).map_or_else(|| code.to_string(), |reason| reason.public.to_string())
}

fn pages(state: &MaterialState, ground: &Ground) -> Vec<PageView> {
    let view = |(page, picture): (&u16, &PictureHash)| {
        let findings = state.findings.get(page).map(Vec::as_slice).unwrap_or_default();
        let kept = state.kept.get(page);
        PageView {
            page: *page,
            picture: picture.to_string(),
            findings: findings
                .iter()
                .map(|finding| PageFindingLine {
                    code: finding.code.to_string(),
                    blocks: finding.blocks,
                    words: ground.pack.reason(&finding.code).map_or_else(
                        || finding.code.to_string(),
                        |reason| format!("{}{}", reason.public, reason.remedy),
                    ),
                    measured: finding.measured.clone(),
                    threshold: finding.threshold.clone(),
                })
                .collect(),
            stands_in_the_way: kept.is_none() && findings.iter().any(|finding| finding.blocks),
            kept: kept.map(|kept| kept.reason.clone()),
            history: state.history.get(page).map(|history| {
                format!("{}的材料，{}", words::date(history.taken_on), words::age(history.taken_on, ground.now.today))
            }),
        }
    };
    state.pages.iter().map(view).collect()
}

fn loss_notice(case: &Case, material: &Material) -> Option<LossNoticeForm> {
    if material.particulars != Some(Recorded::Newspaper) {
        return None;
    }
    let notice = case.particulars().loss_notice.as_ref();
    Some(LossNoticeForm {
        recorded: notice.is_some(),
        paper: notice.map(|notice| notice.paper.clone()).unwrap_or_default(),
        published: notice.map(|notice| notice.published.to_string()).unwrap_or_default(),
        page: notice.map(|notice| notice.page.clone()).unwrap_or_default(),
    })
}

/// The form of the card to be replaced stands beside the paper that only a reissue brings. Only a damaged card has to be
/// described; after a loss its number is written down where somebody knows it (domain 2.4).
fn old_card(case: &Case, material: &Material, ground: &Ground) -> Option<OldCardForm> {
    let usual = match case.kind() {
        CaseKind::First => return None,
        CaseKind::ReissueLost => "遗失",
        CaseKind::ReissueDamaged => "",
    };
    if !material.is_of_a_reissue() {
        return None;
    }
    let card = case.particulars().old_card.as_ref();
    let known = ground.earlier.and_then(|earlier| earlier.card()).map(ToString::to_string);
    Some(OldCardForm {
        recorded: card.is_some(),
        required: material.particulars == Some(Recorded::OldCard),
        number: match card {
            Some(card) => card.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            None => known.clone().unwrap_or_default(),
        },
        condition: card.map_or_else(|| usual.to_owned(), |card| card.condition.clone()),
        known,
    })
}

/// Offered until a page is there: what was scanned today is better than what was kept.
fn history(case: &Case, material: &Material, ground: &Ground) -> Vec<HistoryOffer> {
    let taken = case.material(&material.code).map(|state| &state.pages);
    let offered = ground.earlier.into_iter().flat_map(|earlier| earlier.pages());
    offered
        .filter(|page| material.history_reusable && page.material == material.code)
        .filter(|page| !taken.is_some_and(|pages| pages.values().any(|one| *one == page.picture)))
        .filter_map(|page| {
            Some(HistoryOffer {
                picture: page.picture.to_string(),
                source: page.source.to_string(),
                taken_on: words::date(page.taken_on),
                age_days: days_since(page.taken_on, ground.now.today)?,
                age: words::age(page.taken_on, ground.now.today),
            })
        })
        .collect()
}

fn tolerance(case: &Case, material: &Material, ground: &Ground) -> Option<ToleranceOffer> {
    let state = case.material(&material.code);
    let committed = state.and_then(|state| state.committed_until);
    let until = committed.unwrap_or_else(|| latest_promise(material, ground.now.today));
    let tolerated = steps::materials::tolerated(case, ground.pack, material);
    let notice = promise_notice(material, until).filter(|_| tolerated)?;
    Some(ToleranceOffer { until: words::date(until), notice, committed: committed.is_some() })
}
