//! Rules: values that contradict themselves, and judgements that give no worded reason.

use toml::Spanned;

use super::place::Place;
use crate::pack::{PackError, PackFault, Reason, Rules};

impl Place<'_> {
    pub(super) fn rules(&self, rules: &Spanned<Rules>, reasons: &[Reason]) -> Result<(), PackError> {
        let table = rules.get_ref();
        let judged = [
            &table.min_age.reason,
            &table.accepted_id_types.reason,
            &table.id_in_date.reason,
            &table.one_card_a_person.reason,
            &table.non_local.reason,
        ];
        for code in judged {
            if !reasons.iter().any(|reason| reason.code == *code) {
                let named = self.near(&format!("reason = \"{code}\""), rules.span());
                return Err(self.unknown("reason", named, code));
            }
        }
        let impossible = |key: &str, what, why| {
            let named = self.near(&format!("[rules.{key}]"), rules.span());
            Err(self.at(named, PackFault::Impossible(what, why)))
        };
        if table.delivery_proof.value.is_empty() {
            return impossible("delivery_proof", "delivery", "`delivery_proof` is empty");
        }
        if table.accepted_id_types.value.is_empty() {
            return impossible("accepted_id_types", "identification", "`accepted_id_types` is empty");
        }
        let photo = table.photo_spec.value;
        if photo.tolerance_mm >= photo.width_mm.min(photo.height_mm) {
            return impossible("photo_spec", "a photo", "`photo_spec` tolerates more than the photo's own size");
        }
        Ok(())
    }
}
