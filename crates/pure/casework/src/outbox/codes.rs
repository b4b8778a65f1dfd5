//! The codes with which platforms refuse: what each means, and what a clerk is told of it. The one place where it is said.

/// What a platform's code means for the message that it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A refusal that is none: the same message will be taken later.
    ComeAgain,
    /// The message is refused as it is, and will be however often it comes.
    Refused,
    /// The system behind the platform was closed. The message is kept, and holds nothing back (S-37).
    Closed,
}

/// One code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownCode {
    pub code: &'static str,
    pub meaning: Meaning,
    /// What it means, for the clerk.
    pub words: &'static str,
    /// What is to be done about it, for the clerk.
    pub remedy: &'static str,
}

/// Our own interface (this project has no description of the platforms'), so the list is ours too. A code that is not
/// here refuses the message: a clerk looks, and nothing is sent again in silence.
pub const KNOWN_CODES: [KnownCode; 18] = [
    again("BUSY", "平台正忙"),
    again("SYSTEM_BUSY", "平台正忙"),
    again("RETRY", "平台要求稍后再发"),
    again("TRY_LATER", "平台要求稍后再发"),
    again("MAINTENANCE", "平台正在维护"),
    again("RATE_LIMITED", "发得太快，平台要求慢一点"),
    KnownCode {
        code: "AGEING_SYSTEM_CLOSED",
        meaning: Meaning::Closed,
        words: "老龄业务管理系统已关闭",
        remedy: "申请已经保存，不影响办理。请与承办部门联系；系统重新开放后可以手工重发。",
    },
    refused("DUPLICATE_HOLDER", "平台登记此人已有有效的优待证", "请与承办部门核对此人是否已经领过证。"),
    refused("BAD_NUMBER", "平台不认身份证号码", "请与承办部门核对身份信息。"),
    refused("BAD_CARD_NUMBER", "平台不认证号", "请与承办部门核对证号。"),
    refused("UNKNOWN_DEPARTMENT", "平台没有这个承办部门", "请技术人员核对政策包里的承办部门。"),
    refused("UNKNOWN_WINDOW", "平台没有登记这个窗口", "请技术人员与平台核对窗口编码。"),
    refused("ITEM_ENDED", "平台上这个事项已经停办", "请与承办部门联系。"),
    refused("MATERIAL_MISSING", "平台认为材料不齐", "请与承办部门核对缺什么材料。"),
    refused("NO_SUCH_ADDRESS", "平台没有这个接口", "请技术人员核对本站配置的平台地址。"),
    refused("NOT_JSON", "平台读不懂这条消息", "请技术人员处理。"),
    refused("IDEMPOTENCY_KEY_MISSING", "平台没有收到消息编号", "请技术人员处理。"),
    refused("IDEMPOTENCY_KEY_REUSED", "平台收到过同一编号而内容不同的消息", "请技术人员处理。"),
];

/// What is known of a platform's code; `None` for one that the table does not have.
pub fn known_code(code: &str) -> Option<&'static KnownCode> {
    KNOWN_CODES.iter().find(|known| known.code == code)
}

const fn again(code: &'static str, words: &'static str) -> KnownCode {
    KnownCode { code, meaning: Meaning::ComeAgain, words, remedy: "不用处理，会自动再发。" }
}

const fn refused(code: &'static str, words: &'static str, remedy: &'static str) -> KnownCode {
    KnownCode { code, meaning: Meaning::Refused, words, remedy }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_once_and_tells_a_clerk_something() {
        for (place, known) in KNOWN_CODES.iter().enumerate() {
            assert!(KNOWN_CODES[..place].iter().all(|earlier| earlier.code != known.code), "{}", known.code);
            assert!(!known.words.is_empty() && known.remedy.ends_with('。'), "{}", known.code);
        }
    }
}
