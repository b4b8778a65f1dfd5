// Words of the statistics.
import type { SpanChoice } from '../contract'

export const statistics = {
  open: '统计',
  title: '统计',
  span: '看哪些天',
  spans: { day: '今天', week: '本周', month: '本月', range: '自己选' } satisfies Record<SpanChoice, string>,
  from: '从哪天',
  to: '到哪天',
  dayHint: '如 2021-11-08',
  look: '看',
  tables: '各项数',
  chart: '受理和发证（件）',
  accepted: '受理',
  delivered: '发证',
  bar: (name: string, accepted: number, delivered: number) => `${name}：受理 ${accepted} 件，发证 ${delivered} 件`,
  exportFigures: '导出统计',
  exportCases: '导出办件清单',
  exported: (file: string, rows: number) => `已导出 ${file}，${rows} 行`,
  folder: (folder: string) => `在 ${folder}`,
  noPersons: '导出的表里没有姓名和身份证号；每次导出都记进台账。',
} as const
