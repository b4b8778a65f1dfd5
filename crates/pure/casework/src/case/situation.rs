//! Where a case stands on the axes of its pack.

use jiff::civil::Date;

use super::Case;
use crate::pack::Situation;

impl Case {
    /// On the day on which its entries were made; `None` before that.
    pub fn situation(&self) -> Option<Situation> {
        let day = self.applicant()?.on.or_else(|| Some(self.verdict()?.on));
        self.situation_on(day?)
    }

    /// On another day: an age band may be another one then.
    pub fn situation_on(&self, on: Date) -> Option<Situation> {
        let (identity, applicant) = (self.identity()?, self.applicant()?);
        Some(Situation {
            kind: self.kind(),
            mode: applicant.mode,
            hukou: applicant.hukou,
            window_level: self.opened().level,
            department: applicant.department.clone(),
            birth: identity.birth,
            on,
        })
    }
}
