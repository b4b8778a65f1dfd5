// The book of blank cards and the day's close at the real desk: a batch comes in, a blank is spoiled and one is lost, a block is
// granted, a card uses one up, and the day balances only when the drawer does. The photographs go to test-results/stock.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { deskInBrowser } from './bench.mjs'

let desk, page, clerk, look

before(async () => {
  desk = await deskInBrowser('stock')
  await desk.comeIn()
  ;({ page, clerk, look } = desk)
  await clerk.act(() => clerk.signIn(desk.people.clerk))
})

after(() => desk?.end())

const dialog = () => page.getByRole('dialog')

/** Opens a form of the page, fills it and registers it. */
async function register(form, entries) {
  await clerk.button(form).click()
  for (const [label, entry] of Object.entries(entries)) await dialog().getByLabel(label).fill(entry)
  await clerk.act(() => dialog().getByRole('button', { name: '登记', exact: true }).click())
  await dialog().waitFor({ state: 'detached' })
}

/** The figure of the account under this name. */
const figure = (name) => page.getByRole('region', { name: '空白证的账' }).locator('dl').first().locator('div').filter({ hasText: name }).locator('dd').innerText()

test('without a batch there is no book, and a batch that says nothing is put right in its fields', async () => {
  await clerk.act(() => clerk.button('空白证与证号').click())
  await page.getByText('本窗口还没有登记过空白证').waitFor()
  await look('empty')
  await clerk.button('登记领入').click()
  await dialog().getByRole('button', { name: '登记', exact: true }).click()
  await dialog().getByRole('alert').waitFor()
  await look('batch-wrong')
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
})

test('a batch, a spoiled blank, a lost one and a new block stand in the account', async () => {
  await register('登记领入', { 张数: '10', 从哪里领的: '区民政局，发放单第 12 号' })
  await register('登记作废', { 张数: '1', 原因: '受潮' })
  await register('登记遗失', { 张数: '2', 原因: '清点时找不到' })
  assert.deepEqual([await figure('领入'), await figure('作废'), await figure('遗失')], ['10 张', '1 张', '2 张'])
  await register('登记新号段', { 起号: '501', 止号: '600' })
  await page.getByText('501 – 600').waitFor()
  await clerk.button('登记新号段').click()
  await dialog().getByLabel('起号').fill('550')
  await dialog().getByLabel('止号').fill('700')
  await dialog().getByRole('button', { name: '登记', exact: true }).click()
  await dialog().getByRole('alert').waitFor()
  await look('block-known')
  await page.keyboard.press('Escape')
  for (const kind of ['领入', '使用', '作废', '遗失']) await page.getByRole('navigation', { name: '流水' }).getByRole('button', { name: kind }).click()
  await page.getByText('清点时找不到').first().waitFor()
  await look('account')
  await clerk.act(() => clerk.button('回到大厅').click())
})

test('a card that is made uses a blank up', async () => {
  await clerk.act(() => clerk.button('首次办理').click())
  for (let here = await clerk.here(); here !== 'delivery'; here = await clerk.here()) await clerk.act(() => clerk.steps[here]())
  await clerk.act(() => clerk.button('暂存').click())
  await clerk.act(() => clerk.button('空白证与证号').click())
  assert.equal(await figure('使用'), '1 张')
  await clerk.act(() => clerk.button('回到大厅').click())
})

test('a drawer that was not counted, or does not balance, closes no day', async () => {
  await clerk.act(() => clerk.button('日结').click())
  await page.getByRole('heading', { name: /^日结 · / }).waitFor()
  await look('day')
  await page.locator('form').getByRole('button', { name: '日结' }).click()
  await page.getByText('请数一数空白证').first().waitFor()
  await look('day-uncounted')
  await page.getByLabel(/空白证（张）/).fill('5')
  await page.getByLabel(/收回的旧证（张）/).fill('0')
  await page.locator('form').getByRole('button', { name: '日结' }).click()
  await page.getByRole('alert').waitFor()
  await look('day-unbalanced')
})

test('a drawer that balances closes the day, prints its sheet, and is put right only with a reason', async () => {
  await page.getByLabel(/空白证（张）/).fill('6')
  await clerk.act(() => page.locator('form').getByRole('button', { name: '日结' }).click())
  await page.getByText('已经结过的').waitFor()
  await look('day-closed')
  await desk.paper('JHS0101-20211108-1')
  await page.getByLabel(/空白证（张）/).fill('6')
  await page.getByLabel(/收回的旧证（张）/).fill('0')
  await page.getByRole('button', { name: '更正日结' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel(/说明/).fill('晚上又数了一遍')
  await clerk.act(() => page.getByRole('button', { name: '更正日结' }).click())
  await page.getByText('第 1 次更正').waitFor()
  await look('day-corrected')
  await clerk.act(() => clerk.button('回到大厅').click())
  assert.equal(await clerk.here(), 'lobby')
})
