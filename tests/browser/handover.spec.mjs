// Papers change hands on the real desk: a case is made and delivered, its papers wait on the page of the hand-over, a wrong
// password changes nothing, a good one signs for both, and the case is sealed into its package. The photographs go to
// test-results/handover, for a person to look at.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { deskInBrowser } from './bench.mjs'

const LIST = 'YDHS0101-20211108-001'

let desk, page, clerk, people, look

before(async () => {
  desk = await deskInBrowser('handover')
  await desk.comeIn()
  ;({ page, clerk, people, look } = desk)
  await clerk.act(() => clerk.signIn(people.clerk))
})

after(() => desk?.end())

const openPage = async () => {
  await clerk.act(() => clerk.button('移交材料').click())
  await page.getByRole('heading', { name: '移交材料' }).waitFor()
}

test('before anything was delivered nothing waits', async () => {
  await openPage()
  await page.getByText('没有等着移交的材料').waitFor()
  await look('none')
  await clerk.act(() => clerk.button('回到大厅').click())
})

test('a delivered case waits with its package number, and a wrong password changes nothing', async () => {
  await clerk.act(() => clerk.button('首次办理').click())
  for (let here = await clerk.here(); here !== 'archive'; here = await clerk.here()) await clerk.act(() => clerk.steps[here]())
  await page.getByText('档案包号').waitFor()
  await look('step')
  await clerk.act(() => clerk.button('暂存').click())
  await openPage()
  await page.getByText(/DA-HS0101-20211108-0001/).waitFor()
  await page.getByRole('checkbox').check({ force: true })
  await page.getByLabel('接收人姓名').fill(people.clerk.name)
  await page.getByLabel('接收人的密码').fill('wrong password')
  await look('filled')
  await clerk.button('双方签字，移交 1 件').click()
  const summary = page.getByRole('alert')
  await summary.waitFor()
  assert.match(await summary.innerText(), /姓名或密码不对[^]*还可以试 4 次/)
  assert.equal(await page.getByLabel('接收人的密码').inputValue(), '')
  await look('wrong')
  await page.getByText(/DA-HS0101-20211108-0001/).waitFor()
})

test('the taker signs, and the list comes out of the printer', async () => {
  await page.getByLabel('接收人的密码').fill(people.clerk.password)
  await clerk.act(() => clerk.button('双方签字，移交 1 件').click())
  await page.getByText(LIST).waitFor()
  await page.getByText('没有等着移交的材料').waitFor()
  await look('signed')
  await desk.paper(LIST)
  await clerk.act(() => clerk.button('回到大厅').click())
})

test('the case is sealed, and says which package it became', async () => {
  await clerk.act(() => page.getByRole('button').filter({ hasText: '欧**' }).first().click())
  await page.getByText(LIST).waitFor()
  await look('step-signed')
  await clerk.act(() => clerk.button('封存归档').click())
  await page.getByText(/档案包 DA-HS0101-20211108-0001/).waitFor()
  await look('sealed')
})
