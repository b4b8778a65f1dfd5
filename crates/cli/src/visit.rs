//! One whole visit without a window: the practised clerk at a real station, then the proof of what was left behind.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use desk::compose::{Hooks, Station};
use desk::contract::{Fault, LightState, Request, Screen, View};
use desk::station::StationFile;

use crate::clerk::{self, Eyes, Next};
use crate::people;

/// How long the visit may wait for one device or one answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A visit takes about twenty acts; a clerk who needs many more goes round in circles and spends numbers.
const MOST_ACTS: u32 = 60;

/// Why a visit did not end well: the step it stood in, and what to do.
#[derive(Debug)]
pub struct Halted {
    pub step: String,
    pub why: String,
    pub do_now: String,
}

/// Walks a visit at the station of `file` and tells `on_step` of each step's name and duration.
pub fn walk(file: &Path, hooks: Hooks, mut on_step: impl FnMut(&str, Duration)) -> Result<String, Halted> {
    let station_file =
        StationFile::load(file).map_err(|refusal| Halted::at("启动", refusal.to_string(), "请改正站点设置文件"))?;
    let tray = tray(file, &station_file);
    let station = Station::start_with(file, |_| {}, hooks).map_err(|fault| Halted::by("启动", &fault))?;
    people::come_to_work(&station).map_err(|fault| Halted::by("登录", &fault))?;
    let eyes = Eyes { card_in_tray: &|number| card_in_tray(&tray, number) };
    let mut here = (String::new(), Instant::now());
    let mut case = String::new();
    let mut last_move = Instant::now();
    let mut last_version = 0;
    let mut acts = 0;
    loop {
        let view = look(&station, &here.0)?;
        let step = step_name(&view);
        if step != here.0 {
            if !here.0.is_empty() && here.0 != "大厅" && here.0 != "登录" {
                on_step(&here.0, here.1.elapsed());
            }
            here = (step, Instant::now());
        }
        if let Screen::Case(open) = &view.screen {
            case.clone_from(&open.case);
        }
        if let Some(trouble) = &view.trouble {
            return Err(Halted::by(&here.0, trouble));
        }
        match clerk::next(&view, &eyes) {
            Next::Over => break,
            Next::Ask(request) => {
                acts += 1;
                if acts > MOST_ACTS {
                    return Err(Halted::at(&here.0, "这件事一直办不下去".into(), "请看打印机和台账，再运行一次"));
                }
                station.ask(request).map_err(|fault| Halted::by(&here.0, &fault))?;
            }
            Next::Wait => std::thread::sleep(Duration::from_millis(20)),
        }
        if view.version != last_version {
            last_version = view.version;
            last_move = Instant::now();
        }
        if last_move.elapsed() > PATIENCE {
            return Err(Halted::at(&here.0, "等了一分钟没有动静".into(), "请看设备是否接好，再运行一次"));
        }
    }
    let sending = Instant::now();
    wait_for_platform(&station)?;
    on_step("推送平台", sending.elapsed());
    station.ask(Request::CloseCase).map_err(|fault| Halted::by("收尾", &fault))?;
    Ok(case)
}

/// Where the card printer of the station puts its cards: its folder, or `printer/tray` beside the station file, where a bench
/// sets up a printer in software.
pub fn tray(file: &Path, station: &StationFile) -> PathBuf {
    let beside = || file.parent().unwrap_or(Path::new("")).join("printer/tray");
    station.printers.card.folder().map_or_else(beside, Path::to_path_buf)
}

/// Whether a finished card that bears this number lies in the folder of the card printer: the clerk reads the card.
fn card_in_tray(tray: &Path, number: &str) -> bool {
    cards_in_tray(tray).iter().any(|card| text_of(card).is_ok_and(|text| text.contains(number)))
}

/// The text of a PDF as a program that is not ours reads it.
pub fn text_of(pdf: &Path) -> std::io::Result<String> {
    let output = Command::new("pdftotext").arg(pdf).arg("-").output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Every finished job in a folder queue.
pub fn cards_in_tray(tray: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(tray) else { return Vec::new() };
    let mut cards: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "pdf"))
        .collect();
    cards.sort();
    cards
}

fn wait_for_platform(station: &Station) -> Result<(), Halted> {
    let since = Instant::now();
    loop {
        let view = look(station, "推送平台")?;
        if view.lights.iter().any(|light| light.device == "platform" && light.state == LightState::Good) {
            return Ok(());
        }
        if since.elapsed() > PATIENCE {
            let words = view.lights.iter().find(|light| light.device == "platform").map(|light| light.words.as_str());
            let why = format!("平台一分钟没有收下全部消息：{}", words.unwrap_or_default());
            return Err(Halted::at("推送平台", why, "消息已存好，平台恢复后会自动发送"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn look(station: &Station, step: &str) -> Result<View, Halted> {
    station.view().ok_or_else(|| Halted::at(step, "程序停了".into(), "请再运行一次，已存的都还在"))
}

fn step_name(view: &View) -> String {
    match &view.screen {
        Screen::FirstRun { .. } | Screen::SignIn | Screen::People(_) => "登录".to_owned(),
        Screen::Lobby { .. } => "大厅".to_owned(),
        Screen::Search(_) => "查找".to_owned(),
        Screen::Pack(_) => "规则与出处".to_owned(),
        Screen::Outbox(_) => "发件箱".to_owned(),
        Screen::Statistics(_) => "统计".to_owned(),
        Screen::Retention(_) => "到期清理".to_owned(),
        Screen::CardCode(_) => "验证证件".to_owned(),
        Screen::Calibration(_) => "打印校准".to_owned(),
        Screen::FollowUps(_) => "差评整改".to_owned(),
        Screen::Stock(_) => "空白证与证号".to_owned(),
        Screen::Day(_) => "日结".to_owned(),
        Screen::Results(_) => "办理结果".to_owned(),
        Screen::HandOver(_) => "移交".to_owned(),
        Screen::Batch(_) => "集中办理".to_owned(),
        Screen::Case(case) => {
            case.steps.iter().find(|line| line.step == case.at).map_or("收尾".to_owned(), |line| line.name.clone())
        }
    }
}

impl Halted {
    fn at(step: &str, why: String, do_now: &str) -> Halted {
        Halted { step: step.to_owned(), why, do_now: do_now.to_owned() }
    }

    fn by(step: &str, fault: &Fault) -> Halted {
        let mut why = format!("{}（{}）", fault.what, fault.code);
        for reason in &fault.reasons {
            why.push_str(&format!("\n  · {reason}"));
        }
        for field in &fault.fields {
            why.push_str(&format!("\n  · {}：{}", field.field, field.words));
        }
        Halted { step: step.to_owned(), why, do_now: format!("{} {}", fault.do_now, fault.call).trim().to_owned() }
    }
}
