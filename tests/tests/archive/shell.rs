//! The verifier that needs none of our programs, run as one of its own. The script is the trusted copy and not the one in the
//! package: whoever doubts a package does not ask it about itself.

use std::path::Path;
use std::process::Command;

use archive::{CaseFile, Chapter, Entry, Form, Material, PackageNumber, Particular, PhotoFile, SCRIPT, Signer};
use casework::journal::{Hash, JournalRow, Subject, body_hash, link};
use journeys::programs::root;
use tempfile::TempDir;

/// Runs the script over a package: its exit code and what it said.
pub fn verify(package: &Path) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("verify.sh");
    std::fs::write(&script, SCRIPT).unwrap();
    let output = Command::new("sh").arg(&script).arg(package).output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    (output.status.code(), said)
}

/// Unpacks a package with the system's own program.
pub fn unpack(package: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new("tar").arg("-xf").arg(package).arg("-C").arg(folder.path()).status().unwrap();
    assert!(done.success());
    folder
}

/// A package of an invented case, small enough to be checked many times.
fn small() -> Vec<u8> {
    let picture = std::fs::read(root().join("fixtures/pages/id-card-page.png")).unwrap();
    let body = r#"{"fact":"applicant_filled","demanded":["id_card"]}"#;
    let row = JournalRow {
        n: 1,
        at: "2021-11-08T01:05:00Z".parse().unwrap(),
        actor: "张敏".parse().unwrap(),
        of: Subject::Case { case: "XXC-20211108-0001".parse().unwrap(), seq: 1 },
        kind: "applicant_filled".to_owned(),
        body_hash: body_hash(body),
    };
    let hash = link(&Hash::GENESIS, &row);
    let page = tiny(&picture);
    let case = CaseFile {
        number: PackageNumber::of(&"XXC-20211108-0001".parse().unwrap()),
        title: "老年人优待证办理".to_owned(),
        chapters: vec![Chapter { name: "归档".to_owned(), lines: vec![Particular::new("件号", "")] }],
        process: vec![Entry { row, prev: Hash::GENESIS, hash, body: body.to_owned() }],
        materials: vec![Material {
            code: "id_card".to_owned(),
            name: "居民身份证".to_owned(),
            fate: "扫描后退回".to_owned(),
            absent: None,
            pages: vec![page.clone()],
        }],
        photo: vec![PhotoFile { name: "original".to_owned(), title: "照片".to_owned(), bytes: page }],
        forms: vec![Form { name: "receipt".to_owned(), title: "收文清单".to_owned(), pdf: PDF.to_vec() }],
    };
    archive::seal(&case, &Signer::new(&[7; 32]))
}

/// An empty sheet of A4.
const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\n\
endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n";

/// Only its hashes matter to a shell.
fn tiny(picture: &[u8]) -> Vec<u8> {
    picture[..600].to_vec()
}

struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Bench {
        let bench = Bench { folder: tempfile::tempdir().unwrap() };
        bench.put(&small());
        bench
    }

    fn put(&self, bytes: &[u8]) {
        std::fs::write(self.folder.path().join("package.tar"), bytes).unwrap();
    }

    fn verified(&self) -> (Option<i32>, String) {
        verify(&self.folder.path().join("package.tar"))
    }

    /// Unpacks, lets `change` have its hands on the files, and packs them again as anybody can.
    fn repacked(&self, change: impl FnOnce(&Path)) -> (Option<i32>, String) {
        let package = self.folder.path().join("package.tar");
        let open = unpack(&package);
        let inner = std::fs::read_dir(open.path()).unwrap().next().unwrap().unwrap().path();
        change(&inner);
        // Files alone, as a package has them: a folder of its own would be found before anything else.
        let found = Command::new("find").arg(".").args(["!", "-type", "d"]).current_dir(open.path()).output().unwrap();
        let names = String::from_utf8(found.stdout).unwrap();
        let names = names.lines().map(|name| name.trim_start_matches("./"));
        let packed =
            Command::new("tar").arg("-cf").arg(&package).args(names).current_dir(open.path()).status().unwrap();
        assert!(packed.success());
        self.verified()
    }
}

