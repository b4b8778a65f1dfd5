//! From the record of a case to its archive package: which words, papers and pictures go in. Nothing of the moment of
//! building does, so that the same case gives the same bytes.

use archive::{CaseFile, Chapter, Entry, Form, Material, PackageNumber, Particular, PhotoFile, Signer};
use casework::case::{Case, MaterialState};
use casework::fact::Identity;
use casework::nouns::{DeliveryProof, PictureHash, Receiver, WindowLevel};
use casework::pack::PaperHandling;
use casework::slips;
use casework::steps::archive as archiving;
use jiff::Timestamp;
use papers::listing::ListingContent;

use crate::contract::Fault;
use crate::desk::Desk;
use crate::fault::{self, Trouble};
use crate::press::For;
use crate::words;

impl Desk {
    /// The archive package of the open case as it stands: what a seal would store now.
    ///
    /// # Errors
    /// Without an open case, or when the ledger cannot be read.
    pub fn package(&mut self) -> Result<Vec<u8>, Fault> {
        let made = self.case().cloned().and_then(|case| self.package_of(&case));
        made.map_err(|trouble| fault::word(&trouble, &self.contacts))
    }

    /// The archive package of a case as it stands, up to its seal.
    pub(crate) fn package_of(&mut self, case: &Case) -> Result<Vec<u8>, Trouble> {
        let signer = Signer::new(&self.ledger.archive_secret()?);
        Ok(archive::seal(&self.case_file(case)?, &signer))
    }

    fn case_file(&self, case: &Case) -> Result<CaseFile, Trouble> {
        let chained = self.ledger.chained_facts(case.id())?;
        let rows = chained.first().zip(chained.last()).map(|(first, last)| (first.row.n, last.row.n));
        let process = chained
            .into_iter()
            .map(|fact| Entry { row: fact.row, prev: fact.prev, hash: fact.hash, body: fact.body })
            .collect();
        let number = PackageNumber::of(case.id());
        let mut chapters = self.chapters(case);
        chapters.push(self.filing(case, &number, rows));
        Ok(CaseFile {
            title: self.pack.item().item_name.to_string(),
            chapters,
            process,
            materials: self.materials(case)?,
            photo: self.portrait(case)?,
            forms: self.forms(case)?,
            number,
        })
    }

    fn chapters(&self, case: &Case) -> Vec<Chapter> {
        let item = self.pack.item();
        let window = &self.station.window;
        let department = case.applicant().and_then(|entry| self.pack.district(&entry.department));
        let chapter = |name: &str, lines: Vec<Particular>| Chapter { name: name.to_owned(), lines };
        let line = |name: &str, value: String| Particular::new(name, value);
        let moment = |at: Option<Timestamp>| at.map(words::moment).unwrap_or_default();
        let mut chapters = vec![
            chapter(
                "事项",
                vec![
                    line("套餐名称", item.package_name.to_string()),
                    line("事项名称", item.item_name.to_string()),
                    line("基本编码", item.code.to_string()),
                    line("证件名称", item.certificate_name.to_string()),
                    line("办理类型", words::kind(case.kind()).to_owned()),
                ],
            ),
            chapter(
                "窗口",
                vec![
                    line("窗口名称", window.name.clone()),
                    line("窗口代码", case.opened().window.to_string()),
                    line("窗口级别", level(case.opened().level).to_owned()),
                    line("承办部门所在区县", department.map(|one| one.name.to_string()).unwrap_or_default()),
                ],
            ),
        ];
        if let Some(identity) = case.identity() {
            let mut lines = person(identity);
            if let Some(entry) = case.applicant() {
                lines.push(line("办理方式", words::mode(entry.mode).to_owned()));
                lines.push(line("联系电话", entry.phone.clone()));
                lines.push(line("联系地址", entry.contact_address.clone()));
                lines.push(line("户口判断依据", entry.hukou_basis.clone()));
            }
            chapters.push(chapter("申请人", lines));
        }
        chapters.extend(case.agent().map(|agent| chapter("代理人", person(agent))));
        let delivery = case.delivery();
        chapters.push(chapter(
            "经过",
            vec![
                line("办理编号", case.id().to_string()),
                line("开始办理", moment(Some(case.opened().at))),
                line("受理", moment(case.accepted_at())),
                line("收文清单号", case.receipt().map(ToString::to_string).unwrap_or_default()),
                line("证号", case.number().map(ToString::to_string).unwrap_or_default()),
                line("交付", moment(delivery.map(|delivery| delivery.at))),
                line("交付凭证", delivery.map(|delivery| proof(delivery.proof)).unwrap_or_default().to_owned()),
                line("领取人", delivery.map(|delivery| receiver(delivery.receiver)).unwrap_or_default().to_owned()),
            ],
        ));
        let rules = &case.opened().pack;
        chapters
            .push(chapter("规则", vec![line("政策包", rules.id.clone()), line("政策包的 SM3", rules.hash.clone())]));
        chapters
    }

