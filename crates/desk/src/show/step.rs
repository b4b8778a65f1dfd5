//! What the screen of each step needs, and no more.

use archive::PackageNumber;
use casework::case::{AttemptState, Case, Stage};
use casework::nouns::{CaseKind, DeliveryProof, PrintOutcome, Role};
use casework::steps::Step;
use devices::printer::JobSeen;

use super::{CHIP_PHOTO, Ground, materials};
use crate::at_hand::expected;
use crate::contract::{
    ApplicantEntry, CardRole, Choice, EndedAs, FindingLine, Gap, HukouSide, MaterialRow, Mode, PhotoView, PrintState,
    RuleLine, StepBody, VerdictView,
};
use crate::words;

pub fn body(case: &Case, here: Step, rows: Vec<MaterialRow>, ground: &Ground) -> StepBody {
    if case.is_closed() {
        return closed(case, ground);
    }
    match here {
        Step::Identify => identify(case, ground),
        Step::Applicant => applicant(case, ground),
        Step::Eligibility => StepBody::Eligibility { verdict: verdict(case, ground) },
        Step::Materials => StepBody::Materials { rows, dropped: materials::dropped(ground) },
        Step::Photo => StepBody::Photo { photo: photo(case, ground) },
        Step::Acceptance => {
            StepBody::Acceptance { gaps: gaps(case, ground), receipt: case.receipt().map(ToString::to_string) }
        }
        Step::Numbering => match super::results::awaiting(case, ground) {
            Some(awaiting) => awaiting,
            None => StepBody::Numbering {
                mode: super::stock::mode(ground.pack).to_owned(),
                left: ground.numbers_left,
                number: case.number().map(ToString::to_string),
                gives: super::stock::giver(ground.pack),
                returned: casework::steps::numbering::returned(case).ok().map(ToString::to_string),
                blanks: ground.blanks,
                next_blank: ground.next_blank.as_ref().map(ToString::to_string),
            },
        },
        Step::Printing => printing(case, ground),
        Step::Delivery => StepBody::Delivery {
            number: case.number().map(ToString::to_string).unwrap_or_default(),
            proofs: ground.pack.rules().delivery_proof.value.iter().map(|proof| proof_choice(*proof)).collect(),
            receivers: super::handing::receivers(case),
            reading: ground.reading,
            read: ground.at_hand.shown_card.map(super::handing::taker),
            late: case.is_overdue(ground.now.at),
        },
        Step::Rating => StepBody::Rating { rating: super::rating::view(case, ground.pack) },
        Step::Archive => StepBody::Archive {
            papers: materials::papers(case, ground),
            handed_over: case.handover().is_some(),
            taker_signs: ground.station.window.level != casework::nouns::WindowLevel::Village,
            package: PackageNumber::of(case.id()).to_string(),
            list: case.handover().and_then(|signed| signed.list.as_ref()).map(ToString::to_string),
        },
    }
}

fn applicant(case: &Case, ground: &Ground) -> StepBody {
    let home = &ground.station.window.district;
    let suggestion = casework::steps::applicant::suggest(case, ground.pack, home);
    let mut departments: Vec<Choice> = ground
        .pack
        .districts()
        .iter()
        .map(|district| Choice { value: district.id.to_string(), name: district.name.to_string() })
        .collect();
    // The window's own district first: it is the usual answer (D-18).
    departments.sort_by_key(|choice| choice.value != home.as_str());
    let hint = match suggestion.as_ref().map(|found| (found.hukou, &found.hukou_county)) {
        Some((casework::nouns::Hukou::Local, _)) => "芯片住址在本窗口辖区内".to_owned(),
        Some((casework::nouns::Hukou::Outside, Some(county))) => {
            let name = ground.pack.district(county).map(|district| district.name.to_string()).unwrap_or_default();
            format!("芯片住址在{name}，不在本窗口辖区内，请问清户口")
        }
        Some((casework::nouns::Hukou::Outside, None)) => "芯片住址不在本市，请问清户口".to_owned(),
        None => String::new(),
    };
    StepBody::Applicant {
        departments,
        hukou_hint: hint,
        suggested_hukou: suggestion.as_ref().map(|found| side(found.hukou)),
        suggested_department: suggestion.map(|found| found.department.to_string()),
        filled: case.applicant().map(|entry| ApplicantEntry {
            mode: match entry.mode {
                casework::nouns::ApplicantMode::InPerson => Mode::InPerson,
                casework::nouns::ApplicantMode::Agent => Mode::Agent,
            },
            hukou: side(entry.hukou),
            hukou_basis: entry.hukou_basis.clone(),
            phone: entry.phone.clone(),
            contact_address: entry.contact_address.clone(),
            department: entry.department.to_string(),
        }),
    }
}

