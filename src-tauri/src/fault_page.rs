//! The page of a failed start: what is the matter, what to do, whom to call. It is made here, without script and
//! without the built page, because whatever kept the station from starting must not keep this from being read.

use std::sync::OnceLock;

use desk::contract::Fault;
use tauri::http::{Response, header};
use tauri::{AppHandle, Manager, Url};

/// The scheme under which the page is served.
pub const SCHEME: &str = "fault";

const STYLE: &str = include_str!("fault_page.css");

/// The fault that kept the station from starting, if one did.
#[derive(Default)]
pub struct StartFault(OnceLock<Fault>);

impl StartFault {
    pub fn set(&self, fault: Fault) {
        // A start happens once; of two faults the first is the one to tell.
        let _ = self.0.set(fault);
    }

    pub fn get(&self) -> Option<&Fault> {
        self.0.get()
    }
}

/// Address of the page.
pub fn url() -> Url {
    let address = if cfg!(windows) { "http://fault.localhost/" } else { "fault://localhost/" };
    Url::parse(address).expect("a constant address is a valid one")
}

/// Answers every address under the scheme with the page.
pub fn answer(app: &AppHandle) -> Response<Vec<u8>> {
    let text = app.state::<StartFault>().get().map(page).unwrap_or_default();
    let mut response = Response::new(text.into_bytes());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        header::HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'",
        ),
    );
    response
}

/// The page's HTML for `fault`.
fn page(fault: &Fault) -> String {
    let line = |class: &str, text: &str| {
        if text.is_empty() { String::new() } else { format!("<p class=\"{class}\">{}</p>", escape(text)) }
    };
    let mut body = line("what", &fault.what) + &line("do", &fault.do_now);
    for field in &fault.fields {
        body += &line("field", &format!("{}：{}", field.field, field.words));
    }
    for reason in &fault.reasons {
        body += &line("field", reason);
    }
    body += &line("call", &fault.call);
    let incident = fault.incident.as_ref().map(|number| format!(" · {number}")).unwrap_or_default();
    body += &line("code", &format!("{}{incident}", fault.code));
    format!(
        "<!doctype html><html lang=\"zh-Hans\"><head><meta charset=\"utf-8\"><title>未能启动</title>\
         <style>{STYLE}</style></head><body><main role=\"alert\"><h1>工作台未能启动</h1>{body}\
         <p class=\"close\">处理好以后，请关闭本窗口，再重新打开程序。</p></main></body></html>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use desk::contract::FaultKind;

    use super::*;

    fn fault() -> Fault {
        Fault {
            kind: FaultKind::Correct,
            code: "station.unreadable".into(),
            what: "站点文件 <station.toml> 第 3 行有误".into(),
            do_now: "请改正后重新打开".into(),
            call: "技术支持 0737-0000000".into(),
            fields: vec![],
            reasons: vec![],
            incident: Some("7F3A".into()),
        }
    }

    #[test]
    fn page_says_what_to_do_and_whom_to_call() {
        let text = page(&fault());
        for words in ["请改正后重新打开", "技术支持 0737-0000000", "station.unreadable · 7F3A"] {
            assert!(text.contains(words), "{words}");
        }
    }

    #[test]
    fn words_of_a_fault_cannot_become_markup() {
        let text = page(&fault());
        assert!(text.contains("&lt;station.toml&gt;"));
        assert!(!text.contains("<station.toml>"));
    }
}
