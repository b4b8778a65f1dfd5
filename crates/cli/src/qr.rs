//! `youdai qr`: whether the code on a card was signed by a station that is trusted, without a network.

use std::path::{Path, PathBuf};

use casework::pack::{CodeSuite, PolicyPack};
use clap::Subcommand;
use credential::{NotAKey, PublicKey, Trusted, Words};
use desk::card_code::{self, Seen};
use desk::station::StationFile;
use ledger::{Ledger, LedgerError, LedgerKey};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

/// What can be asked of the codes of cards.
#[derive(Subcommand)]
pub enum QrCommand {
    /// Check the code in a picture of a card. One that no trusted station signed ends with 3.
    Verify {
        /// A PNG or JPEG: a scan or photo of the card.
        image: PathBuf,
        /// Files of trusted public keys, one a line as `youdai qr key` tells them.
        #[arg(long, required = true)]
        key: Vec<PathBuf>,
    },
    /// Tell the public key with which this station signs the codes of its cards.
    Key {
        #[arg(long)]
        station: PathBuf,
    },
}

/// Does one of the commands.
pub fn run(json: bool, command: &QrCommand) -> End {
    let ended = match command {
        QrCommand::Verify { image, key } => verify(json, image, key),
        QrCommand::Key { station } => tell_key(json, station),
    };
    ended.unwrap_or_else(|(failure, end)| fail(json, &failure, end))
}

#[derive(Serialize)]
struct Believed {
    verdict: &'static str,
    card_number: String,
    name: String,
    sex: String,
    birth: String,
    issuing_authority: String,
    issued_on: String,
    /// The first sixteen digits of the SM3 of the photo file; `null` for a card whose photo is glued on.
    portrait: Option<String>,
}

#[derive(Serialize)]
struct KeyAnswer {
    key: String,
    /// How a code calls this key.
    id: String,
}

type Failed = (Failure, End);

fn verify(json: bool, image: &Path, keys: &[PathBuf]) -> Result<End, Failed> {
    let trusted = trusted(keys)?;
    let bytes = read(image)?;
    let unreadable = |error: pictures::Unreadable| {
        let what = format!("{}：{}", image.display(), desk::fault::chain(&error));
        (Failure::new("picture", what, "请给出证件照片或扫描件，PNG 或 JPEG"), End::Refused)
    };
    match card_code::look_at(&bytes, &trusted).map_err(unreadable)? {
        Seen::Signed(words) => {
            say(json, &Believed::of(&words), &believed(&words));
            Ok(End::Done)
        }
        Seen::Doubted(doubted) => Err((Failure::new(doubted.code, doubted.what, doubted.do_now), End::Refused)),
    }
}

impl Believed {
    fn of(words: &Words) -> Believed {
        Believed {
            verdict: "signed",
            card_number: words.card_number.clone(),
            name: words.name.clone(),
            sex: words.sex.clone(),
            birth: words.birth.to_string(),
            issuing_authority: words.issuing_authority.clone(),
            issued_on: words.issued_on.to_string(),
            portrait: words.portrait.map(credential::Portrait::to_hex),
        }
    }
}

fn believed(words: &Words) -> String {
    format!(
        "签名有效\n证号 {}\n姓名 {}  性别 {}  出生 {}\n{} {} 发证\n{}",
        words.card_number,
        words.name,
        words.sex,
        words.birth,
        words.issuing_authority,
        words.issued_on,
        card_code::NOT_SAID
    )
}

fn trusted(files: &[PathBuf]) -> Result<Trusted, Failed> {
    let mut text = String::new();
    for file in files {
        text.push_str(&String::from_utf8_lossy(&read(file)?));
        text.push('\n');
    }
    Trusted::parse(&text).map_err(|NotAKey { line }| {
        (
            Failure::new("usage", format!("这一行不是公钥：{line}"), "请用 youdai qr key 给出的公钥，一行一个"),
            End::Usage,
        )
    })
}

fn tell_key(json: bool, station: &Path) -> Result<End, Failed> {
    let file = StationFile::load(station)
        .map_err(|error| (Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage))?;
    let usage = |what: String| (Failure::new("usage", what, "请改正政策包"), End::Usage);
    let name = file.pack.display().to_string();
    let text = std::fs::read_to_string(&file.pack).map_err(|error| usage(format!("{name}：{error}")))?;
    let pack = PolicyPack::parse(&name, &text).map_err(|error| usage(desk::fault::chain(&error)))?;
    let public = public_key(&file, pack.rules().code_suite()).map_err(|error| {
        (Failure::new("ledger", desk::fault::chain(&error), "请先关闭窗口程序，再运行一次"), End::Ours)
    })?;
    let answer = KeyAnswer { key: public.to_string(), id: hex::encode(public.id()) };
    let words = answer.key.clone();
    say(json, &answer, &words);
    Ok(End::Done)
}

fn public_key(file: &StationFile, suite: CodeSuite) -> Result<PublicKey, LedgerError> {
    let folder = file.ledger_folder();
    let key = LedgerKey::load_or_create(&folder.join("ledger.key"))?;
    let secret = Ledger::open(&folder, &key)?.card_code_secret()?;
    Ok(credential::Signer::new(suite, &secret).public())
}

fn read(path: &Path) -> Result<Vec<u8>, Failed> {
    std::fs::read(path).map_err(|error| {
        (Failure::new("usage", format!("{}：{error}", path.display()), "请给出能读的文件"), End::Usage)
    })
}
