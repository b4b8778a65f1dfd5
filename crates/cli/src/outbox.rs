//! `youdai outbox`: what has not arrived at its platform, and the acts of the outbox page, without a window.
//!
//! The same desk decides, so that the same people may do the same things, and each act is the same row of the journal. The
//! program must not be running: one owner holds the ledger. Nothing is sent from here; what is due goes out when the
//! station runs.

use std::path::Path;

use desk::compose::now_at;
use desk::contract::{Fault, FaultKind, OutboxLine, OutboxView, Request, Secret};
use desk::desk::{Desk, Effect, Input};
use desk::station::StationFile;
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

/// Who does it; the password is the first line of standard input.
#[derive(Debug, Clone, Copy)]
pub struct By<'a>(pub &'a str);

/// What is to be sent again at once.
#[derive(Debug, Clone, Copy)]
pub enum Again<'a> {
    /// The message with this key.
    One(&'a str),
    /// Everything that waits for any platform.
    All,
}

#[derive(Serialize)]
struct ListAnswer {
    undone: u32,
    arrived_today: u32,
    exportable: u32,
    messages: Vec<OutboxLine>,
}

#[derive(Serialize)]
struct ActAnswer {
    done: String,
    /// The counter's public key, which the county has to know; with an export.
    #[serde(skip_serializing_if = "Option::is_none")]
    counter_key: Option<String>,
}

/// `youdai outbox list`: as the page shows it. Nothing of a message's body is in it.
pub fn list(json: bool, station: &Path) -> End {
    let (desk, file) = match open(json, station) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    match desk.outbox(now_at(&file)) {
        Ok(shown) => {
            let words = words(&shown);
            let OutboxView { undone, arrived_today, stick, lines, .. } = shown;
            say(json, &ListAnswer { undone, arrived_today, exportable: stick.exportable, messages: lines }, &words);
            End::Done
        }
        Err(fault) => failed(json, &fault),
    }
}

/// `youdai outbox retry`.
pub fn retry(json: bool, station: &Path, again: Again<'_>, by: By<'_>) -> End {
    act(json, station, by, None, |desk, file| {
        let requests: Vec<Request> = match again {
            Again::One(key) => vec![Request::RetryMessage { message: key.to_owned() }],
            Again::All => {
                let rows = desk.outbox(now_at(file))?.platforms;
                rows.into_iter().map(|row| Request::RetryPlatform { platform: row.platform }).collect()
            }
        };
        let asked = requests.len();
        for request in requests {
            ask(desk, file, request)?;
        }
        let done = match asked {
            0 => "没有待发的消息".to_owned(),
            _ => "已改为马上发；打开窗口程序就会发出去".to_owned(),
        };
        Ok(ActAnswer { done, counter_key: None })
    })
}

/// `youdai outbox export`: to `folder`, or where the station file says that the stick is.
pub fn export(json: bool, station: &Path, folder: Option<&Path>, by: By<'_>) -> End {
    act(json, station, by, folder, |desk, file| {
        ask(desk, file, Request::ExportOutbox)?;
        let stick = desk.outbox(now_at(file))?.stick;
        Ok(ActAnswer { done: stick.note.unwrap_or_default(), counter_key: stick.counter_key })
    })
}

/// `youdai outbox import`: a file of answers, wherever it lies.
pub fn import(json: bool, station: &Path, answers: &Path, by: By<'_>) -> End {
    let name = answers.file_name().map(|name| name.to_string_lossy().into_owned());
    let folder = answers.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = name else {
        return fail(json, &Failure::new("usage", "没有给出回执文件", "请写文件名"), End::Usage);
    };
    act(json, station, by, Some(folder), |desk, file| {
        ask(desk, file, Request::ImportAnswers { file: name })?;
        let note = desk.outbox(now_at(file))?.stick.note;
        Ok(ActAnswer { done: note.unwrap_or_default(), counter_key: None })
    })
}

