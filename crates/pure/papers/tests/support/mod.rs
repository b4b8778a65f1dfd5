//! The fonts of the manifest as installed here, an invented card, and the poppler tools the tests read PDFs with.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use papers::fonts::{FontStack, Manifest};
use papers::pdf::Meta;
use papers::receipt::{Form, Handling, ReceiptContent, ReceiptLine};
use papers::slip::{SlipContent, SlipLine, Tells};
use papers::{CardContent, Page, Template};

/// The stack of the shipped manifest. A missing optional face is left out; any other missing face is a failure that
/// names its package.
pub fn fonts() -> &'static FontStack {
    static FONTS: OnceLock<FontStack> = OnceLock::new();
    FONTS.get_or_init(|| {
        let manifest = Manifest::parse(Manifest::SHIPPED).unwrap();
        let found = manifest.load(|face| read(&face.path).map(Arc::from).ok_or_else(|| ErrorKind::NotFound.into()));
        found.unwrap_or_else(|refusal| panic!("{refusal}: install the package"))
    })
}

#[expect(clippy::disallowed_methods, reason = "tests read files; the crate does not")]
pub fn read(path: impl AsRef<Path>) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

#[expect(clippy::disallowed_methods, reason = "tests write what poppler reads; the crate does not")]
pub fn write(path: impl AsRef<Path>, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
}

pub fn template() -> Template {
    Template::parse(Template::CARD_CR80).unwrap()
}

/// A drawn portrait of nobody.
pub fn portrait() -> Arc<[u8]> {
    fixture("portraits/woman.jpg").into()
}

pub fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fixtures").join(name);
    read(&path).unwrap_or_else(|| panic!("{} is missing", path.display()))
}

/// An invented woman with a rare name.
pub fn content() -> CardContent {
    CardContent {
        name: "欧阳𬭚".into(),
        sex: "女".into(),
        ethnicity: "汉族".into(),
        birth: "1951年03月08日".into(),
        id_number: "430903********0025".into(),
        address: "湖南省益阳市赫山区测试镇样例村1组1号".into(),
        card_number: "样YZ00000017".into(),
        issued_on: "2021年06月18日".into(),
        issuing_authority: "益阳市赫山区样例窗口".into(),
        terms: Vec::new(),
        consult_phone: "0737-4423642".into(),
        photo: Some(portrait()),
        credential: None,
        sample: false,
        reprint: None,
    }
}

pub fn meta() -> Meta {
    let created: Timestamp = "2021-06-18T02:03:04Z".parse().unwrap();
    Meta { title: "老年人优待证".into(), producer: "youdai 0.1.0".into(), created }
}

pub fn card_pages(content: &CardContent) -> Vec<Page> {
    papers::card::lay_out(content, &template(), fonts()).unwrap()
}

pub fn card_pdf(content: &CardContent) -> Vec<u8> {
    papers::pdf::write(&card_pages(content), fonts(), &meta()).unwrap()
}

/// An invented case at a village window: everything that can stand on the list does.
pub fn receipt() -> ReceiptContent {
    let line = |name: &str, handling| ReceiptLine { name: name.into(), handling };
    ReceiptContent {
        number: "YZ20210618000017".into(),
        window: "赫山区样板街道示范村便民服务中心".into(),
        item: "老年人优待证办理".into(),
        item_code: "432023107W00".into(),
        applicant: "欧**　430***********0025".into(),
        agent: Some("欧**　430***********0017".into()),
        accepted_at: "2021年06月18日 10时03分".into(),
        due: Some("2021年06月18日 10时33分".into()),
        remarks: Vec::new(),
        materials: vec![
            line("申请人身份证", Handling::Returned),
            line("近期免冠一寸照片", Handling::Glued),
            line("授权委托书（含代理人身份证明复印件）", Handling::Returned),
            line("《湖南省老年人优待证》", Handling::Kept),
        ],
        consult_phone: "0737-4423642".into(),
        sample: false,
        reprint: None,
    }
}

