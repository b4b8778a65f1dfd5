//! The two hand-overs of papers: to the issuing staff and to the archive. A list is signed by both sides or by nobody: who is
//! at work gives, and who takes signs at the same counter by name and password; all of it is one transaction.

use std::collections::BTreeSet;

use archive::PackageNumber;
use casework::case::Case;
use casework::nouns::{Actor, CaseId, ListKind, ListNumber, PersonRole, WindowLevel};
use casework::people::Tries;
use casework::station_fact::StationFact;
use casework::steps::archive as archiving;
use ledger::{Entry, ListPlace, Person, StationEntry};
use papers::listing::ListingContent;

use crate::contract::{HandOverTo, Secret};
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};
use crate::people::door;
use crate::press::For;
use crate::received;
use crate::station::Mode;
use crate::words;

impl Desk {
    /// Step `archive` of the open case: a list of this one case. At a village window, where one person is clerk, issuer and
    /// often archivist as well, it collapses to one tick; elsewhere whoever takes the papers signs for them.
    pub(super) fn hand_over(&mut self, to: &str, password: Option<&Secret>, now: Now) -> Result<Vec<Effect>, Trouble> {
        let case = self.case()?.clone();
        let name = to.trim();
        let wrong = |field: &str, words: &str| Trouble::of("archive.correct").at(field, words);
        let taker: Actor = name.parse().map_err(|_| wrong("to", "请写接收人的姓名"))?;
        let kind = ListKind::ToArchive;
        self.listable(&case, kind)?;
        match password {
            Some(password) => {
                let person = self.signed(kind, name, password, now)?;
                self.sign(kind, &[case], &person.name, Some((name, Tries::default())), now)
            }
            None if self.station.window.level == WindowLevel::Village => self.sign(kind, &[case], &taker, None, now),
            None => Err(wrong("password", "请接收人当面签字：输入他自己的密码")),
        }
    }

    /// A list of the page: which cases, how many old cards were counted, and the signature of whoever takes the papers.
    pub(super) fn sign_hand_over(&mut self, asked: HandOverAsked<'_>, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.at_the_lobby()?;
        let HandOverAsked { to, cases, old_cards, taker, password } = asked;
        let kind = kind_of(to);
        let wrong = |field: &str, words: String| Trouble::of("archive.correct").at(field, words);
        let mut names = BTreeSet::new();
        let mut chosen = Vec::new();
        for case in cases {
            let id: CaseId = Self::case_id(case)?;
            if names.insert(id.clone()) {
                let case = self.load(&id)?;
                self.listable(&case, kind)?;
                chosen.push(case);
            }
        }
        if chosen.is_empty() {
            return Err(wrong("cases", "请选要移交的事项".to_owned()));
        }
        let retained = chosen.iter().filter(|case| self.old_card(case).is_some()).count();
        if usize::try_from(old_cards).ok() != Some(retained) {
            return Err(wrong("old_cards", format!("清单上有 {retained} 张旧证，请当面清点；数不对就不要签")));
        }
        let name = taker.trim();
        if name.is_empty() {
            return Err(wrong("taker", "请写接收人的姓名".to_owned()));
        }
        let person = self.signed(kind, name, password, now)?;
        self.sign(kind, &chosen, &person.name, Some((name, Tries::default())), now)
    }

    /// Whoever signs for the papers, by name and password. A wrong try counts as one at the door, and nothing else happens.
    fn signed(&mut self, kind: ListKind, name: &str, password: &Secret, now: Now) -> Result<Person, Trouble> {
        let rule = self.station.people.lock_rule();
        let person = door::proven(&mut self.ledger, rule, name, password, now).map_err(|trouble| {
            if trouble.code == "desk.wrong_password" {
                Trouble { code: "archive.not_signed", ..trouble }
            } else {
                trouble
            }
        })?;
        let village = self.station.window.level == WindowLevel::Village;
        let training = self.station.mode == Mode::Training;
        let wrong = |words: &str| Err(Trouble::of("archive.correct").at("taker", words));
        let takes = |role: &PersonRole| match role {
            PersonRole::Issuer => kind == ListKind::ToIssuer,
            PersonRole::Clerk => kind == ListKind::ToIssuer && village,
            PersonRole::Archivist => kind == ListKind::ToArchive,
            PersonRole::Tester => training,
            PersonRole::Supervisor | PersonRole::Administrator | PersonRole::Public => false,
        };
        if !person.roles.iter().any(takes) {
            return wrong(match kind {
                ListKind::ToIssuer => "接收人不是发证人员",
                ListKind::ToArchive => "接收人不是归档人员",
            });
        }
        // In training one invented person does everything; at a village one real person does.
        if person.name == self.actor()? && !village && !training {
            return wrong("移交和接收不能是同一个人");
        }
        Ok(person)
    }

    /// Whether the papers of a case may go on a list now.
    fn listable(&self, case: &Case, kind: ListKind) -> Result<(), Trouble> {
        let (giver, list) = (self.actor()?, "Y".parse().expect("a letter is a number of a list"));
        archiving::put_on_list(case, &self.pack, kind, &list, (&giver, &giver)).map(drop).map_err(|refusal| {
            fault::refusal("archive", &refusal, &self.pack).because(format!("办理编号 {}", case.id()))
        })
    }

