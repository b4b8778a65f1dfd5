// Words of the page on which papers change hands.
import type { HandOverTo } from '../contract'

export const handover = {
  open: '移交材料',
  title: '移交材料',
  hint: '材料只在本窗口当面移交，双方都签才算数。',
  kinds: '移交给谁',
  to: { issuer: '交给发证人员', archivist: '交给归档人员' } satisfies Record<HandOverTo, string>,
  none: '没有等着移交的材料。',
  all: '全部选上',
  package: '档案号',
  papers: '随附',
  oldCard: '留存旧证',
  oldCards: (count: number) => `清点旧证：清单上应有 ${count} 张`,
  oldCardsHint: '数一数手里的旧证，把张数写在这里',
  taker: '接收人姓名',
  password: '接收人的密码',
  passwordHint: '请接收人自己输入，等于签字',
  sign: (count: number) => (count > 0 ? `双方签字，移交 ${count} 件` : '双方签字，移交'),
  needCases: '请先选要移交的事项',
  needTaker: '请接收人写姓名、输密码',
  last: '刚签的清单',
  printAgain: '再打清单',
} as const

/** Archive packages that leave the station. */
export const packages = {
  name: '档案包',
  comparison: '档案包对照码',
  comparisonHint: '核验档案包时会显示同一个码，不同就是另一个包。',
  unreadable: '读不出来',
  exportOne: '导出归档包',
  exportAgain: '再导出归档包',
  exportAll: '导出归档包',
  waits: '还没有导出过。导出以前，这件事的个人信息一直留着。',
  hasLeft: '已经导出过。',
  waiting: (count: number) => (count > 0 ? `有 ${count} 件已归档、档案包还没有导出` : '没有待导出的档案包'),
  left: (count: number, folder: string) => `导出了 ${count} 个，放在 ${folder}。里面是完整的个人信息，请按档案规定保管。`,
} as const
