// What stands beside the steps and between the visits, for the views of the tests.
import type { CaseView, Door, PersonView, View } from '../src/contract'

export const doorReasons = [
  { value: 'ITEM_NOT_IN_SCOPE', name: '您要办的事项不在本窗口收件范围内。' },
  { value: 'TOO_YOUNG', name: '您还没有到办证年龄。' },
  { value: 'ID_TYPE_NOT_ACCEPTED', name: '这种证件不能用来办理优待证。' },
  { value: 'ALREADY_HOLDS_CARD', name: '登记显示您已有一张有效的优待证。' },
]

export const door: Door = { ended: null, refusals: doorReasons, asks_birth: 'TOO_YOUNG', last_slip: null, taking_over: false, kept: {} }

/** What stands beside every step, while there is nothing special. */
export const beside = { agent: null, verdict: null, trail: [], correctable: [], kept: {}, filing: null, aftercare: { remind: null, reminded: [], guides: [], helped: null } }

/** A case in which something was put right, and more may be. */
export const corrected = (person: PersonView): CaseView['aside'] => ({
  refusals: [],
  given: [{ title: '一次性告知单', number: 'THS0101-20211108-0007-1', slip: true }],
  agent: { ...person, name: '郭样文', sex: '男', age: 50, number: '430923********0030', notes: ['身份信息是手工录入的，没有经过读卡核验。'], source: '手工录入（未核验）' },
  verdict: '符合条件（2021年11月8日核对）',
  trail: [
    { what: '姓名（申请人）', before: '欧阳𬭚', after: '欧阳铃', why: '证面印的是铃', by: '张敏', at: '2021-11-08 09:05' },
    { what: '授权委托书', before: '未写代理权限', after: '没有问题', why: '当场补写了', by: '张敏', at: '2021-11-08 09:12' },
  ],
  correctable: [
    { name: '姓名（申请人）', value: '欧阳𬭚', of: { kind: 'chip', role: 'applicant', field: 'name', choices: [] } },
    { name: '民族（申请人）', value: '汉族', of: { kind: 'chip', role: 'applicant', field: 'ethnicity', choices: [{ value: '01', name: '汉族' }, { value: '08', name: '苗族' }] } },
    { name: '联系电话', value: '0737-4400000', of: { kind: 'entry', field: 'phone' } },
    { name: '授权委托书', value: '未写代理权限', of: { kind: 'material', material: 'power_of_attorney', errors: [{ value: 'POA_NO_AUTHORITY', name: '未写代理权限' }] } },
  ],
  kept: {},
  aftercare: { remind: null, reminded: [], guides: [], helped: null },
  filing: null,
})

export const peopleView: Extract<View['screen'], { show: 'people' }> = {
  show: 'people',
  people: [
    { name: '管理员甲', roles: ['administrator'], role_names: '管理员', own: true, locked: null },
    { name: '张敏', roles: ['clerk', 'issuer', 'archivist'], role_names: '收件人员、发证人员、归档人员', own: false, locked: null },
    { name: '李强', roles: ['clerk'], role_names: '收件人员', own: false, locked: '今天 09:20 以后才能登录' },
  ],
  roles: [
    { value: 'clerk', name: '收件人员' },
    { value: 'issuer', name: '发证人员' },
    { value: 'archivist', name: '归档人员' },
    { value: 'supervisor', name: '监督员' },
    { value: 'administrator', name: '管理员' },
    { value: 'tester', name: '演练人员' },
  ],
  shortest_password: 8,
}
