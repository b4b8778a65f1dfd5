//! Which elements are seen on which card: `[[rule]]` with `when` and `show`.

use serde::Deserialize;

use super::parse::refuse;
use super::{Element, Field, Layer, Source, TemplateFault, What};
use crate::PaperError;
use crate::card::CardContent;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRule {
    when: String,
    show: Vec<String>,
}

/// These elements are seen only while the condition holds. Several rules about one element must all hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    when: Condition,
    show: Vec<String>,
}

/// `reprint`, `not photo`, `sex == '女'`, `ethnicity != '汉'`.
#[derive(Debug, Clone, PartialEq)]
enum Condition {
    /// Something was given.
    Given(Subject),
    Missing(Subject),
    Is(Subject, String),
    IsNot(Subject, String),
}

/// What a condition asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", untagged)]
enum Subject {
    Text(Field),
    Other(Other),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Other {
    Photo,
    Credential,
    Sample,
}

impl Rule {
    pub(super) fn read(written: WrittenRule) -> Result<Rule, PaperError> {
        let when = Condition::read(&written.when)
            .ok_or_else(|| refuse("rule", TemplateFault::Condition(written.when.clone())))?;
        Ok(Rule { when, show: written.show })
    }

    pub(super) fn check(&self, elements: &[&Element]) -> Result<(), PaperError> {
        for id in &self.show {
            let named = elements.iter().find(|element| element.id == *id);
            let element = named.ok_or_else(|| refuse(id, TemplateFault::RuleOfNothing))?;
            if element.layer == Layer::Stock || identifies(element) {
                return Err(refuse(id, TemplateFault::MustShow));
            }
        }
        Ok(())
    }

    pub(super) fn is_about(&self, element: &str) -> bool {
        self.show.iter().any(|id| id == element)
    }

    pub(super) fn holds(&self, content: &CardContent) -> bool {
        match &self.when {
            Condition::Given(subject) => !words(*subject, content).trim().is_empty(),
            Condition::Missing(subject) => words(*subject, content).trim().is_empty(),
            Condition::Is(subject, expected) => words(*subject, content) == *expected,
            Condition::IsNot(subject, expected) => words(*subject, content) != *expected,
        }
    }
}

impl Condition {
    fn read(text: &str) -> Option<Condition> {
        let quoted = |text: &str| text.trim().strip_prefix('\'')?.strip_suffix('\'').map(str::to_owned);
        if let Some((subject, expected)) = text.split_once("==") {
            return Some(Condition::Is(Subject::read(subject)?, quoted(expected)?));
        }
        if let Some((subject, expected)) = text.split_once("!=") {
            return Some(Condition::IsNot(Subject::read(subject)?, quoted(expected)?));
        }
        match text.trim().strip_prefix("not ") {
            Some(subject) => Some(Condition::Missing(Subject::read(subject)?)),
            None => Some(Condition::Given(Subject::read(text)?)),
        }
    }
}

impl Subject {
    fn read(text: &str) -> Option<Subject> {
        toml::Value::String(text.trim().to_owned()).try_into().ok()
    }
}

/// A card that does not say whose it is, or which, is not a card.
fn identifies(element: &Element) -> bool {
    match &element.what {
        What::Text(text) => match text.source {
            Source::Bound(field) => matches!(field, Field::Name | Field::CardNumber),
            Source::Fixed(_) => false,
        },
        What::Image { .. } | What::Qr { .. } | What::Rect { .. } | What::Art { .. } => false,
    }
}

/// What the card says of the subject; empty when it was not given.
fn words(subject: Subject, content: &CardContent) -> String {
    let given = |given: bool| if given { "yes".to_owned() } else { String::new() };
    match subject {
        Subject::Text(field) => match field {
            Field::Name => content.name.clone(),
            Field::Sex => content.sex.clone(),
            Field::Ethnicity => content.ethnicity.clone(),
            Field::Birth => content.birth.clone(),
            Field::IdNumber => content.id_number.clone(),
            Field::Address => content.address.clone(),
            Field::CardNumber => content.card_number.clone(),
            Field::IssuedOn => content.issued_on.clone(),
            Field::IssuingAuthority => content.issuing_authority.clone(),
            Field::Terms => content.terms.join("\n"),
            Field::ConsultPhone => content.consult_phone.clone(),
            Field::Reprint => content.reprint.map(|count| count.to_string()).unwrap_or_default(),
        },
        Subject::Other(Other::Photo) => given(content.photo.is_some()),
        Subject::Other(Other::Credential) => given(content.credential.is_some()),
        Subject::Other(Other::Sample) => given(content.sample),
    }
}
