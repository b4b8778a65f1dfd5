//! `youdai pack explain`: what a pack says of one application, with why: the rules that fired, what is demanded and on
//! which axis, what stands in the way, when that changes and whom to call.

use std::path::Path;

use casework::nouns::{MaterialCode, ReasonCode};
use casework::pack::{Confidence, PolicyPack};
use casework::steps::{Gap, in_words};
use casework::what_if::{self, Facts};
use serde::Serialize;

use crate::answer::{End, fail, say};
use crate::pack::{facts_of, load};

#[derive(Serialize)]
struct Explained {
    pack: String,
    hash: String,
    case: String,
    on: String,
    eligible: bool,
    reasons: Vec<Spoken>,
    /// The day from which the age suffices, where it does not yet.
    changes_on: Option<String>,
    demanded: Vec<Demanded>,
    /// What stands before acceptance; `None` where the facts say nothing of papers, or no case is made.
    gaps: Option<Vec<Stands>>,
    warnings: Vec<Spoken>,
    /// What the facts say of papers and the pack does not know.
    strange: Vec<String>,
    /// The platform of the push; `None` when no case is made, or for a county outside the directory.
    route: Option<String>,
    call: Call,
    rules: Vec<Rule>,
    #[serde(skip)]
    changes_words: Option<String>,
}

#[derive(Serialize)]
struct Spoken {
    code: String,
    public: String,
    remedy: String,
}

/// A material, and the axes that demand it: none where everybody brings it.
#[derive(Serialize)]
struct Demanded {
    code: String,
    name: String,
    on: Vec<OnAxis>,
    /// May be promised for later in this case, for so many days.
    tolerated_days: Option<u16>,
}

#[derive(Serialize)]
struct OnAxis {
    axis: &'static str,
    takes: Vec<String>,
    words: String,
}

#[derive(Serialize)]
struct Stands {
    step: &'static str,
    material: Option<String>,
    #[serde(flatten)]
    reason: Spoken,
}

#[derive(Serialize)]
struct Call {
    district: Option<String>,
    number: String,
    /// The district's own number is defective: the number given is the hotline's.
    to_be_checked: bool,
}

/// One rule that fired, with its 为什么.
#[derive(Serialize)]
struct Rule {
    rule: String,
    name: String,
    passed: bool,
    reason: Option<String>,
    because: String,
    value: String,
    source: String,
    /// Of the source; with 查阅 where it has none of its own and was read on this day.
    date: String,
    confidence: &'static str,
    note: Option<String>,
}

/// The answer is the verdict, so a verdict of no ends with 0 as well.
pub fn explain(json: bool, file: &Path, facts: &Path) -> End {
    let pack = match load(json, file) {
        Ok(pack) => pack,
        Err(end) => return end,
    };
    match facts_of(facts) {
        Ok(facts) => {
            let explained = Explained::of(&pack, &facts);
            say(json, &explained, &explained.words());
            End::Done
        }
        Err(failure) => fail(json, &failure, End::Usage),
    }
}

impl Explained {
    fn of(pack: &PolicyPack, facts: &Facts) -> Self {
        let outcome = what_if::judge(pack, facts);
        let call = pack.call_for(Some(&facts.department));
        Self {
            pack: pack.id().to_owned(),
            hash: pack.hash().to_owned(),
            case: facts.title.clone(),
            on: facts.on.to_string(),
            eligible: outcome.eligible,
            reasons: outcome.reasons.iter().map(|code| spoken(pack, code)).collect(),
            changes_on: outcome.changes_on.map(|day| day.to_string()),
            changes_words: outcome.changes_on.map(in_words),
            demanded: outcome.demanded.iter().map(|code| demanded(pack, facts, code)).collect(),
            gaps: outcome.gaps.map(|gaps| gaps.iter().map(|gap| stands(pack, gap)).collect()),
            warnings: outcome.warnings.iter().map(|code| spoken(pack, code)).collect(),
            strange: outcome.strange,
            route: outcome.route.map(|route| route.to_string()),
            call: Call { district: call.district, number: call.number, to_be_checked: call.to_be_checked },
            rules: outcome.rules.into_iter().map(|fired| rule(pack, fired)).collect(),
        }
    }

    fn words(&self) -> String {
        let verdict = if self.eligible { "符合条件" } else { "不符合条件" };
        let mut lines = vec![format!("{}：{}，{}（{}）", self.pack, self.case, verdict, self.on)];
        lines.extend(self.reasons.iter().map(|one| format!("  理由 {}", one.words())));
        lines.extend(self.changes_words.iter().map(|day| format!("  {day}起可以申请")));
        lines.extend(self.demanded.iter().map(Demanded::words));
        match &self.gaps {
            Some(gaps) if gaps.is_empty() => lines.push("  还差：没有，可以受理".to_owned()),
            Some(gaps) => {
                lines.push(format!("  还差 {} 项：", gaps.len()));
                lines.extend(gaps.iter().map(Stands::words));
            }
            None => {}
        }
        lines.extend(self.warnings.iter().map(|one| format!("  提醒 {}", one.words())));
        lines.extend(self.strange.iter().map(|one| format!("  事实文件里的 {one}")));
        lines.push(format!("  推送平台：{}；咨询电话：{}", self.route.as_deref().unwrap_or("无"), self.call.words()));
        lines.extend(self.rules.iter().map(Rule::words));
        lines.join("\n")
    }
}

