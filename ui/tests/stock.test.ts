// Blanks, numbers and the day's close: what is typed is sent as it was counted, and nothing is sent that was not counted.
import { DOMWrapper, flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { answers, asked } from './host'
import { open, press, publish } from './page'
import { faults, views } from './views'

async function fill(id: string, text: string): Promise<void> {
  const box = document.getElementById(id)
  if (!(box instanceof HTMLInputElement)) throw new Error(`no box ${id}`)
  await new DOMWrapper(box).setValue(text)
}

/** Sends the box that stands before the page. */
async function send(): Promise<void> {
  document.querySelector('dialog form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
}

test('the lobby opens both pages, and each leads back', async () => {
  await open(views.lobby)
  await press('空白证与证号')
  await press('日结')
  expect(asked).toEqual([{ ask: 'show_stock' }, { ask: 'show_day', day: '' }])
  for (const name of ['stock', 'day'] as const) {
    await open(views[name])
    await press('回到大厅')
    expect(asked.at(-1)).toEqual({ ask: 'close_page' })
  }
})

test('a batch is received by count, and a window without a book says so', async () => {
  const page = await open(views.stock)
  expect(page.text()).toContain('46 张')
  expect(page.text()).toContain('有 1 张用的时候账上没有')
  await press('登记领入')
  await fill('f-count', '50')
  await fill('f-source', '区民政局')
  await send()
  expect(asked.at(-1)).toEqual({ ask: 'receive_blanks', first: '', last: '', count: 50, source: '区民政局' })
  const empty = await open(views['stock-empty'])
  expect(empty.text()).toContain('本窗口还没有登记过空白证')
})

test('where blanks bear serials a batch is its two ends, and one blank its serial', async () => {
  await open(views['stock-empty'])
  await press('登记领入')
  await fill('f-first', 'HN0001')
  await fill('f-last', 'HN0050')
  await fill('f-source', '区民政局')
  await send()
  expect(asked.at(-1)).toEqual({ ask: 'receive_blanks', first: 'HN0001', last: 'HN0050', count: 0, source: '区民政局' })
})

test('a blank that is scanned is taken by Enter, and a wrong one leaves an empty box for the next', async () => {
  const page = await open(views['numbering-scan'])
  expect(page.text()).toContain('账上下一张是 HN0000042')
  await fill('f-serial', 'HN0000042')
  answers.push({ ...faults.attend, kind: 'correct', code: 'numbering.blank_used', fields: [{ field: 'serial', words: '这个号已经用掉了' }] })
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(asked.at(-1)).toEqual({ ask: 'take_blank', serial: 'HN0000042' })
  expect(page.text()).toContain('这个号已经用掉了')
  expect((page.get('#f-serial').element as HTMLInputElement).value).toBe('')
})

test('a number that the system has not given is waited for', async () => {
  const page = await open(views['numbering-awaited'])
  expect(page.text()).toContain('等系统给号')
  expect(page.text()).toContain('系统还没有给出证号')
})

test('before a print the number can be spoiled, with its cause', async () => {
  await open(views['printing-ready'])
  await press('这个号不用了')
  await flushPromises()
  const box = document.querySelector('dialog')
  expect(box?.textContent).toContain('把这个号作废？')
  box?.querySelector<HTMLInputElement>('input[type=radio]')?.click()
  await flushPromises()
  await send()
  expect(asked.at(-1)).toEqual({ ask: 'spoil_number', cause: '空白证破损' })
})

test('a day is closed with what was counted, and not before it was', async () => {
  const page = await open(views.day)
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(asked).toEqual([])
  expect(page.text()).toContain('请数一数空白证')
  await fill('f-blanks', '46')
  await fill('f-old_cards', '0')
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(asked.at(-1)).toEqual({ ask: 'close_day', day: '2021-11-08', blanks: 46, old_cards: 0, reason: '' })
})

test('a day that does not balance names each difference', async () => {
  const page = await open(views.day)
  await fill('f-blanks', '45')
  await fill('f-old_cards', '1')
  answers.push({ ...faults.attend, kind: 'correct', code: 'stock.unbalanced', fields: [{ field: 'reason', words: '请写明原因' }], reasons: ['空白证：账上 46 张，实数 45 张，少 1 张。'] })
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(page.text()).toContain('少 1 张')
  publish(views['day-closed'])
  await flushPromises()
  expect(page.text()).toContain('说明：柜子底下找到了')
  await press('打印日结单')
  expect(asked.at(-1)).toEqual({ ask: 'print_day', day: '2021-11-08', row: 1 })
})
