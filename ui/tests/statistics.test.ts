// The statistics page: numbers from afar, bars with their scale, every count in a table, days of one's own, and the way out.
import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { asked } from './host'
import { open, press, publish, whyNot } from './page'
import { statisticsView } from './statistics_view'
import { viewOf, views } from './views'

test('the lobby lays the statistics open, and they lead back to the lobby', async () => {
  await open(views.lobby)
  await press('统计')
  expect(asked.at(-1)).toEqual({ ask: 'show_statistics' })
  await open(views.statistics)
  await press('回到大厅')
  expect(asked.at(-1)).toEqual({ ask: 'close_page' })
})

test('every count stands in a table with its heads, and the bars bear their scale and tell their values', async () => {
  const page = await open(views.statistics)
  const tables = page.findAll('table')
  expect(tables.length).toBe(statisticsView.tables.length)
  tables.forEach((table, index) => {
    const shown = statisticsView.tables[index]
    expect(table.get('caption').text()).toContain(shown?.name)
    expect(table.findAll('thead th').map((cell) => cell.text())).toEqual(shown?.head)
    expect(table.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))).toEqual(shown?.rows)
  })
  expect(page.findAll('figure svg .scale text').map((text) => text.text())).toEqual(['0', '5', '10', '15', '20'])
  expect(page.get('figure svg title').text()).toMatch(/^11-01：受理 \d+ 件，发证 \d+ 件$/)
  expect(page.findAll('figure svg rect').length).toBe(60)
})

test('a week is one press, and days of one’s own are written first', async () => {
  const page = await open(views.statistics)
  await press('本周')
  expect(asked.at(-1)).toEqual({ ask: 'ask_statistics', entry: { span: 'week', from: '2021-11-01', to: '2021-11-30' } })
  await open(views.statistics)
  await press('自己选')
  await flushPromises()
  await page.get('#f-from').setValue('2021-10-01')
  await page.get('#f-to').setValue('2021-10-31')
  // A lamp changes, and a new view comes: what was typed stays.
  publish(viewOf({ show: 'statistics', ...statisticsView, asked: { ...statisticsView.asked } }))
  await flushPromises()
  await page.get('form').trigger('submit')
  expect(asked.at(-1)).toEqual({ ask: 'ask_statistics', entry: { span: 'range', from: '2021-10-01', to: '2021-10-31' } })
})

test('an export says what was written, and whoever may not take it out is told who may', async () => {
  await open(views.statistics)
  await press('导出统计')
  expect(asked.at(-1)).toEqual({ ask: 'export_statistics', what: 'figures' })
  const exported = { file: '统计-20211101-20211130.csv', folder: '/导出', rows: 61, sm3: '0'.repeat(64) }
  const page = await open(viewOf({ show: 'statistics', ...statisticsView, exported }))
  expect(page.get('footer').text()).toContain('已导出 统计-20211101-20211130.csv，61 行')
  const may = { ask: 'export_statistics', allowed: false, why_not: '这一步由监督员办理。' }
  const other = await open(viewOf({ show: 'statistics', ...statisticsView, export: may }))
  const last = other.findAll('footer button').at(-1)?.element as HTMLElement
  expect(whyNot(last)).toBe('这一步由监督员办理。')
})
