// Invented stock and days, for tests and photographs.
import type { DayView, StockView } from '../src/contract'

const may = (...asks: string[]) => asks.map((ask) => ({ ask, allowed: true, why_not: null }))

export const stockView: StockView = {
  gives: 'block',
  mode: '按本窗口的号段',
  blanks: { received: 100, on_hand: 46, bespoken: 2, used: 49, spoiled: 4, lost: 2, unbooked: 1 },
  next: null,
  blocks: [
    { first: 1, last: 1000, left: 943, in_work: 2, made: 1, delivered: 48, spoiled: 6 },
    { first: 3001, last: 3500, left: 500, in_work: 0, made: 0, delivered: 0, spoiled: 0 },
  ],
  received: [
    { at: '2021-11-08 08:40', by: '周敏', what: '50 张', why: '区民政局，发放单第 12 号' },
    { at: '2021-10-11 09:02', by: '周敏', what: '50 张', why: '区民政局，发放单第 9 号' },
  ],
  used: [{ at: '2021-11-08 09:31', by: '周敏', what: '印证号 YYHS0101000042', why: '事项 HS0101-20211108-0003' }],
  spoiled: [{ at: '2021-11-08 09:12', by: '周敏', what: '印证号 YYHS0101000041', why: '印歪了；事项 HS0101-20211108-0002' }],
  lost: [],
  acts: may('receive_blanks', 'spoil_blanks', 'report_blanks_lost', 'grant_block'),
}

export const stockViewEmpty: StockView = {
  ...stockView,
  gives: 'blank',
  mode: '按空白证上的号',
  blanks: null,
  blocks: [],
  received: [],
  used: [],
  spoiled: [],
  acts: [
    { ask: 'receive_blanks', allowed: true, why_not: null },
    { ask: 'spoil_blanks', allowed: false, why_not: '账上没有空白证。' },
    { ask: 'report_blanks_lost', allowed: false, why_not: '账上没有空白证。' },
  ],
}

const part = (sign: string, name: string, n: number) => ({ sign, name, n })

export const dayView: DayView = {
  day: '2021-11-08',
  name: '2021年11月8日',
  since: '2021年11月6日',
  groups: [
    { name: '事项', sum: [part('', '上期', 2), part('+', '新开', 14), part('−', '不予收件', 1), part('−', '撤回', 1), part('−', '归档办结', 11), part('=', '结转', 3)], balances: true, told: [{ name: '受理', n: 12 }, { name: '发证', n: 11 }] },
    { name: '证号', sum: [part('', '上期在办', 1), part('+', '取号', 13), part('−', '发出', 11), part('−', '作废', 1), part('=', '在办', 2)], balances: true, told: [{ name: '旧号作废', n: 2 }] },
    { name: '已制未发的证', sum: [part('', '上期', 0), part('+', '制成', 12), part('−', '发出', 11), part('−', '制成后作废', 0), part('=', '待发', 1)], balances: true, told: [] },
    { name: '空白证', sum: [part('', '上期', 60), part('+', '领入', 0), part('−', '使用', 12), part('−', '作废', 1), part('−', '遗失', 1), part('=', '结存', 46)], balances: true, told: [] },
    { name: '收回的旧证', sum: [part('', '上期', 0), part('+', '收回', 2), part('−', '退还', 0), part('−', '移交', 1), part('=', '留存', 1)], balances: true, told: [{ name: '收文清单', n: 12 }, { name: '补打清单', n: 1 }] },
  ],
  counts_blanks: true,
  open_points: ['打印：有 1 次还没有说清楚卡片是好是坏，用没用空白证不知道。'],
  closes: [],
  days: [
    { day: '2021-11-08', name: '2021年11月8日', state: '未结', closed: false },
    { day: '2021-11-07', name: '2021年11月7日', state: '未结', closed: false },
    { day: '2021-11-06', name: '2021年11月6日', state: '未结', closed: false },
    { day: '2021-11-05', name: '2021年11月5日', state: '平', closed: true },
  ],
  acts: may('show_day', 'close_day', 'print_day'),
}

export const dayClosed: DayView = {
  ...dayView,
  since: null,
  open_points: [],
  closes: [
    { row: 1, at: '2021-11-08 17:02', by: '周敏', result: ['空白证：账上 46 张，实数 45 张，少 1 张。'], balanced: false, reason: '少一张，已报乡镇', sheet: true },
    { row: 2, at: '2021-11-08 17:20', by: '周敏', result: ['平'], balanced: true, reason: '柜子底下找到了', sheet: true },
  ],
}