pub fn receipt_pages(content: &ReceiptContent) -> Vec<Page> {
    papers::receipt::lay_out(content, &Form::parse(Form::RECEIPT_A4).unwrap(), fonts()).unwrap()
}

pub fn receipt_pdf(content: &ReceiptContent) -> Vec<u8> {
    papers::pdf::write(&receipt_pages(content), fonts(), &meta()).unwrap()
}

/// Runs a poppler tool over the PDF and returns what it prints.
#[expect(clippy::disallowed_types, reason = "an independent reader judges our PDFs")]
pub fn poppler(tool: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    write(&file, pdf);
    let mut command = std::process::Command::new(tool);
    // Every tool takes options, then the file, then where the result goes.
    let (options, after): (Vec<&str>, Vec<&str>) = arguments.iter().partition(|argument| **argument != "-");
    let output = command.args(options).arg(&file).args(after).output();
    let output = output.unwrap_or_else(|source| panic!("{tool} ({source}): install the package poppler-utils"));
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A page as poppler rasterises it: a second opinion beside our own preview.
#[expect(clippy::disallowed_types, reason = "an independent reader judges our PDFs")]
pub fn poppler_raster(pdf: &[u8], page: usize, dpi: u32) -> image::GrayImage {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    write(&file, pdf);
    let root = folder.path().join("page");
    let page = (page + 1).to_string();
    let status = std::process::Command::new("pdftoppm")
        .args(["-r", &dpi.to_string(), "-gray", "-png", "-singlefile", "-f", &page, "-l", &page])
        .arg(&file)
        .arg(&root)
        .status()
        .unwrap_or_else(|source| panic!("pdftoppm ({source}): install the package poppler-utils"));
    assert!(status.success());
    let png = read(root.with_extension("png")).unwrap();
    image::load_from_memory(&png).unwrap().to_luma8()
}

/// An invented notice of five faults.
pub fn notice() -> SlipContent {
    let line = |what: &str, remedy: &str, basis: &str| SlipLine {
        what: what.into(),
        remedy: remedy.into(),
        basis: basis.into(),
    };
    SlipContent {
        tells: Tells::Gaps,
        title: "一次性告知单".into(),
        number: "THS0101-20211108-0001-1".into(),
        window: "益阳市赫山区样例村便民服务中心".into(),
        item: "老年人优待证办理".into(),
        item_code: "432023107W00".into(),
        applicant: Some("欧**".into()),
        issued_on: "2021年11月8日".into(),
        clerk: "周敏".into(),
        lines: vec![
            line("还没有查验代理人身份证。", "请把代理人的身份证放到读卡器上。", "规程 六·3"),
            line("授权委托书（含代理人身份证明复印件）：没有见到授权委托书原件。", "请出示原件。", "规程 六·3"),
            line(
                "授权委托书（含代理人身份证明复印件）：委托书没有写代理权限。",
                "请补写代理权限。",
                "规程 六·3 常见错误",
            ),
            line("居住证：缺居住证。", "户口不在本地的，请带居住证原件。", "规程 六·4"),
            line("近期免冠一寸照片：缺一寸照片。", "请提供一张近期免冠一寸照片。", "规程 六·2"),
        ],
        consult_phone: "赫山区 0737-4423642".into(),
        acknowledgement: "以上需要补正的内容已经一次告知，本人已经知悉。".into(),
        sample: false,
    }
}

pub fn slip_pages(content: &SlipContent) -> Vec<Page> {
    let form = papers::slip::Form::parse(papers::slip::Form::SLIP_A4).unwrap();
    papers::slip::lay_out(content, &form, fonts()).unwrap()
}

pub fn slip_pdf(content: &SlipContent) -> Vec<u8> {
    papers::pdf::write(&slip_pages(content), fonts(), &meta()).unwrap()
}