    /// What the archive knows the package by. Period, receiver and format are the pack's (D-17); what the local archive
    /// decides is left empty for it.
    fn filing(&self, case: &Case, number: &PackageNumber, rows: Option<(u64, u64)>) -> Chapter {
        let list = |signed: Option<&casework::case::Handover>| {
            let Some(signed) = signed else { return String::new() };
            let list = signed.list.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{list} {}：{} 移交，{} 接收", words::moment(signed.at), signed.from, signed.to)
        };
        let rows = rows.map(|(first, last)| format!("第 {first} 行至第 {last} 行之间")).unwrap_or_default();
        let years = self.pack.rules().archive_period.value;
        let lines = vec![
            Particular::new("档案包号", number.as_str()),
            Particular::new("移交发证人员", list(case.working_papers())),
            Particular::new("移交归档人员", list(case.handover())),
            Particular::new("保管期限", format!("{years} 年（以当地档案部门规定为准）")),
            Particular::new("台账", rows),
            Particular::new("数据性质", if case.opened().training { "培训数据，不是真实业务" } else { "正式业务" }),
            Particular::new("全宗号", ""),
            Particular::new("件号", ""),
            Particular::new("归档章", ""),
        ];
        Chapter { name: "归档".to_owned(), lines }
    }

    fn materials(&self, case: &Case) -> Result<Vec<Material>, Trouble> {
        let portrait = case.applicant().and_then(|entry| entry.portrait.clone());
        let mut materials = Vec::new();
        for paper in archiving::papers(case, &self.pack) {
            let state = case.material(&paper.material.code);
            let hashes = state.into_iter().flat_map(|state| state.pages.values());
            let promised = state.and_then(|state| state.committed_until);
            let is_portrait = portrait.as_ref() == Some(&paper.material.code);
            materials.push(Material {
                code: paper.material.code.to_string(),
                name: paper.material.name.to_string(),
                fate: fate(paper.material.handling, state).to_owned(),
                absent: match promised {
                    Some(until) => Some(format!("容缺，承诺 {}前补交", words::date(until))),
                    None => is_portrait.then(|| "见照片".to_owned()),
                },
                pages: hashes.map(|hash| self.kept(hash)).collect::<Result<_, _>>()?,
            });
        }
        Ok(materials)
    }

    fn portrait(&self, case: &Case) -> Result<Vec<PhotoFile>, Trouble> {
        let Some(photo) = case.photo() else { return Ok(Vec::new()) };
        let file = |name: &str, title: &str, hash: &PictureHash| {
            let bytes = self.kept(hash)?;
            Ok::<_, Trouble>(PhotoFile { name: name.to_owned(), title: title.to_owned(), bytes })
        };
        Ok(vec![file("original", "照片原图", &photo.original)?, file("crop", "照片裁切", &photo.crop)?])
    }

    /// The papers in the order in which they came to be. What was handed out is the stored sheet; the receipt list and the
    /// application form are written from the record, as of the moment of acceptance.
    fn forms(&self, case: &Case) -> Result<Vec<Form>, Trouble> {
        let form = |name: &str, title: &str, pdf| Form { name: name.to_owned(), title: title.to_owned(), pdf };
        let at = case.accepted_at().unwrap_or(case.opened().at);
        let mut forms = vec![form("application", "申请表（按受理时的数据生成）", self.application(case, at)?)];
        for slip in case.slips() {
            if let Some(pdf) = &slip.pdf {
                forms.push(form("notice", slips::title(slip.kind, case), self.kept(pdf)?));
            }
        }
        if case.receipt().is_some() {
            forms.push(form("receipt", "收文清单", self.press.receipt(case, &self.pack, None, at, For::Archive)?));
        }
        if let Some(attempt) = case.card().and_then(|card| case.attempt(&card.attempt)) {
            forms.push(form("card", "优待证打印件", self.kept(&attempt.pdf)?));
            if let Some(archived) = &attempt.archived {
                forms.push(form("card-archived", "优待证版式文件", self.kept(archived)?));
            }
        }
        let lists = [
            ("to-issuer", "移交清单（发证人员）", case.working_papers()),
            ("to-archive", "移交清单（归档人员）", case.handover()),
        ];
        for (name, title, signed) in lists {
            if let Some(list) = signed.and_then(|signed| signed.list.as_ref())
                && let Some(sheet) = self.ledger.list_sheet(list)?
            {
                forms.push(form(name, title, self.kept(&sheet)?));
            }
        }
        Ok(forms)
    }

