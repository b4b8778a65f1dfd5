// Words of the typed identity, of corrections at the counter, and of the agent beside the person.

export const typed = {
  open: '读不出？手工录入',
  back: '回去读卡',
  lead: '请照申请人身份证的证面录入。手工录入的身份不算核验过，清单和消息上都会写明。',
  leadAgent: '请照代理人身份证的证面录入。手工录入的身份不算核验过，清单和消息上都会写明。',
  name: '姓名',
  number: '身份证号',
  sex: '性别（可不选，按号码定）',
  sexes: { male: '男', female: '女' },
  ethnicity: '民族',
  pickEthnicity: '请选民族',
  birth: '出生日期（可不填，按号码定）',
  birthHint: '例如 1951-03-08',
  address: '住址',
  authority: '签发机关（可不填）',
  validFrom: '有效期起（可不填）',
  validUntil: '有效期止',
  dayHint: '例如 2010-05-01',
  untilHint: '例如 2030-05-01；长期就写“长期”',
  done: '录入好了',
} as const

export const correct = {
  open: '更正一项',
  ask: '更正哪一项？',
  text: '改前改后都会留下记录。芯片读来的内容要写明理由。',
  what: '更正的内容',
  pick: '请选一项',
  after: '改成',
  before: (value: string) => `现在是：${value}`,
  reason: '为什么不按芯片',
  reasonHint: '例如：证面印的是另一个字；已经搬家，看过户口簿',
  fixed: '已经补正的',
  how: '怎么补正的',
  howHint: '例如：当场补写了代理权限',
  yes: '更正',
  trail: '更正记录',
} as const

export const agent = { title: '代理人' } as const

export const verdict = { title: '资格', why: '为什么' } as const
