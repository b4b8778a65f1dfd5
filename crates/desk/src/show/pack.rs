//! The policy pack laid open: every value as an office person reads it, with its source, date and confidence (F-61).

use casework::pack::{
    Confidence, District, ItemStatus, Material, PaperHandling, PolicyPack, Severity, SourceDate, Why,
};

use crate::contract::{DistrictLine, PackChapter, PackLine, PackView, SourceLine, Sure};
use crate::words;

/// The chapters of the rules, in the order in which they are shown. A rule that nobody has put into a chapter stands in
/// the last one.
const CHAPTERS: [(&str, &[&str]); 8] = [
    (
        "谁可以办",
        &[
            "min_age",
            "apply_before_days",
            "leap_birthday",
            "accepted_id_types",
            "id_in_date",
            "one_card_a_person",
            "non_local",
            "hukou_scope",
            "contact_phone_required",
        ],
    ),
    ("照片和凭证", &["photo_spec", "photo_max_age_months", "photo_on_card", "loss_evidence", "delivery_proof"]),
    ("代理和集中办理", &["agent_batch_min", "agent_day_warn"]),
    (
        "制证和时限",
        &[
            "cards_made_at",
            "filing_report_at",
            "village_deadline_min",
            "village_amber_min",
            "village_issue_requires_approval",
            "numbering_mode",
            "number_pattern",
            "issuing_authority",
            "card_code_suite",
        ],
    ),
    ("咨询和名录", &["windows_published", "city_hotline"]),
    ("评价", &["rating_points", "bad_rating_days", "rating_codes_version"]),
    ("遮盖和留存", &["mask_screen", "mask_paper", "retention_days_local", "archive_period"]),
    ("其他", &[]),
];

pub fn view(pack: &PolicyPack) -> PackView {
    let dates = pack.effective();
    let procedure = pack.procedure();
    let mut chapters = vec![item(pack)];
    chapters.extend(rules(pack));
    chapters.push(PackChapter {
        name: "要什么材料".to_owned(),
        lines: pack.materials().iter().map(|one| material(one, pack)).collect(),
    });
    chapters.push(PackChapter { name: "理由的措辞".to_owned(), lines: reasons(pack) });
    let care = super::pack_aftercare::lines(pack);
    if !care.is_empty() {
        chapters.push(PackChapter { name: "受理之后".to_owned(), lines: care });
    }
    PackView {
        title: pack.title().to_owned(),
        status: match pack.status() {
            ItemStatus::Active => "正在办理",
            ItemStatus::Ended => "已经停办",
        }
        .to_owned(),
        in_force: match dates.to {
            Some(last) => format!("{}至{}", words::date(dates.from), words::date(last)),
            None => format!("{}起", words::date(dates.from)),
        },
        procedure: format!("{}，{}", procedure.title, procedure.dated),
        compiled: words::date(pack.compiled()),
        hash: pack.hash().to_owned(),
        chapters,
        districts: pack.districts().iter().map(|one| district(one, pack)).collect(),
    }
}

fn item(pack: &PolicyPack) -> PackChapter {
    let item = pack.item();
    let from = || from(item.source.as_str(), item.date, item.confidence);
    let line =
        |name: &str, value: &str| PackLine { name: name.to_owned(), value: value.to_owned(), from: from(), note: None };
    let dates = pack.effective();
    let axes = pack.axes();
    let declared: Vec<_> = axes.declared().iter().map(|axis| axis.words()).collect();
    let platforms = pack.platforms();
    PackChapter {
        name: "办什么".to_owned(),
        lines: vec![
            line("套餐名称", item.package_name.as_str()),
            line("事项名称", item.item_name.as_str()),
            line("基本编码", item.code.as_str()),
            line("证件名称", item.certificate_name.as_str()),
            line("承诺办结", item.promise_name.as_str()),
            PackLine {
                name: "起止日期".to_owned(),
                value: match dates.to {
                    Some(last) => format!("{}至{}", words::date(dates.from), words::date(last)),
                    None => format!("{}起", words::date(dates.from)),
                },
                from: self::from(dates.source.as_str(), dates.date, dates.confidence),
                note: None,
            },
            PackLine {
                name: "按什么区分要求".to_owned(),
                value: declared.join("、"),
                from: self::from(axes.source.as_str(), axes.date, axes.confidence),
                note: None,
            },
            PackLine {
                name: "受理后另报".to_owned(),
                value: platforms.ageing.as_ref().map_or_else(|| "不另报".to_owned(), |id| platform(id.as_str())),
                from: self::from(platforms.source.as_str(), platforms.date, platforms.confidence),
                note: None,
            },
            PackLine {
                name: "报备和评价发到".to_owned(),
                value: format!("{}、{}", platform(platforms.filing.as_str()), platform(platforms.rating.as_str())),
                from: self::from(platforms.source.as_str(), platforms.date, platforms.confidence),
                note: None,
            },
        ],
    }
}

fn rules(pack: &PolicyPack) -> Vec<PackChapter> {
    let all = pack.rules().all();
    let named = |key: &str| CHAPTERS.iter().position(|(_, keys)| keys.contains(&key)).unwrap_or(CHAPTERS.len() - 1);
    let chapter = |(at, (name, _)): (usize, &(&str, &[&str]))| PackChapter {
        name: (*name).to_owned(),
        lines: all.iter().filter(|why| named(why.key) == at).map(rule).collect(),
    };
    CHAPTERS.iter().enumerate().map(chapter).filter(|chapter| !chapter.lines.is_empty()).collect()
}

