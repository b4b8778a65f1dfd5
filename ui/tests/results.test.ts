// Results that come back, cases that wait for one, and promises in the lobby.
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { asked } from './host'
import { open, press } from './page'
import { views } from './views'

test('the page of results tells what became of each and leads from a fitting one to its case', async () => {
  const page = await open(views.results)
  const lines = page.findAll('.sheet li')
  expect(lines.map((line) => line.get('.became').text())).toEqual(['已收下', '已收下', '没有收', '没有收', '重复'])
  expect(lines[2]?.text()).toContain('姓名或证号后四位和申请人的对不上')
  expect(lines[2]?.text()).toContain('还没有回告平台')
  expect(lines[3]?.text()).toContain('没有这件事')
  expect(page.findAll('.sheet li button')).toHaveLength(2)
  await press('接着办')
  await press('回到大厅')
  expect(asked).toEqual([{ ask: 'resume_case', case: 'HS0001-20211108-0004' }, { ask: 'close_page' }])
})

test('why no results come is said in words', async () => {
  const page = await open(views['results-away'])
  expect(page.get('[role=status]').text()).toBe('网络不通')
  expect(page.text()).toContain('2 件在等结果')
})

test('a case that waits has no button for a number and can be put aside', async () => {
  const page = await open(views.awaiting)
  expect(page.text()).toContain('等承办部门的办理结果')
  expect(page.findAll('button').some((button) => button.text().includes('取号'))).toBe(false)
  await press('先放下')
  expect(asked).toEqual([{ ask: 'park_case' }])
})

test('a rejection is told with its reasons, and that the old card stays valid', async () => {
  const page = await open(views['awaiting-rejected'])
  expect(page.text()).not.toContain('不予收件')
  expect(page.text()).toContain('承办部门没有同意')
  expect(page.text()).toContain('原来的证不受影响，继续有效')
})

test('the lobby tells in words which promise is broken, which is short, and who waits for the department', async () => {
  const page = await open(views['lobby-promised'])
  const lines = page.findAll('.list li')
  expect(lines[0]?.text()).toContain('已超3:05')
  expect(lines[0]?.get('.clock').classes()).toContain('over')
  expect(lines[1]?.text()).toContain('余8:12')
  expect(lines[1]?.get('.clock').classes()).toContain('short')
  expect(lines[2]?.text()).toContain('等承办部门办理')
  expect(lines[3]?.text()).toContain('结果已到：同意')
})