    /// The application form that the procedure does not list and the archive expects (D-11).
    fn application(&self, case: &Case, at: Timestamp) -> Result<Vec<u8>, Trouble> {
        // What no face can draw stands in case.json: nothing is drawn as a box, and no other sign is put in its place.
        let drawn = |text: String| match self.press.undrawable(&text).is_empty() {
            true => text,
            false => "（有字打印不出，见 case.json）".to_owned(),
        };
        let particulars = self.chapters(case).into_iter().flat_map(|chapter| {
            let shown = matches!(chapter.name.as_str(), "事项" | "申请人" | "代理人");
            let lines = if shown { chapter.lines } else { Vec::new() };
            lines.into_iter().map(move |line| (line.name, line.value))
        });
        let rows = archiving::papers(case, &self.pack)
            .iter()
            .map(|paper| {
                let state = case.material(&paper.material.code);
                vec![paper.material.name.to_string(), fate(paper.material.handling, state).to_owned()]
            })
            .collect();
        let content = ListingContent {
            title: format!("{}申请表", self.pack.item().item_name),
            particulars: particulars.map(|(name, value)| (name, drawn(value))).collect(),
            columns: vec![("申请材料".to_owned(), 3), ("原件去向".to_owned(), 2)],
            rows,
            remarks: vec![format!(
                "受理时间 {}。本表由程序按读取的身份证和窗口录入的内容生成，申请人不需另行填写。",
                words::moment(at)
            )],
            signatures: (
                format!("经办人：{}", case.acceptance().map(|one| one.by.to_string()).unwrap_or_default()),
                "申请人或代理人：".to_owned(),
            ),
            sample: false,
        };
        self.press.listing(content, at, For::Archive)
    }

    /// A stored file that the record names.
    fn kept(&self, hash: &PictureHash) -> Result<Vec<u8>, Trouble> {
        self.ledger.picture(hash)?.ok_or_else(|| Trouble::of("ledger.damaged").because(format!("没有文件 {hash}")))
    }
}

fn person(identity: &Identity) -> Vec<Particular> {
    let until = words::until(identity.valid_until);
    let valid = match identity.valid_from {
        Some(from) => format!("{}至{until}", words::date(from)),
        None => format!("至{until}"),
    };
    vec![
        Particular::new("姓名", identity.name.as_str()),
        Particular::new("性别", words::sex(identity.sex)),
        Particular::new("民族", words::ethnicity(&identity.ethnicity)),
        Particular::new("出生日期", words::date(identity.birth)),
        Particular::new("公民身份号码", identity.number.as_str()),
        Particular::new("住址", identity.address.as_str()),
        Particular::new("证件有效期", valid),
        Particular::new("身份信息来源", words::source(identity.source)),
    ]
}

fn fate(handling: PaperHandling, state: Option<&MaterialState>) -> &'static str {
    match (handling, state) {
        (_, Some(state)) if state.committed_until.is_some() && state.pages.is_empty() => "容缺，尚未提交",
        (PaperHandling::OnCard, _) => "用在优待证上",
        (PaperHandling::RetainArchive, _) => "留存，随移交清单归档",
        (PaperHandling::ScanAndReturn, Some(state)) if !state.has_original() && !state.history.is_empty() => {
            "利用历史材料"
        }
        (PaperHandling::ScanAndReturn, _) => "扫描后退回",
    }
}

fn level(level: WindowLevel) -> &'static str {
    match level {
        WindowLevel::City => "市",
        WindowLevel::County => "县（区、市）",
        WindowLevel::Township => "乡（镇、街道、园区）",
        WindowLevel::Village => "村（社区）",
    }
}

fn proof(proof: DeliveryProof) -> &'static str {
    match proof {
        DeliveryProof::IdCard => "身份证",
        DeliveryProof::ReceiptList => "收文清单",
    }
}

fn receiver(receiver: Receiver) -> &'static str {
    match receiver {
        Receiver::Applicant => "申请人",
        Receiver::Agent => "代理人",
        Receiver::Other => "其他人",
    }
}
