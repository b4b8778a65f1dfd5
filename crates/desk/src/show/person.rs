//! The person at the right of the counter's screen, masked as the pack says.

use casework::case::Case;
use casework::fact::Identity;
use casework::nouns::{IdentitySource, age};

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
        notes: remarks(identity, case, ground),
    }
}

/// What the clerk has to know of this person: that nobody vouched for the identity, what is odd about the record, and
/// that the person has another case that is not finished.
fn remarks(identity: &Identity, case: &Case, ground: &Ground) -> Vec<String> {
    let unverified = match identity.source {
        IdentitySource::Chip => None,
        IdentitySource::OtherReader => Some("ID_OTHER_READER"),
        IdentitySource::Typed => Some("ID_HAND_TYPED"),
    };
    let unverified = unverified.and_then(|code| ground.pack.reason(&code.parse().ok()?));
    let mut remarks: Vec<String> =
        unverified.map(|reason| format!("{}{}", reason.public, reason.remedy)).into_iter().collect();
    remarks.extend(notes::of(identity));
    if case.identity() == Some(identity) {
        remarks.extend(ground.others.iter().map(|line| {
            let since = words::since(line.opened_at, ground.now.today);
            format!("此人还有一件没办完的事（{}，{since} 开始）。可以先暂存这一件，回大厅接着办那一件。", line.case)
        }));
    }
    remarks
}
