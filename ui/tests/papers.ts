// The papers of the views: rows of step `materials` in every state, with pages of nobody's papers.
import type { DroppedView, MaterialRow, PageView } from '../src/contract'

/** A page on which nothing was found. */
export function pageOf(page: number): PageView {
  return { page, picture: `page-${page}`, findings: [], stands_in_the_way: false, kept: null, history: null }
}

export const blurred: PageView = {
  ...pageOf(1),
  stands_in_the_way: true,
  findings: [{ code: 'PAGE_BLURRED', blocks: true, words: '扫描的页面模糊。请等画面对好焦、纸放稳后重新扫描。', measured: '78 %', threshold: '60 %' }],
}

export const dropped: DroppedView[] = ['IMG_0012.jpg', 'IMG_0011.jpg', 'scan-20211108-090512-long-name.png'].map((file, index) => ({ file, thumbnail: `page-dropped-${index}`, since: `今天 09:0${5 - index}` }))

export const idCard: MaterialRow = {
  material: 'id_card',
  name: '申请人身份证',
  hint: '第二代身份证，在有效期内',
  handling: '扫描后退回申请人',
  original_inspected: true,
  checked: true,
  common_errors: [
    { value: 'NOT_SECOND_GENERATION', name: '不是第二代身份证' },
    { value: 'ID_EXPIRED', name: '身份证不在有效期内' },
  ],
  ticked: [],
  pages: [pageOf(1)],
  needs_scan: true,
  needs_return: true,
  returned: true,
  loss_notice: null,
  old_card: null,
  history: [],
  tolerance: null,
}

export const letter: MaterialRow = {
  material: 'power_of_attorney',
  name: '授权委托书（含代理人身份证明复印件）',
  hint: '原件 1 份；验代理人身份证',
  handling: '扫描后退回申请人',
  original_inspected: false,
  checked: false,
  common_errors: [
    { value: 'POA_NO_PERSONS', name: '没有委托人、被委托人基本信息' },
    { value: 'POA_NO_AUTHORITY', name: '未写代理权限' },
    { value: 'POA_NO_AGENT_ID', name: '缺代理人身份证复印件或不清楚' },
  ],
  ticked: [],
  pages: [pageOf(2)],
  needs_scan: true,
  needs_return: true,
  returned: false,
  loss_notice: null,
  old_card: null,
  history: [],
  tolerance: null,
}

export const permit: MaterialRow = { ...letter, material: 'residence_permit', name: '居住证', hint: '验原件', common_errors: [], pages: [] }

export const newspaper: MaterialRow = {
  ...permit,
  material: 'loss_notice',
  name: '遗失声明',
  hint: '查验登有遗失声明的报纸原件',
  pages: [pageOf(1)],
  loss_notice: { recorded: false, paper: '', published: '', page: '' },
  old_card: { recorded: false, required: false, number: 'HS210042', condition: '遗失', known: 'HS210042' },
}

export const oldCard: MaterialRow = {
  ...permit,
  material: 'old_card',
  name: '《湖南省老年人优待证》（破损旧证）',
  hint: '破损不能继续使用的旧证；扫描后按归档要求留存',
  handling: '留存归档，不退回',
  pages: [pageOf(1)],
  needs_return: false,
  old_card: { recorded: false, required: true, number: '', condition: '', known: null },
}

export const kept: MaterialRow = {
  ...permit,
  material: 'id_card',
  name: '申请人身份证',
  history: [
    { picture: 'page-old-1', source: 'HSLJ01-20210301-0004', taken_on: '2021年3月1日', age_days: 252, age: '8 个月前' },
    { picture: 'page-old-2', source: 'HSLJ01-20190612-0001', taken_on: '2019年6月12日', age_days: 880, age: '2 年 4 个月前' },
  ],
}

export const bankCard: MaterialRow = {
  ...permit,
  material: 'bank_card',
  name: '本人银行卡',
  hint: '拍下卡号一面；可以容缺，十日内补交',
  tolerance: { until: '2021年11月18日', notice: '容缺材料：本人银行卡。补交方式：到窗口补交。最迟2021年11月18日补交。到期没有补交的，这次申请作废，须重新申请。', committed: false },
}

/** All that may be done about papers. */
export const papers = [
  'scan_material',
  'scan_pages',
  'rescan_page',
  'arrange_pages',
  'keep_page',
  'reuse_history',
  'commit_tolerance',
  'record_loss_notice',
  'record_old_card',
  'check_material',
  'return_material',
] as const
