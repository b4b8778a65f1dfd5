//! The pages for human eyes: `INDEX.html`, which any browser shows without a network and without our programs, and
//! `README.txt`, which says how to check the package.

use crate::envelope::VERIFIER;
use crate::manifest;
use crate::parts::{CaseFile, KEY, METADATA, PROCESS, README, Titled};

const STYLE: &str = "body{font:18px/1.7 'Noto Serif CJK SC','SimSun',serif;max-width:60em;margin:2em auto;padding:0 1em;\
color:#1a1a1a}h1{font-size:1.6em}h2{font-size:1.2em;margin-top:2em;border-bottom:2px solid #0b6b63}\
table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.3em .6em;text-align:left;\
vertical-align:top}th{background:#eef4f3}td.n{white-space:nowrap}";

/// The index: every file of the package is linked, and nothing outside it.
pub(crate) fn page(case: &CaseFile, materials: &[Vec<Titled>], photo: &[Titled], forms: &[Titled]) -> String {
    let number = escaped(case.number.as_str());
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>档案信息包 {number}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{}</h1>\n<p>档案信息包 {number}。纸质材料移交清单上写的是同一个号。</p>\n",
        escaped(&case.title)
    );
    for chapter in &case.chapters {
        html.push_str(&format!("<h2>{}</h2>\n<table>\n", escaped(&chapter.name)));
        for line in &chapter.lines {
            let value = if line.value.is_empty() { "（由档案部门填写）" } else { &line.value };
            html.push_str(&format!("<tr><th>{}</th><td>{}</td></tr>\n", escaped(&line.name), escaped(value)));
        }
        html.push_str("</table>\n");
    }
    html.push_str("<h2>申请材料</h2>\n<table>\n<tr><th>序号</th><th>材料</th><th>原件去向</th><th>电子件</th></tr>\n");
    for ((place, material), pages) in (1..).zip(&case.materials).zip(materials) {
        let shown = match (&material.absent, pages.is_empty()) {
            (Some(why), true) => escaped(why),
            (None, true) => "无".to_owned(),
            (_, false) => pages.iter().map(link).collect::<Vec<_>>().join("<br>"),
        };
        let (name, fate) = (escaped(&material.name), escaped(&material.fate));
        html.push_str(&format!(
            "<tr><td class=\"n\">{place}</td><td>{name}</td><td>{fate}</td><td>{shown}</td></tr>\n"
        ));
    }
    html.push_str("</table>\n");
    listed(&mut html, "照片", photo);
    listed(&mut html, "单据", forms);
    html.push_str(
        "<h2>办理过程</h2>\n<table>\n<tr><th>次序</th><th>时间（世界时）</th><th>谁</th><th>做了什么</th><th>台账行</th></tr>\n",
    );
    for (place, entry) in (1..).zip(&case.process) {
        let row = &entry.row;
        html.push_str(&format!(
            "<tr><td class=\"n\">{place}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td></tr>\n",
            row.at,
            escaped(who(row.actor.as_str())),
            escaped(happened(&row.kind)),
            row.n
        ));
    }
    html.push_str("</table>\n<h2>包里的其他文件</h2>\n<ul>\n");
    let others = [
        (README, "说明和核验办法"),
        (METADATA, "元数据"),
        (PROCESS, "办理过程的逐条记录，带台账的哈希链"),
        (manifest::NAME, "文件清单：大小、SHA-256 和 SM3"),
        (manifest::SIGNATURE, "清单的 SM2 签名"),
        (KEY, "验证签名的公钥"),
        (VERIFIER, "核验脚本"),
    ];
    for (path, title) in others {
        html.push_str(&format!("<li><a href=\"{path}\">{path}</a>：{title}</li>\n"));
    }
    html.push_str("</ul>\n</body>\n</html>\n");
    html
}

fn listed(html: &mut String, heading: &str, files: &[Titled]) {
    if files.is_empty() {
        return;
    }
    html.push_str(&format!("<h2>{heading}</h2>\n<ul>\n"));
    for file in files {
        html.push_str(&format!("<li>{}</li>\n", link(file)));
    }
    html.push_str("</ul>\n");
}

