//! What a driver must print about a card, worked out from the card's description and not from its bytes.

use serde_json::Value;

use crate::card::CardFile;
use crate::sam_id::SamId;

/// The first field that differs from the card, in words; `None` if all agree.
pub fn difference(card: &CardFile, sam_id: SamId, printed: &str) -> Option<String> {
    let Ok(Value::Object(printed)) = serde_json::from_str::<Value>(printed.trim()) else {
        return Some("did not print one JSON object".to_owned());
    };
    let mut wanted = of_card(card);
    wanted.push(("sam_id", vec![sam_id.to_string()]));
    wanted.push(("photo_bytes", vec!["1024".to_owned()]));
    wanted.into_iter().find_map(|(field, accepted)| {
        let found = match printed.get(field) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => return Some(format!("`{field}` is missing")),
        };
        (!accepted.contains(&found)).then(|| format!("`{field}` is `{found}` and not `{}`", accepted.join("` or `")))
    })
}

/// Fields with the spellings that are accepted. A field that the raw bytes of the card contradict is not asked for.
fn of_card(card: &CardFile) -> Vec<(&'static str, Vec<String>)> {
    let mut wanted = Vec::new();
    let mut field = |name: &'static str, text: &str| wanted.push((name, vec![text.to_owned()]));
    if let Some(card) = &card.resident {
        field("kind", "resident");
        field("name", &card.name);
        field("ethnicity_code", &card.ethnicity);
        field("birth", &date(&card.birth));
        field("address", &card.address);
        field("number", &card.number);
        field("issuing_authority", &card.authority);
        field("valid_from", &date(&card.valid_from));
        field("valid_until", &date(&card.valid_until));
        wanted.push(("sex", sex(&card.sex)));
    } else if let Some(card) = &card.hmt {
        field("kind", "hmt");
        field("name", &card.name);
        field("birth", &date(&card.birth));
        field("address", &card.address);
        field("number", &card.number);
        field("issuing_authority", &card.authority);
        field("valid_from", &date(&card.valid_from));
        field("valid_until", &date(&card.valid_until));
        wanted.push(("sex", sex(&card.sex)));
    } else if let Some(card) = &card.foreigner_2017 {
        field("kind", "foreigner_2017");
        field("birth", &date(&card.birth));
        field("number", &card.number);
        field("valid_from", &date(&card.valid_from));
        field("valid_until", &date(&card.valid_until));
        wanted.push(("name", vec![card.chinese_name.clone(), card.english_name.clone()]));
        wanted.push(("sex", sex(&card.sex)));
    } else if let Some(card) = &card.foreigner_2023 {
        field("kind", "foreigner_2023");
        field("birth", &date(&card.birth));
        field("number", &card.number);
        field("valid_from", &date(&card.valid_from));
        field("valid_until", &date(&card.valid_until));
        wanted.push(("name", vec![card.chinese_name.clone(), card.english_name.clone()]));
        wanted.push(("sex", sex(&card.sex)));
    }
    if !card.raw.is_empty() {
        wanted.retain(|(name, _)| matches!(*name, "kind" | "number"));
    }
    wanted
}

/// `YYYY-MM-DD`, whichever way the card file wrote it.
fn date(written: &str) -> String {
    if written.len() == 8 && written.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{}-{}-{}", &written[..4], &written[4..6], &written[6..]);
    }
    written.to_owned()
}

fn sex(written: &str) -> Vec<String> {
    let spellings: &[&str] = match written {
        "male" | "1" => &["male", "男", "1"],
        "female" | "2" => &["female", "女", "2"],
        "9" => &["not_stated", "unspecified", "未说明", "9"],
        _ => &["unknown", "未知", "0"],
    };
    spellings.iter().map(|word| (*word).to_owned()).collect()
}
