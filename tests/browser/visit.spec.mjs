// Visits in a browser: the real desk, the simulated hardware, and a clerk who finds everything by role and words. Every
// screen that comes up is photographed at both counter sizes into test-results/visit, and measured.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { deskInBrowser } from './bench.mjs'
import { STEPS } from './clerk.mjs'

let desk, sim, page, clerk, people, look

before(async () => {
  desk = await deskInBrowser('visit')
  await desk.comeIn()
  ;({ sim, page, clerk, people, look } = desk)
})

after(() => desk?.end())

/** Somebody's hand at the reader. */
async function reader(order) {
  const answer = await fetch(`${sim.ready.control}/control/reader`, { method: 'POST', body: JSON.stringify(order) })
  assert.equal(answer.status, 200, await answer.text())
}

test('the first screen is the door of a station in training; a wrong password says how many tries are left', async () => {
  assert.match(await page.title(), /^培训模式 · /)
  await page.getByRole('heading', { name: '请登录' }).waitFor()
  await look('sign-in')
  await clerk.signIn({ ...people.clerk, password: 'wrong password' })
  const summary = page.getByRole('alert')
  await summary.waitFor()
  assert.match(await summary.innerText(), /还可以试 4 次/)
  await look('sign-in-wrong')
})

test('the clerk signs in by name and password and stands on the status line', async () => {
  await clerk.act(() => clerk.signIn(people.clerk))
  assert.match(await page.getByRole('banner').innerText(), new RegExp(people.clerk.name))
  assert.equal(await clerk.here(), 'lobby')
  await look('lobby-empty')
})

test('a missing card is said in the band, with what to do; the card is laid, and the visit goes on', async () => {
  await reader({ do: 'lift' })
  await clerk.act(() => clerk.button('首次办理').click())
  await clerk.button('读身份证').click()
  const band = page.getByRole('alert')
  await band.waitFor()
  assert.match(await band.innerText(), /请处理没有读到身份证。[^]*平放在读卡器上/)
  await look('identify-no-card')

  await reader({ do: 'lay', card: 'yan' })
  await clerk.button('读身份证').click()
  await page.getByRole('heading', { name: '申请信息' }).waitFor()
  assert.equal(await band.count(), 0, 'the band went with its cause')
})

test('a form without a phone is corrected in the form: the summary takes focus and leads to the field', async () => {
  await clerk.steps.applicant({ phone: '' })
  const summary = page.getByRole('alert')
  await summary.waitFor()
  assert.equal(await summary.evaluate((box) => box === document.activeElement), true, 'the summary has the focus')
  await look('applicant-correct')
  const phone = page.getByLabel('联系电话')
  await summary.getByRole('link', { name: '联系电话：请填写' }).click()
  assert.equal(await phone.evaluate((field) => field === document.activeElement), true, 'the link leads to the field')
  assert.equal(await page.getByLabel('现在住哪里').inputValue(), '样例村十二组 3 号', 'what was filled in is still there')

  await phone.fill('13800000000')
  await clerk.act(() => clerk.button('填好了').click())
  assert.equal(await clerk.here(), 'eligibility')
})

test('a case that was put aside waits in the lobby and is taken up where it was left', async () => {
  await clerk.act(() => clerk.button('暂存').click())
  assert.equal(await clerk.here(), 'lobby')
  await look('lobby')
  await clerk.act(() => page.getByRole('button', { name: /资格核对.*接着办/ }).click())
  assert.equal(await clerk.here(), 'eligibility')
  await clerk.act(() => clerk.button('暂存').click())
})

test('a clerk leads one person through all eleven steps', async () => {
  await reader({ do: 'lay', card: 'ouyang' })
  await clerk.act(() => clerk.button('首次办理').click())

  const walked = []
  const titles = new Map()
  for (let at = await clerk.here(); at !== 'closed'; at = await clerk.here()) {
    if (walked.at(-1) !== at) walked.push(at)
    assert.doesNotMatch(await page.locator('body').innerText(), /[0-9]{17}[0-9X]/, 'an identity number is shown unmasked')
    const turn = (titles.get(at) ?? 0) + 1
    titles.set(at, turn)
    await look(`${String(STEPS.indexOf(at) + 1).padStart(2, '0')}-${at}-${turn}`)
    await clerk.act(() => clerk.steps[at]())
  }
  // The rating is asked for twice: after acceptance and after delivery.
  const twice = STEPS.flatMap((step) => (step === 'acceptance' ? [step, 'rating'] : [step]))
  assert.deepEqual(walked, twice, 'every step was on screen, in the order of the procedure')

  await look('closed')
  await clerk.act(() => clerk.button('回到大厅').click())
  assert.match(await page.locator('main').innerText(), /今天已发证\s*1 张/)
})
