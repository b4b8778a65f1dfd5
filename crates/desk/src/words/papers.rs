//! What a person calls the fields of cards and papers, and how the glyph gate speaks of them.

/// The name of a field as the papers' layouts call it; an element that a county's template adds goes by its own name.
pub fn field(field: &str) -> &str {
    match field {
        "name" => "姓名",
        "sex" => "性别",
        "ethnicity" => "民族",
        "birth" => "出生日期",
        "id_number" => "身份证号",
        "address" => "住址",
        "card_number" => "证号",
        "issued_on" => "发证日期",
        "issuing_authority" => "发证机关",
        "terms" => "使用须知",
        "consult_phone" => "咨询电话",
        "reprint" => "补打次数",
        "title" => "标题",
        "number" => "编号",
        "window" => "窗口",
        "item" => "事项",
        "applicant" => "申请人",
        "agent" => "代理人",
        "clerk" => "经办人",
        "accepted_at" | "closed_at" | "day" | "due" | "period" => "时间",
        "material" => "材料",
        "remark" => "备注",
        "what" => "原因",
        "remedy" => "补正办法",
        "acknowledgement" => "签收的话",
        "advice" | "lead" => "说明",
        "label" => "栏目名",
        "particular" | "cell" => "表格",
        other => other,
    }
}

/// `姓名：U+323B0、U+E000 没有字形`.
pub fn no_glyph(name: &str, missing: &[char]) -> String {
    let code_points: Vec<String> = missing.iter().map(|one| format!("U+{:04X}", u32::from(*one))).collect();
    format!("{}：{} 没有字形", field(name), code_points.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_names_the_field_in_words_and_every_code_point() {
        assert_eq!(no_glyph("address", &['\u{323B0}', '\u{E000}']), "住址：U+323B0、U+E000 没有字形");
        assert_eq!(no_glyph("motto", &['\u{E000}']), "motto：U+E000 没有字形");
    }
}
