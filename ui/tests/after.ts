// What is shown after acceptance: the rating, reminders, help with registering, and the supervisor's follow-ups.
import type { AftercareView, FollowUpLine, Rated, RatingView, View } from '../src/contract'

const LEVELS: [number, string, string[]][] = [
  [5, '非常满意', ['一窗受理，一次办成', '先受理，后补正', '不用提供证明', '全程网上办', '电话就能办', '就近能办', '不用交材料', '服务热情，效率高']],
  [4, '满意', ['一张表单填报', '网上申报，现场核验', '一次告知，一张清单', '以承诺代替证明', '网上可预约', '只跑一次', '自助机能办', '态度较好']],
  [3, '基本满意', ['一次告知到位', '提供了样表', '在时限内办完', '办事指南准确', '只要清单内的材料', '可以快递送达', '跑动次数与承诺一致', '态度一般']],
  [2, '不满意', ['没有样表', '没有材料清单', '超过承诺时限', '同一证明重复要', '网上办不成', '预约了仍要排队', '业务不熟练', '态度生硬']],
  [1, '非常不满意', ['额外增加条件', '额外要求材料', '超过法定时限', '样表有错误', '网上办了还要到现场取', '跑多个窗口', '跑动次数多', '态度差，效率低']],
]

const first: Record<number, number> = { 5: 510, 4: 406, 3: 307, 2: 207, 1: 108 }

export const ratingOf = (rated: Rated): RatingView => ({
  point: 'delivery',
  when: '领证之后',
  rater: '申请人',
  levels: LEVELS.map(([level, name, reasons]) => ({ level, name, reasons: reasons.map((name, at) => ({ value: String((first[level] ?? 0) + at), name })) })),
  rated,
  may_correct: false,
  longest_text: 150,
})

export const careful: AftercareView = {
  remind: {
    line: '赫山区 0737-4423642',
    channels: [
      { value: 'phone', name: '电话' },
      { value: 'platform', name: '平台留言' },
      { value: 'visit', name: '上门' },
    ],
    suggested: true,
    waiting: '已经等了 25 分钟',
  },
  reminded: [{ at: '2021-11-08 09:40', channel: '电话', person: '王科长', said: '请尽快审批，对方说上午办', by: '张敏' }],
  guides: [
    { guide: 'site', name: '湖南政务服务网', text: '用手机扫一扫，打开网站，点“注册”，按提示填姓名、身份证号和手机号。', holds: 'https://zwfw.example/hunan', sample: true, picture: 'guide-site', helped: false },
    { guide: 'wechat', name: '益阳政务服务微信公众号', text: '打开微信扫一扫，点“关注”，再点菜单里的“我的”登录。', holds: '样例公众号：yiyang-zwfw-example', sample: true, picture: 'guide-wechat', helped: true },
    { guide: 'app', name: '政务服务APP', text: '扫一扫下载安装，打开后点“注册”，用本人身份证号和手机号登录。', holds: 'https://app.example/zwfw', sample: true, picture: 'guide-app', helped: false },
  ],
  helped: '已帮助：益阳政务服务微信公众号',
}

const bad: FollowUpLine = {
  case: 'HS0101-20211108-0007',
  seq: 17,
  point: '受理之后',
  rated_at: '2021-11-08 09:31',
  rater: '申请人',
  level: '非常不满意',
  reasons: ['跑动次数多', '样表有错误'],
  text: '来了三趟，每次说的都不一样。',
  later: [],
  name: '欧**',
  unmasked: false,
  standing: 'open',
  due: '还有 3 天，到 2021年11月29日',
  end: [],
  why_not: null,
}

export const followUpsScreen: Extract<View['screen'], { show: 'follow_ups' }> = {
  show: 'follow_ups',
  lines: [
    { ...bad, case: 'HS0101-20211018-0003', seq: 15, level: '不满意', reasons: [], text: '', rater: '代理人', standing: 'overdue', due: '超期 2 天，应在 2021年11月8日 前办', later: ['本人随后改为：基本满意（2021-10-18 10:02）'] },
    bad,
    { ...bad, seq: 26, point: '领证之后', reasons: ['态度差，效率低'], text: '', standing: 'unknown', due: '15 个工作日；政策包的放假表没有到那么远，请人工定日期', why_not: '这件事您经手过，请由别的监督员来处理。' },
    { ...bad, case: 'HS0101-20211012-0001', standing: 'done', due: '已整改', name: '欧阳𬭚', unmasked: true, end: ['查明：窗口没有摆样表，属实', '整改：已摆放样表，当日向老人说明', '监督员甲，2021-10-20 15:10'] },
    { ...bad, case: 'HS0101-20211011-0002', standing: 'excluded', due: '误评，不计入', end: ['理由：本人来说明点错了', '监督员甲，2021-10-13 09:05'] },
  ],
  open: 3,
  overdue: 1,
  days_off: '工作日按政策包的放假表计算，表从2021年1月1日到2022年12月31日',
  integrity: {
    span: '2021年10月9日至2021年11月8日',
    lines: [
      { present: '张敏', offered: 64, given: 41, declined: 20, unanswered: 3, skipped: '35%', time: '21 秒', too_fast: 1 },
      { present: '李强', offered: 38, given: 38, declined: 0, unanswered: 0, skipped: '0%', time: '2 秒', too_fast: 33 },
      { present: '合计', offered: 102, given: 79, declined: 20, unanswered: 3, skipped: '22%', time: '14 秒', too_fast: 34 },
    ],
    follow_ups: '差评 5 件：已整改 1，不计入 1，未办结 3；整改率 25%',
  },
}
