//! `youdai fonts coverage`: how much of each block of Han characters a station's faces draw.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use desk::fault::{Contacts, word};
use papers::FontStack;
use papers::fonts::coverage::{self, Covered};
use papers::fonts::{Inspected, Role};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

/// Runs of missing code points that are told of a block; the rest is counted.
const RUNS: usize = 6;

/// What `youdai fonts` is asked.
#[derive(Subcommand)]
pub enum FontsCommand {
    /// Count what the faces draw of each block of Han characters; 3 when level 3 of GB 18030-2022 is not complete.
    Coverage {
        #[arg(long, default_value = "fixtures/fonts.toml")]
        fonts: PathBuf,
        /// Manifest of the county's own faces, as `papers.county_fonts` of a station.
        #[arg(long)]
        county: Option<PathBuf>,
    },
}

/// `youdai fonts`.
pub fn run(json: bool, command: &FontsCommand) -> End {
    match command {
        FontsCommand::Coverage { fonts, county } => count(json, fonts, county.as_deref()),
    }
}

#[derive(Serialize)]
struct CoverageAnswer {
    /// Names and numbers stand in this role; labels in the other.
    role: &'static str,
    level3: Level3,
    blocks: Vec<BlockLine>,
    faces: Vec<FaceLine>,
}

#[derive(Serialize)]
struct Level3 {
    drawn: u32,
    of: u32,
}

#[derive(Serialize)]
struct BlockLine {
    block: &'static str,
    first: String,
    last: String,
    level3: bool,
    drawn: u32,
    of: u32,
    /// In the order in which the faces are asked.
    by: Vec<ByFace>,
    /// The first runs of what is missing, as `U+9FEB` or `U+9FEB..U+9FEF`.
    missing: Vec<String>,
    /// The package that completes the block; `null` when nothing is missing or no package of Debian does.
    completed_by: Option<&'static str>,
}

#[derive(Serialize)]
struct ByFace {
    face: String,
    characters: u32,
}

#[derive(Serialize)]
struct FaceLine {
    face: String,
    file: String,
    index: u32,
    licence: String,
    package: Option<String>,
    /// `null` when the file could not be read.
    sha256: Option<String>,
    /// As the manifest lists it by its SHA-256; `null` when it lists none for this file, which then draws nothing.
    version: Option<String>,
    optional: bool,
}

/// Counts what the faces of the manifest, and of the county's own, draw. Refused (3) when level 3 of GB 18030-2022 is not
/// complete, and when a station would not start with these files.
fn count(json: bool, fonts: &Path, county: Option<&Path>) -> End {
    let inspected = desk::fonts::manifest(fonts, county).and_then(|manifest| Ok(manifest.inspect(desk::fonts::read)?));
    let (stack, faces) = match inspected {
        Ok(inspected) => inspected,
        Err(trouble) => {
            let fault = word(&trouble, &Contacts { department: String::new(), technician: String::new() });
            let mut failure = Failure::new(&fault.code, "字库清单不能用", "请看 fixtures/fonts.toml 和下面的提示");
            failure.reasons = fault.reasons;
            return fail(json, &failure, End::Usage);
        }
    };
    let answer = answer(&stack, &faces);
    say(json, &answer, &answer.words());
    let usable = faces.iter().all(|one| one.version().is_some() || (one.sha256.is_none() && one.face.optional));
    if usable && answer.level3.drawn == answer.level3.of { End::Done } else { End::Refused }
}

fn answer(stack: &FontStack, faces: &[Inspected]) -> CoverageAnswer {
    let covered = coverage::count(stack, Role::Serif);
    let (drawn, of) = coverage::level3(&covered);
    CoverageAnswer {
        role: "serif",
        level3: Level3 { drawn, of },
        blocks: covered.iter().map(|one| block_line(stack, one)).collect(),
        faces: faces.iter().map(face_line).collect(),
    }
}

fn block_line(stack: &FontStack, one: &Covered) -> BlockLine {
    let mut code_points = one.block.code_points();
    let first = code_points.next().unwrap_or_default();
    let named = |code_point: u32| format!("U+{code_point:04X}");
    let run = |range: &RangeInclusive<u32>| match (*range.start(), *range.end()) {
        (first, last) if first == last => named(first),
        (first, last) => format!("{}..{}", named(first), named(last)),
    };
    BlockLine {
        block: one.block.name,
        first: named(first),
        last: named(code_points.last().unwrap_or(first)),
        level3: one.block.level3,
        drawn: one.drawn(),
        of: one.of(),
        by: one
            .drawn_by
            .iter()
            .map(|(face, characters)| ByFace { face: stack.name(*face).to_owned(), characters: *characters })
            .collect(),
        missing: one.missing.iter().take(RUNS).map(run).collect(),
        completed_by: one.block.completed_by.filter(|_| !one.missing.is_empty()),
    }
}

