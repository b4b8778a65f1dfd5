// One view for every screen and every trouble, with an invented person. The tests, the gallery and the photographs share them.
import type { Act, CaseView, Door, Fault, FoundLine, Light, PersonView, Request, StationView, StepBody, StepLine, View } from '../src/contract'
import { noStick, outboxView, stopped, warned } from './outbox_view'
import { batchLooked, batchMany, batchNew, batchOpen, batchOver, batchReading } from './batch_view'
import { foundLines } from './found'
import { handOverView } from './handover_view'
import { calibrationFound, calibrationKept, calibrationNew, calibrationSheet } from './calibration_view'
import { cardCodeEmpty, cardCodeForged, cardCodeSigned } from './card_code_view'
import { retentionJumped, retentionView } from './retention_view'
import { packView } from './pack_view'
import { statisticsView } from './statistics_view'
import { careful, followUpsScreen, ratingOf } from './after'
import { dayClosed, dayView, stockView, stockViewEmpty } from './stock_views'
import { awaiting, clockOf, delivery, promised, results } from './hall'
import { beside, corrected, door, doorReasons, peopleView } from './beside'
import { bankCard, blurred, dropped, idCard, kept, letter, newspaper, oldCard, pageOf, papers, permit } from './papers'
export { beside }
const STEPS: readonly [string, string][] = [
  ['identify', '身份核验'],
  ['applicant', '申请信息'],
  ['eligibility', '资格核对'],
  ['materials', '申报材料'],
  ['photo', '照片'],
  ['acceptance', '受理'],
  ['numbering', '取号'],
  ['printing', '制证'],
  ['delivery', '交付'],
  ['rating', '好差评'],
  ['archive', '移交归档'],
]

export const station: StationView = {
  package_name: '我要办理老年优待证',
  window_name: '赫山区泉交河镇示例村便民服务中心',
  window_address: '详见市、县政府门户网“政务服务旗舰店”的“‘一件事一次办’跨域通办窗口名录”',
  at_work: { name: '张敏', roles: '收件人员、发证人员', public: false, shortest_password: 8 },
  training: false,
  today: '2021年11月8日',
  pack: 'yiyang-2021',
  px_per_mm: 3.64,
}

export const lights: Light[] = [
  { device: 'reader', name: '读卡器', state: 'good', words: '就绪' },
  { device: 'printer', name: '打印机', state: 'good', words: '就绪' },
  { device: 'platform', name: '平台', state: 'waiting', words: '待发送 3 条' },
]

export const person: PersonView = {
  name: '欧阳𬭚',
  sex: '女',
  ethnicity: '汉族',
  birth: '1951年3月8日',
  age: 70,
  number: '430903********0025',
  unmasked: false,
  address: '湖南省益阳市赫山区泉交河镇示例村十二组 3 号',
  valid: '2010.05.01 至长期',
  mode_name: '本人办理',
  source: '芯片读取',
  notes: [],
}

const START = 1_636_340_000_000

/** Every step screen's usual acts: all allowed, so that a test states what it forbids. */
function acts(...names: Request['ask'][]): Act[] {
  return [...names, 'park_case' as const, 'withdraw_case' as const].map((ask) => ({ ask, allowed: true, why_not: null }))
}

function line(at: string): StepLine[] {
  const here = STEPS.findIndex(([step]) => step === at)
  return STEPS.map(([step, name], index) => ({ step, name, open: here >= 0 && index < here && index < 6, state: here < 0 || index < here ? 'done' : index === here ? 'here' : 'ahead' }))
}

/** A case at the step of `body`. */
export function caseAt(body: StepBody, allowed: Act[], more: Partial<CaseView> = {}): CaseView {
  const at = STEPS.findIndex(([step]) => step === body.step)
  return {
    case: 'case-0007',
    kind_name: '首次办理',
    steps: line(body.step),
    at: body.step,
    person: at === 0 ? null : person,
    clock: at >= 6 && at <= 8 ? clockOf(START + 30 * 60_000, START + 8 * 60_000 + 13_000) : null,
    materials_done: at > 3 || at < 0 ? 2 : at === 3 ? 1 : 0,
    materials_needed: at > 2 || at < 0 ? 2 : 0,
    unreturned: [],
    body,
    aside: { refusals: doorReasons.map((one) => ({ reason: one.value, words: one.name, by_rule: false })), given: [], ...beside },
    acts: allowed,
    ...more,
  }
}

