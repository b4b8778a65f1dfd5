// The outbox in the open: where each message stands, why, when it goes next, and what a person may do about it.
import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { answers, asked } from './host'
import { button, open, press, whyNot } from './page'
import { outboxView } from './outbox_view'
import { faults, viewOf, views } from './views'

test('the lobby and the light of the platforms lead to the outbox, and the outbox leads back', async () => {
  await open(views.lobby)
  await press('发件箱')
  await press('平台')
  expect(asked).toEqual([{ ask: 'show_outbox' }, { ask: 'show_outbox' }])
  await open(views.outbox)
  await press('回到大厅')
  expect(asked.at(-1)).toEqual({ ask: 'close_page' })
})

test('the light of the platforms leads nowhere while somebody is served', async () => {
  const page = await open(views.identify)
  expect(page.findAll('button.light')).toEqual([])
})

test('every message says where it stands, why, what to do and when it goes next', async () => {
  const page = await open(views.outbox)
  const rows = page.findAll('.sheet li')
  expect(rows.length).toBe(outboxView.lines.length)
  rows.forEach((row, index) => {
    const line = outboxView.lines[index]
    for (const text of [line?.state_name, line?.kind_name, line?.platform_name, line?.case, line?.cause, line?.do_now]) expect(row.text()).toContain(text)
  })
  expect(rows[0]?.text()).toContain('平台说：“证件号码 ****************** 与库中不符”')
  expect(rows[3]?.text()).toContain('下次：今天 11:00（3 分钟后） · 已发 7 次 · 已导出到 U 盘：昨天 16:20')
  expect(page.text()).toContain('没送到 6 条 · 今天送到 12 条')
})

test('one message is sent again, or all that wait for a platform', async () => {
  const page = await open(views.outbox)
  await press('再发一次')
  await press('全部再发')
  expect(asked).toEqual([
    { ask: 'retry_message', message: outboxView.lines[0]?.message },
    { ask: 'retry_platform', platform: 'city' },
  ])
  // What is on its way, or held back, is not offered to be sent.
  expect(page.findAll('.sheet li').map((row) => row.findAll('button').length)).toEqual([1, 1, 1, 1, 0, 0])
})

test('of a message of which nobody knows a person says what became of it', async () => {
  await open(views.outbox)
  await press('说明结果')
  answers.push({ ...faults.correct, code: 'desk.correct', fields: [{ field: 'receipt', words: '请照平台说的填回执号' }] })
  await press('已收到，记下回执号')
  expect(document.querySelector('dialog')?.textContent).toContain('请照平台说的填回执号')
  const field = document.querySelector<HTMLInputElement>('#f-receipt')
  if (!field) throw new Error('no field')
  field.value = 'FILING-000007'
  field.dispatchEvent(new Event('input'))
  await press('已收到，记下回执号')
  const message = outboxView.lines[1]?.message
  expect(asked.at(-1)).toEqual({ ask: 'settle_message', message, receipt: 'FILING-000007' })
  await flushPromises()
  expect(document.querySelector('dialog')).toBeNull()
  await press('说明结果')
  await press('没收到，再发一次')
  expect(asked.at(-1)).toEqual({ ask: 'settle_message', message, receipt: null })
})

test('the stick takes an export and gives answers, and says what is missing', async () => {
  await open(views.outbox)
  await press('导出到 U 盘')
  await press('导入')
  expect(asked).toEqual([{ ask: 'export_outbox' }, { ask: 'import_answers', file: 'answers-HS0101-0001.yda' }])
  const page = await open(views['outbox-warned'])
  expect(page.text()).toContain('没有看到 U 盘')
  expect(() => button('导出到 U 盘')).toThrow()
})

test('whoever only looks is offered no act', async () => {
  const looking = viewOf({ show: 'outbox', ...outboxView, acts: outboxView.acts.map((act) => ({ ...act, allowed: false, why_not: '这一步由收件人员办理。' })) })
  const page = await open(looking)
  expect(page.findAll('main button').map((one) => one.text())).toEqual(['回到大厅'])
})

test('what waits too long is told calmly, and when no new case is taken the lobby says why', async () => {
  const calm = await open(views['lobby-warned'])
  expect(calm.get('.backlog').text()).toContain('最早的一条已经等了 6 天')
  expect(calm.find('.backlog.stopped').exists()).toBe(false)
  calm.unmount()
  const page = await open(views['lobby-stopped'])
  expect(page.get('.backlog.stopped').text()).toContain('已经开办的事可以接着办完')
  await press('首次办理')
  expect(asked).toEqual([])
  expect(whyNot(button('首次办理'))).toContain('请看最上面')
})

test('an outbox with nothing in it says so', async () => {
  const page = await open(views['outbox-empty'])
  expect(page.text()).toContain('全部送到了')
  expect(whyNot(button('导出到 U 盘'))).toBeNull()
})
