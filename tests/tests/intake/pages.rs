//! Pages at the real desk: the folder of the document camera, the gate of a bad page, history, and a promised paper.

use std::path::Path;

use desk::contract::{FaultKind, Kind, MaterialRow, Request, StepBody};
use journeys::aftermath::Aftermath;
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

fn papers(counter: &Counter) -> (Vec<MaterialRow>, Vec<String>) {
    let StepBody::Materials { rows, dropped } = counter.case().body else { panic!("not at the papers") };
    (rows, dropped.into_iter().map(|one| one.file).collect())
}

fn id_card(counter: &Counter) -> MaterialRow {
    papers(counter).0.remove(0)
}

fn material() -> String {
    "id_card".to_owned()
}

/// Puts the sample page into the folder once more, with a tail that no decoder reads: another picture of the same page.
fn drop_page(bench: &Bench, name: &str) {
    let folder = bench.path().join("documents");
    let mut page = std::fs::read(folder.join("id-card-page.png")).unwrap();
    let end = page.len() - 12;
    let mut chunk = b"youD".to_vec();
    chunk.extend(name.as_bytes());
    let check = crc32(&chunk);
    let mut whole = u32::try_from(name.len()).unwrap().to_be_bytes().to_vec();
    whole.extend(chunk);
    whole.extend(check.to_be_bytes());
    page.splice(end..end, whole);
    // Written elsewhere and moved, as a scanner that knows its trade does.
    let half = folder.join(".half");
    std::fs::write(&half, page).unwrap();
    std::fs::rename(half, folder.join(name)).unwrap();
}

/// CRC-32 of a PNG chunk (PNG 1.2, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// S-43: several pages from the folder, in the order in which they were chosen, put in order and one taken out.
#[test]
fn pages_come_from_the_folder_by_name_and_are_put_in_order() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("materials");
    for name in ["b.png", "c.png"] {
        drop_page(&bench, name);
    }
    counter.wait("the new pages", |_| (papers(&counter).1.len() == 3).then_some(()));
    let (_, files) = papers(&counter);
    assert!(files.contains(&"id-card-page.png".to_owned()), "{files:?}");

    std::fs::write(bench.path().join("secret.png"), std::fs::read(bench.path().join("documents/b.png")).unwrap())
        .unwrap();
    for stranger in ["../secret.png", "documents/b.png", "gone.png", "/etc/passwd"] {
        let fault =
            counter.ask(Request::ScanPages { material: material(), files: vec![stranger.to_owned()] }).unwrap_err();
        assert_helps(&fault, "materials.no_page", FaultKind::Attend);
    }
    let files = vec!["b.png".to_owned(), "id-card-page.png".to_owned(), "c.png".to_owned()];
    counter.ask(Request::ScanPages { material: material(), files }).unwrap();
    let pages = |counter: &Counter| id_card(counter).pages.into_iter().map(|page| page.picture).collect::<Vec<_>>();
    let before = pages(&counter);
    assert_eq!(before.len(), 3);
    counter.ask(Request::ArrangePages { material: material(), order: vec![3, 1] }).unwrap();
    assert_eq!(pages(&counter), [before[2].clone(), before[0].clone()]);
    let twice = counter.ask(Request::ScanPages { material: material(), files: vec!["b.png".to_owned()] }).unwrap_err();
    assert_eq!(twice.reasons, ["这张图已经是这份材料的一页了，请先扫描新的一页"]);
    counter.walk_to("closed");
}

#[test]
fn a_thumbnail_is_a_small_picture_of_a_listed_file() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("materials");
    let StepBody::Materials { dropped, .. } = counter.case().body else { panic!("not at the papers") };
    let jpeg = counter.picture(&dropped[0].thumbnail).unwrap();
    let size = pictures_of(&jpeg);
    assert!(size.0.max(size.1) <= 320, "{size:?}");
    assert_eq!(counter.picture("dropped-000000000000000000000000"), None);
}

