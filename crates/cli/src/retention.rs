//! `youdai retention`: what would be forgotten today, and forgetting it.

use std::path::Path;

use casework::retention::Keep;
use desk::compose::now_at;
use desk::contract::Fault;
use desk::desk::Desk;
use desk::station::StationFile;
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

#[derive(Serialize)]
struct PlanAnswer {
    /// The day that is counted by.
    day: String,
    /// The clock's.
    clock: String,
    erase: Vec<String>,
    /// Forms that nobody went on with.
    abandon: Vec<String>,
    kept: Vec<KeptLine>,
}

#[derive(Serialize)]
struct KeptLine {
    case: String,
    why: String,
}

#[derive(Serialize)]
struct RunAnswer {
    cases: u32,
    facts: u32,
    pictures: u32,
    waiting: u32,
    entries: u32,
}

/// What would go today. Nothing is changed. The program must not be running.
pub fn plan(json: bool, station: &Path, day_is_right: bool) -> End {
    let (desk, file) = match open(json, station) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    match desk.retention_plan(day_is_right, now_at(&file)) {
        Ok(plan) => {
            let names = |cases: &[casework::nouns::CaseId]| cases.iter().map(ToString::to_string).collect::<Vec<_>>();
            let kept = plan.kept.iter().map(|(case, why)| KeptLine { case: case.to_string(), why: words(why) });
            let answer = PlanAnswer {
                day: plan.day.to_string(),
                clock: plan.clock.to_string(),
                erase: names(&plan.erase),
                abandon: names(&plan.abandon),
                kept: kept.collect(),
            };
            say(json, &answer, &answer.words());
            End::Done
        }
        Err(fault) => told(json, &fault),
    }
}

/// Does it. The program must not be running.
pub fn run(json: bool, station: &Path, day_is_right: bool) -> End {
    let (mut desk, file) = match open(json, station) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    match desk.retention_run(day_is_right, now_at(&file)) {
        Ok(done) => {
            let answer = RunAnswer {
                cases: done.cases,
                facts: done.facts,
                pictures: done.pictures,
                waiting: done.waiting,
                entries: done.entries,
            };
            let words = format!(
                "删除了 {} 件事的个人信息（记录 {} 条，图片 {} 个，表单 {} 项）；{} 件还要等",
                done.cases, done.facts, done.pictures, done.entries, done.waiting
            );
            say(json, &answer, &words);
            End::Done
        }
        Err(fault) => told(json, &fault),
    }
}

fn open(json: bool, station: &Path) -> Result<(Desk, StationFile), End> {
    let file = StationFile::load(station).map_err(|error| {
        fail(json, &Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage)
    })?;
    let desk = Desk::open(file.clone(), None).map_err(|fault| told(json, &fault))?;
    Ok((desk, file))
}

fn told(json: bool, fault: &Fault) -> End {
    let failure = Failure { reasons: fault.reasons.clone(), ..Failure::new(&fault.code, &fault.what, &fault.do_now) };
    fail(json, &failure, End::Ours)
}

fn words(why: &Keep) -> String {
    match why {
        Keep::Open => "还没有办结".to_owned(),
        Keep::Unsent { messages } => format!("还有 {messages} 条消息没有送到"),
        Keep::NotExported => "档案包还没有导出".to_owned(),
        Keep::Until { day } => format!("保存到 {day}"),
    }
}

impl PlanAnswer {
    fn words(&self) -> String {
        let mut words = format!("按 {} 算，可以删除 {} 件", self.day, self.erase.len());
        if self.day != self.clock {
            words.push_str(&format!("（时钟是 {}；确认日期没错，请加 --day-is-right）", self.clock));
        }
        for case in &self.erase {
            words.push_str(&format!("\n  {case}"));
        }
        for case in &self.abandon {
            words.push_str(&format!("\n  {case}  放了一个星期没有人接着办，先结束"));
        }
        for line in &self.kept {
            words.push_str(&format!("\n  {}  留着：{}", line.case, line.why));
        }
        words
    }
}
