//! `youdai pack diff`: which of these applications another pack would decide otherwise, and which values differ.

use std::path::{Path, PathBuf};

use casework::what_if::{self, Facts, Outcome};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};
use crate::pack::{facts_of, load};

#[derive(Serialize)]
struct Difference {
    before: String,
    after: String,
    cases: usize,
    changed: Vec<Changed>,
    values: Vec<Value>,
}

#[derive(Serialize)]
struct Changed {
    file: String,
    case: String,
    before: Said,
    after: Said,
}

/// What one pack says of one application.
#[derive(Serialize)]
struct Said {
    eligible: bool,
    reasons: Vec<String>,
    demanded: Vec<String>,
    route: Option<String>,
    /// The day from which the age suffices, where it does not yet.
    changes_on: Option<String>,
    /// Reasons that stand before acceptance; `None` where the facts say nothing of papers.
    gaps: Option<Vec<String>>,
}

#[derive(Serialize)]
struct Value {
    key: &'static str,
    before: String,
    after: String,
}

/// `youdai pack diff`. Differences are an answer and no failure: 0.
pub fn diff(json: bool, before: &Path, after: &Path, folder: &Path) -> End {
    let packs = load(json, before).and_then(|first| Ok((first, load(json, after)?)));
    let (first, second) = match packs {
        Ok(packs) => packs,
        Err(end) => return end,
    };
    let read = files(folder).and_then(|paths| {
        let read = |path: PathBuf| Ok((facts_of(&path)?, path));
        paths.into_iter().map(read).collect::<Result<Vec<_>, Failure>>()
    });
    let all = match read {
        Ok(all) => all,
        Err(failure) => return fail(json, &failure, End::Usage),
    };
    let difference = Difference::between(&first, &second, &all);
    say(json, &difference, &difference.words());
    End::Done
}

/// The facts files of a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let usage = |what: String| Failure::new("usage", what, "请给出放事实文件（*.toml）的文件夹，见 fixtures/facts");
    let entries = std::fs::read_dir(folder).map_err(|error| usage(format!("{}：{error}", folder.display())))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| usage(format!("{}：{error}", folder.display())))?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(usage(format!("{} 里没有事实文件", folder.display())));
    }
    paths.sort();
    Ok(paths)
}

impl Difference {
    fn between(
        before: &casework::pack::PolicyPack,
        after: &casework::pack::PolicyPack,
        all: &[(Facts, PathBuf)],
    ) -> Self {
        let mut changed = Vec::new();
        for (facts, path) in all {
            for change in what_if::diff(before, after, std::slice::from_ref(facts)) {
                changed.push(Changed {
                    file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                    case: facts.title.clone(),
                    before: Said::of(&change.before),
                    after: Said::of(&change.after),
                });
            }
        }
        let values = what_if::values(before, after)
            .into_iter()
            .map(|value| Value { key: value.key, before: value.before, after: value.after })
            .collect();
        Self { before: before.id().to_owned(), after: after.id().to_owned(), cases: all.len(), changed, values }
    }

    fn words(&self) -> String {
        let mut lines =
            vec![format!("{} → {}：{} 件中 {} 件会变", self.before, self.after, self.cases, self.changed.len())];
        for one in &self.changed {
            lines.push(format!("{}（{}）\n  - {}\n  + {}", one.file, one.case, one.before.words(), one.after.words()));
        }
        for value in &self.values {
            lines.push(format!("取值 {}：{} → {}", value.key, value.before, value.after));
        }
        lines.join("\n")
    }
}

impl Said {
    fn of(outcome: &Outcome) -> Self {
        Self {
            eligible: outcome.eligible,
            reasons: outcome.reasons.iter().map(ToString::to_string).collect(),
            demanded: outcome.demanded.iter().map(ToString::to_string).collect(),
            route: outcome.route.as_ref().map(ToString::to_string),
            changes_on: outcome.changes_on.map(|day| day.to_string()),
            gaps: outcome.gaps.as_ref().map(|gaps| gaps.iter().map(|gap| gap.reason.to_string()).collect()),
        }
    }

    fn words(&self) -> String {
        let verdict = if self.eligible { "符合" } else { "不符合" };
        let route = self.route.as_deref().unwrap_or("无");
        let day = self.changes_on.as_ref().map(|day| format!(" {day}起")).unwrap_or_default();
        let gaps = self.gaps.as_ref().map(|gaps| format!(" 还差 [{}]", gaps.join(" "))).unwrap_or_default();
        format!("{verdict} [{}]{day} 材料 [{}] 平台 {route}{gaps}", self.reasons.join(" "), self.demanded.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowering_the_age_changes_only_who_was_too_young() {
        let fixtures = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures"));
        let first = load(true, &fixtures.join("packs/yiyang-2021.toml")).unwrap();
        let text = std::fs::read_to_string(fixtures.join("packs/yiyang-2021.toml")).unwrap();
        let sixty = casework::pack::PolicyPack::parse("sixty.toml", &text.replacen("value = 65", "value = 60", 1));
        let all: Vec<_> = files(&fixtures.join("facts")).unwrap();
        let all: Vec<_> = all.into_iter().map(|path| (facts_of(&path).unwrap(), path)).collect();
        insta::assert_snapshot!(Difference::between(&first, &sixty.unwrap(), &all).words());
    }

    #[test]
    fn a_folder_without_facts_is_a_mistake_of_the_call() {
        let folder = tempfile::tempdir().unwrap();
        let pack = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/packs/yiyang-2021.toml"));
        assert_eq!(diff(true, pack, pack, folder.path()), End::Usage);
    }
}
