//! `youdai pack check` and `youdai pack explain`: whether a pack can be used, and what it says of one application.

use std::path::Path;

use casework::pack::{Confidence, ItemStatus, PackError, PolicyPack};
use casework::what_if::{self, Facts};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

#[derive(Serialize)]
struct Checked {
    ok: bool,
    pack: String,
    title: String,
    hash: String,
    status: &'static str,
    from: String,
    to: Option<String>,
    item_code: String,
    materials: usize,
    districts: usize,
    reasons: usize,
    values: usize,
}

/// A pack that is refused: where, and why.
#[derive(Serialize)]
struct RefusedPack {
    ok: bool,
    error: &'static str,
    file: String,
    line: usize,
    reason: String,
}

/// What a pack says of one application, with why.
#[derive(Serialize)]
pub(crate) struct Explained {
    pack: String,
    hash: String,
    case: String,
    on: String,
    eligible: bool,
    reasons: Vec<Spoken>,
    demanded: Vec<Named>,
    /// The platform of the push; `None` when no case is made, or for a county outside the directory.
    route: Option<String>,
    call: String,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
struct Spoken {
    code: String,
    public: String,
    remedy: String,
}

#[derive(Serialize)]
struct Named {
    code: String,
    name: String,
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

/// `youdai pack check`. A bad pack is refused by a rule: 3, with file, line and reason.
pub fn check(json: bool, file: &Path) -> End {
    match load(json, file) {
        Ok(pack) => {
            let checked = Checked::of(&pack);
            say(json, &checked, &checked.words());
            End::Done
        }
        Err(end) => end,
    }
}

/// `youdai pack explain`. The answer is the verdict, so a verdict of no ends with 0 as well.
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

/// The pack in a file, or how the command ends without it.
pub(crate) fn load(json: bool, file: &Path) -> Result<PolicyPack, End> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let failure = Failure::new("usage", format!("{}：{error}", file.display()), "请给出一个政策包文件");
        fail(json, &failure, End::Usage)
    })?;
    PolicyPack::parse(&file.display().to_string(), &text).map_err(|error| refused(json, error))
}

/// The facts in a file.
pub(crate) fn facts_of(file: &Path) -> Result<Facts, Failure> {
    let usage = |what: String| Failure::new("usage", what, "请看 fixtures/facts/README.md");
    let text = std::fs::read_to_string(file).map_err(|error| usage(format!("{}：{error}", file.display())))?;
    Facts::parse(&file.display().to_string(), &text).map_err(|error| usage(error.to_string()))
}

fn refused(json: bool, error: PackError) -> End {
    let words = format!("{error}\n这个政策包不能用，请按上面的文件、行号和原因改正");
    let refused = RefusedPack {
        ok: false,
        error: "pack.refused",
        file: error.file,
        line: error.line,
        reason: error.fault.to_string(),
    };
    if json {
        say(true, &refused, "");
    } else {
        eprintln!("{words}");
    }
    End::Refused
}

impl Checked {
    fn of(pack: &PolicyPack) -> Self {
        let dates = pack.effective();
        Self {
            ok: true,
            pack: pack.id().to_owned(),
            title: pack.title().to_owned(),
            hash: pack.hash().to_owned(),
            status: match pack.status() {
                ItemStatus::Active => "active",
                ItemStatus::Ended => "ended",
            },
            from: dates.from.to_string(),
            to: dates.to.map(|day| day.to_string()),
            item_code: pack.item().code.to_string(),
            materials: pack.materials().len(),
            districts: pack.districts().len(),
            reasons: pack.reasons().len(),
            values: pack.rules().all().len(),
        }
    }

    fn words(&self) -> String {
        format!(
            "ok：{}（{}），{} 至 {}，事项 {}，{} 项材料，{} 个区县，{} 条理由，{} 个取值\nSM3 {}",
            self.pack,
            self.title,
            self.from,
            self.to.as_deref().unwrap_or("未定"),
            self.item_code,
            self.materials,
            self.districts,
            self.reasons,
            self.values,
            self.hash
        )
    }
}

