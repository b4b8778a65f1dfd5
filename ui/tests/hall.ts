// What a hall shows: cases that wait for their department, results that came, and the clock of a village.
import type { CaseLine, ClockView, ResultsView, StepBody } from '../src/contract'

/** A clock that turns amber ten minutes before its end. */
export function clockOf(due_ms: number, now_ms: number, stopped = false): ClockView {
  return { due_ms, amber_ms: due_ms - 600_000, now_ms, stopped }
}

export const awaiting: Record<'waits' | 'rejected' | 'approved', Extract<StepBody, { step: 'awaiting' }>> = {
  waits: {
    step: 'awaiting',
    answer: 'not_yet',
    reference: null,
    lines: ['承办部门还没有办结。结果到了会自动显示，不用在这里等。', '材料已经送到承办部门。'],
    receipt: 'S-HS0001-20211108-0001',
  },
  rejected: {
    step: 'awaiting',
    answer: 'rejected',
    reference: '不准-0007',
    lines: ['申请人已经持有有效的优待证。', '承办部门写道：系统里查到有效的证。', '请把理由讲给申请人听，再点“不予办理”打印告知书。原来的证不受影响，继续有效。'],
    receipt: 'S-HS0001-20211108-0001',
  },
  approved: {
    step: 'awaiting',
    answer: 'approved',
    reference: '准-0007',
    lines: ['承办部门同意了。证由发证岗位制作，请发证人员接着办。'],
    receipt: 'S-HS0001-20211108-0001',
  },
}

export const results: ResultsView = {
  waiting: 3,
  away: null,
  lines: [
    { case: 'HS0001-20211108-0004', name: '欧**', at: '今天 10:42', became: 'fits', says: '同意', why: '可以取号制证。', reference: '准-0007', open: true, told: true },
    { case: 'HS0001-20211108-0003', name: '刘**', at: '今天 10:40', became: 'fits', says: '不同意', why: '请告诉申请人，并了结这件事。', reference: '不准-0002', open: true, told: true },
    { case: 'HS0001-20211108-0002', name: '尚**', at: '今天 10:31', became: 'refused', says: '同意', why: '姓名或证号后四位和申请人的对不上。', reference: '准-0006', open: false, told: false },
    { case: 'XX0101-20200101-0001', name: null, at: '今天 10:30', became: 'refused', says: '同意', why: '本窗口没有这个编号的事项。', reference: '准-0005', open: false, told: true },
    { case: 'HS0001-20211108-0001', name: '夏**', at: '今天 9:58', became: 'known', says: '同意', why: '和已经收到的一样，没有再记。', reference: '准-0004', open: false, told: true },
  ],
}

/** The lobby of a village whose promise is broken, and of a hall that waits. */
export function promised(start: number): CaseLine[] {
  const line = { step: 'printing', step_name: '制证', clock: null, waits: null }
  return [
    { ...line, case: 'case-0005', name: '刘**', since: '今天 09:12', clock: clockOf(start, start + 185_000) },
    { ...line, case: 'case-0006', name: '欧**', since: '今天 10:40', clock: clockOf(start + 492_000, start) },
    { ...line, case: 'case-0007', name: '夏**', step: 'numbering', step_name: '证件编号', since: '今天 10:20', waits: '等承办部门办理' },
    { ...line, case: 'case-0008', name: '尚**', step: 'numbering', step_name: '证件编号', since: '今天 10:02', waits: '结果已到：同意' },
  ]
}

/** The hand-over, with an agent who may take the card. */
export const delivery: Extract<StepBody, { step: 'delivery' }> = {
  step: 'delivery',
  number: 'HS210042',
  proofs: [{ value: 'id_card', name: '身份证' }, { value: 'receipt_list', name: '收文清单' }],
  receivers: [{ value: 'applicant', name: '本人（欧**）' }, { value: 'agent', name: '代理人（郭**）' }, { value: 'other', name: '其他人' }],
  reading: false,
  read: null,
  late: false,
}