#[test]
fn the_shell_verifier_accepts_a_package_as_a_file_and_unpacked() {
    let bench = Bench::new();
    let (code, said) = bench.verified();
    assert_eq!(code, Some(0), "{said}");
    let open = unpack(&bench.folder.path().join("package.tar"));
    let script = open.path().join("DA-XXC-20211108-0001/verify.sh");
    let output = Command::new("sh").arg(script).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("SM2 签名"), "{said}");
}

#[test]
fn one_flipped_bit_is_found_by_the_shell_verifier() {
    let bench = Bench::new();
    let sound = small();
    let from = |mark: &[u8]| sound.windows(mark.len()).position(|window| window == mark).unwrap();
    // In a header's name, its mode, its size, its time, its sum and its unused fields; in the blanks after a file and at
    // the end; in a picture, the record, the manifest's hashes and its key, the signature and the public key.
    let file = from(b"DA-XXC-20211108-0001/case.json");
    let text = from(b"\"standard\"");
    let picture = from(b"\x89PNG");
    let manifest = from(b"\"sha256\": \"");
    let key = from(b"\"key\": \"04");
    let signature = from(b"DA-XXC-20211108-0001/manifest.sig") + 512;
    let pem = from(b"-----BEGIN");
    let places = [
        file + 3,
        file + 105,
        file + 133,
        file + 140,
        file + 150,
        file + 200,
        file + 300,
        file + 510,
        text,
        picture + 30,
        picture + 599,
        picture + 700,
        manifest + 20,
        key + 12,
        signature + 9,
        pem + 60,
        sound.len() - 700,
        sound.len() - 1,
    ];
    for place in places {
        for bit in [0, 6] {
            let mut bytes = sound.clone();
            bytes[place] ^= 1 << bit;
            bench.put(&bytes);
            let (code, said) = bench.verified();
            assert_eq!(code, Some(1), "bit {bit} of byte {place}: {said}");
            assert!(!archive::verify(&bytes).is_sound(), "bit {bit} of byte {place}");
        }
    }
}

#[test]
fn a_missing_an_extra_and_a_renamed_file_are_found_by_the_shell_verifier() {
    let missing = Bench::new().repacked(|inner| std::fs::remove_file(inner.join("photo/original.png")).unwrap());
    assert_eq!(missing.0, Some(1), "{}", missing.1);
    assert!(missing.1.contains("缺 photo/original.png"), "{}", missing.1);
    let extra = Bench::new().repacked(|inner| std::fs::write(inner.join("more.txt"), "x").unwrap());
    assert_eq!(extra.0, Some(1), "{}", extra.1);
    let renamed =
        Bench::new().repacked(|inner| std::fs::rename(inner.join("case.json"), inner.join("cases.json")).unwrap());
    assert_eq!(renamed.0, Some(1), "{}", renamed.1);
    let linked = Bench::new().repacked(|inner| {
        std::fs::remove_file(inner.join("README.txt")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", inner.join("README.txt")).unwrap();
    });
    assert_eq!(linked.0, Some(1), "{}", linked.1);
    assert!(linked.1.contains("不是普通文件"), "{}", linked.1);
}

#[test]
fn a_path_to_the_outside_is_refused_before_anything_is_unpacked() {
    let bench = Bench::new();
    let mut bytes = small();
    // The first header tells another path; its sum is put right, so that every program takes it for sound.
    let path = b"../../outside.txt";
    bytes[..100].fill(0);
    bytes[..path.len()].copy_from_slice(path);
    bytes[148..156].fill(b' ');
    let sum: u32 = bytes[..512].iter().map(|one| u32::from(*one)).sum();
    bytes[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    bench.put(&bytes);
    let (code, said) = bench.verified();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("指到包外"), "{said}");
    assert!(!bench.folder.path().join("outside.txt").exists());
    let ours = archive::verify(&bytes);
    assert!(ours.headings[3].faults.iter().any(|fault| fault.contains("包外")), "{ours:#?}");
}
