// The page of a batch: one that is open, one that has just ended, and a supervisor's look.
import type { Act, BatchLine, BatchView } from '../src/contract'

const yes = (ask: string): Act => ({ ask, allowed: true, why_not: null })
const no = (ask: string): Act => ({ ask, allowed: false, why_not: '这一步由收件人员办理。' })

function line(n: number, name: string, standing: BatchLine['standing'], stands: string, kind = '首次办理'): BatchLine {
  return { case: `HS0101-20211108-00${String(n).padStart(2, '0')}`, name, kind, stands, standing }
}

const lines: BatchLine[] = [
  line(1, '欧**', 'done', '办结'),
  line(2, '周*', 'accepted', '已受理，到“取号”'),
  line(3, '古*·***', 'ended', '不予收件'),
  line(4, '䶮*', 'draft', '暂存在“材料”', '遗失补发'),
  line(5, '还没有读身份证', 'draft', '到“读身份证”'),
]

const ethnicities = [{ value: '01', name: '汉族' }]

export const batchOpen: BatchView = {
  open: { number: 'JZHS0101-20211108-001', agent: '郭**', standing: '村（社区）干部', source: '芯片读取', read_at: '今天 09:05', good_until: '今天 11:05', today: 5, warning: null },
  over: null,
  lines,
  agents: [{ name: '郭**', cases: 5, over: false }],
  reading: false,
  good_for: '120 分钟',
  ethnicities,
  acts: ['close_page', 'resume_case', 'next_of_batch', 'end_batch'].map(yes),
}

export const batchMany: BatchView = {
  ...batchOpen,
  open: { ...batchOpen.open!, today: 31, warning: '这位代理人今天已经代办 31 位，超过了 30 位。可以接着办，请留意每份委托书。' },
  lines: Array.from({ length: 31 }, (_, n) => line(n + 1, '欧**', 'accepted', '已受理，到“取号”')),
  agents: [{ name: '郭**', cases: 31, over: true }, { name: '李*', cases: 2, over: false }],
}

export const batchOver: BatchView = {
  ...batchOpen,
  open: null,
  over: '代理人的身份证读过太久了，上一批自动结束了。接着办，请代理人再放一次身份证。',
  acts: ['close_page', 'resume_case', 'open_batch'].map(yes),
}

export const batchReading: BatchView = { ...batchOver, over: null, lines: [], agents: [], reading: true, acts: [yes('close_page'), yes('cancel_read')] }

export const batchNew: BatchView = { ...batchOver, over: null, lines: [], agents: [] }

export const batchLooked: BatchView = { ...batchOver, over: '退出登录时，上一批自动结束了。接着办，请代理人再放一次身份证。', agents: batchMany.agents, acts: [yes('close_page'), yes('resume_case'), no('open_batch')] }