fn link(titled: &Titled) -> String {
    format!("<a href=\"{}\">{}</a>", titled.file.path, escaped(&titled.title))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn who(actor: &str) -> &str {
    match actor {
        "system" => "程序",
        "public" => "自助办理的人",
        person => person,
    }
}

/// A fact's kind in words; one that has none yet is shown as the record calls it.
fn happened(kind: &str) -> &str {
    const WORDS: [(&str, &str); 41] = [
        ("opened", "开始办理"),
        ("identified", "读取或录入身份证"),
        ("applicant_filled", "填写申请信息"),
        ("eligibility_judged", "核对条件"),
        ("material_scanned", "扫描材料"),
        ("material_checked", "核对材料"),
        ("material_returned", "退还原件"),
        ("tolerance_committed", "容缺承诺"),
        ("photo_measured", "测量照片"),
        ("photo_judged", "核对照片和本人"),
        ("accepted", "受理"),
        ("department_answered", "承办部门答复"),
        ("number_reserved", "取号"),
        ("number_spoiled", "号作废"),
        ("print_attempted", "决定打印"),
        ("job_submitted", "送到打印机"),
        ("print_ended", "打印结束"),
        ("card_confirmed", "确认卡片完好"),
        ("card_spoiled", "卡片作废"),
        ("photo_glued", "照片已粘贴"),
        ("deadline_missed", "超过办结时限，写明原因"),
        ("delivered", "交付"),
        ("rating_offered", "请申请人评价"),
        ("rating_given", "申请人评价（内容不进档案包）"),
        ("rating_declined", "申请人不评价"),
        ("working_papers_handed_over", "工作资料移交发证人员，双方签字"),
        ("handed_over", "资料移交归档人员，双方签字"),
        ("sealed", "封存"),
        ("field_overridden", "更改芯片读出的一项"),
        ("history_reused", "利用历史材料"),
        ("page_kept", "保留有瑕疵的一页"),
        ("pages_arranged", "调整页序"),
        ("loss_notice_recorded", "登记遗失声明"),
        ("old_card_recorded", "登记旧证"),
        ("corrected", "当场更正"),
        ("slip_issued", "出具告知单"),
        ("receipt_reprinted", "补打收文清单"),
        ("parked", "暂存"),
        ("resumed", "继续办理"),
        ("refused", "不予收件"),
        ("withdrawn", "申请人撤回"),
    ];
    WORDS.iter().find(|(known, _)| *known == kind).map_or(kind, |(_, words)| words)
}

/// How to read and to check a package, for somebody who has nothing but the package.
pub(crate) fn readme(case: &CaseFile) -> String {
    format!(
        "档案信息包 {number}\n{title}\n\n\
         怎么看\n  用任何浏览器打开 INDEX.html，不需要联网，也不需要原来的程序。\n\
         \x20 case.json 是元数据，process.jsonl 是逐条的办理过程，materials 是材料的电子件，photo 是照片，forms 是单据。\n\
         \x20 文字都是 UTF-8；图片是 JPEG 或 PNG，没有重新压缩过；单据是 PDF。\n\n\
         怎么核验\n  1. 有本程序：youdai archive verify 包.tar\n\
         \x20 2. 没有本程序：sh verify.sh 包.tar ，或者解开以后在包的文件夹里运行 sh verify.sh\n\
         \x20    脚本只用 POSIX 命令和 sha256sum；装有 openssl 时还核对 SM3 和 SM2 签名。\n\
         \x20    怀疑包被改过时，请用另外保存的 verify.sh 核验，不要用包里这一份：每个包里的脚本都一样。\n\
         \x20 结果分四项：真实性、完整性、可用性、安全性。\n\n\
         怎么证明\n  manifest.json 列出每个文件的大小、SHA-256 和 SM3；manifest.sig 是对它的 SM2 签名（SM3，标识\n\
         \x20 1234567812345678，DER 编码）；signing-key.pem 是公钥，请和窗口登记的公钥指纹比对。\n\
         \x20 process.jsonl 每行带台账的哈希：body 的 SM3 是 body_hash；prev 的 32 个字节接上\n\
         \x20 “journal-1<TAB>n<TAB>at<TAB>actor<TAB>case<TAB>seq<TAB>kind<TAB>body_hash<换行>”，它的 SM3 是 hash。\n\
         \x20 评价的内容不进档案包，只留它的哈希。\n",
        number = case.number,
        title = case.title,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_typed_cannot_become_markup() {
        assert_eq!(escaped(r#"<a href="x">&"#), "&lt;a href=&quot;x&quot;&gt;&amp;");
    }

    #[test]
    fn a_kind_without_words_is_shown_as_the_record_calls_it() {
        assert_eq!(happened("delivered"), "交付");
        assert_eq!(happened("something_new"), "something_new");
    }
}
