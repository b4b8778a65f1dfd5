// Words of the results that come back from the handling departments, and of a case that waits for one.
import type { AnswerState, ResultBecame } from '../contract'

export const results = {
  open: '办理结果',
  title: '承办部门的办理结果',
  waiting: (count: number) => (count === 0 ? '没有事项在等结果' : `${count} 件在等结果`),
  empty: '还没有收到结果。',
  became: { fits: '已收下', known: '重复', refused: '没有收' } satisfies Record<ResultBecame, string>,
  reference: '文号',
  takeUp: '接着办',
  notTold: '还没有回告平台',
  noSuchCase: '没有这件事',
} as const

export const awaiting = {
  title: { not_yet: '等承办部门的办理结果', approved: '承办部门同意了', rejected: '承办部门没有同意' } satisfies Record<AnswerState, string>,
  receipt: '收文清单',
  reference: '文号',
  aside: '先放下，回大厅',
} as const
