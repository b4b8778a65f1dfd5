//! The picture door: bytes behind the names that a view gives out.

use crate::compose::Picture;
use crate::desk::Desk;
use crate::show::CHIP_PHOTO;
use crate::show::rating::GUIDE;

impl Desk {
    /// The bytes behind a name of the view: a side of the preview, a picture in the folder, or a stored one.
    pub fn picture(&mut self, name: &str) -> Option<Picture> {
        // Whoever is not signed in, or has no case open, sees nobody's picture.
        self.session.as_ref().and(self.open.as_ref())?;
        if name.starts_with("dropped-") {
            return self.thumbnail(name).map(|jpeg| (jpeg, "image/jpeg"));
        }
        if let Some(code) = name.strip_prefix(GUIDE) {
            let guide = self.pack.guides().iter().find(|guide| guide.code.as_str() == code)?;
            return papers::qr_png(guide.holds.as_str()).ok().map(|png| (png, "image/png"));
        }
        let preview = self.preview.as_ref().map(|(_, _, preview)| preview);
        match name {
            "preview-front" => preview.map(|preview| (preview.front.clone(), "image/png")),
            "preview-back" => preview.map(|preview| (preview.back.clone(), "image/png")),
            CHIP_PHOTO => self.chip_photo().map(|png| (png.to_vec(), "image/png")),
            hash => {
                let bytes = self.ledger.picture(&hash.parse().ok()?).ok()??;
                let kind = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
                Some((bytes, kind))
            }
        }
    }

    /// The chip portrait of the open case's applicant.
    pub(crate) fn chip_photo(&self) -> Option<&[u8]> {
        let identity = self.open.as_ref()?.identity()?;
        let (number, png) = self.chip_photo.as_ref()?;
        (identity.number.as_str() == number).then_some(png)
    }
}
