//! Step 3: the pack's verdict over facts and date, with every rule that fired (八·一; F-62).

use jiff::{Span, civil::Date};

use super::{Judgement, Obstacle, Refusal, drafting, fill, in_words};
use crate::{
    case::Case,
    fact::{Fact, RuleFired},
    nouns::{CaseKind, DocumentKind, Hukou, ReasonCode, ValidUntil, age},
    pack::{Judged, NonLocal, PolicyPack},
};

/// Asks every rule and writes all answers, also those that passed. A verdict that says no is a fact too: the refusal
/// that follows rests on it.
///
/// `holds_a_card`: the register of this station knows a valid card of this person.
///
/// # Errors
/// `NotNow` until the card was read and the entries are there.
pub fn judge(case: &Case, pack: &PolicyPack, today: Date, holds_a_card: bool) -> Judgement {
    let draft = drafting(case, pack)?;
    draft.identity().ok_or(Refusal::NotNow(Obstacle::NotIdentified))?;
    let asked = question(case, today, holds_a_card).ok_or(Refusal::NotNow(Obstacle::NotFilled))?;
    let rules = rules_fired(pack, &asked);
    let eligible = rules.iter().all(|rule| rule.passed);
    Ok(vec![Fact::EligibilityJudged { eligible, on: today, rules, holds_a_card: Some(holds_a_card) }])
}

/// The verdict of a case once more, from nothing but its record and its pack: the same rules with the same answers
/// (F-62). `None` where there is no verdict, or one from before the record held all it rested on.
pub fn replayed(case: &Case, pack: &PolicyPack) -> Option<Vec<RuleFired>> {
    let verdict = case.verdict()?;
    Some(rules_fired(pack, &question(case, verdict.on, verdict.holds_a_card?)?))
}

/// The reasons of a verdict that said no.
pub fn reasons(case: &Case) -> Vec<ReasonCode> {
    let rules = case.verdict().map(|verdict| verdict.rules.as_slice()).unwrap_or_default();
    rules.iter().filter(|rule| !rule.passed).filter_map(|rule| rule.reason.clone()).collect()
}

/// The first day on which the pack's age is reached, less the days that an application may come before.
pub fn eligible_from(birth: Date, pack: &PolicyPack) -> Option<Date> {
    let rules = pack.rules();
    let birthday = age::reaches(birth, rules.min_age.value, rules.leap_birthday.value)?;
    birthday.checked_sub(Span::new().days(i64::from(rules.apply_before_days.value))).ok()
}

/// Everything that the rules are asked about. Nothing else can sway a verdict, because nothing else comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub kind: CaseKind,
    pub hukou: Hukou,
    pub birth: Date,
    pub document: DocumentKind,
    pub valid_until: ValidUntil,
    /// The register of the station knows a valid card of this person.
    pub holds_a_card: bool,
    pub on: Date,
}

/// Every rule with its answer, from nothing but the question and the pack.
pub fn rules_fired(pack: &PolicyPack, asked: &Question) -> Vec<RuleFired> {
    let rules = pack.rules();
    let from = eligible_from(asked.birth, pack);
    let until = match asked.valid_until {
        ValidUntil::Day(last) => in_words(last),
        ValidUntil::LongTerm => "长期".to_owned(),
    };
    let hukou = match asked.hukou {
        Hukou::Local => "本地",
        Hukou::Outside => "外地",
    };
    let first_issue = match asked.kind {
        CaseKind::First => true,
        CaseKind::ReissueLost | CaseKind::ReissueDamaged => false,
    };
    let admitted = match rules.non_local.value {
        NonLocal::ResidencePermit => true,
        NonLocal::Refuse => asked.hukou == Hukou::Local,
    };
    let holes = [
        ("birth", in_words(asked.birth)),
        ("on", in_words(asked.on)),
        ("age", age::full_years(asked.birth, asked.on, rules.leap_birthday.value).to_string()),
        ("min", rules.min_age.value.to_string()),
        ("reached", from.map(in_words).unwrap_or_default()),
        ("until", until),
        ("hukou", hukou.to_owned()),
    ];
    let document = rules.accepted_id_types.value.contains(&asked.document);
    let in_date = !rules.id_in_date.value || asked.valid_until.covers(asked.on);
    let old_enough = from.is_some_and(|from| from <= asked.on);
    let single = !(rules.one_card_a_person.value && first_issue && asked.holds_a_card);
    vec![
        fired("accepted_id_types", &rules.accepted_id_types, document, &holes),
        fired("id_in_date", &rules.id_in_date, in_date, &holes),
        fired("min_age", &rules.min_age, old_enough, &holes),
        fired("one_card_a_person", &rules.one_card_a_person, single, &holes),
        fired("non_local", &rules.non_local, admitted, &holes),
    ]
}

/// What the rules are asked of a case; `None` before the card was read and the entries were made.
fn question(case: &Case, on: Date, holds_a_card: bool) -> Option<Question> {
    let (identity, applicant) = (case.identity()?, case.applicant()?);
    Some(Question {
        kind: case.kind(),
        hukou: applicant.hukou,
        birth: identity.birth,
        document: identity.document,
        valid_until: identity.valid_until,
        holds_a_card,
        on,
    })
}

/// What a rule answered, in the pack's own sentence.
fn fired<T>(key: &str, rule: &Judged<T>, passed: bool, holes: &[(&str, String)]) -> RuleFired {
    let sentence = if passed { &rule.met } else { &rule.unmet };
    RuleFired {
        rule: key.to_owned(),
        passed,
        reason: (!passed).then(|| rule.reason.clone()),
        because: fill(sentence.as_str(), holes),
    }
}
