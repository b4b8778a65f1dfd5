//! Packages that somebody has had their hands on.

use super::*;
use crate::sample::case_file;
use crate::{Signer, seal};

fn sound() -> Vec<u8> {
    seal(&case_file(), &Signer::new(&[7; 32]))
}

/// The package after its files were changed and put into an envelope again, as well as anybody can do it without the key.
fn changed(change: impl FnOnce(&mut Vec<File>)) -> Verdict {
    let (folder, mut files) = envelope::read(&sound()).unwrap();
    change(&mut files);
    verify(&envelope::write(&folder, &files))
}

/// The same by somebody who has the key as well, so that only what the package says of itself gives them away.
fn sealed_anew(change: impl FnOnce(&mut Vec<File>)) -> Verdict {
    let signer = Signer::new(&[7; 32]);
    changed(|files| {
        files.truncate(files.len() - 2);
        change(files);
        let manifest = Manifest::of("DA-XXC-20211108-0001", signer.public(), files).text().into_bytes();
        let signature = signer.sign(&manifest);
        files.push(File { path: manifest::NAME.to_owned(), bytes: manifest });
        files.push(File { path: manifest::SIGNATURE.to_owned(), bytes: signature });
    })
}

fn at<'a>(files: &'a mut [File], path: &str) -> &'a mut File {
    files.iter_mut().find(|file| file.path == path).unwrap()
}

fn faults(verdict: &Verdict, heading: usize) -> String {
    verdict.headings[heading].faults.join("；")
}

#[test]
fn a_sound_package_passes_under_all_four_headings() {
    let verdict = verify(&sound());
    assert_eq!(verdict.headings.each_ref().map(|heading| heading.name), ["真实性", "完整性", "可用性", "安全性"]);
    assert!(verdict.is_sound(), "{verdict:#?}");
    assert!(verdict.headings.iter().all(|heading| !heading.sound.is_empty()));
    assert_eq!(verdict.package.as_deref(), Some("DA-XXC-20211108-0001"));
    insta::assert_debug_snapshot!(verdict);
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    assert_eq!(sound(), sound());
    let other = seal(&case_file(), &Signer::new(&[8; 32]));
    assert_ne!(sound(), other, "another station signs with another key");
}

#[test]
fn the_parts_stand_in_their_order_and_the_level_of_a_rating_stands_nowhere() {
    let (_, files) = envelope::read(&sound()).unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    insta::assert_debug_snapshot!(paths);
    let text = String::from_utf8(files.iter().find(|file| file.path == PROCESS).unwrap().bytes.clone()).unwrap();
    assert!(text.contains("rating_given") && !text.contains("level"), "{text}");
}

#[test]
fn one_flipped_bit_anywhere_is_found() {
    let sound = sound();
    // Every byte of the envelope is met within the run of bits; a prime step meets all eight places of a byte in turn.
    for place in (0..sound.len() * 8).step_by(61) {
        let mut bytes = sound.clone();
        bytes[place / 8] ^= 1 << (place % 8);
        assert!(!verify(&bytes).is_sound(), "bit {} of byte {}", place % 8, place / 8);
    }
}

#[test]
fn a_missing_an_extra_and_a_renamed_file_are_found() {
    let missing = changed(|files| files.retain(|file| file.path != "photo/original.png"));
    assert!(faults(&missing, 1).contains("缺 photo/original.png"), "{missing:?}");
    let extra = changed(|files| files.push(File { path: "more.txt".to_owned(), bytes: b"x".to_vec() }));
    assert!(faults(&extra, 1).contains("多出 more.txt"), "{extra:?}");
    let renamed = changed(|files| at(files, "photo/original.png").path = "photo/other.png".to_owned());
    assert!(faults(&renamed, 1).contains("缺 photo/original.png；多出 photo/other.png"), "{renamed:?}");
    let moved = changed(|files| files.swap(0, 1));
    assert!(faults(&moved, 1).contains("次序"), "{moved:?}");
    let outside = changed(|files| at(files, "photo/original.png").path = "../original.png".to_owned());
    assert!(faults(&outside, 3).contains("包外"), "{outside:?}");
    let short = verify(&sound()[..4096]);
    assert!(!short.is_sound(), "{short:?}");
}

#[test]
fn a_package_that_somebody_else_signed_tells_another_key() {
    let told = |signer: &Signer| verify(&seal(&case_file(), signer)).headings[0].sound[0].clone();
    assert_ne!(told(&Signer::new(&[7; 32])), told(&Signer::new(&[8; 32])));
}