export function viewOf(shown: CaseView | Exclude<View['screen'], { show: 'case' }>, more: Partial<View> = {}): View {
  const screen: View['screen'] = 'show' in shown ? shown : { show: 'case', ...shown }
  return { version: 1, station, lights, screen, trouble: null, backlog: null, ...more }
}

export const faults: Record<Fault['kind'] | 'wrong' | 'locked', Fault> = {
  wrong: {
    kind: 'correct',
    code: 'desk.wrong_password',
    what: '没有登录成功。',
    do_now: '请核对姓名和密码，注意大小写。忘了密码，请管理员重设。',
    call: '请联系：技术支持 0737-0000000',
    fields: [{ field: 'password', words: '姓名或密码不对。还可以试 3 次，再错就要等 15 分钟' }],
    reasons: [],
    incident: null,
  },
  locked: { kind: 'refused', code: 'desk.locked_out', what: '密码错的次数太多，这个名字暂时不能登录。', do_now: '请到时间再试。等不及，就请管理员重设密码。', call: '请联系：技术支持 0737-0000000', fields: [], reasons: ['今天 09:20 以后才能再试。'], incident: null },
  attend: { kind: 'attend', code: 'printer.paper_jam', what: '打印机卡纸了', do_now: '打开打印机前盖，取出卡住的卡片，再合上。', call: '设备维护 0737-0000000', fields: [], reasons: [], incident: null },
  refused: { kind: 'refused', code: 'eligibility.refused', what: '现在还不能办', do_now: '请告诉申请人可以办的日子。', call: '赫山区 0737-4423642', fields: [], reasons: ['还没有满 65 周岁，2026年3月8日以后可以办。'], incident: null },
  later: { kind: 'later', code: 'platform.closed', what: '市一体化平台没有连上', do_now: '不影响办理，连上后会自动发送。', call: '', fields: [], reasons: [], incident: null },
  broken: { kind: 'broken', code: 'ledger.write', what: '对不起，这一步没有记下来', do_now: '请再按一次。还不行，就回到大厅再进来，前面的都在。', call: '技术支持 0737-0000000', fields: [], reasons: [], incident: '7F3A-21' },
  correct: {
    kind: 'correct',
    code: 'applicant.correct',
    what: '有两处要改',
    do_now: '',
    call: '',
    fields: [
      { field: 'phone', words: '请写 11 位手机号，或带区号的座机' },
      { field: 'contact_address', words: '请写现在住的地址' },
    ],
    reasons: [],
    incident: null,
  },
}

const departments = ['资阳区', '赫山区', '南县', '桃江县', '安化县', '沅江市', '大通湖区', '高新区'].map((name, index) => ({ value: `43090${index}`, name: `${name}民政局` }))

const applicant: StepBody = { step: 'applicant', departments, hukou_hint: '身份证住址在赫山区，像是本地户口', suggested_hukou: 'local', suggested_department: null, filled: null }

export const identify = {
  step: 'identify',
  reading: false,
  expects: 'applicant',
  applicant: null,
  agent: null,
  ethnicities: [
    { value: '01', name: '汉族' },
    { value: '08', name: '苗族' },
  ],
} satisfies StepBody

const photo: Extract<StepBody, { step: 'photo' }> & { photo: object } = {
  step: 'photo',
  photo: {
    original: 'photo-original',
    crop: 'photo-crop',
    width_mm: 25.1,
    height_mm: 34.8,
    findings: [{ code: 'PHOTO_DARK', blocks: false, measured: '亮度 82（宜 90 至 170）', words: '照片偏暗' }],
    chip: null,
    judged: false,
  },
}

