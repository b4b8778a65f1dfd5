//! Figures of a day in words: on the page and on the sheet they read alike.

use casework::day::{DayClose, Difference, Figures};

/// Figures that belong together: what was there and came is added, what went is taken off.
pub struct Group {
    pub name: &'static str,
    /// As they are listed.
    pub figures: Vec<(&'static str, i32)>,
    plus: Vec<(&'static str, i32)>,
    minus: Vec<(&'static str, i32)>,
    left: (&'static str, i32),
}

impl Group {
    /// Sign, name and figure of each part of the sum, in order.
    pub fn parts(&self) -> Vec<(&'static str, &'static str, i32)> {
        let plus = self.plus.iter().enumerate().map(|(at, (name, n))| (if at == 0 { "" } else { "+" }, *name, *n));
        let minus = self.minus.iter().map(|(name, n)| ("−", *name, *n));
        plus.chain(minus).chain([("=", self.left.0, self.left.1)]).collect()
    }

    /// `上期 2 + 新开 5 − 办结 3 = 结转 4，平`.
    pub fn sum(&self) -> String {
        let verdict = if self.balances() { "平" } else { "不平" };
        let parts = self.parts().into_iter().map(|(sign, name, n)| match sign {
            "" => format!("{name} {n}"),
            sign => format!(" {sign} {name} {n}"),
        });
        format!("{}，{verdict}", parts.collect::<String>())
    }

    /// What is only told, and enters no sum.
    pub fn told(&self) -> Option<String> {
        let told: Vec<String> = self.figures.iter().map(|(name, n)| format!("{name} {n}")).collect();
        (!told.is_empty()).then(|| told.join("，"))
    }

    pub fn balances(&self) -> bool {
        let total = |parts: &[(&str, i32)]| parts.iter().map(|(_, n)| n).sum::<i32>();
        total(&self.plus) - total(&self.minus) == self.left.1
    }
}

/// The groups of a day, in the order in which they are read.
pub fn groups(figures: &Figures) -> Vec<Group> {
    let (cases, numbers, papers) = (&figures.cases, &figures.numbers, &figures.papers);
    let mut groups = vec![
        Group {
            name: "事项",
            figures: vec![("受理", cases.accepted), ("发证", cases.delivered)],
            plus: vec![("上期", cases.before), ("新开", cases.opened)],
            minus: vec![("不予收件", cases.refused), ("撤回", cases.withdrawn), ("归档办结", cases.sealed)],
            left: ("结转", cases.left),
        },
        Group {
            name: "证号",
            figures: vec![("旧号作废", numbers.voided)],
            plus: vec![("上期在办", numbers.before), ("取号", numbers.reserved)],
            minus: vec![("发出", numbers.delivered), ("作废", numbers.spoiled)],
            left: ("在办", numbers.left),
        },
        Group {
            name: "已制未发的证",
            figures: Vec::new(),
            plus: vec![("上期", numbers.made_before), ("制成", numbers.confirmed)],
            minus: vec![("发出", numbers.delivered), ("制成后作废", numbers.unmade)],
            left: ("待发", numbers.made_left),
        },
    ];
    if let Some(blanks) = &figures.blanks {
        let mut plus = vec![("上期", blanks.before), ("领入", blanks.received)];
        plus.extend((blanks.unbooked != 0).then_some(("账外", blanks.unbooked)));
        groups.push(Group {
            name: "空白证",
            figures: Vec::new(),
            plus,
            minus: vec![("使用", blanks.used), ("作废", blanks.spoiled), ("遗失", blanks.lost)],
            left: ("结存", blanks.left),
        });
    }
    groups.push(Group {
        name: "收回的旧证",
        figures: vec![("收文清单", papers.receipts), ("补打清单", papers.reprints)],
        plus: vec![("上期", papers.old_before), ("收回", papers.old_in)],
        minus: vec![("退还", papers.old_back), ("移交", papers.old_out)],
        left: ("留存", papers.old_left),
    });
    groups
}

/// One difference, by its name.
pub fn difference(difference: &Difference) -> String {
    let book =
        |what: &str, book: i32, found: i32| format!("{what}：流水算出 {book}，台账现有 {found}，差 {}。", found - book);
    let counted = |what: &str, book: i32, found: i32| match found - book {
        more @ 1.. => format!("{what}：账上 {book} 张，实数 {found} 张，多 {more} 张。"),
        less => format!("{what}：账上 {book} 张，实数 {found} 张，少 {} 张。", -less),
    };
    match *difference {
        Difference::Cases { book: told, found } => book("事项", told, found),
        Difference::Numbers { book: told, found } => book("证号", told, found),
        Difference::MadeCards { book: told, found } => book("已制未发的证", told, found),
        Difference::BlankBook { book: told, found } => book("空白证账", told, found),
        Difference::BlanksCounted { book, found } => counted("空白证", book, found),
        Difference::OldCardsCounted { book, found } => counted("收回的旧证", book, found),
        Difference::BlanksUnbooked { n } => format!("空白证：有 {n} 张用的时候账上没有，请查是哪一批没有登记。"),
        Difference::PrintsUnsettled { n } => format!("打印：有 {n} 次还没有说清楚卡片是好是坏，用没用空白证不知道。"),
    }
}

/// `平`, or each difference.
pub fn result(close: &DayClose) -> Vec<String> {
    match close.differences.is_empty() {
        true => vec!["平".to_owned()],
        false => close.differences.iter().map(difference).collect(),
    }
}
