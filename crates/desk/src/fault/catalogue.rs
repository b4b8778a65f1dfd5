//! Every fault there is, in the words a person reads. A code exists only if it is worded here.

use crate::contract::FaultKind::{self, Attend, Broken, Correct, Later, Refused};

/// Whom the person should call, if the advice does not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// The consultation phone of the window's district (S-05).
    Department,
    /// The station's technician, from `station.toml`.
    Technician,
    /// Nobody: it heals, or the person at the counter can do it alone.
    Nobody,
}

/// One entry of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Step or part of the station, a dot, then what.
    pub code: &'static str,
    pub kind: FaultKind,
    /// What happened.
    pub what: &'static str,
    /// What to do now.
    pub do_now: &'static str,
    pub call: Call,
}

const fn entry(code: &'static str, kind: FaultKind, what: &'static str, do_now: &'static str, call: Call) -> Entry {
    Entry { code, kind, what, do_now, call }
}

/// The catalogue, in the order of the procedure, then the parts of the station.
#[rustfmt::skip]
pub const CATALOGUE: &[Entry] = &[
    entry("identify.no_card", Attend, "没有读到身份证。", "请把身份证平放在读卡器上，再点“读身份证”。如果证已经放着，请拿起来重新放一次。", Call::Nobody),
    entry("identify.card_moved", Attend, "读卡时身份证移动了。", "请把身份证放稳，不要动，再点“读身份证”。", Call::Nobody),
    entry("identify.bad_reading", Attend, "身份证的内容没有读完整。", "请把身份证拿起来重新放好，再点“读身份证”。连续三次不行，就请技术人员来看读卡器。", Call::Technician),
    entry("identify.not_second_generation", Refused, "这张卡不是第二代居民身份证。", "请换第二代居民身份证再来办理。", Call::Department),
    entry("identify.reader_away", Attend, "读卡器没有连上。", "请检查读卡器的线是否插好，插好后再点“读身份证”，不用重新开机。", Call::Technician),
    entry("identify.reader_busy", Attend, "读卡器正被别的程序占用。", "请关掉其他读卡程序，再点“读身份证”。", Call::Technician),
    entry("identify.reader_broken", Attend, "读卡器自检没有通过。", "请拔下读卡器等十秒再插上。还不行就换一台读卡器。", Call::Technician),
    entry("identify.not_authenticated", Attend, "身份证和读卡器没有互相认出来。", "请把身份证拿起来重新放上。还不行，请核对证件真伪。", Call::Technician),
    entry("identify.glyph_missing", Attend, "身份证上有字本机打不出来。", "读到的内容已经存好，可以接着办；制证前请技术人员加装字库，不要用别的字代替。", Call::Technician),
    entry("identify.refused", Refused, "按规定，这张证件不能办理。", "请把下面的原因讲给申请人听。", Call::Department),
    entry("identify.correct", Correct, "读到的内容有一处要先改正。", "请看下面的提示。", Call::Nobody),
    entry("applicant.correct", Correct, "有几项还没有填对。", "请按下面的提示改正，填好的内容都还在。", Call::Nobody),
    entry("applicant.refused", Refused, "按规定，不能这样办理。", "请把下面的原因讲给申请人听。", Call::Department),
    entry("eligibility.refused", Refused, "按规定，现在还不能办理。", "请把下面的原因讲给申请人听。", Call::Department),
    entry("materials.no_page", Attend, "没有找到新扫描的页面。", "请把材料放到高拍仪下扫描，再点“扫描”。", Call::Technician),
    entry("materials.unusable", Attend, "扫描的页面打不开。", "请重新扫描一次，再点“扫描”。", Call::Technician),
    entry("materials.of_another", Attend, "这一页是这批里另一位老人的，没有收下。", "请把这位老人自己的材料放到高拍仪下扫描，再点“扫描”。", Call::Nobody),
    entry("materials.correct", Correct, "这份材料还没有核对完。", "请按下面的提示补上。", Call::Nobody),
    entry("materials.refused", Refused, "这份材料不符合要求。", "请把下面的原因讲给申请人听。", Call::Department),
    entry("photo.no_picture", Attend, "没有找到新照片。", "请拍照，或把照片扫描进来，再点“取照片”。", Call::Technician),
    entry("photo.unusable", Attend, "这个文件不是能用的照片。", "请重新拍照或扫描，用 JPEG 或 PNG 格式。", Call::Nobody),
    entry("photo.of_another", Attend, "这张照片是这批里另一位老人的，没有收下。", "请给这位老人拍照，再点“取照片”。", Call::Nobody),
    entry("photo.correct", Correct, "照片还没有确认。", "请看着照片和本人，把三项都回答了。", Call::Nobody),
    entry("photo.refused", Refused, "这张照片不符合要求。", "请看下面的原因，换一张照片。", Call::Department),
    entry("acceptance.gaps", Refused, "还缺下面几样，现在不能受理。", "请一次补齐，补齐后再点“受理”。", Call::Department),
    entry("acceptance.receipt_not_printed", Attend, "已经受理，但收文清单没有打印出来。", "受理已经存好。请处理纸张打印机。", Call::Technician),
    entry("numbering.none_left", Attend, "本窗口的证号用完了。", "请向上级单位领新的号段。这件事会一直留着，领到后接着办。", Call::Department),
    entry("numbering.taken", Broken, "这个证号已经用过了。", "请再点一次“取号”，会取下一个号。", Call::Technician),
    entry("numbering.cannot_be_set", Refused, "这张证打不出来，所以还没有取号。", "请不要用别的字代替。请技术人员按下面的原因处理，然后接着取号。", Call::Technician),
    entry("numbering.printer", Attend, "证件打印机现在不能打印，还没有取号。", "请按下面的提示处理打印机，好了再点“取号”。", Call::Technician),
    entry("numbering.no_blank", Attend, "空白证用完了，现在不能取号制证。", "请先领空白证，在“空白证与证号”里登记，再接着办。这件事会一直留着。", Call::Department),
    entry("numbering.blank_unknown", Correct, "这张空白证没有登记过。", "请核对证上的号；是新领的，就先在“空白证与证号”里登记。", Call::Nobody),
    entry("numbering.blank_used", Correct, "这张空白证的号已经用掉了。", "请收起这一张，换一张空白证再扫。", Call::Nobody),
    entry("numbering.blank_spoiled", Correct, "这张空白证已经作废。", "请把它和其他废证放在一起，换一张空白证再扫。", Call::Nobody),
    entry("numbering.blank_lost", Correct, "这张空白证报过遗失。", "请先收好，报告上级；换一张空白证再扫。", Call::Department),
    entry("numbering.refused", Refused, "本窗口不能取号制证。", "请把材料交给发证岗位。", Call::Department),
    entry("printing.glyph_missing", Refused, "有一个字本机打不出来，所以没有打印。", "请不要用别的字代替。请技术人员加装字库后接着办。", Call::Technician),
    entry("printing.photo_missing", Broken, "照片文件找不到了，所以没有打印。", "请回到“照片”一步重新取照片。", Call::Technician),
    entry("printing.printer", Attend, "证件打印机现在不能打印，卡片没有打印。", "请按下面的提示处理打印机，再点“打印”。", Call::Technician),
    entry("printing.may_still_print", Attend, "打印机没有停下来，刚才那张卡以后还可能打出来。", "请关掉打印机电源，看清出卡口，再回答有没有卡。回答之前不要再打。", Call::Technician),
    entry("printing.no_blank", Attend, "账上没有空白证了，没有打印。", "请先领空白证，在“空白证与证号”里登记，再点“打印”。", Call::Department),
    entry("printing.unsettled", Attend, "上一张卡还没有说清楚是好是坏。", "请看看出卡口，先回答“卡片打印好了吗”。", Call::Nobody),
    entry("printing.correct", Correct, "还差一个回答。", "请按下面的提示补上。", Call::Nobody),
    entry("printing.refused", Refused, "现在不能打印。", "请看下面的原因。", Call::Department),
    entry("printing.template", Broken, "卡片的版式文件有问题，没有打印。", "请技术人员改正版式文件。", Call::Technician),
    entry("delivery.correct", Correct, "交付前还有要改的。", "请按下面的提示改正。", Call::Nobody),
    entry("delivery.other_card", Refused, "这张身份证不是申请人的，也不是代理人的。", "请出示申请人或代理人的身份证，或者收文清单。", Call::Nobody),
    entry("delivery.refused", Refused, "现在不能交付。", "请看下面的原因。", Call::Department),
    entry("rating.correct", Correct, "评价没有记下。", "请按下面的提示再选一次，也可以不评价。", Call::Nobody),
    entry("rating.refused", Refused, "现在不能评价。", "请看下面的原因。评价不影响领证。", Call::Nobody),
    entry("archive.correct", Correct, "还差一个回答。", "请按下面的提示补上。", Call::Nobody),
    entry("archive.not_signed", Correct, "接收人没有签上字，什么都没有移交。", "请接收人核对自己的姓名和密码，再签一次。", Call::Nobody),
    entry("archive.list_not_printed", Attend, "移交清单没有打印出来。", "清单已经存好，双方也签过了。请处理纸张打印机，再点“再打清单”。", Call::Technician),
    entry("archive.refused", Refused, "现在不能归档。", "请看下面的原因，做完再归档。", Call::Department),
    entry("stock.correct", Correct, "登记还没有填对。", "请按下面的提示改正。", Call::Nobody),
    entry("stock.known", Correct, "这一批里有已经登记过的号。", "请对照包装上的起号和止号再看一遍。", Call::Nobody),
    entry("stock.short", Correct, "账上没有这么多空白证。", "请重新数一遍，再填张数。", Call::Nobody),
    entry("stock.bound", Correct, "这张空白证的号正在办一件事。", "请到那件事里把号作废，空白证就一起作废。", Call::Nobody),
    entry("stock.block_known", Correct, "这一段号和已有的号段重了。", "请对照批文再看一遍起号和止号。", Call::Nobody),
    entry("stock.unbalanced", Correct, "今天的账不平。", "请先再数一遍；数目没错，就写明原因再日结。", Call::Nobody),
    entry("stock.closed_meanwhile", Refused, "这一天刚刚已经日结了。", "请看看那张日结单；要更正，就写明原因再结一次。", Call::Nobody),
    entry("stock.sheet_not_printed", Attend, "日结单没有打印出来。", "日结已经存好。请处理纸张打印机，再点“打印日结单”。", Call::Technician),
    entry("calibration.correct", Correct, "读数还没有填对。", "请按下面的提示改好，再算一次。", Call::Nobody),
    entry("calibration.unmeasured", Attend, "这次没有量成，打印机还照原来的打。", "请按下面的提示再量一次。", Call::Technician),
    entry("calibration.no_scan", Attend, "没有找到校准页的扫描件。", "请把校准页靠齐扫描仪左上角扫描进来，再点“读扫描件”。", Call::Technician),
    entry("calibration.sheet_not_printed", Attend, "校准页没有送到打印机。", "请按下面的提示处理打印机，再点“打校准页”。", Call::Technician),
    entry("calibration.not_kept", Attend, "校准没有存下来，打印机还照原来的打。", "请检查磁盘空间，再点“照这个校准”。", Call::Technician),
    entry("platform.away", Later, "平台暂时连不上。", "您可以接着办事，连上后会自动发送。", Call::Nobody),
    entry("platform.rejected", Later, "平台退回了一条消息。", "请在发件箱里看退回的原因。别的事照常办。", Call::Department),
    entry("platform.backlog", Attend, "待发的消息太多了，暂时不能开办新的。", "已经开办的事可以接着办完。请恢复网络，或在发件箱导出到 U 盘送县里。", Call::Technician),
    entry("platform.unknown_message", Correct, "没有找到这条消息。", "请回到发件箱再选一次。", Call::Nobody),
    entry("platform.nothing_to_export", Correct, "没有要导出的消息。", "待发的都送到了，不用送 U 盘。", Call::Nobody),
    entry("platform.no_stick", Attend, "本站还没有设置送县里的 U 盘。", "请技术人员在站点设置文件里写上 [stick]。消息都留着，网络好了照样会发。", Call::Technician),
    entry("platform.stick_away", Attend, "没有看到 U 盘，没有导出也没有导入。", "请插好 U 盘再做一次。消息都留着。", Call::Nobody),
    entry("platform.stick_full", Attend, "U 盘满了，没有导出。", "请清出 U 盘，或换一个，再点“导出到 U 盘”。消息都留着。", Call::Nobody),
    entry("platform.stick_read_only", Attend, "U 盘不让写，没有导出。", "请看 U 盘侧面的写保护开关，或换一个。消息都留着。", Call::Technician),
    entry("platform.stick_broken", Attend, "U 盘读写出错。", "请换一个 U 盘再做一次。消息都留着。", Call::Technician),
    entry("platform.answers_refused", Attend, "这份回执不能导入，什么都没有改动。", "请核对文件；要新的回执，请县里再做一份。", Call::Technician),
    entry("ledger.low_disk", Attend, "磁盘快满了，暂时不能开办新的。", "已经开办的事可以接着办完。请清出磁盘空间，再开办新的。", Call::Technician),
    entry("ledger.search", Correct, "要找的内容有一处写得不对。", "请按下面的提示改正。", Call::Nobody),
    entry("ledger.days", Correct, "要看的日子有一处写得不对。", "请按下面的提示改正。", Call::Nobody),
    entry("ledger.export", Attend, "导出的文件没有写成。", "请看看导出的文件夹或 U 盘还在不在、有没有空间，再点“导出”。", Call::Technician),
    entry("ledger.full", Attend, "磁盘满了，刚才这一步没有存下。", "请先清出磁盘空间，再做一次这一步。以前存的都还在。", Call::Technician),
    entry("ledger.newer", Broken, "这份台账是更新版本的程序写的，本程序不敢打开。", "请安装新版本的程序。台账没有被改动。", Call::Technician),
    entry("ledger.in_use", Attend, "程序已经在运行了。", "请切换到已经打开的窗口。", Call::Technician),
    entry("ledger.wrong_key", Broken, "台账的钥匙不对，打不开。", "请不要删除任何文件，请技术人员处理。", Call::Technician),
    entry("ledger.damaged", Broken, "台账有一处读不通。", "请不要删除任何文件，请技术人员处理。", Call::Technician),
    entry("ledger.stale", Broken, "这件事刚刚被更新过。", "已经换成最新的内容，请再做一次。", Call::Nobody),
    entry("ledger.erased", Refused, "这件事的个人信息已经按保存期限删除，看不到了。", "需要材料，请查导出的档案包。", Call::Department),
    entry("ledger.failed", Broken, "刚才这一步没有存下。", "请再做一次。还不行就重新打开程序，已存的都还在。", Call::Technician),
    entry("station.file", Broken, "站点设置文件有问题，程序没有启动。", "请技术人员按下面的提示改正设置文件。", Call::Technician),
    entry("station.pack", Broken, "政策包文件有问题，程序没有启动。", "请技术人员按下面的提示改正政策包。", Call::Technician),
    entry("station.fonts", Broken, "字库文件找不到，或者和清单对不上，程序没有启动。", "请技术人员按下面的提示装好字库再启动。", Call::Technician),
    entry("station.template", Broken, "卡片版式文件有问题，程序没有启动。", "请技术人员按下面的提示改正版式文件。", Call::Technician),
    entry("desk.not_now", Refused, "这一步现在不能做。", "请先做完当前这一步。", Call::Nobody),
    entry("desk.correct", Correct, "有一项还没有填对。", "请按下面的提示改正，填好的内容都还在。", Call::Nobody),
    entry("desk.slip_not_printed", Attend, "告知单没有打印出来。", "告知的内容已经存好。请处理纸张打印机，再点“再打一次”。", Call::Technician),
    entry("desk.no_case", Correct, "没有打开的事项。", "请先在大厅里打开一件事。", Call::Nobody),
    entry("desk.nothing_unfinished", Attend, "没有找到这个人没办完的事。", "可以开始办新的；或者请他看看是不是在别的窗口办的。", Call::Nobody),
    entry("desk.unknown_case", Correct, "没有找到这件事。", "请回到大厅再选一次。", Call::Nobody),
    entry("desk.wrong_password", Correct, "没有登录成功。", "请核对姓名和密码，注意大小写。忘了密码，请管理员重设。", Call::Technician),
    entry("desk.locked_out", Refused, "密码错的次数太多，这个名字暂时不能登录。", "请到时间再试。等不及，就请管理员重设密码。", Call::Technician),
    entry("desk.not_signed_in", Refused, "还没有登录。", "请先登录，再做这一步。", Call::Nobody),
    entry("desk.not_permitted", Refused, "您的岗位不能做这一步。", "请由有这个岗位的人登录后再做。", Call::Nobody),
    entry("desk.stopped", Broken, "程序正在关闭。", "请重新打开程序，已存的都还在。", Call::Technician),
];

/// Every code, in the catalogue's order.
pub const CODES: &[&str] = &{
    let mut codes = [""; CATALOGUE.len()];
    let mut place = 0;
    while place < CATALOGUE.len() {
        codes[place] = CATALOGUE[place].code;
        place += 1;
    }
    codes
};