function printing(state: Extract<StepBody, { step: 'printing' }>['state'], words: string): StepBody {
  return { step: 'printing', number: 'HS210042', preview: 'card-front', preview_back: 'card-back', width_mm: 85.6, height_mm: 54, state, words }
}

const eligible = {
  eligible: true,
  rules: [
    { name: '满 65 周岁', passed: true, because: '生于 1951年3月8日，今天满 70 岁。依据：益阳市跨域通办工作规程', reason: null },
    { name: '身份证在有效期内', passed: true, because: '有效期限：长期', reason: null },
    { name: '没有领过证', passed: true, because: '本机没有这个人的发证记录', reason: null },
  ],
}

const tooYoung = {
  eligible: false,
  rules: [
    { name: '满 65 周岁', passed: false, because: '生于 1961年3月8日，今天满 60 岁。依据：益阳市跨域通办工作规程', reason: '还没有满 65 周岁，2026年3月8日以后可以办。' },
    { name: '身份证在有效期内', passed: true, because: '有效期限：长期', reason: null },
  ],
}

const lobbyActs: Act[] = (['open_case', 'resume_case', 'search', 'refuse_at_door', 'show_results', 'show_pack', 'show_outbox', 'show_statistics', 'show_stock', 'show_day', 'show_hand_over', 'show_batch'] as const).map((ask) => ({ ask, allowed: true, why_not: null }))

/** A supervisor looks and starts nothing. */
const looking: Act[] = lobbyActs.map((act) => (act.ask === 'open_case' || act.ask === 'refuse_at_door' ? { ...act, allowed: false, why_not: '这一步由收件人员办理。' } : act))

/** As long as too much waits, no new case is offered. */
const heldBack: Act[] = lobbyActs.map((act) => (act.ask === 'open_case' ? { ...act, allowed: false, why_not: '原因和办法请看最上面。' } : act))

function lobbyOf(cases: Extract<View['screen'], { show: 'lobby' }>['cases'], lamps: Light[] = lights, open = cases.length, entrance: Door = door): View {
  return viewOf({ show: 'lobby', cases, open, delivered_today: 4, door: entrance, acts: lobbyActs }, { lights: lamps })
}

function searchOf(lines: FoundLine[], text: string, page = 1, more = false): View {
  return viewOf({ show: 'search', asked: { text, from: '', to: '', stage: 'any' }, understood: text ? '按姓名查' : '全部', told: null, lines, page, more })
}

/** No clock runs for the line, and nobody waits. */
const still = { clock: null, waits: null }

