//! The people of a training station: an invented administrator, clerk, issuer, archivist and supervisor, made by the same
//! requests with which real people are made.

use std::path::Path;

use casework::nouns::WindowLevel;
use desk::compose::Station;
use desk::contract::{Fault, Request, Screen, Secret, StationRole};
use desk::station::{Mode, StationFile};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

/// Name and password of somebody who exists for practice only.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Practice {
    pub name: &'static str,
    pub password: &'static str,
}

/// Manages the people of a training station.
pub const ADMINISTRATOR: Practice = Practice { name: "演练管理员", password: "lianxi-guanli-1" };

/// Takes in; at a village, where one person may be all three, issues and archives as well.
pub const CLERK: Practice = Practice { name: "张敏", password: "lianxi-zhangmin-1" };

/// Makes the card and hands it over, so that papers can be seen to go from hand to hand.
pub const ISSUER: Practice = Practice { name: "何颁", password: "lianxi-heban-1" };

/// Takes the papers for the archive.
pub const ARCHIVIST: Practice = Practice { name: "陈归", password: "lianxi-chengui-1" };

/// Looks into bad ratings, and handles no case.
pub const SUPERVISOR: Practice = Practice { name: "演练监督员", password: "lianxi-jiandu-1" };

/// Those whom the practised clerk does without.
const OTHERS: [(Practice, StationRole); 3] =
    [(ISSUER, StationRole::Issuer), (ARCHIVIST, StationRole::Archivist), (SUPERVISOR, StationRole::Supervisor)];

impl Practice {
    pub fn sign_in(self) -> Request {
        Request::SignIn { name: self.name.to_owned(), password: self.secret() }
    }

    pub fn secret(self) -> Secret {
        Secret::new(self.password)
    }
}

/// Has the practice clerk sign in, and makes the people of a new station first.
///
/// # Errors
/// The desk's own, for example when the station has other people than these.
pub fn come_to_work(station: &Station) -> Result<(), Fault> {
    match station.view() {
        Some(view) => begin(&view.screen, |request| station.ask(request)),
        None => station.ask(CLERK.sign_in()),
    }
}

/// The same at anything that takes requests.
pub fn begin(screen: &Screen, mut ask: impl FnMut(Request) -> Result<(), Fault>) -> Result<(), Fault> {
    match screen {
        Screen::FirstRun { .. } => {
            ask(first())?;
            add_the_clerk(&mut ask)
        }
        Screen::SignIn => match ask(CLERK.sign_in()) {
            // Somebody was interrupted between the two of them.
            Err(fault) if fault.code == "desk.wrong_password" => {
                ask(ADMINISTRATOR.sign_in()).map_err(|_| fault)?;
                add_the_clerk(&mut ask)
            }
            answer => answer,
        },
        Screen::People(_) => add_the_clerk(&mut ask),
        Screen::Lobby { .. }
        | Screen::Search(_)
        | Screen::Pack(_)
        | Screen::HandOver(_)
        | Screen::Batch(_)
        | Screen::Outbox(_)
        | Screen::Statistics(_)
        | Screen::FollowUps(_)
        | Screen::Retention(_)
        | Screen::CardCode(_)
        | Screen::Calibration(_)
        | Screen::Stock(_)
        | Screen::Day(_)
        | Screen::Results(_)
        | Screen::Case(_) => Ok(()),
    }
}

/// Makes the first administrator.
pub fn first() -> Request {
    Request::SetUpFirst { name: ADMINISTRATOR.name.to_owned(), password: ADMINISTRATOR.secret() }
}

/// Makes the practice clerk, who in a village does everything.
pub fn clerk() -> Request {
    Request::AddPerson {
        name: CLERK.name.to_owned(),
        roles: vec![StationRole::Clerk, StationRole::Issuer, StationRole::Archivist],
        password: CLERK.secret(),
    }
}

fn add_the_clerk(ask: &mut impl FnMut(Request) -> Result<(), Fault>) -> Result<(), Fault> {
    ask(clerk())?;
    ask(Request::SignOut)?;
    ask(CLERK.sign_in())
}

/// The rest of the staff, who may be there already. At a hall the clerk keeps to the intake, as its people are three.
fn add_the_others(level: WindowLevel, mut ask: impl FnMut(Request) -> Result<(), Fault>) -> Result<(), Fault> {
    ask(ADMINISTRATOR.sign_in())?;
    for (person, role) in OTHERS {
        let (name, password) = (person.name.to_owned(), person.secret());
        match ask(Request::AddPerson { name, roles: vec![role], password }) {
            Err(fault) if fault.fields.iter().any(|field| field.field == "name") => {}
            answer => answer?,
        }
    }
    match level {
        WindowLevel::Village => {}
        WindowLevel::Township | WindowLevel::County | WindowLevel::City => {
            ask(Request::SetRoles { name: CLERK.name.to_owned(), roles: vec![StationRole::Clerk] })?;
        }
    }
    ask(Request::SignOut)
}

#[derive(Serialize)]
struct PracticeAnswer {
    administrator: Practice,
    clerk: Practice,
    issuer: Practice,
    archivist: Practice,
    supervisor: Practice,
}

/// `youdai people practice`: makes the people of a training station, if they are not there yet, and says how they sign
/// in. The program must not be running.
pub fn practice(json: bool, station: &Path) -> End {
    let level = match StationFile::load(station) {
        Ok(file) if file.mode == Mode::Training => file.window.level,
        Ok(_) => {
            let what = "只有培训模式的站点有演练人员";
            return fail(json, &Failure::new("usage", what, "正式站点请打开窗口程序，设第一位管理员"), End::Usage);
        }
        Err(error) => {
            return fail(json, &Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage);
        }
    };
    let begun = Station::start(station, |_| {}).and_then(|station| {
        come_to_work(&station)?;
        station.ask(Request::SignOut)?;
        add_the_others(level, |request| station.ask(request))
    });
    match begun {
        Ok(()) => {
            let clerk = match level {
                WindowLevel::Village => "收件、发证、归档",
                WindowLevel::Township | WindowLevel::County | WindowLevel::City => "收件人员",
            };
            let words = [
                line("管理员", ADMINISTRATOR),
                line(clerk, CLERK),
                line("发证人员", ISSUER),
                line("归档人员", ARCHIVIST),
                line("监督人员", SUPERVISOR),
            ];
            let answer = PracticeAnswer {
                administrator: ADMINISTRATOR,
                clerk: CLERK,
                issuer: ISSUER,
                archivist: ARCHIVIST,
                supervisor: SUPERVISOR,
            };
            say(json, &answer, &words.join("\n"));
            End::Done
        }
        Err(fault) => fail(json, &Failure::new(&fault.code, fault.what, fault.do_now), End::Ours),
    }
}

fn line(who: &str, practice: Practice) -> String {
    format!("{who}（演练用，虚构）：姓名 {}　密码 {}", practice.name, practice.password)
}
