//! Rules: values that contradict themselves or that nobody can act on, and judgements that give no worded reason.

use super::reading::Reading;
use crate::pack::{Axes, District, HukouScope, LossEvidence, NumberingMode, PackFault, Reason, Rules};

impl Reading<'_> {
    pub(super) fn rules(&mut self, rules: &Rules, reasons: &[Reason], axes: &Axes, districts: &[District]) {
        let judged = [
            ("min_age", &rules.min_age.reason),
            ("accepted_id_types", &rules.accepted_id_types.reason),
            ("id_in_date", &rules.id_in_date.reason),
            ("one_card_a_person", &rules.one_card_a_person.reason),
            ("non_local", &rules.non_local.reason),
        ];
        for (key, code) in judged {
            if !reasons.iter().any(|reason| reason.code == *code) {
                self.note_unknown(&format!("rules.{key}.reason"), "reason", code);
            }
        }
        let mut impossible = |key: &str, what, why| {
            self.note(&format!("rules.{key}.value"), PackFault::Impossible(what, why));
        };
        if rules.delivery_proof.value.is_empty() {
            impossible("delivery_proof", "delivery", "`delivery_proof` is empty");
        }
        if rules.accepted_id_types.value.is_empty() {
            impossible("accepted_id_types", "identification", "`accepted_id_types` is empty");
        }
        let photo = rules.photo_spec.value;
        if photo.tolerance_mm >= photo.width_mm.min(photo.height_mm) {
            impossible("photo_spec", "a photo", "`photo_spec` tolerates more than the photo's own size");
        }
        let page = rules.page_spec.value;
        if page.faint_below < page.empty_below || page.blurred_above > 100 || page.cut_above > 100 {
            let why = "`page_spec` has a share above 100, or a faint page that would be emptier than an empty one";
            impossible("page_spec", "a page", why);
        }
        if let Some(rule) = &rules.agent_batch_min
            && !(1..=720).contains(&rule.value)
        {
            impossible(
                "agent_batch_min",
                "a batch",
                "`agent_batch_min` is no minute at all, or more than twelve hours",
            );
        }
        self.condition("rules.cards_made_at.value", &rules.cards_made_at.value, axes, districts);
        self.condition("rules.filing_report_at.value", &rules.filing_report_at.value, axes, districts);
        self.can_be_acted_on(rules);
    }

    /// A value that is right in the trade, but that this program has no hands for, is refused: to take it and do
    /// something else would be worse.
    fn can_be_acted_on(&mut self, rules: &Rules) {
        let mut cannot = |key: &'static str, value: &str, can: &'static str| {
            let fault = PackFault::CannotAct { key, value: value.to_owned(), can };
            self.note(&format!("rules.{key}.value"), fault);
        };
        match rules.hukou_scope.value {
            HukouScope::County => {}
            // A chip's address names neither a village nor a township in a form that can be compared.
            HukouScope::Village => cannot("hukou_scope", "village", "`county`"),
            HukouScope::Township => cannot("hukou_scope", "township", "`county`"),
            HukouScope::City => cannot("hukou_scope", "city", "`county`"),
        }
        match rules.numbering_mode.value {
            NumberingMode::BlockAllocated | NumberingMode::PreprintedStock | NumberingMode::ReturnedBySystem => {}
        }
        match rules.loss_evidence.value {
            LossEvidence::Newspaper | LossEvidence::SelfDeclaration => {}
        }
    }
}