impl Explained {
    pub(crate) fn of(pack: &PolicyPack, facts: &Facts) -> Self {
        let outcome = what_if::judge(pack, facts);
        let call = pack.call_for(Some(&facts.department));
        let checked = if call.to_be_checked { "（区县号码待核实，这是市级热线）" } else { "" };
        let spoken = |code: &casework::nouns::ReasonCode| Spoken {
            code: code.to_string(),
            public: pack.reason(code).map(|reason| reason.public.to_string()).unwrap_or_default(),
            remedy: pack.reason(code).map(|reason| reason.remedy.to_string()).unwrap_or_default(),
        };
        let named = |code: &casework::nouns::MaterialCode| Named {
            code: code.to_string(),
            name: pack.material(code).map(|material| material.name.to_string()).unwrap_or_default(),
        };
        let rule = |fired: casework::fact::RuleFired| {
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
        };
        Self {
            pack: pack.id().to_owned(),
            hash: pack.hash().to_owned(),
            case: facts.title.clone(),
            on: facts.on.to_string(),
            eligible: outcome.eligible,
            reasons: outcome.reasons.iter().map(spoken).collect(),
            demanded: outcome.demanded.iter().map(named).collect(),
            route: outcome.route.map(|route| route.to_string()),
            call: format!("{}{checked}", call.number),
            rules: outcome.rules.into_iter().map(rule).collect(),
        }
    }

    fn words(&self) -> String {
        let verdict = if self.eligible { "符合条件" } else { "不符合条件" };
        let mut lines = vec![format!("{}：{}，{}（{}）", self.pack, self.case, verdict, self.on)];
        for reason in &self.reasons {
            lines.push(format!("  理由 {}：{}{}", reason.code, reason.public, reason.remedy));
        }
        let demanded: Vec<_> = self.demanded.iter().map(|one| one.name.as_str()).collect();
        if !demanded.is_empty() {
            lines.push(format!("  材料：{}", demanded.join("、")));
        }
        lines.push(format!("  推送平台：{}；咨询电话：{}", self.route.as_deref().unwrap_or("无"), self.call));
        for rule in &self.rules {
            let mark = if rule.passed { "✓" } else { "✗" };
            lines.push(format!("  {mark} {}：{}", rule.name, rule.because));
            let note = rule.note.as_ref().map(|note| format!("；注：{note}")).unwrap_or_default();
            let (value, source, date, confidence) = (&rule.value, &rule.source, &rule.date, rule.confidence);
            lines.push(format!("      为什么：取值 {value}；出处：{source}（{date}）；把握：{confidence}{note}"));
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> std::path::PathBuf {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")).join(name)
    }

    #[test]
    fn a_sound_pack_is_ok_and_a_bad_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let text = std::fs::read_to_string(shipped("packs/yiyang-2021.toml")).unwrap();
        let bad = folder.path().join("bad.toml");
        std::fs::write(&bad, text.replacen("value = 65", "value = 65\nguess = 1", 1)).unwrap();
        assert_eq!(check(true, &shipped("packs/yiyang-2021.toml")), End::Done);
        assert_eq!(check(true, &bad), End::Refused);
        assert_eq!(check(true, &folder.path().join("none.toml")), End::Usage);
        assert_eq!(explain(true, &bad, &shipped("facts/24-expired.toml")), End::Refused);
        assert_eq!(explain(true, &shipped("packs/yiyang-2021.toml"), &bad), End::Usage);
    }

    #[test]
    fn a_verdict_is_explained_with_value_source_and_confidence() {
        let pack = load(true, &shipped("packs/yiyang-2021.toml")).unwrap();
        let facts = facts_of(&shipped("facts/29-young-and-expired.toml")).unwrap();
        insta::assert_snapshot!(Explained::of(&pack, &facts).words());
    }

    #[test]
    fn the_ended_item_says_that_the_identity_card_suffices() {
        let pack = load(true, &shipped("packs/hunan-2022-sunset.toml")).unwrap();
        let facts = facts_of(&shipped("facts/30-after-the-end.toml")).unwrap();
        insta::assert_snapshot!(Explained::of(&pack, &facts).words());
    }
}
