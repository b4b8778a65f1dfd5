// Words of the frame around every screen.
import type { Fault } from '../contract'

export const frame = {
  product: '优待证',
  training: '培训模式',
  trainingNote: '培训模式：不写真实档案，卡片不作数',
  steps: '办理步骤',
  devices: '设备和平台',
  person: '办理人',
  loading: '正在打开窗口……',
  clerk: '经办',
  contrast: '高对比',
} as const

export const stepState = { done: '已办', here: '正在办', ahead: '未办' } as const

export const lightState = { good: '正常', waiting: '稍等', needs_hand: '要处理', stopped: '已停' } as const

export const person = {
  known: '申请人的情况',
  none: '还没有办理人',
  noneHint: '读过身份证后，姓名和证号会一直显示在这里。',
  birth: '出生',
  age: (years: number) => `${years} 岁`,
  number: '身份证号',
  address: '住址',
  valid: '证件有效期',
  source: '来源',
  notes: '请留意',
  materials: '材料',
  materialsCount: (done: number, needed: number) => `${done} / ${needed}`,
} as const

export const clock = {
  left: '余',
  over: '已超',
  stopped: '已停表',
  label: '30 分钟办结',
  spoken: (minutes: number, over: boolean) => (over ? `超时 ${minutes} 分钟` : `还剩 ${minutes} 分钟`),
} as const

export const trouble = {
  refused: '不能办理',
  attend: '请处理',
  later: '稍后自动再办',
  broken: '对不起，程序出错了',
  correct: '请改一下',
  call: '问谁',
  incident: '编号',
  understood: '知道了',
} as const

export const errorSummary = { title: '请改下面几处' } as const

/** Shown when the program behind the page does not answer at all. */
export const unreachable: Fault = {
  kind: 'broken',
  code: 'page.no_answer',
  what: '程序没有回应。',
  do_now: '已经记下的都在。请等几秒再按一次；还不行就重新打开程序。',
  call: '',
  fields: [],
  reasons: [],
  incident: null,
}
