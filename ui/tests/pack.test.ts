// The policy pack laid open: reached from the lobby, read chapter by chapter, left again.
import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'

vi.mock('#host', () => import('./host'))

import { asked } from './host'
import { open, press } from './page'
import { packView } from './pack_view'
import { views } from './views'

test('the lobby lays the pack open, and the pack leads back to the lobby', async () => {
  await open(views.lobby)
  await press('规则与出处')
  expect(asked).toEqual([{ ask: 'show_pack' }])
  await open(views.pack)
  await press('回到大厅')
  expect(asked.at(-1)).toEqual({ ask: 'close_page' })
})

test('every value of a chapter stands beside its source, its date and how sure one may be', async () => {
  const page = await open(views.pack)
  await press('谁可以办')
  await flushPromises()
  const rows = page.findAll('.sheet li')
  const lines = packView.chapters[1]?.lines ?? []
  expect(rows.length).toBe(lines.length)
  rows.forEach((row, index) => {
    const line = lines[index]
    for (const text of [line?.name, line?.value, line?.from.source, line?.from.date]) expect(row.text()).toContain(text)
  })
  expect(rows.map((row) => row.get('.sure').text())).toEqual(['把握中', '把握低', '把握高', '把握低'])
  expect(page.get('.chapters [aria-current]').text()).toBe('谁可以办')
})

test('a number that has to be checked is said to be, and is not shown as one to dial', async () => {
  const page = await open(views.pack)
  await press('区县电话')
  await flushPromises()
  const row = (name: string): string => page.findAll('.sheet li').find((one) => one.text().startsWith(name))?.text() ?? ''
  expect(row('东部新区')).toContain('号码待核实')
  expect(row('东部新区')).toContain('原文写作“0737-461700”')
  expect(row('大通湖区')).toMatch(/0737-5664153.*原文写作“0737－5664153”/)
  expect(row('桃江县')).toContain('推送到桃江县一体化平台')
  expect(row('赫山区')).not.toContain('原文写作')
})

test('what the pack rests on stands at its foot', async () => {
  const page = await open(views.pack)
  const foot = page.get('footer').text()
  for (const text of [packView.procedure, packView.compiled, packView.hash]) expect(foot).toContain(text)
})
