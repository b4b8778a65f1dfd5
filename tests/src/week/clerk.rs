//! The clerk of a week: the practised one, and what each visit has of its own.

use casework::fact::Identity;
use casework::nouns::{Sex, ValidUntil};
use cli::clerk::{self, Eyes, Next};
use desk::contract::{
    CardRole, CaseView, HukouSide, Kind, Mode, PrintState, Rated, Request, Screen, StepBody, TypedIdentity, View,
};

use super::notes::Serving;
use super::plan::{Errand, Turn, Visit};

/// What the clerk does, seen from the floor.
pub enum Act {
    Ask(Request),
    /// The thing that was to go wrong on this visit goes wrong, or is mended.
    Play(Played, Request),
    /// Nothing moves without the clock.
    Wait,
    /// The case is put aside until the department has answered.
    PutOff,
    /// The visit is over.
    Over,
}

/// What a person does to the surroundings before a request.
pub enum Played {
    /// Lays a card on the reader.
    Card(Box<Identity>),
    NoCard,
    /// Leaves this picture of fixtures/portraits in the camera's folder.
    Photo(&'static str),
    /// The card printer says this of itself.
    Printer(Option<&'static str>),
    /// So many minutes go by.
    Minutes(i64),
    Nothing,
}

/// The next act of `visit`.
pub fn next(view: &View, visit: &Visit, serving: &Serving, eyes: &Eyes) -> Act {
    if let Screen::Lobby { cases, .. } = &view.screen {
        return in_the_lobby(cases, visit, serving);
    }
    if let Screen::Case(case) = &view.screen
        && let Some(act) = within(case, visit, serving)
    {
        return act;
    }
    practised(view, eyes)
}

fn practised(view: &View, eyes: &Eyes) -> Act {
    match clerk::next(view, eyes) {
        Next::Ask(request) => Act::Ask(request),
        Next::Wait => Act::Wait,
        Next::Over => Act::Over,
    }
}

fn in_the_lobby(cases: &[desk::contract::CaseLine], visit: &Visit, serving: &Serving) -> Act {
    if visit.turn == Turn::OutOfScope {
        return match serving.asked {
            true => Act::Over,
            false => Act::Ask(Request::RefuseAtDoor { reason: "ITEM_NOT_IN_SCOPE".to_owned(), born: None }),
        };
    }
    if let Some(case) = &serving.case {
        return Act::Ask(Request::ResumeCase { case: case.clone() });
    }
    // The power failed while the case was opened: it is there, and nobody's card was read yet.
    if let Some(line) = cases.iter().find(|line| serving.asked && line.step == "identify") {
        return Act::Ask(Request::ResumeCase { case: line.case.clone() });
    }
    let kind = match visit.errand {
        Errand::First => Kind::First,
        Errand::Lost => Kind::ReissueLost,
        Errand::Damaged => Kind::ReissueDamaged,
    };
    Act::Ask(Request::OpenCase { kind })
}

/// What this visit has of its own at a step; `None` where it is like any other.
fn within(case: &CaseView, visit: &Visit, serving: &Serving) -> Option<Act> {
    let first_time = !serving.played;
    match (&case.body, visit.turn) {
        (StepBody::Identify { expects: CardRole::Agent, .. }, _) => {
            Some(Act::Play(Played::Card(Box::new(visit.agent())), Request::ReadCard))
        }
        (StepBody::Identify { .. }, Turn::Typed) => {
            let entry = typed(&visit.applicant());
            Some(Act::Play(Played::NoCard, Request::TypeIdentity { role: CardRole::Applicant, entry }))
        }
        (StepBody::Identify { .. }, Turn::CardExpired) if !first_time => {
            Some(Act::Ask(Request::RefuseCase { reasons: vec!["ID_EXPIRED".to_owned()] }))
        }
        (StepBody::Identify { .. }, _) => Some(Act::Play(Played::Card(Box::new(visit.applicant())), Request::ReadCard)),
        (StepBody::Applicant { departments, suggested_department, .. }, _) => {
            let first = departments.first().map(|choice| choice.value.clone());
            Some(Act::Ask(Request::FillApplicant {
                mode: if visit.agent { Mode::Agent } else { Mode::InPerson },
                hukou: if visit.outside { HukouSide::Outside } else { HukouSide::Local },
                hukou_basis: "户口簿".to_owned(),
                phone: "0737-4400000".to_owned(),
                contact_address: "同身份证住址".to_owned(),
                department: suggested_department.clone().or(first).unwrap_or_default(),
            }))
        }
        (StepBody::Eligibility { verdict: Some(verdict) }, _) if !verdict.eligible => {
            Some(Act::Ask(Request::RefuseCase { reasons: Vec::new() }))
        }
        (StepBody::Materials { .. }, Turn::PutAside) if first_time => {
            Some(Act::Play(Played::Nothing, Request::ParkCase))
        }
        (StepBody::Photo { .. }, Turn::Withdraws) => {
            Some(Act::Ask(Request::WithdrawCase { reason: "先不办了".to_owned() }))
        }
        (StepBody::Photo { photo: None }, Turn::LargePhoto) if first_time => {
            Some(Act::Play(Played::Photo("two-inch.jpg"), Request::TakePhoto))
        }
        (StepBody::Photo { photo: Some(photo) }, _) if photo.findings.iter().any(|finding| finding.blocks) => {
            Some(Act::Play(Played::Photo("woman.jpg"), Request::TakePhoto))
        }
        (StepBody::Printing { state: PrintState::Ready, .. }, Turn::PrinterEmpty | Turn::PrinterJam) if first_time => {
            let word = if visit.turn == Turn::PrinterJam { "media_jam" } else { "media_empty" };
            Some(Act::Play(Played::Printer(Some(word)), Request::PrintCard { reprint: None }))
        }
        (StepBody::Printing { state: PrintState::Failed, .. }, _) => {
            let reprint = Some("上一张没有印出来".to_owned());
            Some(Act::Play(Played::Printer(None), Request::PrintCard { reprint }))
        }
        (StepBody::Printing { state: PrintState::AskPerson, .. }, Turn::CardSpoiled) if first_time => {
            Some(Act::Play(Played::Nothing, Request::SpoilCard { cause: "卡面有划痕".to_owned() }))
        }
        (StepBody::Numbering { .. }, Turn::Late) if first_time => Some(Act::Play(Played::Minutes(40), Request::Look)),
        (StepBody::Rating { rating }, _) if rating.rated == Rated::Open => {
            let level = visit.rating?;
            Some(Act::Ask(Request::GiveRating { level, codes: Vec::new(), text: String::new() }))
        }
        // The department has not answered yet: the next person comes.
        (StepBody::Awaiting { .. }, _) => Some(Act::PutOff),
        _ => None,
    }
}

fn typed(person: &Identity) -> TypedIdentity {
    TypedIdentity {
        name: person.name.as_str().to_owned(),
        sex: if person.sex == Sex::Male { "male" } else { "female" }.to_owned(),
        ethnicity: person.ethnicity.clone(),
        birth: person.birth.to_string(),
        address: person.address.clone(),
        number: person.number.as_str().to_owned(),
        issuing_authority: person.issuing_authority.clone(),
        valid_from: person.valid_from.map(|day| day.to_string()).unwrap_or_default(),
        valid_until: match person.valid_until {
            ValidUntil::LongTerm => "长期".to_owned(),
            ValidUntil::Day(last) => last.to_string(),
        },
    }
}