#[test]
fn a_registered_key_is_told_from_one_that_nobody_registered() {
    let ours = RegisteredKey::parse("赫山区泉交河镇", &Signer::new(&[7; 32]).pem()).unwrap();
    let other = RegisteredKey::parse("别的窗口", &Signer::new(&[8; 32]).pem()).unwrap();
    let known = verify_by(&sound(), &[other.clone(), ours]);
    assert!(known.is_sound() && known.headings[0].sound[0].contains("登记过的“赫山区泉交河镇”"), "{known:?}");
    for keys in [vec![], vec![other]] {
        let unknown = verify_by(&sound(), &keys);
        assert!(!unknown.is_sound() && faults(&unknown, 0).contains("公钥没有登记"), "{unknown:?}");
    }
    let alone = verify(&sound());
    assert!(alone.is_sound() && alone.headings[0].sound[0].contains("不能证明是哪个窗口做的"), "{alone:?}");
    assert!(alone.headings[0].sound[1].contains(&crate::comparison(&sound()).unwrap()));
}

#[test]
fn a_record_that_was_rewritten_is_found_even_if_it_was_signed() {
    let rewritten = sealed_anew(|files| {
        let process = at(files, PROCESS);
        let text = String::from_utf8(process.bytes.clone()).unwrap();
        process.bytes = text.replace("户口簿", "村里证明").into_bytes();
    });
    assert!(faults(&rewritten, 0).contains("第 2 行：内容和它的哈希对不上"), "{rewritten:?}");
    let shortened = sealed_anew(|files| {
        let process = at(files, PROCESS);
        let text = String::from_utf8(process.bytes.clone()).unwrap();
        process.bytes = text.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>().into_bytes();
    });
    assert!(faults(&shortened, 0).contains("次序断了"), "{shortened:?}");
    let signer = sealed_anew(|files| {
        let process = at(files, PROCESS);
        let text = String::from_utf8(process.bytes.clone()).unwrap();
        process.bytes = text.replacen("张敏", "李强", 1).into_bytes();
    });
    assert!(faults(&signer, 0).contains("台账行的哈希对不上"), "{signer:?}");
}

#[test]
fn a_demanded_material_without_a_page_is_found() {
    let mut case = case_file();
    case.materials[0].pages.clear();
    let bare = verify(&seal(&case, &Signer::new(&[7; 32])));
    assert!(faults(&bare, 1).contains("居民身份证 没有电子件"), "{bare:?}");
    case.materials[0].absent = Some("容缺，承诺 2021年11月15日前补交".to_owned());
    assert!(verify(&seal(&case, &Signer::new(&[7; 32]))).is_sound());
    case.materials.clear();
    let gone = verify(&seal(&case, &Signer::new(&[7; 32])));
    assert!(faults(&gone, 1).contains("要求的材料 id_card 没有列出"), "{gone:?}");
}

#[test]
fn what_cannot_be_opened_is_found() {
    let mut case = case_file();
    case.photo[0].bytes.truncate(40);
    case.forms[0].pdf = b"%PDF-1.4 and no more".to_vec();
    let broken = verify(&seal(&case, &Signer::new(&[7; 32])));
    assert!(faults(&broken, 2).contains("photo/original.png 打不开"), "{broken:?}");
    assert!(faults(&broken, 2).contains("forms/01-receipt.pdf 打不开"), "{broken:?}");
    let unlinked = sealed_anew(|files| {
        let index = at(files, INDEX);
        index.bytes = String::from_utf8(index.bytes.clone()).unwrap().replace("process.jsonl\"", "x\"").into_bytes();
    });
    assert!(faults(&unlinked, 2).contains("没有链到 process.jsonl"), "{unlinked:?}");
    assert!(faults(&unlinked, 2).contains("链接 x 没有文件"), "{unlinked:?}");
}

#[test]
fn programs_scripts_and_links_to_the_outside_are_found() {
    let found = sealed_anew(|files| {
        at(files, VERIFIER).bytes.extend(b"curl x\n");
        at(files, "photo/original.png").bytes = b"#!/bin/sh\n".to_vec();
        at(files, INDEX).bytes.extend(b"<script src=\"https://example.org/x.js\"></script>");
    });
    let told = faults(&found, 3);
    for part in ["verify.sh 不是本程序认得的", "photo/original.png 是可以运行的程序", "“https:”", "“<script”", "“src=”"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_name_that_looks_like_markup_is_shown_as_it_is() {
    let mut case = case_file();
    case.title = "<script>alert(1)</script>".to_owned();
    assert!(verify(&seal(&case, &Signer::new(&[7; 32]))).is_sound());
}
