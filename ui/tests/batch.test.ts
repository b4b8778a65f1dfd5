// One agent comes for many: the card once, then one elder after the other.
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { asked } from './host'
import { button, open, pick, press, whyNot } from './page'
import { views } from './views'

test('the lobby leads to the batch, and the batch back to the lobby', async () => {
  await open(views.lobby)
  await press('集中办理')
  expect(asked).toEqual([{ ask: 'show_batch' }])
  await open(views['batch-new'])
  await press('回到大厅')
  expect(asked.at(-1)).toEqual({ ask: 'close_page' })
})

test('a batch begins with who the agent is to the elders, and then the card', async () => {
  const page = await open(views['batch-new'])
  expect(whyNot(button('读代理人身份证'))).toBe('请先选代理人是老人的什么人')
  await press('读代理人身份证')
  expect(asked).toEqual([])
  await pick('standing', '子女')
  await page.get('form').trigger('submit')
  expect(asked).toEqual([{ ask: 'open_batch', standing: '子女', typed: null }])
})

test('what is written goes before what was picked', async () => {
  const page = await open(views['batch-new'])
  await pick('standing', '子女')
  await page.get('#f-other').setValue(' 儿媳 ')
  await page.get('form').trigger('submit')
  expect(asked).toEqual([{ ask: 'open_batch', standing: '儿媳', typed: null }])
})

test('the agent s card can be typed, and none of it is kept in a form', async () => {
  const page = await open(views['batch-new'])
  await pick('standing', '子女')
  await press('读不了')
  await page.get('#f-name').setValue('郭样文')
  await page.get('#f-name').trigger('change')
  await page.get('form').trigger('submit')
  expect(asked).toMatchObject([{ ask: 'open_batch', standing: '子女', typed: { name: '郭样文' } }])
  const { left } = await import('./host')
  expect(left).toEqual([])
})

test('the open batch tells whose it is, how many came today, and offers the next elder in one press', async () => {
  const page = await open(views['batch-open'])
  expect(page.text()).toContain('郭**')
  expect(page.text()).toContain('今天 11:05 以前不用再读')
  expect(page.get('.today').text()).toBe('今日代办 5 位')
  await press('下一位')
  await press('下一位（遗失补发）')
  await press('结束集中办理')
  expect(asked).toEqual([{ ask: 'next_of_batch', kind: 'first' }, { ask: 'next_of_batch', kind: 'reissue_lost' }, { ask: 'end_batch' }])
})

test('the newest elder stands first, and only what is not finished can be taken up', async () => {
  const page = await open(views['batch-open'])
  const lines = page.findAll('.list li')
  expect(lines.map((line) => line.get('.name').text())).toEqual(['还没有读身份证', '䶮*', '古*·***', '周*', '欧**'])
  expect(lines.map((line) => line.find('button').exists())).toEqual([true, true, false, true, false])
  await press('接着办')
  expect(asked).toEqual([{ ask: 'resume_case', case: 'HS0101-20211108-0005' }])
})

test('many elders of one agent are told of, and the next one may come all the same', async () => {
  const page = await open(views['batch-many'])
  expect(page.get('[role=status]').text()).toContain('超过了 30 位')
  await press('下一位')
  expect(asked).toEqual([{ ask: 'next_of_batch', kind: 'first' }])
})

test('why the last batch is over is said, and the card is asked for anew', async () => {
  const page = await open(views['batch-over'])
  expect(page.get('[role=status]').text()).toContain('再放一次身份证')
  expect(button('读代理人身份证')).toBeTruthy()
  expect(page.findAll('.list li')).toHaveLength(5)
})

test('while the card is awaited the reading can be stopped', async () => {
  await open(views['batch-reading'])
  await press('先不读')
  expect(asked).toEqual([{ ask: 'cancel_read' }])
})

test('a supervisor sees how many each agent has brought and opens no batch', async () => {
  const page = await open(views['batch-looked'])
  expect(page.findAll('.agents li').map((line) => line.text())).toEqual(['郭**31 位偏多', '李*2 位'])
  expect(whyNot(button('读代理人身份证'))).toBe('这一步由收件人员办理。')
})
