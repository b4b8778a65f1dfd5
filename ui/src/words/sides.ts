// Words of the side doors of a case and of the two end screens.

export const sides = {
  park: '暂存',
  withdraw: '申请人撤回',
  withdrawAsk: '申请人不办了吗？',
  withdrawText: '撤回后这件事就结束了。请写下申请人说的原因。',
  withdrawReason: '撤回原因',
  withdrawYes: '撤回',
  refuse: '不予收件',
  reject: '不予办理',
  refuseAsk: '不予收件？',
  rejectAsk: '承办部门不予办理，就此了结？',
  refuseText: '请当面把理由告诉申请人，并把打印的告知书交给他。这件事就此结束，不能再改。',
  refuseReasons: '不予收件的原因',
  needRefusal: '请至少勾一个原因',
  refuseYes: '不予收件',
  back: '先不，回去接着办',
  unreturned: '还在柜台上的原件',
  returned: (name: string) => `${name}已还`,
  needReason: '请写原因',
  notice: '一次性告知',
  reprint: '补打收文清单',
  reprintAsk: '补打收文清单？',
  reprintText: '补打会记在台账里，清单上印“补打”和第几次。',
  reprintReason: '为什么补打',
  reprintHint: '例如：申请人丢了；卡纸，没有印清楚',
  reprintYes: '补打',
  given: '给过的单子',
  printAgain: '再打一次',
} as const

export const lobby = {
  noStart: '您可以查看，不能开办新件。',
  title: '办什么？',
  kinds: {
    first: { name: '首次办理', hint: '没有办过老年优待证' },
    reissue_lost: { name: '遗失补发', hint: '丢了，带登过遗失声明的报纸' },
    reissue_damaged: { name: '破损补发', hint: '坏了，带旧证来换' },
  },
  waiting: '没办完的',
  resume: '接着办',
  takeOver: '刷身份证接着办',
  taking: '请把身份证平放在读卡器上，接着办他没办完的事',
  empty: '现在没有没办完的',
  emptyHint: '选左边一项开始。请老人把身份证拿在手里，轮到读卡时平放在读卡器上。',
  emptyDrawing: '把身份证平放在读卡器上的图',
  delivered: '今天已发证',
  address: '本窗口地址：',
  cards: (count: number) => `${count} 张`,
} as const

export const door = {
  open: '不予收件，开告知书',
  ended: '不再办理',
  endedYes: '开一张告知书',
  ask: '不予收件？',
  text: '不立案。打印一张告知书，当面交给来人。',
  reason: '原因',
  pick: '请选原因',
  needReason: '请选原因',
  born: '出生日期',
  bornHint: '看身份证，例如 1960-03-08；告知书会写明哪一天起可以申请',
  yes: '打印告知书',
  last: '刚才的告知书',
} as const

export const closed = { back: '回到大厅' } as const
