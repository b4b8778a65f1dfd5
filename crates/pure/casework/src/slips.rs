//! The two slips a person may be given at the counter, as content without a layout: the refusal slip (不予收件告知书, S-39;
//! 不予办理告知书 when the application was received and its department has said no) and the one-time notice (一次性告知单), which lists every gap at once.

use jiff::civil::Date;

use crate::{
    case::Case,
    fact::{Fact, IssuedSlip, SlipKind},
    nouns::{Actor, CountyId, PictureHash, ReasonCode, SlipNumber},
    pack::{ConsultPhone, PolicyPack},
    steps::{self, Gap, Judgement, Refusal, acceptance, eligibility, in_words},
};

/// Where and by whom a slip is given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// The window's full name, as on its sign.
    pub window: String,
    pub county: CountyId,
    pub clerk: Actor,
    pub today: Date,
}

/// A slip, ready to be laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub kind: SlipKind,
    pub number: SlipNumber,
    /// As [`title`].
    pub title: &'static str,
    /// The application had been accepted.
    pub received: bool,
    pub package_name: String,
    pub item_name: String,
    pub item_code: String,
    /// Masked; `None` when nobody's card was read.
    pub applicant: Option<String>,
    pub window: String,
    pub clerk: Actor,
    pub on: Date,
    /// At least one.
    pub lines: Vec<SlipLine>,
    /// The line of the right district, or the hotline.
    pub call: ConsultPhone,
    /// What the person signs that they have read.
    pub acknowledgement: &'static str,
}

/// One reason, in the pack's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipLine {
    pub reason: ReasonCode,
    /// The paper it is about.
    pub material: Option<String>,
    pub what: String,
    /// How to put it right; with the day from which an application is taken, where it is a matter of age.
    pub remedy: String,
    /// Where the reason comes from.
    pub basis: String,
}

/// What a slip of this case is called. 不予收件 is the procedure's word for an application that is not taken (八·一); one that
/// was accepted has been taken, and it is the department that does not approve it.
pub fn title(kind: SlipKind, case: &Case) -> &'static str {
    titled(kind, case.acceptance().is_some())
}

/// The refusal slip of a case.
pub fn refusal(case: &Case, pack: &PolicyPack, reasons: &[ReasonCode], counter: &Counter) -> Slip {
    let from = case.identity().and_then(|identity| eligibility::eligible_from(identity.birth, pack));
    let lines = reasons.iter().map(|code| line(pack, code, None, from)).collect();
    let number = number(case, SlipKind::Refusal);
    let slip = slip(SlipKind::Refusal, number, pack, lines, county_of(case, pack, counter), counter, masked(case));
    Slip { title: title(SlipKind::Refusal, case), received: case.acceptance().is_some(), ..slip }
}

/// The refusal slip of somebody for whom no case is made: the item has ended, or is none of this window's. What
/// remains is said in the remedy (凭身份证即可享受优待). `eligible_from` is said of who is too young.
pub fn refusal_at_the_door(
    pack: &PolicyPack,
    number: SlipNumber,
    reasons: &[ReasonCode],
    eligible_from: Option<Date>,
    counter: &Counter,
) -> Slip {
    let lines = reasons.iter().map(|code| line(pack, code, None, eligible_from)).collect();
    slip(SlipKind::Refusal, number, pack, lines, counter.county.clone(), counter, None)
}

/// The one-time notice: one line for every gap.
///
/// # Errors
/// `Incomplete` with the gaps that the clerk has to close first: a notice that is given before everything was looked at
/// would not be the only one. `NotNow` when there is no gap to tell of.
pub fn one_time_notice(case: &Case, pack: &PolicyPack, counter: &Counter) -> Result<Slip, Refusal> {
    let gaps = acceptance::gaps(case, pack, counter.today);
    let (own, told): (Vec<Gap>, Vec<Gap>) = gaps.into_iter().partition(is_the_clerks);
    if !own.is_empty() {
        return Err(Refusal::Incomplete(own));
    }
    if told.is_empty() {
        return Err(Refusal::NotNow(steps::Obstacle::NothingToCorrect));
    }
    let from = case.identity().and_then(|identity| eligibility::eligible_from(identity.birth, pack));
    let lines = told.iter().map(|gap| {
        let material = gap.material.as_ref().and_then(|code| pack.material(code));
        line(pack, &gap.reason, material.map(|material| material.name.to_string()), from)
    });
    let (lines, kind) = (lines.collect(), SlipKind::OneTimeNotice);
    let county = county_of(case, pack, counter);
    Ok(slip(kind, number(case, kind), pack, lines, county, counter, masked(case)))
}

