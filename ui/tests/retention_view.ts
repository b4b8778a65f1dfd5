// The page of what may be forgotten, as a supervisor finds it: on an ordinary day, and under a clock that jumped.
import type { RetentionView } from '../src/contract'

const numbers = (from: number, count: number): string[] => Array.from({ length: count }, (_, nth) => `HS0101-20211108-${String(from + nth).padStart(4, '0')}`)

export const retentionView: RetentionView = {
  day: '2021年12月8日',
  clock: null,
  days: 30,
  due: { cases: 14, abandoned: 2, named: numbers(1, 12) },
  due_by_clock: null,
  kept: [
    { why: '档案包还没有导出', do_now: '请归档人员在“移交材料”里导出归档包。', cases: 13, named: numbers(20, 12) },
    { why: '还有消息没有送到平台', do_now: '请到“发件箱”看原因，送到以后再清理。', cases: 2, named: numbers(40, 2) },
    { why: '保存期限还没有到', do_now: '', cases: 5, named: numbers(50, 5) },
  ],
  done: null,
  acts: [{ ask: 'erase_due', allowed: true, why_not: null }],
}

export const retentionJumped: RetentionView = {
  ...retentionView,
  day: '2021年11月9日',
  clock: '2022年11月8日',
  due: { cases: 0, abandoned: 0, named: [] },
  due_by_clock: { cases: 14, abandoned: 2, named: numbers(1, 12) },
  done: '清理了 3 件（记录 61 条，图片 9 个，表单 0 项，告知单底稿 1 份）。',
}
