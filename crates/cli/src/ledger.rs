//! `youdai ledger`: reopens a ledger and proves it.

use std::path::{Path, PathBuf};

use ledger::{Ledger, LedgerError, LedgerKey, Part, Progress, Report};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};
use crate::bar::Bar;

#[derive(Serialize)]
struct VerifyAnswer {
    ledger: String,
    sound: bool,
    cases: u64,
    facts: u64,
    journal_rows: u64,
    head: String,
    messages: u64,
    numbers: u64,
    pictures: u64,
    /// How long it took.
    seconds: f64,
    problems: Vec<String>,
}

/// `youdai ledger verify`: chain, facts, numbers and pictures. Problems end with 5.
pub fn verify(json: bool, dir: &Path) -> End {
    let Some(folder) = folder(dir) else {
        let what = format!("{} 里没有台账", dir.display());
        return fail(json, &Failure::new("usage", what, "请给出台账的文件夹"), End::Usage);
    };
    let mut bar = Bar::new(false);
    let looked = report_telling(&folder, &mut |progress| bar.at(part(progress.part), progress.done, progress.of));
    let seconds = bar.end().as_secs_f64();
    match looked {
        Ok(report) => {
            let answer = VerifyAnswer { seconds, ..VerifyAnswer::of(&folder, &report) };
            say(json, &answer, &answer.words());
            if answer.sound { End::Done } else { End::Ours }
        }
        Err(error) => {
            let failure = Failure::new("ledger", desk::fault::chain(&error), "请不要删除任何文件，请技术人员处理");
            fail(json, &failure, End::Ours)
        }
    }
}

/// Verifies the ledger in `folder`.
pub fn report(folder: &Path) -> Result<Report, LedgerError> {
    report_telling(folder, &mut |_| {})
}

fn report_telling(folder: &Path, heard: &mut dyn FnMut(Progress)) -> Result<Report, LedgerError> {
    let key = LedgerKey::load_or_create(&folder.join("ledger.key"))?;
    Ledger::verify_telling(folder, &key, heard)
}

fn part(part: Part) -> &'static str {
    match part {
        Part::File => "文件",
        Part::Chain => "链",
        Part::Facts => "记录",
        Part::Numbers => "证号和待发",
        Part::Pictures => "图片",
    }
}

/// The folder itself, or the one of a mode inside it.
pub fn folder(dir: &Path) -> Option<PathBuf> {
    [dir.to_path_buf(), dir.join("training"), dir.join("production")]
        .into_iter()
        .find(|folder| folder.join("ledger.key").is_file())
}

impl VerifyAnswer {
    fn of(folder: &Path, report: &Report) -> VerifyAnswer {
        VerifyAnswer {
            ledger: folder.display().to_string(),
            sound: report.is_sound(),
            cases: report.cases,
            facts: report.facts,
            journal_rows: report.journal_rows,
            head: report.head.hash.to_hex(),
            messages: report.messages,
            numbers: report.numbers,
            pictures: report.pictures,
            seconds: 0.0,
            problems: report.problems.clone(),
        }
    }

    fn words(&self) -> String {
        let mut words = format!(
            "{}：{} 件事，{} 条记录，链头 {}，{} 个证号，{} 个文件，用 {:.1} 秒",
            if self.sound { "台账完好" } else { "台账有问题" },
            self.cases,
            self.journal_rows,
            &self.head[..self.head.len().min(8)],
            self.numbers,
            self.pictures,
            self.seconds
        );
        for problem in &self.problems {
            words.push_str(&format!("\n  · {problem}"));
        }
        words
    }
}