fn rule(why: &Why) -> PackLine {
    PackLine {
        name: why.name.clone(),
        value: why.words.clone(),
        from: SourceLine { source: why.source.clone(), date: why.date.clone(), sure: sure(why.confidence) },
        note: why.note.clone(),
    }
}

fn material(material: &Material, pack: &PolicyPack) -> PackLine {
    let handling = match material.handling {
        PaperHandling::ScanAndReturn => "扫描后退回",
        PaperHandling::OnCard => "用在证上",
        PaperHandling::RetainArchive => "留存归档",
    };
    let tolerance = match (material.tolerance, material.tolerance_when.named().is_empty()) {
        (false, _) => "不可容缺".to_owned(),
        (true, true) => format!("可以容缺 {} 天", material.tolerance_days),
        (true, false) => {
            format!("可以容缺 {} 天（{}）", material.tolerance_days, material.tolerance_when.in_words(pack))
        }
    };
    let demanded = if material.required { material.when.in_words(pack) } else { "本地不要".to_owned() };
    PackLine {
        name: material.name.to_string(),
        value: format!("{demanded}；{handling}；{tolerance}"),
        from: from(material.source.as_str(), material.date, material.confidence),
        note: Some(material.hint.to_string()),
    }
}

fn reasons(pack: &PolicyPack) -> Vec<PackLine> {
    let line = |reason: &casework::pack::Reason| PackLine {
        name: match reason.severity {
            Severity::Block => "不能受理",
            Severity::Warn => "提醒",
        }
        .to_owned(),
        value: reason.public.to_string(),
        from: from(reason.source.as_str(), reason.date, reason.confidence),
        note: Some(reason.remedy.to_string()),
    };
    pack.reasons().iter().map(line).collect()
}

fn district(district: &District, pack: &PolicyPack) -> DistrictLine {
    let phone = &district.phone;
    DistrictLine {
        name: district.name.to_string(),
        phone: phone.dialable().map(ToOwned::to_owned),
        status: phone.status().words().to_owned(),
        raw: Some(phone.raw().to_owned()).filter(|raw| Some(raw.as_str()) != phone.dialable()),
        platform: pack.platform_for(&district.id).map(|id| platform(id.as_str())).unwrap_or_default(),
        from: from(district.source.as_str(), district.date, district.confidence),
    }
}

/// The platforms that a station file knows by name; another one keeps the name that the pack gives it.
pub(super) fn platform(id: &str) -> String {
    match id {
        "city" => "市一体化平台".to_owned(),
        "taojiang" => "桃江县一体化平台".to_owned(),
        "ageing" => "老龄业务管理系统".to_owned(),
        "filing" => "报备平台".to_owned(),
        "rating" => "好差评平台".to_owned(),
        other => other.to_owned(),
    }
}

pub(super) fn from(source: &str, date: SourceDate, confidence: Confidence) -> SourceLine {
    SourceLine { source: source.to_owned(), date: date.to_string(), sure: sure(confidence) }
}

fn sure(confidence: Confidence) -> Sure {
    match confidence {
        Confidence::Low => Sure::Low,
        Confidence::Medium => Sure::Medium,
        Confidence::High => Sure::High,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> PolicyPack {
        let path = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/packs")).join(name);
        PolicyPack::parse(name, &std::fs::read_to_string(path).unwrap()).unwrap()
    }

    #[test]
    fn every_value_of_a_pack_is_laid_open_with_its_source() {
        for name in ["yiyang-2021.toml", "hunan-2022-sunset.toml", "sample-allowance.toml"] {
            let pack = shipped(name);
            let view = view(&pack);
            let lines: Vec<&PackLine> = view.chapters.iter().flat_map(|chapter| &chapter.lines).collect();
            for why in pack.rules().all() {
                assert!(lines.iter().any(|line| line.name == why.name && line.value == why.words), "{}", why.key);
            }
            assert_eq!(view.districts.len(), pack.districts().len());
            let sources = lines.iter().map(|line| &line.from).chain(view.districts.iter().map(|line| &line.from));
            assert!(sources.into_iter().all(|from| !from.source.is_empty() && !from.date.is_empty()));
        }
    }

    #[test]
    fn a_number_that_has_to_be_checked_is_said_to_be_and_is_not_shown_as_good() {
        let view = view(&shipped("yiyang-2021.toml"));
        let line = |name: &str| view.districts.iter().find(|line| line.name == name).unwrap();
        let dongbu = line("东部新区");
        assert_eq!((dongbu.phone.as_deref(), dongbu.raw.as_deref()), (None, Some("0737-461700")));
        assert!(dongbu.status.contains("号码待核实"));
        let datonghu = line("大通湖区");
        assert_eq!(datonghu.phone.as_deref(), Some("0737-5664153"));
        assert_eq!(datonghu.raw.as_deref(), Some("0737－5664153"));
        assert!(datonghu.status.contains("已修整"));
        assert_eq!(line("桃江县").platform, "桃江县一体化平台");
        assert_eq!(line("赫山区").raw, None);
    }
}