/// Puts a slip on record as it was given out; `pdf` is the stored sheet.
///
/// # Errors
/// `NotNow` for a case that is closed or put aside: the slip of a refusal is issued together with it, before it.
pub fn issue(case: &Case, pack: &PolicyPack, slip: &Slip, pdf: PictureHash) -> Judgement {
    steps::awake(case, pack)?;
    let lines = slip.lines.iter().map(SlipLine::text).collect();
    let slip = IssuedSlip { kind: slip.kind, number: slip.number.clone(), lines, pdf: Some(pdf) };
    Ok(vec![Fact::SlipIssued { slip }])
}

impl SlipLine {
    /// What is wrong, with the paper it is about.
    pub fn matter(&self) -> String {
        match &self.material {
            Some(material) => format!("{material}：{}", self.what),
            None => self.what.clone(),
        }
    }

    /// The line as printed.
    pub fn text(&self) -> String {
        format!("{}{}", self.matter(), self.remedy)
    }
}

/// A gap that no applicant can close.
fn is_the_clerks(gap: &Gap) -> bool {
    const OWN: [&str; 11] = [
        "ID_NOT_READ",
        "APPLICANT_NOT_FILLED",
        "NOT_YET_JUDGED",
        "PAGE_TOO_COARSE",
        "PAGE_DARK",
        "PAGE_OVEREXPOSED",
        "PAGE_EMPTY",
        "PAGE_BLURRED",
        "PAGE_CUT",
        "MATERIAL_NOT_CHECKED",
        "PHOTO_NOT_JUDGED",
    ];
    OWN.contains(&gap.reason.as_str())
}

fn line(pack: &PolicyPack, code: &ReasonCode, material: Option<String>, from: Option<Date>) -> SlipLine {
    let reason = pack.reason(code);
    let mut remedy = reason.map(|reason| reason.remedy.to_string()).unwrap_or_default();
    if *code == pack.rules().min_age.reason
        && let Some(from) = from
    {
        remedy.push_str(&format!("{}起可以申请。", in_words(from)));
    }
    SlipLine {
        reason: code.clone(),
        material,
        what: reason.map(|reason| reason.public.to_string()).unwrap_or_default(),
        remedy,
        basis: reason.map(|reason| reason.source.to_string()).unwrap_or_default(),
    }
}

fn number(case: &Case, kind: SlipKind) -> SlipNumber {
    let letter = match kind {
        SlipKind::Refusal => 'N',
        SlipKind::OneTimeNotice => 'T',
    };
    SlipNumber::of(case.id(), letter, case.slips().iter().filter(|slip| slip.kind == kind).count() + 1)
}

/// The county of the handling department, as far as it is known (D-18).
fn county_of(case: &Case, pack: &PolicyPack, counter: &Counter) -> CountyId {
    let filled = case.applicant().map(|applicant| applicant.department.clone());
    let hinted = || steps::applicant::suggest(case, pack, &counter.county).map(|hint| hint.department);
    filled.or_else(hinted).unwrap_or_else(|| counter.county.clone())
}

fn titled(kind: SlipKind, received: bool) -> &'static str {
    match (kind, received) {
        (SlipKind::Refusal, false) => "不予收件告知书",
        (SlipKind::Refusal, true) => "不予办理告知书",
        (SlipKind::OneTimeNotice, _) => "一次性告知单",
    }
}

fn masked(case: &Case) -> Option<String> {
    case.identity().map(|identity| identity.name.masked())
}

fn slip(
    kind: SlipKind,
    number: SlipNumber,
    pack: &PolicyPack,
    lines: Vec<SlipLine>,
    county: CountyId,
    counter: &Counter,
    applicant: Option<String>,
) -> Slip {
    let acknowledgement = match kind {
        SlipKind::Refusal => "以上理由已经当场告知，本人已经知悉。",
        SlipKind::OneTimeNotice => "以上需要补正的内容已经一次告知，本人已经知悉。",
    };
    Slip {
        kind,
        number,
        title: titled(kind, false),
        received: false,
        package_name: pack.item().package_name.to_string(),
        item_name: pack.item().item_name.to_string(),
        item_code: pack.item().code.to_string(),
        applicant,
        window: counter.window.clone(),
        clerk: counter.clerk.clone(),
        on: counter.today,
        lines,
        call: pack.call_for(Some(&county)),
        acknowledgement,
    }
}
