//! The policy pack laid open, between two visitors: a look, and no act.

use crate::desk::{Desk, Effect};
use crate::fault::Trouble;

impl Desk {
    pub(super) fn show_pack(&mut self) -> Result<Vec<Effect>, Trouble> {
        if self.open.is_some() {
            return Err(Trouble::of("desk.not_now").because("请先把现在这件事暂存或办完"));
        }
        self.showing_pack = true;
        Ok(Vec::new())
    }

    pub(super) fn hide_pack(&mut self) -> Vec<Effect> {
        self.showing_pack = false;
        Vec::new()
    }
}
