//! What a card costs: laid out, written to be printed, written to be archived, and rasterised for the preview, warm, in one run.
//! `npm run bench` starts it. Times are of this build; a ratio says how one way stands to the archive's library on the same page.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program says what it measured")]

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use journeys::programs::root;
use papers::pdf::Meta;
use papers::{CardContent, FontStack, Template, archived, card, pdf, preview};

/// Runs of each way; the middle one counts. The first ones warm the fonts.
const RUNS: usize = 15;

fn main() -> ExitCode {
    match measure() {
        Ok(within) => ExitCode::from(u8::from(!within)),
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(5)
        }
    }
}

/// Whether every figure is within what is promised.
fn measure() -> Result<bool, String> {
    let fonts =
        desk::fonts::load(&root().join("fixtures/fonts.toml"), None).map_err(|trouble| format!("{trouble:?}"))?;
    let template = Template::parse(Template::CARD_CR80).map_err(|error| error.to_string())?;
    let content = content(&root().join("fixtures/portraits/woman.jpg"))?;
    let about = Meta { title: "老年人优待证".into(), producer: "bench".into(), created: Timestamp::UNIX_EPOCH };
    let lay_out = |fonts: &FontStack| card::lay_out(&content, &template, fonts).map_err(|error| error.to_string());
    let pages = lay_out(&fonts)?;
    let printed = pdf::write(&pages, &fonts, &about).map_err(|error| error.to_string())?;
    let layout = middle(|| lay_out(&fonts).map(drop))?;
    let print = middle(|| pdf::write(&pages, &fonts, &about).map(drop).map_err(|error| error.to_string()))?;
    let archive = middle(|| archived::write(&pages, &fonts, &about).map(drop).map_err(|error| error.to_string()))?;
    let shown = middle(|| preview::rasterise(&printed, 0, 300.0).map(drop).map_err(|error| error.to_string()))?;
    let lines = [
        ("from case to what is printed", layout + print, Some(40.0)),
        ("  of it the layout", layout, None),
        ("what is archived (krilla)", archive, None),
        ("one side previewed", shown, Some(100.0)),
    ];
    let mut within = true;
    for (what, taken, limit) in lines {
        let ms = taken.as_secs_f64() * 1000.0;
        let ratio = taken.as_secs_f64() / archive.as_secs_f64();
        let over = limit.is_some_and(|limit| ms > limit);
        within &= !over;
        let wanted = limit.map(|limit| format!("  at most {limit} ms wanted")).unwrap_or_default();
        println!(
            "   {what:<30} {ms:>7.1} ms  to krilla {ratio:>5.2}{wanted}{}",
            if over { "  OVER THE LIMIT" } else { "" }
        );
    }
    let over = printed.len() > 120_000;
    println!(
        "   the file that is printed       {:>7} bytes, at most 120,000 wanted{}",
        printed.len(),
        if over { "  OVER" } else { "" }
    );
    Ok(within && !over)
}

fn middle(mut work: impl FnMut() -> Result<(), String>) -> Result<Duration, String> {
    let mut taken = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        work()?;
        taken.push(began.elapsed());
    }
    taken.sort();
    Ok(taken[RUNS / 2])
}

fn content(photo: &Path) -> Result<CardContent, String> {
    let photo = std::fs::read(photo).map_err(|error| format!("{}: {error}", photo.display()))?;
    Ok(CardContent {
        name: "欧阳䶮𬭚".into(),
        sex: "女".into(),
        ethnicity: "汉族".into(),
        birth: "1951年3月8日".into(),
        id_number: "430***********0025".into(),
        address: "湖南省益阳市赫山区测试镇样例村1组1号".into(),
        card_number: "YYHS0101000001".into(),
        issued_on: "2021年11月8日".into(),
        issuing_authority: "老龄工作部门".into(),
        consult_phone: "0737-4423642".into(),
        photo: Some(Arc::from(photo)),
        credential: Some((0..150).collect()),
        ..CardContent::default()
    })
}
