//! The person at the right of the counter's screen, masked as the pack says.

use casework::case::Case;
use casework::fact::Identity;
use casework::nouns::age;

use super::{Ground, notes};
use crate::contract::PersonView;
use crate::words;

pub fn view(identity: &Identity, case: &Case, ground: &Ground) -> PersonView {
    let mask = ground.pack.rules().mask_screen.value;
    let leap = ground.pack.rules().leap_birthday.value;
    PersonView {
        name: identity.name.as_str().to_owned(),
        sex: words::sex(identity.sex).to_owned(),
        ethnicity: words::ethnicity(&identity.ethnicity),
        birth: words::date(identity.birth),
        age: u32::from(age::full_years(identity.birth, ground.now.today, leap)),
        number: match ground.unmasked {
            true => identity.number.as_str().to_owned(),
            false => identity.number.masked(mask.first, mask.last),
        },
        unmasked: ground.unmasked,
        address: identity.address.clone(),
        valid: format!(
            "{}至{}",
            identity.valid_from.map(words::date).unwrap_or_default(),
            words::until(identity.valid_until)
        ),
        mode_name: case.applicant().map_or("", |entry| words::mode(entry.mode)).to_owned(),
        source: words::source(identity.source).to_owned(),
        notes: notes::of(identity),
    }
}