fn side(hukou: casework::nouns::Hukou) -> HukouSide {
    match hukou {
        casework::nouns::Hukou::Local => HukouSide::Local,
        casework::nouns::Hukou::Outside => HukouSide::Outside,
    }
}

/// Step 1 says whose card is awaited, so that two cards never change places (S-21).
fn identify(case: &Case, ground: &Ground) -> StepBody {
    let awaited = ground.at_hand.awaited.filter(|_| ground.reading);
    StepBody::Identify {
        reading: ground.reading,
        expects: match awaited.unwrap_or_else(|| expected(case)) {
            Role::Applicant => CardRole::Applicant,
            Role::Agent => CardRole::Agent,
        },
        applicant: case.identity().map(|identity| identity.name.masked()),
        agent: case.agent().map(|identity| identity.name.masked()),
        ethnicities: words::ethnicities(),
    }
}

fn verdict(case: &Case, ground: &Ground) -> Option<VerdictView> {
    let verdict = case.verdict()?;
    let rules = verdict
        .rules
        .iter()
        .map(|fired| {
            let why = ground.pack.why(&fired.rule);
            RuleLine {
                name: why.as_ref().map_or_else(|| fired.rule.clone(), |why| why.name.clone()),
                passed: fired.passed,
                because: match &why {
                    Some(why) => {
                        format!("{}。依据：{}（{}，可信度{}）", fired.because, why.source, why.date, confidence(why))
                    }
                    None => fired.because.clone(),
                },
                reason: fired
                    .reason
                    .as_ref()
                    .filter(|_| !fired.passed)
                    .and_then(|code| ground.pack.reason(code))
                    .map(|reason| reason.public.to_string()),
            }
        })
        .collect();
    Some(VerdictView { eligible: verdict.eligible, rules })
}

fn confidence(why: &casework::pack::Why) -> &'static str {
    match why.confidence {
        casework::pack::Confidence::High => "高",
        casework::pack::Confidence::Medium => "中",
        casework::pack::Confidence::Low => "低",
    }
}

fn photo(case: &Case, ground: &Ground) -> Option<PhotoView> {
    let photo = case.photo()?;
    Some(PhotoView {
        original: photo.original.to_string(),
        crop: photo.crop.to_string(),
        width_mm: photo.width_um as f32 / 1000.0,
        height_mm: photo.height_um as f32 / 1000.0,
        findings: photo
            .findings
            .iter()
            .map(|finding| FindingLine {
                code: finding.code.to_string(),
                blocks: finding.blocks,
                measured: finding.measured.clone(),
                words: ground
                    .pack
                    .reason(&finding.code)
                    .map_or_else(|| finding.code.to_string(), |reason| reason.public.to_string()),
            })
            .collect(),
        chip: ground.chip_photo.then(|| CHIP_PHOTO.to_owned()),
        judged: photo.judgement.is_some(),
    })
}

/// Every gap at once, each with the step that closes it.
pub fn gaps(case: &Case, ground: &Ground) -> Vec<Gap> {
    casework::steps::acceptance::gaps(case, ground.pack, ground.now.today)
        .into_iter()
        .map(|gap| Gap {
            step: gap.step.name().to_owned(),
            reason: gap.reason.to_string(),
            words: ground
                .pack
                .reason(&gap.reason)
                .map_or_else(|| gap.reason.to_string(), |reason| format!("{}{}", reason.public, reason.remedy)),
        })
        .collect()
}

fn printing(case: &Case, ground: &Ground) -> StepBody {
    let attempt = case.attempts().last();
    let state = match (case.stage(), attempt.map(|attempt| &attempt.state)) {
        (Stage::Made { .. }, _) => PrintState::Made,
        (_, None) => PrintState::Ready,
        (_, Some(AttemptState::Decided | AttemptState::Submitted)) => PrintState::Printing,
        (_, Some(AttemptState::Ended(outcome))) => match outcome {
            PrintOutcome::DeviceConfirmed | PrintOutcome::SpoolerConfirmed => PrintState::AskPerson,
            PrintOutcome::Unknown => PrintState::Unknown,
            PrintOutcome::Failed { .. } => PrintState::Failed,
        },
        (_, Some(AttemptState::Confirmed)) => PrintState::Made,
        (_, Some(AttemptState::Spoiled { .. })) => PrintState::Spoiled,
    };
    let words = match state {
        PrintState::Ready => "看清楚再打印，打印出来就是这个样子。".to_owned(),
        PrintState::Printing => under_way(ground.job),
        PrintState::AskPerson => match attempt.map(|attempt| &attempt.state) {
            Some(AttemptState::Ended(PrintOutcome::DeviceConfirmed)) => {
                "已打印，是打印机自己说的。请看看出卡口。".to_owned()
            }
            _ => "卡片已经送到打印机。它打没打完，本机看不到。请看看出卡口。".to_owned(),
        },
        PrintState::Unknown => "不知道这张卡有没有打出来。请到打印机旁看清楚再回答。".to_owned(),
        PrintState::Failed => match attempt.map(|attempt| &attempt.state) {
            Some(AttemptState::Ended(PrintOutcome::Failed { reason })) => format!("没有打出来：{reason}"),
            _ => "没有打出来。".to_owned(),
        },
        PrintState::Spoiled => "上一张作废了，记在台账里。再打要写明原因。".to_owned(),
        PrintState::Made => "已制证，卡片在手上。".to_owned(),
    };
    StepBody::Printing {
        number: case.number().map(ToString::to_string).unwrap_or_default(),
        preview: ground.preview.map(|_| "preview-front".to_owned()),
        preview_back: ground.preview.map(|_| "preview-back".to_owned()),
        width_mm: ground.preview.map_or(85.6, |preview| preview.width_mm as f32),
        height_mm: ground.preview.map_or(54.0, |preview| preview.height_mm as f32),
        state,
        words,
    }
}