    /// Writes the list, stores its sheet, and records it with the facts of all its cases in one transaction.
    fn sign(
        &mut self,
        kind: ListKind,
        cases: &[Case],
        taker: &Actor,
        tries: Option<(&str, Tries)>,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let giver = self.actor()?;
        let window = self.station.window.code.clone();
        let ordinal = self.ledger.next_list(kind, &window, now.today)?;
        let number = ListNumber::new(kind, &window, now.today, ordinal)
            .map_err(|error| Trouble::of("station.file").because(error.to_string()))?;
        let pdf =
            self.press.listing(self.list_content(kind, &number, cases, (&giver, taker), now), now.at, For::Printer)?;
        let hash = self.ledger.store_picture(&pdf)?;
        let mut written = Vec::new();
        for case in cases {
            let facts = archiving::put_on_list(case, &self.pack, kind, &number, (&giver, taker))
                .map_err(|refusal| fault::refusal("archive", &refusal, &self.pack))?;
            let (next, _) = case
                .after(&facts, now.at, &giver)
                .map_err(|broken| Trouble::of("desk.not_now").because(broken.to_string()))?;
            written.push((case, facts, next));
        }
        let entries: Vec<Entry<'_>> = written
            .iter()
            .map(|(case, facts, _)| Entry {
                case: case.id(),
                expected_seq: case.seq(),
                at: now.at,
                actor: &giver,
                facts,
                // A hand-over stays in the house: no platform is told of it.
                messages: &[],
            })
            .collect();
        let old_cards = cases.iter().filter(|case| self.old_card(case).is_some()).count();
        let signed = [StationFact::ListSigned {
            list: number.clone(),
            kind,
            from: giver.clone(),
            to: taker.clone(),
            cases: cases.iter().map(|case| case.id().clone()).collect(),
            old_cards: u32::try_from(old_cards).unwrap_or(u32::MAX),
            pdf: hash,
        }];
        let list = StationEntry { at: now.at, actor: &giver, facts: &signed, password: None, tries };
        self.ledger.record_hand_over(list, ListPlace { window: &window, day: now.today, ordinal }, &entries)?;
        if let Some(open) = self.open.as_ref().map(|open| open.id().clone())
            && let Some((_, _, next)) = written.into_iter().find(|(case, _, _)| *case.id() == open)
        {
            self.open = Some(next);
        }
        self.at_hand.last_list = Some(number.clone());
        self.changed();
        Ok(vec![Effect::PrintPaper { job: number.to_string(), pdf }])
    }

    /// Retained old card of a case as the list names it: number and condition (S-33).
    pub(crate) fn old_card(&self, case: &Case) -> Option<String> {
        let kept = archiving::retained(case, &self.pack);
        let holds = |code| {
            self.pack.material(code).is_some_and(|one| one.particulars == Some(casework::pack::Recorded::OldCard))
        };
        kept.iter().any(holds).then(|| received::old_card(case)).flatten()
    }

    /// Names of the papers that go with a case.
    pub(crate) fn papers_on_list(&self, case: &Case) -> Vec<String> {
        let kept = archiving::retained(case, &self.pack);
        let name = |code| self.pack.material(code).map(|material| material.name.to_string());
        std::iter::once("收文清单".to_owned()).chain(kept.iter().filter_map(name)).collect()
    }

    fn list_content(
        &self,
        kind: ListKind,
        number: &ListNumber,
        cases: &[Case],
        (giver, taker): (&Actor, &Actor),
        now: Now,
    ) -> ListingContent {
        let line = |name: &str, value: String| (name.to_owned(), value);
        let row = |case: &Case| {
            vec![
                PackageNumber::of(case.id()).to_string(),
                case.identity().map(|identity| identity.name.masked()).unwrap_or_default(),
                self.papers_on_list(case).join("、"),
                self.old_card(case).unwrap_or_else(|| "无".to_owned()),
            ]
        };
        let old_cards = cases.iter().filter(|case| self.old_card(case).is_some()).count();
        ListingContent {
            title: match kind {
                ListKind::ToIssuer => "工作资料移交清单（移交发证人员）",
                ListKind::ToArchive => "工作资料移交清单（移交归档人员）",
            }
            .to_owned(),
            particulars: vec![
                line("清单编号", number.to_string()),
                line("移交窗口", self.station.window.name.clone()),
                line("移交时间", words::moment(now.at)),
                line("移交人", giver.to_string()),
                line("接收人", taker.to_string()),
            ],
            columns: [("档案号", 8), ("申请人", 2), ("随附材料", 5), ("留存的旧证", 5)]
                .map(|(name, share)| (name.to_owned(), share))
                .into(),
            rows: cases.iter().map(row).collect(),
            remarks: vec![
                format!("共 {} 件，其中留存的旧证 {old_cards} 张，双方已当面清点。", cases.len()),
                "档案号也是电子档案包的号。材料只在本窗口当面移交，不邮寄，不远程流转。".to_owned(),
            ],
            signatures: (format!("移交人签字：{giver}"), format!("接收人签字：{taker}")),
            sample: false,
        }
    }
}

/// What is asked for with a list of the page.
pub(super) struct HandOverAsked<'a> {
    pub to: HandOverTo,
    pub cases: &'a [String],
    pub old_cards: u32,
    pub taker: &'a str,
    pub password: &'a Secret,
}

pub(crate) fn kind_of(to: HandOverTo) -> ListKind {
    match to {
        HandOverTo::Issuer => ListKind::ToIssuer,
        HandOverTo::Archivist => ListKind::ToArchive,
    }
}