/** All screens, by the name their photograph bears. */
export const views = {
  'lobby-empty': lobbyOf([]),
  lobby: lobbyOf([
    { case: 'case-0005', name: '刘*华', step: 'materials', step_name: '申报材料', since: '今天 9:12 暂存', ...still },
    { case: 'case-0006', name: '欧阳*', step: 'printing', step_name: '制证', since: '今天 10:40 暂存', ...still },
    { case: 'case-0003', name: '尚未核验', step: 'identify', step_name: '身份核验', since: '昨天 16:25 暂存', ...still },
  ]),
  'lobby-many': lobbyOf(
    foundLines.map(({ case: id, name }) => ({ case: id, name, step: 'materials', step_name: '申报材料', since: '11月8日 09:12', ...still })),
    lights,
    312,
  ),
  'lobby-promised': lobbyOf(promised(START)),
  results: viewOf({ show: 'results', ...results }),
  ...{ 'batch-new': viewOf({ show: 'batch', ...batchNew }), 'batch-reading': viewOf({ show: 'batch', ...batchReading }), 'batch-open': viewOf({ show: 'batch', ...batchOpen }), 'batch-many': viewOf({ show: 'batch', ...batchMany }), 'batch-over': viewOf({ show: 'batch', ...batchOver }), 'batch-looked': viewOf({ show: 'batch', ...batchLooked }) },
  'results-away': viewOf({ show: 'results', lines: [], waiting: 2, away: '网络不通' }),
  search: searchOf(foundLines, '欧', 2, true),
  'search-none': searchOf([], '欧阳娜'),
  'lobby-looking': { ...lobbyOf([]), screen: { ...lobbyOf([]).screen, acts: looking } as View['screen'] },
  pack: viewOf({ show: 'pack', ...packView }),
  statistics: viewOf({ show: 'statistics', ...statisticsView }),
  outbox: viewOf({ show: 'outbox', ...outboxView }),
  'outbox-empty': viewOf({ show: 'outbox', ...outboxView, lines: [], undone: 0, platforms: [], stick: { ...outboxView.stick, exportable: 0 } }),
  'outbox-warned': viewOf({ show: 'outbox', ...outboxView, stick: noStick }, { backlog: warned }),
  'lobby-warned': { ...lobbyOf([]), station: { ...station, training: true }, backlog: warned },
  'lobby-stopped': { ...lobbyOf([]), screen: { ...lobbyOf([]).screen, acts: heldBack } as View['screen'], station: { ...station, training: true }, backlog: stopped },
  ...{ stock: viewOf({ show: 'stock', ...stockView }), 'stock-empty': viewOf({ show: 'stock', ...stockViewEmpty }), day: viewOf({ show: 'day', ...dayView }), 'day-closed': viewOf({ show: 'day', ...dayClosed }), 'hand-over': viewOf({ show: 'hand_over', ...handOverView }), retention: viewOf({ show: 'retention', ...retentionView }), 'retention-clock': viewOf({ show: 'retention', ...retentionJumped }) },
  ...{ 'calibration-new': viewOf({ show: 'calibration', ...calibrationNew }), 'calibration-sheet': viewOf({ show: 'calibration', ...calibrationSheet }), 'calibration-found': viewOf({ show: 'calibration', ...calibrationFound }), 'calibration-kept': viewOf({ show: 'calibration', ...calibrationKept }) },
  ...{ 'card-code-empty': viewOf({ show: 'card_code', ...cardCodeEmpty }), 'card-code': viewOf({ show: 'card_code', ...cardCodeSigned }), 'card-code-forged': viewOf({ show: 'card_code', ...cardCodeForged }) },
  'lobby-training': { ...lobbyOf([]), station: { ...station, training: true } },
  'lobby-ended': lobbyOf([], lights, 0, {
    ...door,
    ended: { reason: 'ITEM_ENDED', what: '老年人优待证已经停止办理。', remedy: '凭身份证即可享受优待，请带好身份证。' },
    refusals: [{ value: 'ITEM_ENDED', name: '老年人优待证已经停止办理。' }],
    last_slip: 'NHS0101-20220301-M0001',
  }),
  'first-run': viewOf({ show: 'first_run', shortest_password: 8 }, { station: { ...station, at_work: null } }),
  'sign-in': viewOf({ show: 'sign_in' }, { station: { ...station, at_work: null } }),
  'sign-in-wrong': viewOf({ show: 'sign_in' }, { station: { ...station, at_work: null }, trouble: faults.wrong }),
  'sign-in-locked': viewOf({ show: 'sign_in' }, { station: { ...station, at_work: null }, trouble: faults.locked }),
  people: viewOf(peopleView, { station: { ...station, at_work: { name: '管理员甲', roles: '管理员', public: false, shortest_password: 8 } } }),
  unmask: viewOf(caseAt({ step: 'eligibility', verdict: null }, acts('judge_eligibility', 'unmask'))),
  unmasked: viewOf(
    caseAt({ step: 'eligibility', verdict: null }, [...acts('judge_eligibility'), { ask: 'unmask', allowed: false, why_not: '已经显示完整证号，离开这件事就会重新遮住。' }], {
      // No whole number stands in this repository, not even an invented one's.
      person: { ...person, unmasked: true },
    }),
  ),
  'lobby-taking': lobbyOf([], lights, 0, { ...door, taking_over: true }),
  'identify-typed': viewOf(caseAt({ ...identify, agent: '郭**' }, acts('read_card', 'read_agent_card', 'type_identity'))),
  identify: viewOf(caseAt({ ...identify, reading: false }, acts('read_card', 'read_agent_card', 'type_identity'))),
  'identify-reading': viewOf(caseAt({ ...identify, reading: true }, acts('cancel_read'))),
  applicant: viewOf(caseAt(applicant, [...acts('fill_applicant', 'refuse_case'), { ask: 'issue_notice', allowed: false, why_not: '申请信息还没有填完。全部看过才能一次告知。' }])),
  'applicant-original': viewOf(caseAt(applicant, acts('fill_applicant', 'return_material'), { unreturned: [{ value: 'residence_permit', name: '居住证' }] })),
  'applicant-correct': viewOf(
    caseAt({ ...applicant, filled: { mode: 'in_person', hukou: 'local', hukou_basis: '身份证住址在本区', phone: '123', contact_address: '', department: '430901' } }, acts('fill_applicant', 'refuse_case')),
    { trouble: faults.correct },
  ),
  eligibility: viewOf(caseAt({ step: 'eligibility', verdict: null }, acts('judge_eligibility', 'refuse_case'))),
  'eligibility-yes': viewOf(caseAt({ step: 'eligibility', verdict: eligible }, acts('judge_eligibility', 'refuse_case', 'go_on'))),
  'eligibility-no': viewOf(caseAt({ step: 'eligibility', verdict: tooYoung }, acts('judge_eligibility', 'refuse_case'), { aside: { refusals: [{ reason: 'TOO_YOUNG', words: '您还没有到办证年龄。', by_rule: true }], given: [], ...beside } })),
  materials: viewOf(caseAt({ step: 'materials', rows: [idCard, letter, permit], dropped: [] }, acts(...papers, 'refuse_case'), { materials_needed: 3 })),
  'materials-problem': viewOf(
    caseAt({ step: 'materials', rows: [idCard, { ...letter, checked: true, original_inspected: true, ticked: ['POA_NO_AUTHORITY'], returned: true }], dropped: [] }, acts(...papers, 'refuse_case')),
  ),
  'materials-return': viewOf(
    caseAt({ step: 'materials', rows: [idCard, { ...letter, checked: true, original_inspected: true, ticked: ['POA_NO_AUTHORITY'] }, permit], dropped: [] }, acts(...papers, 'refuse_case'), { materials_needed: 3 }),
  ),
  'materials-page': viewOf(caseAt({ step: 'materials', rows: [{ ...letter, pages: [blurred, pageOf(2)], checked: true, original_inspected: true, returned: true }], dropped }, acts(...papers), { materials_needed: 1 })),
  'materials-lost': viewOf(caseAt({ step: 'materials', rows: [idCard, newspaper], dropped }, acts(...papers), { kind_name: '遗失补发' })),
  'materials-damaged': viewOf(caseAt({ step: 'materials', rows: [idCard, oldCard], dropped: [] }, acts(...papers), { kind_name: '破损补发' })),
  'materials-recorded': viewOf(
    caseAt(
      {
        step: 'materials',
        rows: [idCard, { ...newspaper, checked: true, loss_notice: { recorded: true, paper: '样例日报', published: '2021-11-01', page: '第3版' }, old_card: { recorded: true, required: false, number: '', condition: '遗失', known: null } }],
        dropped: [],
      },
      acts(...papers),
      { kind_name: '遗失补发' },
    ),
  ),
  'materials-history': viewOf(caseAt({ step: 'materials', rows: [kept], dropped }, acts(...papers), { materials_needed: 1 })),
  'materials-promise': viewOf(caseAt({ step: 'materials', rows: [idCard, bankCard], dropped }, acts(...papers))),
  'materials-promised': viewOf(caseAt({ step: 'materials', rows: [{ ...bankCard, tolerance: { ...bankCard.tolerance!, committed: true } }], dropped }, acts(...papers), { materials_needed: 1 })),
  'photo-none': viewOf(caseAt({ step: 'photo', photo: null }, acts('take_photo', 'refuse_case'))),
  photo: viewOf(caseAt(photo, acts('take_photo', 'judge_photo', 'refuse_case'))),
  'photo-rejected': viewOf(
    caseAt({ step: 'photo', photo: { ...photo.photo, findings: [{ code: 'PHOTO_TOO_LARGE', blocks: true, measured: '33.0 × 48.0 毫米', words: '照片比一寸大，请重拍' }] } }, acts('take_photo', 'judge_photo')),
  ),
  'identify-agent': viewOf(caseAt({ ...identify, expects: 'agent', applicant: '欧**' }, acts('read_card'), { person: { ...person, mode_name: '代理人办理' } })),
  'acceptance-gaps': viewOf(
    caseAt(
      {
        step: 'acceptance',
        receipt: null,
        gaps: [
          { step: 'materials', reason: 'POA_NO_AUTHORITY', words: '授权委托书未写代理权限，请补写后再拿来。' },
          { step: 'photo', reason: 'PHOTO_HAT', words: '照片中戴有帽子，请摘帽重拍。' },
        ],
      },
      [...acts('take_photo', 'refuse_case', 'issue_notice'), { ask: 'accept', allowed: false, why_not: '还差 2 项，补齐才能受理' }],
    ),
  ),
  acceptance: viewOf(caseAt({ step: 'acceptance', gaps: [], receipt: null }, acts('accept', 'refuse_case'))),
  numbering: viewOf(
    caseAt({ step: 'numbering', mode: '按空白证印好的号', left: 38, number: null, gives: 'block', returned: null, blanks: 12, next_blank: null }, acts('reserve_number', 'reprint_receipt'), {
      aside: {
        refusals: [],
        given: [
          { title: '一次性告知单', number: 'THS0101-20211108-0007-1', slip: true },
          { title: '收文清单', number: 'SHS0101-20211108-0007', slip: false },
        ],
        ...beside,
      },
    }),
  ),
  'numbering-scan': viewOf(caseAt({ step: 'numbering', mode: '按空白证上的号', left: 0, number: null, gives: 'blank', returned: null, blanks: null, next_blank: 'HN0000042' }, acts('take_blank'))), 'numbering-awaited': viewOf(caseAt({ step: 'numbering', mode: '由系统给号', left: 0, number: null, gives: 'system', returned: null, blanks: 12, next_blank: null }, [{ ask: 'reserve_number', allowed: false, why_not: '系统还没有给出证号。请等承办部门的结果带回证号，再制证。' }])),
  'printing-ready': viewOf(caseAt(printing('ready', ''), acts('print_card', 'spoil_number'))),
  'printing-going': viewOf(caseAt(printing('printing', '正在打印，通常要十几秒。'), acts())),
  'printing-empty': viewOf(caseAt(printing('printing', '打印机缺空白证。请装入空白证。处理好以后它会接着打，不要再点打印。'), acts())), 'printing-paused': viewOf(caseAt(printing('printing', '打印机已暂停。请在打印机上恢复打印。处理好以后它会接着打，不要再点打印。'), acts())), 'printing-silent': viewOf(caseAt(printing('printing', '打印机没有回答，还不知道卡打出来没有。请检查打印机电源和连接线。'), acts())), 'printing-spooled': viewOf(caseAt(printing('ask_person', '卡片已经送到打印机。它打没打完，本机看不到。请看看出卡口。'), acts('confirm_card', 'spoil_card'))), 'printing-stopped': viewOf(caseAt(printing('failed', '没有打出来：打印机中途放弃了，没有印卡。打印机说：Print job canceled at printer.，aborted-by-system'), acts('print_card', 'spoil_card'))), 'numbering-no-printer': viewOf(caseAt({ step: 'numbering', mode: '按本窗口的号段', left: 38, number: null, gives: 'block', returned: null, blanks: 12, next_blank: null }, [{ ask: 'reserve_number', allowed: false, why_not: '打印机缺空白证。请装入空白证。' }])),
  'printing-ask': viewOf(caseAt(printing('ask_person', '已打印，是打印机自己说的。请看看出卡口。'), acts('confirm_card', 'spoil_card'))),
  'printing-unknown': viewOf(caseAt(printing('unknown', '不知道这张卡有没有打出来。请到打印机旁看清楚再回答。'), acts('confirm_card', 'spoil_card', 'nothing_came_out'))),
  'printing-failed': viewOf(caseAt(printing('failed', '没有打出来：打印机缺空白证。请装入空白证。'), acts('print_card')), { trouble: faults.attend }),
  'printing-spoiled': viewOf(caseAt(printing('spoiled', '上一张作废了，记在台账里。再打要写明原因。'), acts('print_card'))),
  delivery: viewOf(caseAt({ ...delivery }, acts('deliver', 'read_collector'))),
  'delivery-reading': viewOf(caseAt({ ...delivery, reading: true }, acts('cancel_read'))),
  'delivery-late': viewOf(caseAt({ ...delivery, read: 'agent', late: true }, acts('deliver', 'read_collector'), { clock: clockOf(START, START + 100_000) })),
  rating: viewOf(caseAt({ step: 'rating', rating: ratingOf('open') }, acts('give_rating', 'decline_rating', 'go_on'), { clock: clockOf(START + 1_800_000, START + 900_000, true) })),
  'rating-given': viewOf(caseAt({ step: 'rating', rating: { ...ratingOf('given'), may_correct: true } }, acts('correct_rating', 'go_on'))),
  'follow-ups': viewOf(followUpsScreen),
  'follow-ups-none': viewOf({ ...followUpsScreen, lines: [], open: 0, overdue: 0 }),
  aftercare: viewOf(
    caseAt({ step: 'numbering', mode: '按空白证印好的号', left: 38, number: null, gives: 'block', returned: null, blanks: null, next_blank: null }, acts('reserve_number', 'reprint_receipt', 'remind_department', 'help_register', 'decline_help'), {
      aside: { refusals: [], given: [{ title: '收文清单', number: 'SHS0101-20211108-0007', slip: false }], ...beside, aftercare: careful },
    }),
  ),
  awaiting: viewOf(caseAt(awaiting.waits, acts('park_case', 'withdraw_case'), { at: 'numbering', steps: line('numbering') })),
  'awaiting-rejected': viewOf(caseAt(awaiting.rejected, acts('park_case', 'refuse_case'), { at: 'numbering', steps: line('numbering') })),
  'awaiting-approved': viewOf(caseAt(awaiting.approved, acts('park_case'), { at: 'numbering', steps: line('numbering') })),
  archive: viewOf(
    caseAt({ step: 'archive', handed_over: false, taker_signs: false, package: 'DA-HS0101-20211108-0001', list: null, papers: [{ name: '申请人身份证', handling: '扫描后退回申请人', done: true }, { name: '一寸照片', handling: '粘贴在优待证上', done: true }, { name: '收文清单存根', handling: '移交归档', done: false }] }, acts('hand_over')),
  ),
  'archive-hall': viewOf(caseAt({ step: 'archive', handed_over: false, taker_signs: true, package: 'DA-HS0100-20211108-0001', list: null, papers: [{ name: '申请人身份证', handling: '扫描后退回申请人', done: true }] }, acts('hand_over'))),
  'archive-handed': viewOf(caseAt({ step: 'archive', handed_over: true, taker_signs: false, package: 'DA-HS0101-20211108-0001', list: 'YDHS0101-20211108-001', papers: [{ name: '申请人身份证', handling: '扫描后退回申请人', done: true }, { name: '收文清单存根', handling: '移交归档', done: true }] }, acts('seal'))),
  closed: viewOf(caseAt({ step: 'closed', ended: 'sealed', title: '办好了', lines: ['优待证 HS210042 已经交给本人。', '材料已经移交，档案已经封存。'], package: { comparison: '3f09 c2d1 77ab 40e6', has_left: false, left: null } }, acts('close_case', 'export_package'))),
  'closed-refused': viewOf(
    caseAt({ step: 'closed', ended: 'refused', title: '不予收件', lines: ['您还没有到办证年龄。到了年龄，带身份证再来即可。', '请把告知书交给申请人，并退回他带来的全部材料。'], package: null }, [{ ask: 'close_case', allowed: true, why_not: null }], {
      aside: { refusals: [], given: [{ title: '不予收件告知书', number: 'NHS0101-20211108-0007-1', slip: true }], ...beside },
    }),
  ),
  'closed-withdrawn': viewOf(caseAt({ step: 'closed', ended: 'withdrawn', title: '申请人已撤回', lines: ['原因：不想办了', '以后还可以重新申请。请提醒带走全部材料。'], package: null }, [{ ask: 'close_case', allowed: true, why_not: null }])),
  'clock-short': viewOf(caseAt({ step: 'numbering', mode: '按空白证印好的号', left: 38, number: 'HS210042', gives: 'block', returned: null, blanks: null, next_blank: null }, acts('reserve_number'), { clock: clockOf(START + 582_000, START) })),
  'clock-over': viewOf(caseAt({ step: 'numbering', mode: '按空白证印好的号', left: 0, number: null, gives: 'block', returned: null, blanks: 0, next_blank: null }, [{ ask: 'reserve_number', allowed: false, why_not: '空白证用完了，请先领空白证' }], { clock: clockOf(START, START + 125_000) })),
  'full-lights': lobbyOf([], [
    { device: 'reader', name: '读卡器', state: 'stopped', words: '没有接上，请检查线' },
    { device: 'printer', name: '卡片打印机', state: 'needs_hand', words: '需要处理：没有空白证了' },
    { device: 'paper', name: '回执打印机', state: 'good', words: '就绪' },
    { device: 'platform', name: '平台', state: 'waiting', words: '待发送 128 条' },
  ]),
  'full-person': viewOf(
    caseAt({ step: 'acceptance', gaps: [], receipt: 'HS0101-20211108-0007' }, acts('accept', 'refuse_case', 'correct_entry', 'issue_notice'), {
      aside: corrected(person),
      person: { ...person, name: '阿卜杜热合曼·阿卜杜克热木', ethnicity: '维吾尔族', address: '新疆维吾尔自治区伊犁哈萨克自治州伊宁县示例乡示例村三组红柳巷 128 号附 6 号' },
    }),
    { trouble: faults.attend },
  ),
  'full-materials': viewOf(
    caseAt(
      { step: 'materials', rows: [idCard, ...['一', '二', '三'].map((name) => ({ ...idCard, material: name, name: `材料${name}` })), { ...letter, pages: [pageOf(1), pageOf(2), pageOf(3)] }], dropped: [] },
      acts('scan_material', 'check_material', 'return_material'),
    ),
  ),
  'full-photo': viewOf(
    caseAt(
      {
        step: 'photo',
        photo: {
          ...photo.photo,
          chip: 'chip',
          findings: ['照片偏暗', '脸没有对正', '背景不够干净', '照片可能是旧的'].map((words) => ({ code: words, blocks: false, measured: '偏 12.5 毫米', words })),
        },
      },
      acts('take_photo', 'judge_photo'),
    ),
  ),
  'full-gaps': viewOf(
    caseAt(
      { step: 'acceptance', receipt: null, gaps: ['一', '二', '三', '四', '五', '六', '七', '八'].map((reason) => ({ step: 'materials', reason, words: `第${reason}处：授权委托书未写代理权限，请补写后再拿来。` })) },
      [...acts('refuse_case'), { ask: 'accept', allowed: false, why_not: '还有没补齐的，请看上面。' }],
    ),
  ),
  'trouble-refused': viewOf(caseAt({ step: 'eligibility', verdict: tooYoung }, acts('judge_eligibility', 'refuse_case')), { trouble: faults.refused }),
  'trouble-later': viewOf(caseAt({ ...identify, reading: false }, acts('read_card')), { trouble: faults.later }),
  'trouble-broken': viewOf(caseAt({ step: 'acceptance', gaps: [], receipt: null }, acts('accept')), { trouble: faults.broken }),
} satisfies Record<string, View>

export type Shown = keyof typeof views
