//! The verbs of the control port as words on the command line.

use serde_json::{Value, json};

/// What is sent for some words: method, path and body.
pub type Order = (&'static str, &'static str, Option<Value>);

/// The usage text of the verbs.
pub const VERBS: &str = "\
  lay CARD | lift | unplug | replug | power_cycle         the card and the reader
  noise RATE | garbage BYTES | say HEX                    the line
  fault JSON | clear_faults                               e.g. fault '{\"command\":\"read\",\"nth\":1,\"kind\":\"bad_checksum\"}'
  repeat_read on|off | health good|self_test_failed|unauthorised|dead
  platform NAME BEHAVIOUR [TIMES]                         city taojiang filing rating ageing; accept away hang reject …
  result PLATFORM CASE KIND                               good rejected other_name other_number other_receipt other_item
                                                          other_case again duplicate contradicting garbage
  answers PLATFORM off|JSON                               e.g. answers city '{\"approve\":{\"after_ms\":500}}'
  results                                                 what was offered, and what the counter said of it
  printer DIR good|media_empty|media_jam|offline|paused
  state | received | transcript | coverage                what is, what was taken in, what was said, what was covered
  --reader NAME behind a verb chooses among several readers
";

/// Translates words; `None` if they are no verb.
pub fn order(words: &[&str]) -> Option<Order> {
    let (words, reader) = match words {
        [verb @ .., "--reader", name] => (verb, Some(*name)),
        verb => (verb, None),
    };
    let to_reader = |mut body: Value| {
        if let Some(name) = reader {
            body["reader"] = json!(name);
        }
        Some(("POST", "/control/reader", Some(body)))
    };
    match words {
        ["lay", card] => to_reader(json!({"do": "lay", "card": card})),
        [verb @ ("lift" | "unplug" | "replug" | "power_cycle" | "clear_faults")] => to_reader(json!({"do": verb})),
        ["noise", rate] => to_reader(json!({"do": "noise", "rate": rate.parse::<f64>().ok()?})),
        ["garbage", bytes] => to_reader(json!({"do": "garbage", "bytes": bytes.parse::<usize>().ok()?})),
        ["say", hex] => to_reader(json!({"do": "say", "hex": hex})),
        ["fault", fault] => {
            let mut body: Value = serde_json::from_str(fault).ok().filter(Value::is_object)?;
            body["do"] = json!("fault");
            to_reader(body)
        }
        ["repeat_read", on @ ("on" | "off")] => to_reader(json!({"do": "repeat_read", "on": *on == "on"})),
        ["health", state] => to_reader(json!({"do": "health", "state": state})),
        ["platform", platform, behaviour] => {
            let body = json!({"platform": platform, "behaviour": word_or_json(behaviour)});
            Some(("POST", "/control/platform", Some(body)))
        }
        ["platform", platform, behaviour, times] => {
            let times = times.parse::<u32>().ok()?;
            let body = json!({"platform": platform, "behaviour": word_or_json(behaviour), "times": times});
            Some(("POST", "/control/platform", Some(body)))
        }
        ["result", platform, case, make] => {
            let body = json!({"platform": platform, "case": case, "make": make});
            Some(("POST", "/control/result", Some(body)))
        }
        ["answers", platform, answers] => {
            let body = json!({"platform": platform, "answers": word_or_json(answers)});
            Some(("POST", "/control/answers", Some(body)))
        }
        ["results"] => Some(("GET", "/control/results", None)),
        ["printer", dir, state] => Some(("POST", "/control/printer", Some(json!({"dir": dir, "state": state})))),
        ["state"] => Some(("GET", "/control/state", None)),
        ["received"] => Some(("GET", "/control/received", None)),
        ["transcript"] => Some(("GET", "/control/transcript", None)),
        ["coverage"] => Some(("GET", "/control/coverage", None)),
        _ => None,
    }
}

/// `away`, or `{"reject":{"code":"X"}}`.
fn word_or_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_the_orders_of_the_control_port() {
        let lay = order(&["lay", "ouyang", "--reader", "second"]);
        assert_eq!(
            lay,
            Some(("POST", "/control/reader", Some(json!({"do": "lay", "card": "ouyang", "reader": "second"}))))
        );
        let away = order(&["platform", "city", "away", "2"]);
        assert_eq!(
            away,
            Some(("POST", "/control/platform", Some(json!({"platform": "city", "behaviour": "away", "times": 2}))))
        );
        assert_eq!(order(&["state"]), Some(("GET", "/control/state", None)));
    }

    #[test]
    fn other_words_are_no_order() {
        for words in [&["lay"][..], &["noise", "loud"], &["fault", "[]"], &[], &["dance"]] {
            assert_eq!(order(words), None);
        }
    }
}
