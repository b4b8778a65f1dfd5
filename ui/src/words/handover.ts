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
