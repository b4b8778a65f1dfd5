// The statistics at the real desk: opened from the lobby, looked at by month and by days of one's own, and taken out as a file.
// The photographs go to test-results/statistics.
import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { deskInBrowser } from './bench.mjs'

let desk, page, clerk, look

before(async () => {
  desk = await deskInBrowser('statistics')
  await desk.comeIn()
  ;({ page, clerk, look } = desk)
  await clerk.act(() => clerk.signIn(desk.people.clerk))
})

after(() => desk?.end())

test('a day with a case that was taken back is counted by kind and by where it stands', async () => {
  await clerk.act(() => clerk.button('首次办理').click())
  await clerk.act(() => clerk.button('暂存').click())
  await clerk.act(() => clerk.button('统计').click())
  await page.getByRole('heading', { name: '统计' }).waitFor()
  const kinds = page.getByRole('table', { name: '办件' })
  assert.match(await kinds.getByRole('row', { name: /首次办理/ }).innerText(), /1\s+0\s+0\s+0\s+0\s+0\s+0/)
  assert.match(await page.getByRole('table', { name: /现在到哪一步/ }).innerText(), /填写中\s+1/)
  await look('day')
})

test('a month shows its bars, and days that cannot be are put right in their field', async () => {
  await clerk.act(() => clerk.button('本月').click())
  await page.getByRole('img', { name: '受理和发证（件）' }).waitFor()
  await look('month')
  await clerk.button('自己选').click()
  await page.getByLabel('从哪天').fill('2021-11-30')
  await page.getByLabel('到哪天').fill('2021-11-01')
  await page.getByLabel('到哪天').press('Enter')
  await page.getByText('结束的日子不能早过开始的日子').waitFor()
  await look('range-wrong')
  await page.getByLabel('到哪天').fill('2021-12-31')
  await clerk.act(() => page.getByLabel('到哪天').press('Enter'))
  await page.getByText('2021年11月30日至2021年12月31日').waitFor()
})

test('an export lies in the folder under the name that the page tells, and holds nobody', async () => {
  await clerk.act(() => clerk.button('导出办件清单').click())
  await page.getByText(/已导出 办件-.*\.csv，0 行/).waitFor()
  await look('exported')
  const folder = join(desk.folder, 'ledger/exports')
  const [file] = await readdir(folder)
  assert.match(await readFile(join(folder, file), 'utf8'), /^\ufeff事项号,办什么/)
  await clerk.act(() => clerk.button('回到大厅').click())
  assert.equal(await clerk.here(), 'lobby')
})
