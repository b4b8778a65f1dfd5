//! `youdai visit`: a whole visit with its steps and durations, the files it left, and the proof that they are true.

use std::path::{Path, PathBuf};
use std::time::Duration;

use casework::case::Case;
use casework::nouns::CaseId;
use desk::compose::Hooks;
use desk::station::{Mode, StationFile};
use ledger::{Ledger, LedgerKey};
use serde::Serialize;

use crate::answer::{End, Failure, fail};
use crate::{people, visit};

#[derive(Serialize)]
struct VisitAnswer {
    case: String,
    steps: Vec<StepAnswer>,
    files: Vec<String>,
    card_number: String,
    journal_rows: u64,
}

#[derive(Serialize)]
struct StepAnswer {
    step: String,
    ms: u64,
}

/// `youdai visit`.
pub fn visit(json: bool, station: &Path, out: &Path) -> End {
    match try_visit(json, station, out) {
        Ok(answer) => {
            if json {
                println!("{}", serde_json::to_string(&answer).expect("an answer is plain data"));
            }
            End::Done
        }
        Err((failure, end)) => fail(json, &failure, end),
    }
}

fn try_visit(json: bool, station: &Path, out: &Path) -> Result<VisitAnswer, (Failure, End)> {
    let file = StationFile::load(station)
        .map_err(|error| (Failure::new("usage", error.to_string(), "请改正站点设置文件"), End::Usage))?;
    if file.mode != Mode::Training {
        let what = "只有培训模式的站点可以自动办一件事";
        return Err((Failure::new("usage", what, "请换一个 mode = \"training\" 的站点文件"), End::Usage));
    }
    let mut steps = Vec::new();
    let case = visit::walk(station, Hooks::default(), |step, took| {
        if !json {
            println!("  ✓ {step}　{:.2} 秒", took.as_secs_f64());
        }
        steps.push(StepAnswer { step: step.to_owned(), ms: took.as_millis().try_into().unwrap_or(u64::MAX) });
    })
    .map_err(|halted| {
        let what = format!("停在“{}”：{}", halted.step, halted.why);
        (Failure::new("visit", what, halted.do_now), End::Device)
    })?;
    if !json {
        println!("  登录用的演练人员（虚构）：{} / {}", people::CLERK.name, people::CLERK.password);
        println!("  管理员（虚构）：{} / {}", people::ADMINISTRATOR.name, people::ADMINISTRATOR.password);
    }
    prove(json, &file, &case, out, steps)
}

/// Reopens what the visit left behind and checks it against the paper.
fn prove(
    json: bool,
    file: &StationFile,
    case: &str,
    out: &Path,
    steps: Vec<StepAnswer>,
) -> Result<VisitAnswer, (Failure, End)> {
    let folder = file.ledger_folder();
    let report = crate::ledger::report(&folder).map_err(|error| ours("ledger", desk::fault::chain(&error)))?;
    if !report.is_sound() {
        return Err(ours("ledger", report.problems.join("；")));
    }
    let case = replay(&folder, case)?;
    let identity = case.identity().ok_or_else(|| ours("case", "台账里没有申请人".to_owned()))?;
    let number = case.number().ok_or_else(|| ours("case", "台账里没有证号".to_owned()))?;
    let attempt = case.attempts().last().ok_or_else(|| ours("case", "台账里没有打印".to_owned()))?;
    let receipt = case.receipt().ok_or_else(|| ours("case", "台账里没有收文清单".to_owned()))?;

    let card = place(&crate::visit::tray(out, file).join(format!("{}.pdf", attempt.id)), &out.join("card.pdf"))?;
    let list = await_paper(&file.printers.paper.join(format!("{receipt}.pdf")), &out.join("receipt-list.pdf"))?;
    let bytes = std::fs::read(&card).map_err(|error| ours("card", error.to_string()))?;
    let front =
        papers::preview::rasterise(&bytes, 0, 300.0).map_err(|error| ours("card", desk::fault::chain(&error)))?;
    let picture = out.join("card-front.png");
    std::fs::write(&picture, front).map_err(|error| ours("card", error.to_string()))?;

    let text = text_of(&card)?;
    for wanted in [identity.name.as_str(), number.as_str()] {
        if !text.contains(wanted) {
            return Err(ours("card", format!("从 card.pdf 里读不出“{wanted}”")));
        }
    }
    let files: Vec<String> = [&card, &picture, &list, &folder].iter().map(|path| shown(path)).collect();
    if !json {
        println!("  ✓ 台账重新打开，{} 条记录的链完好", report.journal_rows);
        println!("  ✓ 从 card.pdf 里读出了姓名和证号 {number}");
        println!("留下的文件：");
        for file in &files {
            println!("  {file}");
        }
    }
    Ok(VisitAnswer {
        case: case.id().to_string(),
        steps,
        files,
        card_number: number.to_string(),
        journal_rows: report.journal_rows,
    })
}

fn replay(folder: &Path, case: &str) -> Result<Case, (Failure, End)> {
    let wrong = |error: &dyn std::error::Error| ours("ledger", desk::fault::chain(error));
    let id: CaseId = case.parse().map_err(|error| wrong(&error))?;
    let key = LedgerKey::load_or_create(&folder.join("ledger.key")).map_err(|error| wrong(&error))?;
    let ledger = Ledger::open(folder, &key).map_err(|error| wrong(&error))?;
    let facts = ledger.case_facts(&id).map_err(|error| wrong(&error))?;
    Case::replay(&facts).map_err(|error| wrong(&error))
}

/// Paper prints beside the visit; its file may come a moment later.
fn await_paper(from: &Path, to: &Path) -> Result<PathBuf, (Failure, End)> {
    for _ in 0..100 {
        if from.is_file() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    place(from, to)
}

fn place(from: &Path, to: &Path) -> Result<PathBuf, (Failure, End)> {
    let copied = to.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::copy(from, to));
    copied.map(|_| to.to_owned()).map_err(|error| ours("files", format!("{}：{error}", from.display())))
}

fn text_of(pdf: &Path) -> Result<String, (Failure, End)> {
    visit::text_of(pdf).map_err(|error| {
        let what = format!("pdftotext：{error}");
        (Failure::new("setup", what, "请安装软件包 poppler-utils，或运行 npm run demo"), End::Ours)
    })
}

/// A path as a person types it: relative to where they stand, if it lies below.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).display().to_string()
}

fn ours(error: &str, what: String) -> (Failure, End) {
    (Failure::new(error, what, "这是程序的问题，请把这段话发给技术人员"), End::Ours)
}
