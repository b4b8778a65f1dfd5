// The policy pack laid open on the real desk: reached from the lobby by its words, read chapter by chapter at both counter
// sizes, left again. The photographs go to test-results/pack, for a person to look at.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { deskInBrowser } from './bench.mjs'

let desk, page, look

before(async () => {
  desk = await deskInBrowser('pack')
  await desk.comeIn()
  ;({ page, look } = desk)
  await desk.clerk.act(() => desk.clerk.signIn(desk.people.clerk))
})

after(() => desk?.end())

test('the lobby lays the pack open', async () => {
  await look('lobby')
  await page.getByRole('button', { name: '规则与出处' }).click()
  await page.getByRole('heading', { name: '规则与出处' }).waitFor()
})

test('every chapter says where its values come from', async () => {
  const chapters = page.getByRole('navigation', { name: '分类' }).getByRole('button')
  const names = await chapters.allTextContents()
  assert.deepEqual(names.slice(0, 2), ['办什么', '谁可以办'])
  for (const [index, name] of names.entries()) {
    await chapters.nth(index).click()
    await page.getByRole('heading', { name, exact: true }).waitFor()
    const rows = await page.getByRole('region', { name }).getByRole('listitem').allTextContents()
    assert.ok(rows.length > 0, name)
    for (const row of rows) assert.match(row, /\d{4}-\d{2}-\d{2}( 查阅)? ?把握[高中低]/, row)
    await look(`chapter-${index}`)
  }
})

test('a number that has to be checked is never shown as one to dial', async () => {
  await page.getByRole('button', { name: '区县电话' }).click()
  const dongbu = await page.getByRole('listitem').filter({ hasText: '东部新区' }).textContent()
  assert.match(dongbu, /号码待核实/)
  assert.match(dongbu, /原文写作“0737-461700”/)
})

test('the pack leads back to the lobby', async () => {
  await page.getByRole('button', { name: '回到大厅' }).click()
  await page.getByRole('heading', { name: '我要办理老年优待证' }).waitFor()
})