impl Spoken {
    fn words(&self) -> String {
        format!("{}：{}{}", self.code, self.public, self.remedy)
    }
}

impl Demanded {
    fn words(&self) -> String {
        let on: Vec<_> = self.on.iter().map(|one| one.words.as_str()).collect();
        let why = if on.is_empty() { "一律要".to_owned() } else { on.join("；") };
        let later = self.tolerated_days.map(|days| format!("；可以容缺，{days} 日内补交")).unwrap_or_default();
        format!("  材料 {}（{why}{later}）", self.name)
    }
}

impl Stands {
    fn words(&self) -> String {
        let material = self.material.as_ref().map(|name| format!("【{name}】")).unwrap_or_default();
        format!("    · {material}{}", self.reason.words())
    }
}

impl Call {
    fn words(&self) -> String {
        match (&self.district, self.to_be_checked) {
            (Some(district), true) => format!("{}（{district}号码待核实，这是市级热线）", self.number),
            (Some(district), false) => format!("{district} {}", self.number),
            (None, _) => self.number.clone(),
        }
    }
}

impl Rule {
    fn words(&self) -> String {
        let mark = if self.passed { "✓" } else { "✗" };
        let note = self.note.as_ref().map(|note| format!("；注：{note}")).unwrap_or_default();
        format!(
            "  {mark} {}：{}\n      为什么：取值 {}；出处：{}（{}）；把握：{}{note}",
            self.name, self.because, self.value, self.source, self.date, self.confidence
        )
    }
}

fn spoken(pack: &PolicyPack, code: &ReasonCode) -> Spoken {
    let reason = pack.reason(code);
    Spoken {
        code: code.to_string(),
        public: reason.map(|reason| reason.public.to_string()).unwrap_or_default(),
        remedy: reason.map(|reason| reason.remedy.to_string()).unwrap_or_default(),
    }
}

fn demanded(pack: &PolicyPack, facts: &Facts, code: &MaterialCode) -> Demanded {
    let material = pack.material(code).expect("what a pack demands is a material of it");
    let on = material.when.named().into_iter().map(|named| OnAxis {
        axis: named.axis.name(),
        words: pack.named_in_words(&named),
        takes: named.takes,
    });
    let tolerated = pack.tolerates(material, &facts.situation());
    Demanded {
        code: code.to_string(),
        name: material.name.to_string(),
        on: on.collect(),
        tolerated_days: tolerated.then_some(material.tolerance_days),
    }
}

fn stands(pack: &PolicyPack, gap: &Gap) -> Stands {
    let material = gap.material.as_ref().and_then(|code| pack.material(code));
    Stands {
        step: gap.step.name(),
        material: material.map(|material| material.name.to_string()),
        reason: spoken(pack, &gap.reason),
    }
}

fn rule(pack: &PolicyPack, fired: casework::fact::RuleFired) -> Rule {
    let why = pack.why(&fired.rule).expect("every rule that fires is a value of its pack");
    Rule {
        rule: fired.rule,
        name: why.name,
        passed: fired.passed,
        reason: fired.reason.map(|code| code.to_string()),
        because: fired.because,
        value: why.value,
        source: why.source,
        date: why.date,
        confidence: match why.confidence {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        },
        note: why.note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pack: &str, facts: &str) -> String {
        let fixtures = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures"));
        let pack = load(true, &fixtures.join("packs").join(pack)).unwrap();
        Explained::of(&pack, &facts_of(&fixtures.join("facts").join(facts)).unwrap()).words()
    }

    #[test]
    fn a_verdict_is_explained_with_value_source_and_confidence() {
        insta::assert_snapshot!(words("yiyang-2021.toml", "29-young-and-expired.toml"));
    }

    #[test]
    fn the_ended_item_says_that_the_identity_card_suffices() {
        insta::assert_snapshot!(words("hunan-2022-sunset.toml", "30-after-the-end.toml"));
    }

    #[test]
    fn five_faults_are_told_with_the_paper_they_are_about() {
        insta::assert_snapshot!(words("yiyang-2021.toml", "50-five-faults.toml"));
    }

    #[test]
    fn a_promise_stands_for_a_paper_of_the_second_item() {
        insta::assert_snapshot!(words("sample-allowance.toml", "42-second-item-promise.toml"));
    }
}
