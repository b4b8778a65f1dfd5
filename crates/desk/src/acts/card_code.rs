//! Checking the code of a card that somebody shows.

use super::Page;
use crate::card_code;
use crate::desk::{Desk, Effect};
use crate::fault::{self, Trouble};
use devices::documents::newest_picture;

impl Desk {
    /// Looks for a code in the newest picture of the camera's folder.
    pub(super) fn check_card_code(&mut self) -> Result<Vec<Effect>, Trouble> {
        if self.page != Some(Page::CardCode) {
            return Err(Trouble::of("desk.not_now"));
        }
        self.at_hand.code = None;
        let picture =
            newest_picture(&self.station.photos.folder).map_err(|fault| fault::drop_folder("photo", &fault))?;
        let seen = card_code::look_at(&picture.bytes, &self.trusted)
            .map_err(|error| Trouble::of("photo.unusable").because(fault::chain(&error)))?;
        self.at_hand.code = Some(seen);
        Ok(Vec::new())
    }
}
