// A hall's papers change hands at the real desk: the clerk takes a case in and gives its papers to the issuing staff on a list
// of their own, which nobody else can sign. The photographs go to test-results/handover-hall, for a person to look at.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { deskInBrowser } from './bench.mjs'

let desk, page, clerk, people, look

before(async () => {
  desk = await deskInBrowser('handover-hall', 'fixtures/stations/hall.toml')
  await desk.comeIn()
  ;({ page, clerk, people, look } = desk)
  await clerk.act(() => clerk.signIn(people.clerk))
})

after(() => desk?.end())

/** Writes who takes the papers and the password, and presses the button. */
async function sign(name, password) {
  await page.getByLabel('接收人姓名').fill(name)
  await page.getByLabel('接收人的密码').fill(password)
  await clerk.button('双方签字，移交 1 件').click()
}

test('what was taken in waits for the issuing staff, and nothing waits for the archive', async () => {
  await clerk.act(() => clerk.button('首次办理').click())
  for (let here = await clerk.here(); here !== 'numbering'; here = await clerk.here()) await clerk.act(() => clerk.steps[here]())
  await page.getByText('承办部门还没有办结').waitFor()
  await look('awaiting')
  await clerk.act(() => clerk.button('先放下，回大厅').click())
  await clerk.act(() => clerk.button('移交材料').click())
  await page.getByRole('heading', { name: '移交材料' }).waitFor()
  await page.getByText('没有等着移交的材料').waitFor()
  await clerk.button('交给发证人员').click()
  await page.getByText(/DA-HS0001-20211108-0001/).waitFor()
  await look('to-issuer')
})

test('an archivist cannot sign for the issuing staff, and the issuer can', async () => {
  await page.getByRole('checkbox').check({ force: true })
  await sign(people.archivist.name, people.archivist.password)
  await page.getByRole('alert').filter({ hasText: '接收人不是发证人员' }).waitFor()
  await look('not-an-issuer')
  await clerk.act(() => sign(people.issuer.name, people.issuer.password))
  await page.getByText('YFHS0001-20211108-001').waitFor()
  assert.equal(await page.getByRole('checkbox').count(), 0)
  await look('signed')
  await clerk.act(() => clerk.button('回到大厅').click())
  assert.equal(await clerk.here(), 'lobby')
})