/// What the queue says of a print that is under way; what stands in its way is told with its remedy.
fn under_way(job: Option<&JobSeen>) -> String {
    match job {
        Some(JobSeen::UnderWay { hindrance: Some(state) }) => {
            format!("{}{}处理好以后它会接着打，不要再点打印。", state.words().happened, state.words().remedy)
        }
        Some(JobSeen::NoAnswer) => "打印机没有回答，还不知道卡打出来没有。请检查打印机电源和连接线。".to_owned(),
        Some(
            JobSeen::UnderWay { hindrance: None }
            | JobSeen::Waiting
            | JobSeen::Done { .. }
            | JobSeen::Aborted { .. }
            | JobSeen::Broken
            | JobSeen::Gone,
        )
        | None => "正在打印，通常要十几秒。".to_owned(),
    }
}

fn proof_choice(proof: DeliveryProof) -> Choice {
    let (value, name) = match proof {
        DeliveryProof::IdCard => ("id_card", "看身份证"),
        DeliveryProof::ReceiptList => ("receipt_list", "看收文清单"),
    };
    Choice { value: value.to_owned(), name: name.to_owned() }
}

/// What has become of the card that was replaced.
fn old_number(case: &Case) -> Option<String> {
    match (case.kind(), case.voids()) {
        (CaseKind::First, _) => None,
        (CaseKind::ReissueLost | CaseKind::ReissueDamaged, Some(number)) => {
            Some(format!("旧证号 {number} 已经作废，从交付新证起不能再用。"))
        }
        (CaseKind::ReissueLost | CaseKind::ReissueDamaged, None) => {
            Some("旧证号不详，没有登记作废；以后查到旧证，请报承办部门。".to_owned())
        }
    }
}

/// The end of a case: why, and what the person takes home. Each way of ending has its own words.
fn closed(case: &Case, ground: &Ground) -> StepBody {
    let (ended, title, lines) = match case.stage() {
        Stage::Refused { .. } => {
            let reasons = case.refused_for().iter().filter_map(|code| ground.pack.reason(code));
            let mut lines: Vec<String> = reasons.map(|reason| format!("{}{}", reason.public, reason.remedy)).collect();
            lines.push("请把告知书交给申请人，并退回他带来的全部材料。".to_owned());
            if case.acceptance().is_some() {
                lines.push("没有做新证；原来的证继续有效。".to_owned());
            }
            // After acceptance it is the department that has said no.
            let title = if case.acceptance().is_some() { "承办部门不予办理" } else { "不予收件" };
            (EndedAs::Refused, title, lines)
        }
        Stage::Withdrawn { reason, .. } => (
            EndedAs::Withdrawn,
            "申请人已撤回",
            vec![format!("原因：{reason}"), "以后还可以重新申请。请提醒带走全部材料。".to_owned()],
        ),
        Stage::Sealed { .. } => (
            EndedAs::Sealed,
            "办结，已归档",
            [
                Some(format!("证号 {}", case.number().map(ToString::to_string).unwrap_or_default())),
                // Its hash is not shown: it depends on what was said of the service. What can be compared is.
                Some(format!("档案包 {}", PackageNumber::of(case.id()))),
                super::handing::told(case),
                old_number(case),
                case.missed().map(|missed| format!("超过了办结时限：{}", missed.reason)),
                Some("请提醒：带好优待证、身份证和全部原件。".to_owned()),
            ]
            .into_iter()
            .flatten()
            .collect(),
        ),
        Stage::Draft(_)
        | Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. } => unreachable!("only a closed case is shown as closed"),
    };
    StepBody::Closed { ended, title: title.to_owned(), lines, package: ground.package.clone() }
}
