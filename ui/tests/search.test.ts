// The search: asked for a moment after the last key, in the page's own words, never with what was found kept.
import { DOMWrapper, flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { asked } from './host'
import { open, press } from './page'
import { views } from './views'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => vi.useRealTimers())

async function type(name: string, text: string): Promise<void> {
  const field = document.getElementById(`f-${name}`)
  if (!field) throw new Error(`no field ${name}`)
  await new DOMWrapper(field).setValue(text)
}

const entry = { text: '欧', from: '', to: '', stage: 'any' }

test('the lobby leads to the search, and past its own lines to the open ones', async () => {
  await open(views['lobby-many'])
  await press('查找')
  await press('还有 306 件')
  expect(asked).toEqual([
    { ask: 'search', entry: { text: '', from: '', to: '', stage: 'any' } },
    { ask: 'search', entry: { text: '', from: '', to: '', stage: 'open' } },
  ])
})

test('what is typed is asked for once, a moment after the last key', async () => {
  await open(views.search)
  await type('text', '欧阳')
  await type('text', '欧阳𬭚')
  expect(asked).toEqual([])
  vi.runAllTimers()
  await flushPromises()
  expect(asked).toEqual([{ ask: 'search', entry: { ...entry, text: '欧阳𬭚' } }])
})

test('enter asks at once, with days and stage', async () => {
  await open(views.search)
  await type('from', '2021-11-08')
  await type('stage', 'sealed')
  await new DOMWrapper(document.querySelector('form')!).trigger('submit')
  await flushPromises()
  expect(asked).toEqual([{ ask: 'search', entry: { ...entry, from: '2021-11-08', stage: 'sealed' } }])
  vi.runAllTimers()
  await flushPromises()
  expect(asked).toHaveLength(1)
})

test('a line leads to its case, pages are turned, and the lobby comes back', async () => {
  const page = await open(views.search)
  const lines = page.findAll('.list button')
  expect(lines.map((line) => line.text().includes('看'))).toEqual([false, false, true, true, true, true])
  await lines[2]!.trigger('click')
  await press('下一页')
  await press('上一页')
  await press('回到大厅')
  expect(asked).toEqual([
    { ask: 'resume_case', case: 'HS0101-20210305-0007' },
    { ask: 'turn_page', forward: true },
    { ask: 'turn_page', forward: false },
    { ask: 'close_search' },
  ])
})

test('nothing found is said with what to try next', async () => {
  const page = await open(views['search-none'])
  expect(page.text()).toContain('没有查到')
  expect(page.text()).toContain('少写几个字')
})
