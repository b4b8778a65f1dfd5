// One agent comes for many at the real desk: the card once, then one elder after the other, each in a case of their own; and
// what is left of it after the program was killed. The photographs go to test-results/batch, for a person to look at.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { deskInBrowser } from './bench.mjs'

let desk, page, clerk, people, look

before(async () => {
  desk = await deskInBrowser('batch')
  ;({ people, look } = desk)
  await comeIn()
})

after(() => desk?.end())

async function comeIn() {
  await desk.comeIn()
  ;({ page, clerk } = desk)
  await clerk.act(() => clerk.signIn(people.clerk))
}

async function lay(card) {
  const answer = await fetch(`${desk.sim.ready.control}/control/reader`, { method: 'POST', body: JSON.stringify({ do: 'lay', card }) })
  assert.equal(answer.status, 200, await answer.text())
}

const next = () => clerk.button('下一位', { exact: true })

async function openPage() {
  await clerk.act(() => clerk.button('集中办理').click())
  await page.getByRole('heading', { name: '集中办理', level: 1 }).waitFor()
}

test('the agent says who they are to the elders, and lays down the card once', async () => {
  await openPage()
  await page.getByText('请先选代理人是老人的什么人').waitFor()
  await look('new')
  await page.getByRole('radio', { name: '村（社区）干部' }).check({ force: true })
  await lay('yan')
  await clerk.button('读代理人身份证').click()
  await next().waitFor()
  await page.getByText('今日代办 0 位').waitFor()
  await look('open')
})

test('the next elder is a case that knows the agent and nobody else', async () => {
  await clerk.act(() => next().click())
  assert.equal(await clerk.here(), 'identify')
  await page.getByText('代理人的证已经读过').waitFor()
  await look('first-elder')
  await lay('ouyang')
  await clerk.steps.identify()
  assert.equal(await clerk.here(), 'applicant')
  await page.getByText(/集中办理沿用/).waitFor()
  assert.ok(await page.getByRole('radio', { name: '代理人来办' }).isChecked(), 'the agent is offered')
  await look('agent-offered')
  await clerk.act(() => clerk.button('暂存').click())
  await page.getByRole('heading', { name: '集中办理', level: 1 }).waitFor()
  await page.getByText('今日代办 1 位').waitFor()
})

test('the agent is no applicant of their own batch', async () => {
  await clerk.act(() => next().click())
  await lay('yan')
  await clerk.button('读身份证').click()
  const told = page.getByRole('alert')
  await told.waitFor()
  assert.match(await told.innerText(), /代理人/)
  await look('own-card')
})

test('a power cut leaves the batch to the clerk who opened it, and ending it leaves its cases', async () => {
  await desk.host.kill()
  await page.close()
  await comeIn()
  await openPage()
  await next().waitFor()
  const elders = page.getByRole('region', { name: '这位代理人今天带来的老人' }).getByRole('listitem')
  assert.equal(await elders.count(), 2)
  await look('after-the-cut')
  await clerk.act(() => clerk.button('结束集中办理').click())
  await page.getByText('上一批已经结束').waitFor()
  await page.getByText('今天各位代理人代办几位').waitFor()
  await clerk.act(() => clerk.button('接着办').last().click())
  await page.getByText(/集中办理沿用/).waitFor()
})
