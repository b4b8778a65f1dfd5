//! The pictures of cards in `docs/cards`: made by the program, and still what it makes.

use std::path::Path;

use journeys::programs::{command, root};

/// The cases of `fixtures/cases` and the sides of their cards.
const CARDS: [&str; 5] = ["ouyang", "man", "rare-name", "long-name", "reprint"];
const SIDES: [&str; 2] = ["front", "back"];

/// How far a pixel may differ, of 255: another version of a font package draws a shade elsewhere.
const MOST: u8 = 64;

/// `UPDATE_PICTURES=1` writes them anew.
#[test]
fn the_pictures_of_cards_are_what_the_program_makes() {
    let folder = tempfile::tempdir().unwrap();
    for card in CARDS {
        let out = folder.path().join(card);
        let case = root().join(format!("fixtures/cases/{card}.toml"));
        let made = command("youdai")
            .current_dir(root())
            .args(["card", "render", "--case"])
            .arg(case)
            .arg("--out")
            .arg(&out)
            .output();
        let made = made.unwrap();
        assert!(made.status.success(), "{card}: {}", String::from_utf8_lossy(&made.stderr));
        for side in SIDES {
            let picture = out.join(format!("card-{side}.png"));
            let kept = root().join(format!("docs/cards/{card}-{side}.png"));
            if std::env::var_os("UPDATE_PICTURES").is_some() {
                std::fs::copy(&picture, &kept).unwrap();
            }
            let differs = worst(&picture, &kept);
            assert!(differs <= MOST, "{} differs by {differs}; UPDATE_PICTURES=1 writes it anew", kept.display());
        }
    }
}

/// The worst difference of two pictures; 255 when they are not of one size.
fn worst(one: &Path, other: &Path) -> u8 {
    let read = |path: &Path| {
        let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let header = pictures::read_header(&bytes, &pictures::Limits::default()).unwrap();
        pictures::decode(&bytes, &header).unwrap().into_luma8()
    };
    let (one, other) = (read(one), read(other));
    if one.dimensions() != other.dimensions() {
        return u8::MAX;
    }
    one.pixels().zip(other.pixels()).map(|(one, other)| one.0[0].abs_diff(other.0[0])).max().unwrap_or(0)
}
