// Words of the policy pack laid open.
import type { Sure } from '../contract'

export const pack = {
  open: '规则与出处',
  title: '规则与出处',
  chapters: '分类',
  directory: '区县电话',
  value: '取值',
  source: '出处',
  sure: { low: '把握低', medium: '把握中', high: '把握高' } satisfies Record<Sure, string>,
  toCheck: '号码待核实',
  raw: (text: string) => `原文写作“${text}”`,
  route: (platform: string) => `推送到${platform}`,
  procedure: '依据',
  compiled: '编制',
  hash: '文件指纹（SM3）',
} as const
