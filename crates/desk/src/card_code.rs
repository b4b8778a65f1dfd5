//! The signed code on a card: looked for in a picture and checked against the stations that are trusted, without a network.
//! The page and the command line say the same of it.

use credential::{Doubt, Trusted, Words};
use pictures::{Limits, Unreadable};

/// What is to be said of a picture of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// A trusted station signed exactly these words.
    Signed(Words),
    /// Nothing of what the code says is to be believed.
    Doubted(Doubted),
}

/// Why not, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubted {
    /// `no_code`, `no_card_code`, `unknown_key`, `not_signed`.
    pub code: &'static str,
    pub what: String,
    pub do_now: &'static str,
}

/// What a person has to know beside a signature that is good.
pub const NOT_SAID: &str = "签名有效只说明内容没有被改过，不说明证没有挂失。请与证面和本人核对。";

/// Looks for a code in a PNG or JPEG, and checks it.
///
/// # Errors
/// [`Unreadable`] for bytes that are no such picture.
pub fn look_at(bytes: &[u8], trusted: &Trusted) -> Result<Seen, Unreadable> {
    let header = pictures::read_header(bytes, &Limits::default())?;
    let picture = pictures::decode(bytes, &header)?;
    let mut doubt = None;
    for code in pictures::codes(&picture) {
        match credential::check(&code, trusted) {
            Ok(words) => return Ok(Seen::Signed(words)),
            // What is said of a card's code counts more than that there is another code beside it.
            Err(Doubt::NoCode) => doubt = doubt.or(Some(Doubt::NoCode)),
            Err(other) => doubt = Some(other),
        }
    }
    Ok(Seen::Doubted(worded(doubt.as_ref())))
}

fn worded(doubt: Option<&Doubt>) -> Doubted {
    let (code, what, do_now) = match doubt {
        None => ("no_code", "图片里没有找到二维码".to_owned(), "请把证件背面拍清楚，二维码四周留白，再试一次"),
        Some(Doubt::NoCode) => ("no_card_code", "这个二维码不是优待证的".to_owned(), "请核对是不是拍错了"),
        Some(Doubt::UnknownKey { key }) => {
            ("unknown_key", format!("签名的窗口（{key}）不在信任的名单里，不能认"), "请向发证的窗口或县级主管部门核实")
        }
        Some(Doubt::NotSigned { key }) => (
            "not_signed",
            format!("签名对不上：不是窗口 {key} 签的，或者内容被改过"),
            "请向发证的窗口核实，并告诉县级主管部门",
        ),
    };
    Doubted { code, what, do_now }
}