/// Opens the station's desk, signs in, does something, and says what came of it.
fn act(
    json: bool,
    station: &Path,
    By(name): By<'_>,
    folder: Option<&Path>,
    doing: impl FnOnce(&mut Desk, &StationFile) -> Result<ActAnswer, Fault>,
) -> End {
    let mut line = String::new();
    // An input that cannot be read is an empty password, which opens nothing.
    let _ = std::io::stdin().read_line(&mut line);
    let password = Secret::new(line.trim_end_matches(['\r', '\n']));
    let (mut desk, file) = match open_at(json, station, folder) {
        Ok(opened) => opened,
        Err(end) => return end,
    };
    let done = ask(&mut desk, &file, Request::SignIn { name: name.to_owned(), password })
        .and_then(|()| doing(&mut desk, &file))
        .and_then(|answer| ask(&mut desk, &file, Request::SignOut).map(|()| answer));
    match done {
        Ok(answer) => {
            let key = answer.counter_key.as_ref().map(|key| format!("\n本窗口公钥：{key}")).unwrap_or_default();
            let words = format!("{}{key}", answer.done);
            say(json, &answer, &words);
            End::Done
        }
        Err(fault) => failed(json, &fault),
    }
}

/// Asks, does at once what is to be done at the stick, and gives its trouble as the answer.
fn ask(desk: &mut Desk, file: &StationFile, request: Request) -> Result<(), Fault> {
    let (answer, effects) = desk.ask(request, now_at(file));
    answer?;
    for effect in effects {
        if let Effect::Stick(work) = effect {
            desk.handle(Input::Stick(stick::carry_out(work)), now_at(file));
            desk.view(now_at(file)).trouble.map_or(Ok(()), Err)?;
        }
    }
    Ok(())
}

fn open(json: bool, station: &Path) -> Result<(Desk, StationFile), End> {
    open_at(json, station, None)
}

fn open_at(json: bool, station: &Path, folder: Option<&Path>) -> Result<(Desk, StationFile), End> {
    let mut file = StationFile::load(station).map_err(|error| {
        fail(json, &Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage)
    })?;
    if !file.ledger_folder().join("ledger.key").is_file() {
        let what = format!("{} 里还没有台账", file.ledger_folder().display());
        return Err(fail(json, &Failure::new("usage", what, "请先打开一次窗口程序"), End::Usage));
    }
    if let (Some(stick), Some(folder)) = (&mut file.stick, folder) {
        stick.folder = folder.to_path_buf();
    }
    let desk = Desk::open(file.clone(), None).map_err(|fault| failed(json, &fault))?;
    Ok((desk, file))
}

fn failed(json: bool, fault: &Fault) -> End {
    let end = match fault.kind {
        _ if fault.code.starts_with("ledger.") || fault.code.starts_with("station.") => End::Ours,
        FaultKind::Refused | FaultKind::Correct => End::Refused,
        FaultKind::Attend | FaultKind::Later => End::Device,
        FaultKind::Broken => End::Ours,
    };
    let do_now = format!("{} {}", fault.do_now, fault.call);
    let mut failure = Failure::new(&fault.code, fault.what.clone(), do_now.trim());
    failure.reasons = fault.reasons.iter().chain(fault.fields.iter().map(|field| &field.words)).cloned().collect();
    fail(json, &failure, end)
}

fn words(shown: &OutboxView) -> String {
    let mut words = format!("没送到 {} 条，今天送到 {} 条", shown.undone, shown.arrived_today);
    for line in &shown.lines {
        let next = line.next.as_ref().map(|next| format!("；下次 {next}")).unwrap_or_default();
        let said = line.said.as_ref().map(|said| format!("；平台说：{said}")).unwrap_or_default();
        words.push_str(&format!(
            "\n{}  {}  {} → {}  {}\n    {}{}（已发 {} 次{next}{said}）",
            line.state_name,
            line.message,
            line.kind_name,
            line.platform_name,
            line.case,
            line.cause,
            line.do_now,
            line.tries,
        ));
    }
    if shown.lines.len() < shown.undone as usize {
        words.push_str(&format!("\n还有 {} 条没有列出", shown.undone as usize - shown.lines.len()));
    }
    words
}