fn face_line(one: &Inspected) -> FaceLine {
    FaceLine {
        face: one.face.name.clone(),
        file: one.face.path.clone(),
        index: one.face.index,
        licence: one.face.licence.clone(),
        package: one.face.package.clone(),
        sha256: one.sha256.clone(),
        version: one.version().map(str::to_owned),
        optional: one.face.optional,
    }
}

impl CoverageAnswer {
    fn words(&self) -> String {
        let Level3 { drawn, of } = self.level3;
        let mut words = format!("GB 18030-2022 level 3: {} of {}", thousands(drawn), thousands(of));
        words.push_str(if drawn == of { "（三级汉字齐全）" } else { "（三级汉字不齐）" });
        words.push_str("\n\n区块（* 属于三级）");
        for block in &self.blocks {
            words.push_str(&format!("\n{}", block.words()));
        }
        words.push_str("\n\n字库");
        for face in &self.faces {
            words.push_str(&format!("\n{}", face.words()));
        }
        words
    }
}

impl BlockLine {
    fn words(&self) -> String {
        let star = if self.level3 { '*' } else { ' ' };
        let mut words = format!(
            "{star} {:<10} {:>7} .. {:<7} {:>6} of {:>6}",
            self.block,
            self.first,
            self.last,
            thousands(self.drawn),
            thousands(self.of)
        );
        let by: Vec<String> = self.by.iter().map(|one| format!("{} {}", one.face, thousands(one.characters))).collect();
        if !by.is_empty() {
            words.push_str(&format!("  {}", by.join("，")));
        }
        if self.drawn < self.of {
            let more = if self.missing.len() == RUNS { " …" } else { "" };
            let remedy = match self.completed_by {
                Some(package) => format!("装 {package} 可补齐"),
                None => "Debian 没有能补齐的软件包，要由县里加字库".to_owned(),
            };
            words.push_str(&format!(
                "\n    缺 {}：{}{more}；{remedy}",
                thousands(self.of - self.drawn),
                self.missing.join(" ")
            ));
        }
        words
    }
}

impl FaceLine {
    fn words(&self) -> String {
        let state = match (&self.version, &self.sha256) {
            (Some(version), _) => format!("版本 {version}"),
            (None, Some(_)) => "文件不是清单里的任何一个版本，不用它；程序用这份清单不能启动".to_owned(),
            (None, None) if self.optional => "没有装（可以没有）".to_owned(),
            (None, None) => "没有装，程序不能启动".to_owned(),
        };
        let package = self.package.as_deref().map(|package| format!("，软件包 {package}")).unwrap_or_default();
        let sha256 = self.sha256.as_deref().map(|sha256| format!("\n    SHA-256 {sha256}")).unwrap_or_default();
        format!("  {}：{state}，{}{package}\n    {} #{}{sha256}", self.face, self.licence, self.file, self.index)
    }
}

/// `87,887`
fn thousands(number: u32) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", number / 1_000, number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/fonts/county.toml");

    fn planted() -> (FontStack, Vec<Inspected>) {
        let manifest = desk::fonts::manifest(Path::new(COUNTY), None).unwrap();
        manifest.inspect(desk::fonts::read).unwrap()
    }

    #[test]
    fn a_face_of_two_characters_falls_short_block_by_block_and_the_package_that_helps_is_named() {
        let (stack, faces) = planted();
        let mut answer = answer(&stack, &faces);
        for face in &mut answer.faces {
            face.file = Path::new(&face.file).file_name().unwrap().to_string_lossy().into_owned();
        }
        insta::assert_snapshot!(answer.words());
    }

    #[test]
    fn a_stack_that_falls_short_is_refused_and_a_manifest_that_is_none_is_a_mistake_of_the_call() {
        assert_eq!(count(true, Path::new(COUNTY), None), End::Refused);
        assert_eq!(count(true, Path::new("no such manifest"), None), End::Usage);
    }
}
