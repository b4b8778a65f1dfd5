// Words of the side doors of a case and of the two end screens.

export const sides = {
  park: '暂存',
  withdraw: '申请人撤回',
  withdrawAsk: '申请人不办了吗？',
  withdrawText: '撤回后这件事就结束了。请写下申请人说的原因。',
  withdrawReason: '撤回原因',
  withdrawYes: '撤回',
  refuse: '不予收件',
  refuseAsk: '不予收件？',
  refuseText: '请当面把理由告诉申请人。这件事就此结束，不能再改。',
  refuseYes: '不予收件',
  back: '先不，回去接着办',
  needReason: '请写原因',
} as const

export const lobby = {
  title: '办什么？',
  kinds: {
    first: { name: '首次办理', hint: '没有办过老年优待证' },
    reissue_lost: { name: '遗失补发', hint: '丢了，带登过遗失声明的报纸' },
    reissue_damaged: { name: '破损补发', hint: '坏了，带旧证来换' },
  },
  waiting: '没办完的',
  resume: '接着办',
  empty: '现在没有没办完的',
  emptyHint: '选左边一项开始。请老人把身份证拿在手里，轮到读卡时平放在读卡器上。',
  emptyDrawing: '把身份证平放在读卡器上的图',
  delivered: '今天已发证',
  cards: (count: number) => `${count} 张`,
} as const

export const closed = { back: '回到大厅' } as const
