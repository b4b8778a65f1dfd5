//! `youdai archive key`, and the keys that a verifier was given: who made a package is known only by a key from elsewhere.

use std::path::{Path, PathBuf};

use archive::{RegisteredKey, Signer};
use desk::station::StationFile;
use ledger::{Ledger, LedgerError, LedgerKey};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

#[derive(Serialize)]
struct KeyAnswer {
    window: String,
    /// Sixteen hex digits in groups, as people compare them.
    fingerprint: String,
    pem: String,
}

/// The public key of a station. The program must not be running.
pub fn tell(json: bool, station: &Path, out: Option<&Path>) -> End {
    let file = match StationFile::load(station) {
        Ok(file) => file,
        Err(error) => {
            return fail(json, &Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage);
        }
    };
    let signer = match signer(&file) {
        Ok(signer) => signer,
        Err(error) => {
            let failure = Failure::new("ledger", desk::fault::chain(&error), "请先关闭窗口程序，再运行一次");
            return fail(json, &failure, End::Ours);
        }
    };
    let answer = KeyAnswer { window: file.window.name, fingerprint: signer.fingerprint(), pem: signer.pem() };
    if let Some(out) = out
        && let Err(error) = std::fs::write(out, &answer.pem)
    {
        let what = format!("{} 没有写成：{error}", out.display());
        return fail(json, &Failure::new("out", what, "请换一个能写的文件夹"), End::Usage);
    }
    let KeyAnswer { window, fingerprint, pem } = &answer;
    let words = format!(
        "{window} 的档案包签名公钥\n指纹 {fingerprint}\n{pem}请把公钥和指纹当面交给档案部门登记；核验时用 archive verify --key。"
    );
    say(json, &answer, &words);
    End::Done
}

fn signer(file: &StationFile) -> Result<Signer, LedgerError> {
    let folder = file.ledger_folder();
    let key = LedgerKey::load_or_create(&folder.join("ledger.key"))?;
    Ok(Signer::new(&Ledger::open(&folder, &key)?.archive_secret()?))
}

/// The keys in these files and folders, each called after its file; `None` when nothing was given.
///
/// # Errors
/// When a file cannot be read or holds no key, or a folder holds none.
pub fn registered(paths: &[PathBuf]) -> Result<Option<Vec<RegisteredKey>>, Failure> {
    if paths.is_empty() {
        return Ok(None);
    }
    let wrong = |path: &Path, what: &str| {
        Failure::new("key", format!("{} {what}", path.display()), "请给登记的公钥文件（*.pem）或放公钥的文件夹")
    };
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let listed = std::fs::read_dir(path).map_err(|_| wrong(path, "打不开"))?;
        let before = files.len();
        files
            .extend(listed.flatten().map(|entry| entry.path()).filter(|file| file.extension() == Some("pem".as_ref())));
        if files.len() == before {
            return Err(wrong(path, "里没有公钥文件"));
        }
    }
    files.sort();
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).map_err(|_| wrong(file, "读不出来"))?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        RegisteredKey::parse(&name, &text).ok_or_else(|| wrong(file, "不是 SM2 公钥"))
    };
    files.iter().map(read).collect::<Result<_, _>>().map(Some)
}
