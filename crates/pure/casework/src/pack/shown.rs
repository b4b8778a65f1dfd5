//! A rule's value as text: in the words of the pack file, and as an office person reads it.

use super::{
    CodeSuite, HukouScope, LossEvidence, Masking, NonLocal, NumberPattern, NumberingMode, PageSpec, PhotoOnCard,
    PhotoSpec, When, Words,
};
use crate::nouns::{DeliveryProof, DocumentKind, LeapBirthday, RatingPoint};

/// Both texts of a value.
pub(super) trait Shown {
    /// As the pack file writes it.
    fn shown(&self) -> String;

    /// As it is read; where nothing else is said, the same.
    fn words(&self) -> String {
        self.shown()
    }
}

macro_rules! shown_as_text {
    ($($plain:ty),*) => { $(impl Shown for $plain { fn shown(&self) -> String { self.to_string() } })* };
}
shown_as_text!(u8, u16, Words);

impl Shown for When {
    fn shown(&self) -> String {
        self.to_string()
    }

    fn words(&self) -> String {
        self.plainly()
    }
}

impl Shown for bool {
    fn shown(&self) -> String {
        if *self { "是" } else { "否" }.to_owned()
    }
}

impl Shown for NumberPattern {
    fn shown(&self) -> String {
        self.as_str().to_owned()
    }
}

impl Shown for PhotoSpec {
    fn shown(&self) -> String {
        format!("{} × {} mm ± {} mm", self.width_mm, self.height_mm, self.tolerance_mm)
    }

    fn words(&self) -> String {
        format!("{} × {} 毫米，允差 {} 毫米", self.width_mm, self.height_mm, self.tolerance_mm)
    }
}

impl Shown for PageSpec {
    fn shown(&self) -> String {
        let Self { least_dpi, least_px, dark_below, faint_below, empty_below, blurred_above, cut_above } = self;
        format!(
            "{least_dpi} dpi, {least_px} px, {dark_below}, {faint_below}, {empty_below}, {blurred_above} %, {cut_above} %"
        )
    }

    fn words(&self) -> String {
        format!(
            "分辨率不低于 {} dpi（未写明时长边不少于 {} 像素），亮度不低于 {}，字迹反差不低于 {}（低于 {} 算空白），\
             模糊不超过 {} %，出框不超过 {} %",
            self.least_dpi,
            self.least_px,
            self.dark_below,
            self.faint_below,
            self.empty_below,
            self.blurred_above,
            self.cut_above
        )
    }
}

impl Shown for Masking {
    fn shown(&self) -> String {
        format!("{} + {}", self.first, self.last)
    }

    fn words(&self) -> String {
        format!("留前 {} 位、后 {} 位", self.first, self.last)
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn shown(&self) -> String {
        self.iter().map(Shown::shown).collect::<Vec<_>>().join(", ")
    }

    fn words(&self) -> String {
        self.iter().map(Shown::words).collect::<Vec<_>>().join("、")
    }
}

/// Writes both texts of closed lists: the one of the pack file, and the one that is read.
macro_rules! shown_by_name {
    ($($list:ident { $($variant:ident = $text:literal, $words:literal;)* })*) => {
        $(impl Shown for $list {
            fn shown(&self) -> String {
                match self { $(Self::$variant => $text,)* }.to_owned()
            }

            fn words(&self) -> String {
                match self { $(Self::$variant => $words,)* }.to_owned()
            }
        })*
    };
}
shown_by_name! {
    LeapBirthday {
        LastOfFebruary = "last_of_february", "平年在2月28日";
        FirstOfMarch = "first_of_march", "平年在3月1日";
    }
    DocumentKind {
        Resident = "resident", "第二代居民身份证";
        Hmt = "hmt", "港澳台居民居住证";
        Foreigner2017 = "foreigner2017", "外国人永久居留身份证（2017版）";
        Foreigner2023 = "foreigner2023", "外国人永久居留身份证（2023版）";
    }
    NonLocal {
        ResidencePermit = "residence_permit", "凭居住证受理";
        Refuse = "refuse", "不受理";
    }
    HukouScope {
        Village = "village", "村（社区）";
        Township = "township", "乡（镇、街道）";
        County = "county", "县（市、区）";
        City = "city", "市";
    }
    PhotoOnCard {
        Printed = "printed", "印在证上";
        Glue = "glue", "贴在证上";
    }
    CodeSuite {
        Sm2Sm3 = "sm2_sm3", "国密 SM2";
        Ed25519 = "ed25519", "Ed25519";
    }
    LossEvidence {
        Newspaper = "newspaper", "登报的遗失声明";
        SelfDeclaration = "self_declaration", "本人签字的声明";
    }
    NumberingMode {
        PreprintedStock = "preprinted_stock", "按空白证上的号";
        BlockAllocated = "block_allocated", "按窗口号段";
        ReturnedBySystem = "returned_by_system", "由系统给号";
    }
    DeliveryProof {
        IdCard = "id_card", "身份证";
        ReceiptList = "receipt_list", "收文清单";
    }
    RatingPoint {
        Acceptance = "acceptance", "受理后";
        Delivery = "delivery", "交付后";
    }
}