fn pictures_of(jpeg: &[u8]) -> (u32, u32) {
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let side = |at: usize| u32::from(u16::from_be_bytes([jpeg[frame + at], jpeg[frame + at + 1]]));
    (side(7), side(5))
}

/// S-22, S-43: the photo of a person is no readable page; it stands before the gate until it is scanned anew or kept.
#[test]
fn a_bad_page_stands_before_the_gate_until_it_is_scanned_anew() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("materials");
    let coarse = Path::new("fixtures/portraits/woman.jpg");
    let coarse = std::fs::read(journeys::programs::root().join(coarse)).unwrap();
    std::fs::write(bench.path().join("documents/coarse.jpg"), &coarse).unwrap();
    counter.ask(Request::ScanMaterial { material: material() }).unwrap();
    let page = id_card(&counter).pages.remove(0);
    assert!(page.stands_in_the_way, "{page:?}");
    let found = &page.findings[0];
    assert!(!found.measured.is_empty() && !found.threshold.is_empty() && found.words.ends_with('。'), "{found:?}");
    counter.ask(Request::CheckMaterial { material: material(), original_inspected: true, errors: Vec::new() }).unwrap();
    counter.ask(Request::ReturnMaterial { material: material() }).unwrap();
    assert_eq!(counter.case().at, "materials", "a bad page keeps the clerk here");

    let silent = counter.ask(Request::KeepPage { material: material(), page: 1, reason: " ".to_owned() }).unwrap_err();
    assert_helps(&silent, "materials.correct", FaultKind::Correct);
    std::fs::remove_file(bench.path().join("documents/coarse.jpg")).unwrap();
    counter.ask(Request::RescanPage { material: material(), page: 1 }).unwrap();
    assert!(id_card(&counter).pages.iter().all(|page| page.findings.is_empty()));
    counter.walk_to("closed");
}

/// S-45: a page of an earlier case of the same person, taken over after its picture and its age were looked at.
#[test]
fn a_page_of_an_earlier_case_is_taken_over_only_as_it_was_looked_at() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("materials");
    assert!(id_card(&counter).history.is_empty(), "nothing is known of a newcomer");
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    counter.ask(Request::OpenCase { kind: Kind::ReissueLost }).unwrap();
    counter.walk_to("materials");
    let [offer] = <[_; 1]>::try_from(id_card(&counter).history).unwrap();
    assert_eq!((offer.age_days, offer.age.as_str()), (0, "今天"));
    assert!(counter.picture(&offer.picture).is_some(), "the picture can be looked at");
    let reuse =
        |picture: &str, age_days| Request::ReuseHistory { material: material(), picture: picture.to_owned(), age_days };
    for wrong in [reuse(&offer.picture, 7), reuse("another", 0)] {
        assert_helps(&counter.ask(wrong).unwrap_err(), "materials.correct", FaultKind::Correct);
    }
    counter.ask(reuse(&offer.picture, offer.age_days)).unwrap();
    let row = id_card(&counter);
    assert!(row.pages[0].history.is_some() && !row.needs_return, "no paper lies on the counter: {row:?}");
    assert!(papers(&counter).0.iter().skip(1).all(|row| row.history.is_empty()), "only where the pack allows it");
    counter.walk_to("closed");
    let case = counter.case().case;
    drop(counter);
    let tags = Aftermath::of(bench.path()).tags(&case.parse().unwrap());
    assert!(tags.contains(&"history_reused"), "{tags:?}");
}

/// U-18: nothing is tolerated, and nothing asked, beyond the pack.
#[test]
fn no_promise_is_offered_where_the_pack_tolerates_none() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("materials");
    assert!(papers(&counter).0.iter().all(|row| row.tolerance.is_none()));
    let fault = counter.ask(Request::CommitTolerance { material: material(), acknowledged: true }).unwrap_err();
    assert_eq!(fault.reasons, ["这份材料不能容缺"]);
}
