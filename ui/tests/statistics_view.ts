// The statistics as the desk shows them: a month with its bars and every table.
import type { Bar, StatisticsView } from '../src/contract'

const bars: Bar[] = Array.from({ length: 30 }, (_, day) => {
  const weekend = day % 7 === 5 || day % 7 === 6
  const accepted = weekend ? 0 : 6 + ((day * 7) % 11)
  return { name: `11-${String(day + 1).padStart(2, '0')}`, accepted, delivered: Math.max(0, accepted - (day % 3)) }
})

export const statisticsView: StatisticsView = {
  asked: { span: 'month', from: '2021-11-01', to: '2021-11-30' },
  days: '2021年11月1日至2021年11月30日',
  figures: [
    { name: '受理', value: '247', note: '立案 263 件' },
    { name: '发证', value: '226', note: '做好 229 张' },
    { name: '半小时内发证', value: '97%', note: '226 件里的 219 件' },
    { name: '受理到发证', value: '12 分钟', note: '九成不超过 21 分钟' },
    { name: '不予收件', value: '14', note: '其中没有立案的 6' },
  ],
  bars,
  top: 20,
  tables: [
    {
      name: '办件',
      note: null,
      head: ['办什么', '立案', '受理', '不予收件', '撤回', '做好的卡', '发证', '归档'],
      rows: [
        ['首次办理', '231', '219', '7', '5', '203', '200', '196'],
        ['遗失补发', '21', '18', '1', '2', '17', '17', '17'],
        ['破损补发', '11', '10', '0', '1', '9', '9', '9'],
        ['合计', '263', '247', '8', '8', '229', '226', '222'],
      ],
    },
    { name: '受理的件', note: null, head: ['谁来办，户口在哪', '件'], rows: [['本人办理', '201'], ['代理人办理', '46'], ['户口在本区县', '232'], ['户口在外地', '15']] },
    { name: '现在到哪一步', note: '这些天立的案，现在办到哪里', head: ['步骤', '件'], rows: [['填写中', '3'], ['已受理', '12'], ['办结，已归档', '222']] },
    { name: '受理到发证的时间', note: '不足一分钟按一分钟算', head: ['项', '数'], rows: [['发证', '226'], ['半小时内', '219'], ['半小时内占', '97%'], ['一半的件不超过', '12 分钟']] },
    { name: '不予收件的原因', note: '一件可以有几个原因', head: ['原因', '次'], rows: [['申请人不满65周岁，满65周岁后可以申请。', '9'], ['身份证已过有效期，请先换领新证。', '5']] },
    { name: '各窗口', note: null, head: ['窗口', '立案', '受理', '不予收件', '发证'], rows: [['HS0101', '263', '247', '8', '226']] },
  ],
  exported: null,
  export: { ask: 'export_statistics', allowed: true, why_not: null },
}
